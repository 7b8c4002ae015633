import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import type { Person } from '@meriden/domain';
import { PersonStore, VacancyStore } from '@meriden/persistence';
import { sha256 } from '@meriden/platform';
import { AccessService, EventsService, ExportsService, SessionService } from '@meriden/services';
import { aVacancy } from '../support/builders.js';
import { startPrivateRedis, type PrivateRedis } from '../support/private-redis.js';
import { startServices, type TestServices } from '../support/services.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

jest.setTimeout(60_000);

const PASSWORD = 'kettle umbrella gravel';
const MINUTE = 60_000;

let database: TestDatabase;
let services: TestServices;
let world: TwoColleges;
let access: AccessService;
let sessions: SessionService;

beforeAll(async () => {
  database = await startTestDatabase();
  services = await startServices(database);
  world = await database.asOwner(twoColleges);
  access = services.get(AccessService);
  sessions = services.get(SessionService);
  await database.sql('update person set password_hash = $1', [await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })]);
});
afterAll(async () => {
  await services.end();
  await database.end();
});

const person = async (id: string): Promise<Person> => (await database.asOwner((tx) => new PersonStore().byId(tx, id))) as Person;
const student = () => person(world.a.student.personId);
type Try = Partial<Parameters<AccessService['signIn']>[0]>;
const signIn = (email: string, more: Try = {}) =>
  access.signIn({ email, password: PASSWORD, code: null, organisationId: null, kind: 'BEARER', address: '192.0.2.1', device: null, ...more });
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('a sign-in', () => {
  it('takes the same hashes and the same statements for a known and an unknown account', async () => {
    // The private gate is where every hash and every check passes.
    const passwords = (access as unknown as { passwords: { gated: (...given: unknown[]) => unknown } }).passwords;
    const gate = jest.spyOn(passwords, 'gated');
    const { email } = await student();
    await refusal(signIn('warm.up@example.org'));
    const cost = async (address: string) => {
      gate.mockClear();
      const statements = await services.statements(async () => expect(await refusal(signIn(address, { password: 'wrong' }))).toBe('SIGN_IN_FAILED'));
      return { statements, hashes: gate.mock.calls.length };
    };
    expect(await cost(`${randomUUID()}@example.org`)).toEqual(await cost(email));
    gate.mockRestore();
  });

  it('hashes anew what was hashed with other parameters', async () => {
    const { id, email } = await student();
    await database.sql('update person set password_hash = $2 where id = $1', [id, await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1 })]);
    await signIn(email);
    expect((await student()).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await signIn(email);
  });

  it('always opens a new session, and stores digests alone', async () => {
    const { email } = await student();
    const [first, second] = [await signIn(email), await signIn(email)];
    expect(new Set([first.token, first.refreshToken, second.token, second.refreshToken]).size).toBe(4);
    expect(first.actor.sessionId).not.toBe(second.actor.sessionId);
    const dump = JSON.stringify([await database.sql('select * from session'), await database.sql('select * from refresh_token'), await database.sql('select * from audit_entry')]);
    for (const token of [first.token, first.refreshToken as string]) {
      expect(dump).not.toContain(token);
      expect(dump).toContain(sha256(token));
    }
  });

  it('ends with the membership and with the account', async () => {
    const { email } = await student();
    const { token } = await signIn(email);
    expect(await access.actorOf(token)).not.toBeNull();
    await database.sql('update membership set ended_at = now() where id = $1', [world.a.student.membershipId]);
    expect(await access.actorOf(token)).toBeNull();
    expect(await refusal(signIn(email))).toBe('SIGN_IN_FAILED');
    await database.sql('update membership set ended_at = null where id = $1', [world.a.student.membershipId]);
    await database.sql('update person set disabled = true where id = $1', [world.a.student.personId]);
    expect([await access.actorOf(token), await refusal(signIn(email))]).toEqual([null, 'SIGN_IN_FAILED']);
    await database.sql('update person set disabled = false where id = $1', [world.a.student.personId]);
  });
});

