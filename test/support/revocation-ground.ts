import { hash } from '@node-rs/argon2';
import { startApi } from '../e2e/support/meriden.js';
import { redisPrefix, startTestDatabase } from './database.js';
import { runRaces, runRevocations, type RacesReport, type RevocationsReport } from './revocations.js';
import { startServices } from './services.js';
import { twoColleges } from './two-colleges.js';

const PASSWORD = 'kettle umbrella gravel';
export type RightsReport = Readonly<{ revocations: RevocationsReport; races: RacesReport }>;

/** Two API processes on one database and one Redis: sockets at one, revocations at the other, and requests that race with these. */
export async function runRights(wish: Readonly<{ revocations: number; beside: number; races: number; say?: (words: string) => void }>): Promise<RightsReport> {
  const database = await startTestDatabase();
  const settings = { DATABASE_URL: database.ownerUrl, MERIDEN_SECRET: 'ab'.repeat(32), MERIDEN_REDIS_PREFIX: redisPrefix(), MERIDEN_POINTS_A_MINUTE: '100000000', LOG_LEVEL: 'error' };
  const apis = await Promise.all([1, 2].map(() => startApi(settings)));
  const services = await startServices(database, settings);
  try {
    const world = await database.asOwner(twoColleges);
    const [sockets, revoking] = apis.map((api) => api.nobody.origin) as [string, string];
    const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    const ground = { sockets, revoking, database, services, world, password: PASSWORD, passwordHash };
    const revocations = await runRevocations(ground, { count: wish.revocations, beside: wish.beside, onRevoked: (revoked) => wish.say?.(`${revoked} revocations`) });
    const races = await runRaces(ground, wish.races);
    return { revocations, races };
  } finally {
    await services.end();
    await Promise.all(apis.map((api) => api.end()));
    await database.end();
  }
}
