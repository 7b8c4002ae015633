import { Site } from '../faults/support/site.js';
import { runCanary, type CanaryFigures } from '../support/canary-run.js';
import { keepPromises } from './support/keep.js';

/** P14: people whose every text is a canary live, have a copy and are erased; then database, Redis, its file and all logs are searched. */
await keepPromises({ small: 1, full: 20 }, async ({ count, servers, say }) => {
  const site = await Site.start(servers, { learners: 20, vacancies: 10, workers: 1, lockMs: 15_000 });
  try {
    const college = await site.as('college');
    const runs: CanaryFigures[] = [];
    for (let i = 0; i < count; i++) {
      runs.push(await runCanary({ origin: site.origin, database: { sql: (text, values) => site.ledger.sql(text, values) }, college, redisDir: servers.dataDir, logs: () => site.logs(Number.MAX_SAFE_INTEGER) }));
      say(`${i + 1} people erased, ${runs.at(-1)?.seconds} s`);
    }
    const left = runs.reduce((sum, run) => sum + run.inDatabase.length + run.inRedis + run.inLogs, 0);
    const slowest = Math.max(...runs.map((run) => run.seconds));
    const held = left === 0 && slowest < 300 && runs.every((run) => run.copied && run.copiedOnce && run.looked && run.before >= 3);
    return [{ promise: 'P14', held, figure: `${count} people enrolled, copied and erased: canary left in ${left} places; the slowest took ${slowest} s`, runs }];
  } finally {
    await site.end();
  }
});