describe('guesses', () => {
  const burst = async (count: number, more: Try = {}, email = `${randomUUID()}@example.org`) => {
    const codes = await Promise.all(Array.from({ length: count }, () => refusal(signIn(email, { password: 'wrong', ...more }))));
    return { executed: codes.filter((code) => code === 'SIGN_IN_FAILED').length, stopped: codes.filter((code) => code === 'TOO_MANY_TRIES').length, email };
  };

  it('are at most ten in a quarter of an hour, sixty at once and one after another', async () => {
    const first = await burst(60);
    expect(first.executed + first.stopped).toBe(60);
    expect(first.executed).toBeGreaterThanOrEqual(5);
    const second = await burst(60, {}, first.email);
    expect(first.executed + second.executed).toBeLessThanOrEqual(10);
    expect(second.stopped).toBeGreaterThan(0);
  });

  it('are counted over all accounts for one address of the network', async () => {
    const address = '198.51.100.7';
    const codes = await Promise.all(Array.from({ length: 8 }, () => refusal(signIn(`${randomUUID()}@example.org`, { password: 'wrong', address }))));
    expect(new Set(codes)).toEqual(new Set(['SIGN_IN_FAILED']));
    const counted = (services.get(AccessService) as unknown as { guesses: { limiter(name: string, points: number): { get(key: string): Promise<{ consumedPoints: number } | null> }; digest(text: string): string } }).guesses;
    expect((await counted.limiter('sign-in-address', 300).get(counted.digest(`address ${address}`)))?.consumedPoints).toBe(8);
  });

  it('of strangers do not keep out a device that signed in before, and a forged mark is worth nothing', async () => {
    const { email } = await student();
    const { device } = await signIn(email);
    await burst(12, {}, email);
    expect(await refusal(signIn(email))).toBe('TOO_MANY_TRIES');
    expect(await refusal(signIn(email, { device: `${device.slice(0, -1)}x` }))).toBe('TOO_MANY_TRIES');
    expect(await refusal(signIn((await person(world.b.student.personId)).email, { device, password: 'wrong' }))).toBe('SIGN_IN_FAILED');
    expect(await refusal(signIn(email, { device }))).toBe('done');
  });

  it('are counted while Redis is away, in a small limit of the process’s own', async () => {
    const redis: PrivateRedis = await startPrivateRedis();
    const alone = await startServices(database, { REDIS_URL: redis.url });
    try {
      await redis.redis.kill();
      const email = `${randomUUID()}@example.org`;
      const codes = await Promise.all(
        Array.from({ length: 60 }, () =>
          refusal(alone.get(AccessService).signIn({ email, password: 'wrong', code: null, organisationId: null, kind: 'BEARER', address: null, device: null })),
        ),
      );
      expect(codes.filter((code) => code !== 'TOO_MANY_TRIES').length).toBeLessThanOrEqual(10);
      expect(codes).toContain('SIGN_IN_FAILED');
    } finally {
      await alone.end();
      await redis.end();
    }
  });
});

describe('a refresh token', () => {
  it('works once; asked twenty times at once it has one successor', async () => {
    const first = await signIn((await person(world.b.student.personId)).email);
    const all = await Promise.all(Array.from({ length: 20 }, () => sessions.refresh(first.refreshToken as string)));
    expect(new Set(all.map(({ token, refreshToken }) => `${token} ${refreshToken}`)).size).toBe(1);
    const [family] = await database.sql<{ tokens: number }>('select count(*) as tokens from refresh_token where session_id = $1', [first.actor.sessionId]);
    expect(family?.tokens).toBe(2);
    expect(await access.actorOf(first.token)).toBeNull();
    expect((await access.actorOf(all[0]?.token ?? ''))?.actor.sessionId).toBe(first.actor.sessionId);
  });

  it('that comes back late ends the whole family, in one request', async () => {
    const told = jest.spyOn(services.get(EventsService), 'sessionRevoked');
    const first = await signIn((await person(world.b.student.personId)).email);
    const second = await sessions.refresh(first.refreshToken as string);
    services.forward(11_000);
    expect(await refusal(sessions.refresh(first.refreshToken as string))).toBe('SESSION_ENDED');
    expect(await access.actorOf(second.token)).toBeNull();
    expect(await refusal(sessions.refresh(second.refreshToken))).toBe('SESSION_ENDED');
    expect(told).toHaveBeenCalledWith(first.actor.sessionId);
    told.mockRestore();
  });

  it('that comes back after its successor was used ends the family, even within the grace', async () => {
    const first = await signIn((await person(world.b.student.personId)).email);
    const second = await sessions.refresh(first.refreshToken as string);
    const third = await sessions.refresh(second.refreshToken);
    expect(await refusal(sessions.refresh(first.refreshToken as string))).toBe('SESSION_ENDED');
    expect(await access.actorOf(third.token)).toBeNull();
  });

  it('outlives its access token, not its family', async () => {
    const first = await signIn((await person(world.b.student.personId)).email);
    services.forward(121 * MINUTE);
    expect(await access.actorOf(first.token)).toBeNull();
    const second = await sessions.refresh(first.refreshToken as string);
    expect(await access.actorOf(second.token)).not.toBeNull();
    services.forward(31 * 24 * 60 * MINUTE);
    expect(await refusal(sessions.refresh(second.refreshToken))).toBe('SESSION_ENDED');
    for (const nonsense of ['', 'x', 'y'.repeat(43), 'z'.repeat(5_000), second.token]) expect(await refusal(sessions.refresh(nonsense))).toBe('SESSION_ENDED');
  });
});

