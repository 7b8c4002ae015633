import { isMainThread } from 'node:worker_threads';

/** What the API has used up so far. */
export type Figures = Readonly<{ statements: number; cpuMs: number; rssMB: number }>;

// Counts what goes to PostgreSQL, and tells it when asked: one message is one statement, those that begin and end a transaction too.
if (isMainThread && process.send !== undefined) {
  const { default: pg } = await import('pg');
  let statements = 0;
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: unknown, ...given: unknown[]) {
    statements++;
    return query.apply(this, given);
  } as typeof pg.Client.prototype.query;
  process.on('message', (wish) => {
    if (wish !== 'figures') return;
    const { user, system } = process.cpuUsage();
    process.send?.({ statements, cpuMs: (user + system) / 1_000, rssMB: Math.round(process.memoryUsage.rss() / 1_048_576) } satisfies Figures);
  });
  process.channel?.unref();
}
