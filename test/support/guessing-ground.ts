import { askRedis } from '#bootstrap/resp.mjs';
import { hash } from '@node-rs/argon2';
import { SecondFactorService } from '@meriden/services';
import { startApi, type ApiProcess } from '../e2e/support/meriden.js';
import { redisPrefix, startTestDatabase } from './database.js';
import { runHours, runSweep, type HoursReport, type SweepReport } from './guesses-in-time.js';
import { PACKINGS, runPacked, runWithoutRedis, type PackedReport, type Target } from './guessing.js';
import { addPeople, sessionBySql } from './people.js';
import { startPrivateRedis } from './private-redis.js';
import { startServices } from './services.js';
import { twoColleges } from './two-colleges.js';

const PASSWORD = 'kettle umbrella gravel';
/** Tries that a quarter of an hour allows. */
export const ALLOWED = 10;

export type GuessingReport = Readonly<{ packed: readonly PackedReport[]; hours: HoursReport; sweep: SweepReport }>;

/**
 * Guesses packed in every way against two API processes that share a Redis, and against one whose Redis goes away; guesses over hours
 * of a clock that is moved on; and addresses swept for accounts.
 *
 * @param wish `patienceMs`: how long each packing keeps on; `hours`: of the moved clock; `ids`: addresses swept, half of them with an account
 */
export async function runGuessing(wish: Readonly<{ patienceMs: number; hours: number; ids: number; say?: (words: string) => void }>): Promise<GuessingReport> {
  const database = await startTestDatabase();
  const redis = await startPrivateRedis();
  const apis: ApiProcess[] = [];
  const settings = { DATABASE_URL: database.ownerUrl, MERIDEN_SECRET: 'ab'.repeat(32), MERIDEN_POINTS_A_MINUTE: '100000000', LOG_LEVEL: 'error' };
  const prefix = redisPrefix();
  const shared = { ...settings, MERIDEN_REDIS_PREFIX: prefix };
  const freeAddress = () => askRedis(process.env['REDIS_URL'] as string, [['EVAL', "for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end", '0', `${prefix}*-address:*`]]);
  const services = await startServices(database, { MERIDEN_SECRET: settings.MERIDEN_SECRET });
  try {
    apis.push(...(await Promise.all([shared, shared, { ...settings, REDIS_URL: redis.url }].map((environment) => startApi(environment)))));
    const world = await database.asOwner(twoColleges);
    const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    const about = { role: 'EMPLOYER', organisationId: world.a.employer.id, passwordHash } as const;
    const targets: Target[] = [];
    for (const person of await addPeople(database, PACKINGS + 1, about)) {
      await services.get(SecondFactorService).resetFor(world.operator, { email: person.email, reason: 'Seen in person today.' });
      targets.push({ person, session: await sessionBySql(database, person.membershipId), password: PASSWORD });
    }
    const [first, second, alone] = apis.map((api) => api.nobody.origin) as [string, string, string];
    const packed = [...(await runPacked([first, second], targets, wish.patienceMs, freeAddress)), await runWithoutRedis(alone, redis, targets[PACKINGS] as Target)];
    wish.say?.(`${packed.length} packings`);
    const owner = { email: `${world.b.student.personId}@example.org`, password: PASSWORD };
    await database.sql('update person set password_hash = $2 where id = $1', [world.b.student.personId, passwordHash]);
    const hours = await runHours(services, owner, wish.hours);
    wish.say?.(`${wish.hours} hours, ${hours.sent} tries`);
    const known = await addPeople(database, wish.ids / 2, about);
    const sweep = await runSweep(services, known.map(({ email }) => email));
    return { packed, hours, sweep };
  } finally {
    await services.end();
    await Promise.all(apis.map((api) => api.end()));
    await redis.end();
    await database.end();
  }
}
