import { runCampaign } from '../faults/support/run-campaign.js';
import { keepPromises } from './support/keep.js';

/** P1 and P2: 1,000 faults while people work; what a client holds an answer for is done, and done once. */
await keepPromises({ small: 60, full: 1_000 }, async ({ count, seed, servers, say }) => {
  const { blows, ...figures } = await runCampaign(servers, {
    count,
    seed,
    onBlow: (done, { kind, at }) => done % 25 === 0 && say(`${done} faults, ${at} s, last: ${kind}`),
  });
  for (const finding of figures.findings) say(finding);
  const { accepted, commands, lost, doubled, workerKills, killsOnActive, crashes, drainSeconds, resends } = figures;
  // A campaign that fell on idle workers, or fell short, proves nothing.
  const earnest = blows.length === count && killsOnActive >= 0.9 * workerKills && accepted > count && crashes.length === 0;
  const about = `${count} faults, ${accepted} commands acknowledged, ${killsOnActive} of ${workerKills} worker kills on a job, drained ${drainSeconds} s after the last, ${resends} resent`;
  const hollow = earnest ? '' : ' (but the run proves too little: see its line)';
  return [
    { promise: 'P1', held: lost === 0 && earnest, figure: `${lost} lost in ${about}${hollow}`, ...figures },
    { promise: 'P2', held: doubled === 0 && earnest, figure: `${doubled} doubled of ${commands} commands in the same ${count} faults${hollow}`, seed },
  ];
});
