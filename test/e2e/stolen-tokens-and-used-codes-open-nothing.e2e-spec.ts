import { hash } from '@node-rs/argon2';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { runOneTimeCodes } from '../support/one-time-codes.js';
import { startServices, type TestServices } from '../support/services.js';
import { runFamilies } from '../support/token-families.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';
import { START_MS, startApi, type ApiProcess } from './support/meriden.js';

const FAMILIES = 5;
const PASSWORD = 'kettle umbrella gravel';

let database: TestDatabase;
let apis: readonly ApiProcess[];
let services: TestServices;
let world: TwoColleges;

beforeAll(async () => {
  database = await startTestDatabase();
  const MERIDEN_SECRET = 'ab'.repeat(32);
  apis = await Promise.all([1, 2].map(() => startApi({ DATABASE_URL: database.ownerUrl, MERIDEN_SECRET, LOG_LEVEL: 'warn' })));
  services = await startServices(database);
  world = await database.asOwner(twoColleges);
  await database.sql('update person set password_hash = $1', [await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })]);
}, START_MS);
afterAll(async () => {
  await services?.end();
  await Promise.all((apis ?? []).map((api) => api.end()));
  await database?.end();
});

it(`${FAMILIES} families of tokens, renewed twenty times at once over two processes, have one successor; a spent token ends each in one request`, async () => {
  const holder = { email: `${world.b.student.personId}@example.org`, password: PASSWORD };
  const report = await runFamilies(apis.map((api) => api.nobody.origin), database, holder, { count: FAMILIES });
  expect(report).toMatchObject({ families: FAMILIES, doubled: [], alive: [], planted: [] });
  expect(report.requests).toBeGreaterThan(FAMILIES * 25);
});

it('codes, links and answers of devices work once, also for twenty at once; staff get nothing for half of it; old hashes are made anew', async () => {
  const report = await runOneTimeCodes(services, database, world, { count: 1 });
  expect(report).toMatchObject({ wrong: [], halfSessions: 0, stale: [] });
  expect(Object.values(report.rounds)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(report.halfTries).toBe(60);
});
