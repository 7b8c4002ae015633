import { runRedisAway } from '../faults/support/run-redis-away.js';
import { Site } from '../faults/support/site.js';
import { keepPromises } from './support/keep.js';

const RATE = 50;
const DRAIN_SECONDS = 60;

/** P16: Redis away while 50 mutations a second arrive; `count` is in seconds. */
await keepPromises({ small: 20, full: 600 }, async ({ count, full, seed, servers, say }) => {
  const site = await Site.start(servers, { learners: 200, vacancies: 20, workers: 2, lockMs: 3_000 });
  try {
    const rate = full ? RATE : 20;
    let told = 0;
    const report = await runRedisAway(site, {
      seconds: count,
      rate,
      onSecond: (second, asked) => {
        if (second < told + 30) return;
        told = second;
        say(`${second} s without Redis, ${asked} mutations`);
      },
    });
    const { awaySeconds, asked, acknowledged, errors, slowestMs, backlog, drainSeconds, lost, doubled } = report;
    const held = errors === 0 && acknowledged === asked && lost + doubled === 0 && drainSeconds <= DRAIN_SECONDS;
    const figure = `${awaySeconds} s without Redis at ${rate} mutations/s: ${acknowledged} of ${asked} done, ${errors} errors, slowest ${slowestMs} ms; backlog of ${backlog} done ${drainSeconds} s after its return; ${lost} lost, ${doubled} doubled`;
    return [{ promise: 'P16', held, figure, seed, ...report }];
  } finally {
    await site.end();
  }
});
