import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { runCampaign } from './support/run-campaign.js';
import { ownServers } from './support/site.js';

const HELP = `npm run faults -- [--count N] [--seed S] [--log]
  Hurts a running Meriden N times (1,000 unless said) while people work with it, and counts what was lost or doubled.
  --seed S   the same faults in the same order again; a new seed is drawn otherwise, and told
  --log      one line a fault on standard error: what, when, on whom, how many jobs it hit
  Last line: one JSON object. Exit 1 when anything was lost or doubled, or when too few kills hit a working worker.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' }, seed: { type: 'string' }, log: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const count = Number(values.count);
  if (!Number.isInteger(count) || count < 1) {
    process.stderr.write(`--count wants a whole number above 0.\n${HELP}`);
    return 2;
  }
  const seed = values.seed ?? randomBytes(6).toString('hex');
  process.stderr.write(`Fault campaign: ${count} faults, seed ${seed}\n`);
  const bar = new cliProgress.SingleBar({ stream: process.stderr, format: '  {bar} {value}/{total}  {kind}', hideCursor: true, noTTYOutput: true, notTTYSchedule: 10_000 }, cliProgress.Presets.legacy);
  const servers = await ownServers();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void servers.stop().finally(() => process.exit(130)));
  try {
    if (!values.log) bar.start(count, 0, { kind: '' });
    const { blows, findings, ...figures } = await runCampaign(servers, {
      count,
      seed,
      onBlow: (done, { kind, at, on, jobs }) => {
        if (values.log) process.stderr.write(`  ${String(done).padStart(5)} ${at.toFixed(1).padStart(7)} s  ${kind.padEnd(22)} ${on.padEnd(30)} ${jobs} jobs\n`);
        else bar.update(done, { kind });
      },
    });
    bar.stop();
    for (const finding of findings) process.stderr.write(`  ${finding}\n`);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures.lost + figures.doubled > 0 || figures.killsOnActive < 0.9 * figures.workerKills || blows.length < count ? 1 : 0;
  } finally {
    bar.stop();
    await servers.stop();
  }
}

process.exit(await main());
