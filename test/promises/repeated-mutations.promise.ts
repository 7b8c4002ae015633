import { startApi } from '../e2e/support/meriden.js';
import { creators, madeWith } from '../support/creators.js';
import { startTestDatabase } from '../support/database.js';
import { runRepeats } from '../support/repeats.js';
import { twoColleges } from '../support/two-colleges.js';
import { keepPromises } from './support/keep.js';

/** P3: mutations that create, sent again and again in any order over sockets that come and go. */
await keepPromises({ small: 60, full: 10_000 }, async ({ count, seed, say }) => {
  const database = await startTestDatabase();
  const api = await startApi({ DATABASE_URL: database.ownerUrl, LOG_LEVEL: 'warn' });
  try {
    const mark = `Repeats ${seed}`;
    const world = await database.asOwner(twoColleges);
    const { runs, requests, keys, dropped, unequal, reused } = await runRepeats(api.nobody.origin, await creators(database, world), { count, seed, mark, onRun: (done) => done % 500 === 0 && say(`${done} runs`) });
    const { things, marks } = await madeWith(database, mark);
    const held = unequal.length + reused.length === 0 && things === keys && marks === keys && runs >= count;
    const figure = `${runs} runs, ${requests} requests under ${keys} keys, ${dropped} replies dropped: ${things - marks} things made twice, ${keys - marks} not made, ${unequal.length} replies unequal, ${reused.length} keys taken with another body`;
    return [{ promise: 'P3', held, figure, seed, findings: [...unequal.slice(0, 5), ...reused.slice(0, 5)] }];
  } finally {
    await api.end();
    await database.end();
  }
});
