import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { runCampaign } from './support/run-campaign.js';
import { runFreezes } from './support/run-freezes.js';
import { ownServers, type OwnServers } from './support/site.js';

const HELP = `npm run faults -- [--count N] [--seed S] [--log]
npm run faults -- --freezes N [--seed S] [--log]
  Hurts a running Meriden N times (1,000 unless said) while people work with it, and counts what was lost or doubled.
  --freezes  instead: freezes N holders of a round past their lock, and counts what they still published when they went on
  --seed S   the same faults in the same order again; a new seed is drawn otherwise, and told
  --log      one line a fault on standard error: what, when, on whom, how many jobs it hit
  Last line: one JSON object. Exit 1 when anything was lost, doubled or stale, or when too few kills hit a working worker.
`;

type Wish = Readonly<{ count: number; seed: string; log: boolean }>;

/** A bar, or with --log a line each. */
class Progress {
  readonly #bar = new cliProgress.SingleBar(
    { stream: process.stderr, format: '  {bar} {value}/{total}  {what}', hideCursor: true, noTTYOutput: true, notTTYSchedule: 10_000 },
    cliProgress.Presets.legacy,
  );

  constructor(private readonly wish: Wish) {
    if (!wish.log) this.#bar.start(wish.count, 0, { what: '' });
  }

  tell(done: number, what: string, more: string): void {
    if (this.wish.log) process.stderr.write(`  ${String(done).padStart(5)} ${what.padEnd(22)} ${more}\n`);
    else this.#bar.update(done, { what });
  }

  end(): void {
    this.#bar.stop();
  }
}

async function mixed(servers: OwnServers, wish: Wish, progress: Progress): Promise<boolean> {
  const { blows, findings, ...figures } = await runCampaign(servers, {
    count: wish.count,
    seed: wish.seed,
    onBlow: (done, { kind, at, on, jobs }) => progress.tell(done, kind, `${at.toFixed(1).padStart(7)} s  ${on.padEnd(32)} ${jobs} jobs`),
  });
  progress.end();
  for (const finding of findings) process.stderr.write(`  ${finding}\n`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  return figures.lost + figures.doubled === 0 && figures.killsOnActive >= 0.9 * figures.workerKills && blows.length === wish.count;
}

async function freezes(servers: OwnServers, wish: Wish, progress: Progress): Promise<boolean> {
  const figures = await runFreezes(servers, {
    count: wish.count,
    seed: wish.seed,
    onFreeze: (done, { where, thawed, stale }) => progress.tell(done, where, `thawed ${thawed}${stale ? ', STALE' : ''}`),
  });
  progress.end();
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  return figures.stale + figures.overfilled + figures.lost + figures.doubled === 0 && figures.takenOver === wish.count;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '1000' },
      freezes: { type: 'string' },
      seed: { type: 'string' },
      log: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const count = Number(values.freezes ?? values.count);
  if (!Number.isInteger(count) || count < 1) {
    process.stderr.write(`A whole number above 0 is wanted.\n${HELP}`);
    return 2;
  }
  const wish: Wish = { count, seed: values.seed ?? randomBytes(6).toString('hex'), log: values.log };
  process.stderr.write(`Fault campaign: ${count} ${values.freezes === undefined ? 'faults' : 'frozen holders of a round'}, seed ${wish.seed}\n`);
  const servers = await ownServers();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void servers.stop().finally(() => process.exit(130)));
  const progress = new Progress(wish);
  try {
    return (await (values.freezes === undefined ? mixed : freezes)(servers, wish, progress)) ? 0 : 1;
  } finally {
    progress.end();
    await servers.stop();
  }
}

process.exit(await main());