/** Strangers guessed at this account above: whoever has no known device waits for the end of the pause. */
async function signInAfterThePause(email: string, more: Try = {}): ReturnType<typeof signIn> {
  for (let left = 200; ; left--) {
    try {
      return await signIn(email, more);
    } catch (error) {
      if ((error as { code?: string }).code !== 'TOO_MANY_TRIES' || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

it('a person sees and ends their own sessions and nobody else’s', async () => {
  const [mine, other] = [await signInAfterThePause((await student()).email, { kind: 'COOKIE' }), await signIn((await student()).email)];
  const theirs = await signIn((await person(world.b.student.personId)).email);
  const listed = await database.uow.readAs(mine.actor, (tx) => sessions.list(tx, mine.actor));
  expect(listed.filter((session) => session.current).map((session) => session.id)).toEqual([mine.actor.sessionId]);
  expect(listed.map((session) => session.id)).toContain(other.actor.sessionId);
  expect(listed.map((session) => session.id)).not.toContain(theirs.actor.sessionId);
  for (const id of [theirs.actor.sessionId, randomUUID(), 'nonsense']) expect(await refusal(sessions.end(mine.actor, id))).toBe('NOT_FOUND');
  expect(await sessions.end(mine.actor, other.actor.sessionId)).toBe(1);
  expect(await refusal(sessions.end(mine.actor, other.actor.sessionId))).toBe('NOT_FOUND');
  const third = await signIn((await student()).email);
  expect(await sessions.end(mine.actor, null)).toBeGreaterThanOrEqual(1);
  expect([await access.actorOf(other.token), await access.actorOf(third.token)]).toEqual([null, null]);
  expect([(await access.actorOf(mine.token)) !== null, (await access.actorOf(theirs.token)) !== null]).toEqual([true, true]);
});

it('a file that is being taken breaks off within a page once the session has ended or the membership was taken, and is whole otherwise', async () => {
  const { host, employer } = world.b;
  const ROWS = 600;
  await database.asOwner((tx) => new VacancyStore().insertMany(tx, Array.from({ length: ROWS }, () => aVacancy({ id: randomUUID(), organisationId: employer.id, state: 'DRAFT' }))));
  const { email } = await person(host.personId);
  const taken = async (meanwhile: (token: string) => Promise<unknown>): Promise<readonly [string, boolean]> => {
    const { actor, token } = await access.issueToken(email, 60);
    let lines = -1;
    const stream = await services.get(ExportsService).csv(actor, 'vacancies');
    const end = await refusal((async () => {
      for await (const chunk of stream) {
        if (lines === -1) await meanwhile(token);
        lines += String(chunk).split('\r\n').length - 1;
      }
    })());
    return [end, lines >= ROWS];
  };
  expect(await taken(async () => undefined)).toEqual(['done', true]);
  expect(await taken(async (token) => access.signOut((await access.actorOf(token))?.actor ?? host))).toEqual(['SESSION_ENDED', false]);
  expect(await taken(() => database.sql('update membership set ended_at = now() where id = $1', [host.membershipId]))).toEqual(['SESSION_ENDED', false]);
});
