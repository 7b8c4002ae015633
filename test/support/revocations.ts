import { randomBytes, randomUUID } from 'node:crypto';
import { sha256 } from '@meriden/platform';
import { EventsService, PersonalDataService } from '@meriden/services';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { GraphqlClient, REFUSED, codeOf } from '../e2e/support/graphql-client.js';
import type { TestDatabase } from './database.js';
import { addPeople, sessionBySql, type AddedPerson } from './people.js';
import type { TestServices } from './services.js';
import type { TwoColleges } from './two-colleges.js';

export type RevocationGround = Readonly<{
  /** Where sockets are open, and where rights are revoked: two processes on one database and one Redis. */
  sockets: string;
  revoking: string;
  database: TestDatabase;
  /** With the prefix of the processes in Redis, so that their bells are rung. */
  services: TestServices;
  world: TwoColleges;
  password: string;
  passwordHash: string;
}>;

export type WayReport = Readonly<{ times: number; slowestMs: number; eventsAfter: number; stillOpened: number }>;
export type RevocationsReport = Readonly<{
  ways: Readonly<Record<string, WayReport>>;
  /** Sockets of others that were open all the while. */
  beside: number;
  /** Those of them that were closed, or missed the last change: what nobody revoked must stand. */
  besideLost: number;
}>;

type Victim = Readonly<{ person: AddedPerson; token: string; sessionId: string }>;
type Change = Readonly<{ suggestionsChanged: { best: readonly { inputHash: string }[] } }>;

const CHANGED = 'subscription ($id: ID!) { suggestionsChanged(learnerId: $id) { best { inputHash } } }';
const PATIENCE_MS = 10_000;
/** What may still be on its way when a socket closes. */
const LINGER_MS = 300;
const PER_PERSON = 20;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean, ms = PATIENCE_MS): Promise<boolean> {
  for (const end = performance.now() + ms; !condition(); await wait(5)) if (performance.now() > end) return false;
  return true;
}

/** A socket that stays open until the other side closes it, with one subscription; each state that comes bears the number of its change. */
class Watcher {
  readonly seen: number[] = [];
  closedAt: number | null = null;
  readonly #client: Client;

