import { hash } from '@node-rs/argon2';
import { startApi } from '../e2e/support/meriden.js';
import { startTestDatabase } from '../support/database.js';
import { runOneTimeCodes } from '../support/one-time-codes.js';
import { startServices } from '../support/services.js';
import { runFamilies } from '../support/token-families.js';
import { twoColleges } from '../support/two-colleges.js';
import { keepPromises } from './support/keep.js';

const PASSWORD = 'kettle umbrella gravel';

/** P12: families of tokens that meet a thief, codes that many give at once, staff with half of what they need. */
await keepPromises({ small: 5, full: 200 }, async ({ count, say }) => {
  const database = await startTestDatabase();
  const settings = { DATABASE_URL: database.ownerUrl, MERIDEN_SECRET: 'ab'.repeat(32), MERIDEN_POINTS_A_MINUTE: '100000000', LOG_LEVEL: 'warn' };
  const apis = await Promise.all([1, 2].map(() => startApi(settings)));
  const services = await startServices(database);
  try {
    const world = await database.asOwner(twoColleges);
    await database.sql('update person set password_hash = $1', [await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })]);
    const holder = { email: `${world.b.student.personId}@example.org`, password: PASSWORD };
    const families = await runFamilies(apis.map((api) => api.nobody.origin), database, holder, { count, onFamily: (done) => done % 50 === 0 && say(`${done} families`) });
    const codes = await runOneTimeCodes(services, database, world, { count: Math.ceil(count / 10) });
    const tried = Object.values(codes.rounds).reduce((sum, rounds) => sum + rounds, 0);
    const held = [families.doubled, families.alive, families.planted, codes.wrong, codes.stale].every((found) => found.length === 0) && codes.halfSessions === 0 && families.families === count;
    const figure =
      `${families.families} families, each renewed 20 times at once over two processes: ${families.doubled.length} double successors, ${families.alive.length} not ended by one request with a spent token, ${families.planted.length} opened by what was known before; ` +
      `${tried} codes, links and passkey answers of ${Object.keys(codes.rounds).length} kinds given 20 times at once: ${codes.wrong.length} worked other than once; ${codes.halfTries} tries of staff without their second factor: ${codes.halfSessions} sessions; ${codes.stale.length} old hashes kept`;
    return [{ promise: 'P12', held, figure, families, codes }];
  } finally {
    await services.end();
    await Promise.all(apis.map((api) => api.end()));
    await database.end();
  }
});
