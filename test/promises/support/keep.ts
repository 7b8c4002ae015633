import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type OwnServers, ownServers } from '../../faults/support/site.js';

/** What a program says of one promise. Other keys are for the log: numbers behind the words. */
export type Kept = Readonly<{ promise: `P${number}`; held: boolean; figure: string; count?: number; seed?: string }> & Readonly<Record<string, unknown>>;

export type Occasion = Readonly<{
  count: number;
  /** Whether this is the count of `npm run promises`, not that of `npm test`. */
  full: boolean;
  seed: string;
  /** PostgreSQL and Redis of this program alone. */
  servers: OwnServers;
  /** A line for people, on standard error. */
  say: (words: string) => void;
}>;

/**
 * The main program of a file NAME.promise.ts: reads `--small` and `--seed S`, starts servers, prints a line of JSON a promise and
 * ends with 0 when all held, 1 when not, 3 when it could not be found out. The contract stands in bootstrap/promises.mjs.
 */
export async function keepPromises(counts: Readonly<{ small: number; full: number }>, work: (occasion: Occasion) => Promise<readonly Kept[]>): Promise<never> {
  const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, seed: { type: 'string' } } });
  const count = values.small ? counts.small : counts.full;
  const say = (words: string): void => void process.stderr.write(`  ${words}\n`);
  const servers = await ownServers();
  // Where the test support finds them, as under `npm test`.
  Object.assign(process.env, { DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl });
  let exit = 3;
  // A run that somebody stopped found out nothing, whatever its servers' end made of it.
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopped = true;
      void servers.stop().finally(() => process.exit(130));
    });
  }
  try {
    const kept = await work({ count, full: !values.small, seed: values.seed ?? randomBytes(6).toString('hex'), servers, say });
    for (const line of kept) process.stdout.write(`${JSON.stringify({ count, ...line })}\n`);
    exit = kept.length > 0 && kept.every(({ held }) => held) ? 0 : 1;
  } catch (error) {
    if (!stopped) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  } finally {
    await servers.stop();
  }
  process.exit(stopped ? 130 : exit);
}