  constructor(origin: string, token: string, learner: string) {
    this.#client = createClient({
      url: `${origin.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      // Not closed by this side when its subscription ends.
      lazy: false,
      onNonLazyError: () => undefined,
      connectionParams: { authorization: `Bearer ${token}` },
      on: { closed: () => (this.closedAt ??= performance.now()) },
    });
    const over = (): void => undefined;
    this.#client.subscribe<Change>({ query: CHANGED, variables: { id: learner } }, { next: ({ data }) => void this.seen.push(Number(data?.suggestionsChanged.best[0]?.inputHash)), error: over, complete: over });
  }

  get latest(): number {
    return this.seen.at(-1) ?? -1;
  }

  async end(): Promise<void> {
    await this.#client.dispose();
  }
}

/**
 * `count` sessions revoked in every way there is, each with a socket open, while the state they watch goes on changing. Measured from
 * the moment the revocation was answered until the socket is closed; an event that bears a change made after that moment is one too many.
 */
export async function runRevocations(ground: RevocationGround, { count, beside, onRevoked }: Readonly<{ count: number; beside: number; onRevoked?: (revoked: number) => void }>): Promise<RevocationsReport> {
  const { database, services, world } = ground;
  const learner = Buffer.from(`Learner:${world.a.learner.id}`).toString('base64url');
  const about = { role: 'PROVIDER_STAFF', organisationId: world.a.provider.id, passwordHash: ground.passwordHash } as const;
  await database.sql(`update suggestion set input_hash = '0' where learner_id = $1`, [world.a.learner.id]);
  /** Makes the next change, and rings. @returns its number */
  const change = async (): Promise<number> => {
    const [row] = await database.sql<{ n: string }>(`with next as (update suggestion set input_hash = (input_hash::int + 1)::text where learner_id = $1 returning input_hash) select input_hash as n from next`, [world.a.learner.id]);
    services.get(EventsService).suggestionsChanged({ learnerId: world.a.learner.id });
    return Number(row?.n);
  };
  const watch = (token: string): Watcher => new Watcher(ground.sockets, token, learner);

  const others: Watcher[] = [];
  for (const { membershipId } of await addPeople(database, Math.ceil(beside / PER_PERSON), about)) {
    const token = await sessionBySql(database, membershipId);
    for (let i = 0; i < PER_PERSON && others.length < beside; i++) others.push(watch(token));
  }
  if (!(await until(() => others.every(({ seen }) => seen.length > 0)))) throw new Error('the sockets beside did not all open');

  const ways = await waysOf(ground);
  const names = Object.keys(ways);
  const report: Record<string, { times: number; slowestMs: number; eventsAfter: number; stillOpened: number }> = {};
  const one = async (name: string, victim: Victim, watcher: Watcher): Promise<void> => {
    const revoke = ways[name] as Way;
    await revoke(victim);
    const at = performance.now();
    const after = await change();
    const closed = await until(() => watcher.closedAt !== null);
    await wait(LINGER_MS);
    const { status } = await new GraphqlClient(ground.sockets, victim.token).send('{ viewer { role } }');
    const way = (report[name] ??= { times: 0, slowestMs: 0, eventsAfter: 0, stillOpened: 0 });
    way.times += 1;
    way.slowestMs = Math.max(way.slowestMs, closed ? Math.round((watcher.closedAt as number) - at) : Number.POSITIVE_INFINITY);
    way.eventsAfter += watcher.seen.filter((number) => number >= after).length;
    way.stillOpened += status === 401 ? 0 : 1;
    await watcher.end();
  };
  for (let revoked = 0; revoked < count; ) {
    const batch = Array.from({ length: Math.min(names.length, count - revoked) }, (_, i) => names[(revoked + i) % names.length] as string);
    const victims = await Promise.all((await addPeople(database, batch.length, about)).map((person) => enter(database, person)));
    const watchers = victims.map(({ token }) => watch(token));
    if (!(await until(() => watchers.every(({ seen }) => seen.length > 0)))) throw new Error('a socket did not open');
    // The control: all of them are told of changes for as long as they may be.
    const told = await change();
    if (!(await until(() => watchers.every(({ latest }) => latest >= told)))) throw new Error('somebody was not told of a change before the revocation');
    await Promise.all(batch.map((name, i) => one(name, victims[i] as Victim, watchers[i] as Watcher)));
    revoked += batch.length;
    onRevoked?.(revoked);
  }
  const last = await change();
  await until(() => others.every(({ latest }) => latest >= last));
  const lost = others.filter(({ latest, closedAt }) => latest < last || closedAt !== null).length;
  await Promise.all(others.map((watcher) => watcher.end()));
  return { ways: report, beside: others.length, besideLost: lost };
}

async function enter(database: TestDatabase, person: AddedPerson): Promise<Victim> {
  const token = await sessionBySql(database, person.membershipId);
  const [row] = await database.sql<{ id: string }>('select id from session where token_hash = $1', [sha256(token)]);
  return { person, token, sessionId: row?.id ?? '' };
}

type Way = (victim: Victim) => Promise<unknown>;

/** Every way in which somebody's rights end: by themselves, by others, by the schedule, and by a hand on the rows that rings no bell. */
async function waysOf({ revoking, database, services, world, password }: RevocationGround): Promise<Readonly<Record<string, Way>>> {
  const api = new GraphqlClient(revoking);
  const operator = api.as(await sessionBySql(database, world.operator.membershipId));
  const colleague = api.as(await sessionBySql(database, world.a.staff.membershipId));
  const mutation = (name: string): string => `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ${REFUSED} } }`;
  const beside = async ({ person }: Victim): Promise<GraphqlClient> => api.as(await sessionBySql(database, person.membershipId));
  const sql = (text: string, of: (victim: Victim) => string): Way => (victim) => database.sql(text, [of(victim)]);
  return {
    'signed out': ({ token }) => api.as(token).do(`mutation { signOut { __typename ${REFUSED} } }`),
    'ended from another session': async (victim) => (await beside(victim)).do(mutation('endSessions'), { input: { sessionId: victim.sessionId } }),
    'all others ended': async (victim) => (await beside(victim)).do(mutation('endSessions'), { input: {} }),
    'password changed elsewhere': async (victim) => (await beside(victim)).do(mutation('changePassword'), { input: { password, newPassword: 'seven otters juggle' } }),
    'password changed here': ({ token }) => api.as(token).do(mutation('changePassword'), { input: { password, newPassword: 'seven otters juggle' } }),
    'password reset': async ({ person }) => {
      const token = randomBytes(32).toString('base64url');
      await database.sql(`insert into password_reset (id, person_id, token_hash, created_at, expires_at) values ($1, $2, $3, now(), now() + interval '1 hour')`, [randomUUID(), person.personId, sha256(token)]);
      return api.do(mutation('completePasswordReset'), { input: { token, password: 'seven otters juggle' } });
    },
    'authenticator changed elsewhere': async (victim) => {
      const client = await beside(victim);
      const { ticket, secret } = await client.do<{ ticket: string; secret: string }>(`mutation { startSecondFactor { ... on StartSecondFactorSuccess { ticket secret } ${REFUSED} } }`);
      return client.do(mutation('confirmSecondFactor'), { input: { ticket, password, code: codeOf(secret) } });
    },
    'second factor replaced by an operator': ({ person }) => operator.do(mutation('resetSecondFactor'), { input: { email: person.email, reason: 'Seen in person today.' } }),
    'account shut by an operator': ({ person }) => operator.do(mutation('shutAccount'), { input: { email: person.email, shut: true } }),
    'membership ended by a colleague': ({ person }) => colleague.do(mutation('endMembership'), { input: { membershipId: person.membershipId } }),
    'membership ended by an operator': ({ person }) => operator.do(mutation('endMembership'), { input: { membershipId: person.membershipId } }),
    'spent refresh token came back': async ({ sessionId }) => {
      const refreshToken = randomBytes(32).toString('base64url');
      await database.sql(`insert into refresh_token (token_hash, session_id, expires_at, spent_at) values ($1, $2, now() + interval '1 day', now() - interval '1 minute')`, [sha256(refreshToken), sessionId]);
      const [refusal] = await api.refused(mutation('refreshSession'), { input: { refreshToken } });
      if (refusal?.code !== 'SESSION_ENDED') throw new Error(`a spent token was answered ${refusal?.code}`);
    },
    erased: ({ person }) => services.get(PersonalDataService).atTerminal('ERASURE', { personId: person.personId, learnerId: null }),
    'session row revoked, no bell': sql('update session set revoked_at = now() where id = $1', ({ sessionId }) => sessionId),
    'session row run out, no bell': sql(`update session set expires_at = now() - interval '1 second' where id = $1`, ({ sessionId }) => sessionId),
    'membership row ended, no bell': sql('update membership set ended_at = now() where id = $1', ({ person }) => person.membershipId),
    'account row shut, no bell': sql('update person set disabled = true where id = $1', ({ person }) => person.personId),
  };
}

export type RacesReport = Readonly<{ races: number; /** Sessions that were opened meanwhile. */ opened: number; /** Those that opened something after all. */ survived: readonly string[] }>;

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token } } }';
const CHANGE = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { ... on ChangePasswordSuccess { token } } }';
const RACED = ['password reset', 'account shut by an operator', 'all others ended'] as const;
/** A password is checked in some 30 ms: revocations come at any moment of that. */
const STEPS_MS = 7;
const SPREAD_MS = 105;

/**
 * Requests that are on their way with an old password or an old session while these are revoked, a learner of their own each time. Once
 * the revocation was answered as done, no session may open anything that came of them.
 */
export async function runRaces(ground: RevocationGround, count: number): Promise<RacesReport> {
  const { database, world, password, passwordHash } = ground;
  const ways = await waysOf(ground);
  const api = new GraphqlClient(ground.sockets);
  const tokenOf = async (mutation: string, input: object, as: string | null = null): Promise<string | null> => {
    const { data } = await api.as(as).send<Record<string, { token?: string }>>(mutation, { input });
    return Object.values(data ?? {})[0]?.token ?? null;
  };
  // Without a second factor, so that the password alone opens a session.
  const about = { role: 'LEARNER', organisationId: world.b.provider.id, learnerId: world.b.learner.id, passwordHash } as const;
  const survived: string[] = [];
  let opened = 0;
  for (const [race, person] of (await addPeople(database, count, about)).entries()) {
    const victim = await enter(database, person);
    const name = RACED[race % RACED.length] as (typeof RACED)[number];
    const revoked = wait((race * STEPS_MS) % SPREAD_MS).then(() => (ways[name] as Way)(victim)).then(() => true, () => false);
    // Ending sessions says nothing about who knows the password.
    const signIns = name === 'all others ended' ? 0 : 3;
    const tokens = await Promise.all([...Array.from({ length: signIns }, () => tokenOf(SIGN_IN, { email: person.email, password, kind: 'BEARER' })), tokenOf(CHANGE, { password, newPassword: 'nine badgers whistle' }, victim.token)]);
    const done = await revoked;
    for (const token of tokens.filter((one) => one !== null)) {
      opened += 1;
      const { data } = await api.as(token).send<{ viewer: object | null }>('{ viewer { role } }');
      if (done && data?.viewer != null) survived.push(name);
    }
  }
  return { races: count, opened, survived };
}
