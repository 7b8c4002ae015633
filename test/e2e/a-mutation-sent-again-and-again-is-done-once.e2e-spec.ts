import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { creators, madeWith } from '../support/creators.js';
import { runRepeats } from '../support/repeats.js';
import { twoColleges } from '../support/two-colleges.js';
import { START_MS, startApi, type ApiProcess } from './support/meriden.js';

const RUNS = 60;

let database: TestDatabase;
let api: ApiProcess;

beforeAll(async () => {
  database = await startTestDatabase();
  api = await startApi({ DATABASE_URL: database.ownerUrl, LOG_LEVEL: 'warn' });
}, START_MS);
afterAll(async () => {
  await api?.end();
  await database?.end();
});

it(`${RUNS} runs of duplicated, reordered, delayed and dropped requests: one thing a key, replies equal to the byte`, async () => {
  const world = await database.asOwner(twoColleges);
  const mark = 'Repeats (test)';
  const report = await runRepeats(api.nobody.origin, await creators(database, world), { count: RUNS, seed: 'birmingham', mark });
  expect({ unequal: report.unequal, reused: report.reused }).toEqual({ unequal: [], reused: [] });
  expect(await madeWith(database, mark)).toEqual({ things: report.keys, marks: report.keys });
  // What would make that hollow: nobody repeated anything, nobody went away.
  expect(report.requests).toBeGreaterThan(2 * report.keys);
  expect(report.dropped).toBeGreaterThan(0);
});
