import { readDemonstration, writeDemonstration, type ReadyRound } from '../installation/demonstration-file.js';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { onRegion } from './on-region.js';

/**
 * `prepare`: makes one round of the demonstration region ready to run. Waits for the scoring that the seeding asked for, then every
 * learner but those of the two accounts, and every host, ranks by the seeded rule through the running API. One that was cut off
 * goes on; one that is done does nothing.
 */
export async function prepare(terminal: Terminal, options: Readonly<{ seed: string }>): Promise<Exit> {
  return onRegion(terminal, options.seed, async (job, file, { dataDir }) => {
    const started = performance.now();
    if (file.readyRound !== undefined) {
      terminal.answer({ ...file.readyRound, ms: 0 });
      terminal.tell(`${file.readyRound.name} is prepared already.`);
      return EXIT.done;
    }
    await job.takeOperatorToken();
    await job.awaitSuggestions();
    const { id, name } = await job.regionRound();
    const ready: ReadyRound = { id, name, learnersRanked: await job.rankAsLearners(id), employersRanked: await job.rankAsEmployers(id) };
    writeDemonstration(dataDir, { ...(readDemonstration(dataDir) ?? file), readyRound: ready });
    terminal.answer({ ...ready, ms: Math.round(performance.now() - started) });
    terminal.tell(`${name} is ready to run: ${ready.learnersRanked} learners and ${ready.employersRanked} employers have ranked.`);
    return EXIT.done;
  });
}
