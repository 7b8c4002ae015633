import { randomBytes, randomInt } from 'node:crypto';
import { GraphqlClient } from '../e2e/support/graphql-client.js';
import type { AddedPerson } from './people.js';
import type { PrivateRedis } from './private-redis.js';

/** Whose password somebody guesses: by signing in, and with an open session of theirs. */
export type Target = Readonly<{ person: AddedPerson; session: string; password: string }>;

export type PackedReport = Readonly<{
  name: string;
  sent: number;
  /** Tries that were looked into: whatever came back but TOO_MANY_TRIES and refusals of the request as such. */
  checked: number;
  /** Answers by code. */
  answers: Readonly<Record<string, number>>;
}>;

type Sent = readonly string[];
/** Sends about sixty tries at one target at once. @returns the code of each, `done` for one that got in */
type Packing = (target: Target) => Promise<Sent>;

const REFUSED = '... on Refused { refusals { code } }';
const SIGN_IN = `signIn(input: $input) { __typename ${REFUSED} }`;
const ONE = `mutation ($input: SignInInput!) { ${SIGN_IN} }`;
const CODES = ['SIGN_IN_FAILED', 'SECOND_FACTOR_WRONG', 'SECOND_FACTOR_REQUIRED', 'LINK_SPENT', 'done'];
const TOGETHER = 60;

const times = <T>(n: number, work: (i: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: n }, (_, i) => work(i)));
const wrong = (): string => `wrong ${randomBytes(9).toString('hex')}`;
const anAddress = (): string => Array.from({ length: 4 }, () => randomInt(1, 255)).join('.');

/** What a packing sends requests with; every request goes to the next process. */
function packings(origins: readonly string[]): Readonly<Record<string, Packing>> {
  const clients = origins.map((origin) => new GraphqlClient(origin));
  // The same for as long as a packing keeps on: other links are other secrets of 256 bits, for which only the network address is counted.
  const link = randomBytes(32).toString('base64url');
  const passkey = randomBytes(32).toString('base64url');
  let turn = 0;
  const api = (): GraphqlClient => clients[turn++ % clients.length] as GraphqlClient;

  const send = async (query: string, variables: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}, token: string | null = null): Promise<Sent> => {
    const { data, errors } = await api().as(token).send<Record<string, { refusals?: readonly { code: string }[] } | null>>(query, variables, headers);
    return [...errors.map(({ extensions }) => extensions.code), ...Object.values(data ?? {}).flatMap((payload) => (payload === null ? [] : [payload.refusals?.[0]?.code ?? 'done']))];
  };
  const signIn = (email: string, headers: Readonly<Record<string, string>> = {}, more: object = {}): Promise<Sent> => send(ONE, { input: { email, password: wrong(), kind: 'COOKIE', ...more } }, headers);
  const post = async (path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Sent> => {
    const response = await fetch(`${api().origin}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
    const answer = (await response.json()) as { errors?: readonly { extensions: { code: string } }[] };
    return answer.errors?.map(({ extensions }) => extensions.code) ?? ['done'];
  };
  const all = async (sendings: Promise<readonly Sent[]>): Promise<Sent> => (await sendings).flat();

  const withSession: readonly ((target: Target) => Promise<Sent>)[] = [
    ({ person }) => signIn(person.email),
    ({ session }) => send(`mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename ${REFUSED} } }`, { input: { password: wrong(), newPassword: 'seven otters juggle' } }, {}, session),
    ({ session }) => send(`mutation ($input: RenewRecoveryCodesInput!) { renewRecoveryCodes(input: $input) { __typename ${REFUSED} } }`, { input: { password: wrong() } }, {}, session),
    ({ session }) => send(`mutation ($input: ConfirmSecondFactorInput!) { confirmSecondFactor(input: $input) { __typename ${REFUSED} } }`, { input: { password: wrong(), ticket: 'x', code: '000000' } }, {}, session),
    ({ session }) => post('/passkeys/registration/options', { password: wrong() }, { authorization: `Bearer ${session}`, 'x-meriden-csrf': '1' }),
  ];

  return {
    'one connection each': ({ person }) => all(times(TOGETHER, () => signIn(person.email))),
    'ten aliases a document': ({ person }) => {
      const aliases = Array.from({ length: 10 }, (_, i) => `a${i}: signIn(input: $i${i}) { __typename ${REFUSED} }`).join(' ');
      const declared = Array.from({ length: 10 }, (_, i) => `$i${i}: SignInInput!`).join(', ');
      const inputs = () => Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`i${i}`, { email: person.email, password: wrong(), kind: 'BEARER' }]));
      return all(times(TOGETHER / 10, () => send(`mutation (${declared}) { ${aliases} }`, inputs())));
    },
    'fragments and directives': ({ person }) => {
      const spread = `mutation ($input: SignInInput!) { ...A ...B } fragment A on Mutation { x: ${SIGN_IN} } fragment B on Mutation { y: ${SIGN_IN} z: signIn(input: $input) @include(if: true) { __typename ${REFUSED} } }`;
      return all(times(TOGETHER / 3, () => send(spread, { input: { email: person.email, password: wrong(), kind: 'BEARER' } })));
    },
    'batches of documents': ({ person }) => all(times(6, () => post('/graphql', Array.from({ length: 10 }, () => ({ query: ONE, variables: { input: { email: person.email, password: wrong(), kind: 'BEARER' } } })), {}))),
    'another network address each': ({ person }) => all(times(TOGETHER, () => signIn(person.email, { 'x-forwarded-for': anAddress(), 'x-real-ip': anAddress(), forwarded: `for=${anAddress()}`, 'true-client-ip': anAddress() }))),
    'another device each': ({ person }) => all(times(TOGETHER, (i) => signIn(person.email, { cookie: `meriden_device=${randomBytes(12).toString('base64url')}.${randomBytes(32).toString('base64url')}; x=${i}` }))),
    'other spellings of the address': ({ person: { email } }) => {
      const capitals = (): string => [...email].map((sign) => (randomInt(2) === 1 ? sign.toUpperCase() : sign)).join('');
      return all(times(TOGETHER, (i) => signIn(i % 3 === 0 ? ` ${capitals()}` : i % 3 === 1 ? `${capitals()}\t` : capitals())));
    },
    'every way that asks for the password': (target) => all(times(TOGETHER, (i) => (withSession[i % withSession.length] as Packing)(target))),
    'the code of the second factor': ({ person, password }) => all(times(TOGETHER, () => signIn(person.email, {}, { password, code: String(randomInt(1_000_000)).padStart(6, '0') }))),
    'one link to reset the password': () =>
      all(times(TOGETHER, () => send(`mutation ($input: CompletePasswordResetInput!) { completePasswordReset(input: $input) { __typename ${REFUSED} } }`, { input: { token: link, password: 'seven otters juggle' } }))),
    'one passkey': async () => {
      const { ticket } = (await (await fetch(`${api().origin}/passkeys/sign-in/options`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).json()) as { ticket: string };
      return all(times(TOGETHER, () => post('/passkeys/sign-in', { ticket, response: { id: passkey, rawId: passkey, type: 'public-key', response: {}, clientExtensionResults: {} } }, { 'x-meriden-csrf': '1' })));
    },
  };
}

/** Whoever has `patience` milliseconds goes on for so long, with pauses of a quarter of a second. */
async function keepOn(name: string, packing: Packing, target: Target, patience: number): Promise<PackedReport> {
  const answers: Record<string, number> = {};
  let sent = 0;
  const until = performance.now() + patience;
  do {
    for (const code of await packing(target)) {
      sent += 1;
      answers[code] = (answers[code] ?? 0) + 1;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(250, patience)));
  } while (performance.now() < until);
  return { name, sent, checked: CODES.reduce((sum, code) => sum + (answers[code] ?? 0), 0), answers };
}

/** How many packings there are. */
export const PACKINGS = Object.keys(packings(['http://none'])).length;

/** What several goes of one packing come to. */
function together(name: string, reports: readonly PackedReport[]): PackedReport {
  const answers: Record<string, number> = {};
  for (const report of reports) for (const [code, n] of Object.entries(report.answers)) answers[code] = (answers[code] ?? 0) + n;
  const sum = (of: 'sent' | 'checked'): number => reports.reduce((total, report) => total + report[of], 0);
  return { name, sent: sum('sent'), checked: sum('checked'), answers };
}

/**
 * Every packing at a target of its own: once each in turn, then all beside one another, again and again until `patience` milliseconds are over.
 *
 * @param targets at least `PACKINGS`
 * @param freeAddress forgets what is counted for our one network address, whose 300 tries a quarter of an hour all packings would share:
 *   whoever came last would be stopped by that, and nothing would be known of what his target allows
 */
export async function runPacked(origins: readonly string[], targets: readonly Target[], patience: number, freeAddress: () => Promise<unknown>): Promise<readonly PackedReport[]> {
  const waysAndTargets = Object.entries(packings(origins)).map(([name, packing], i) => ({ name, packing, target: targets[i] as Target }));
  const first: PackedReport[] = [];
  for (const { name, packing, target } of waysAndTargets) {
    await freeAddress();
    first.push(await keepOn(name, packing, target, 0));
  }
  if (patience === 0) return first;
  const more = await Promise.all(waysAndTargets.map(({ name, packing, target }) => keepOn(name, packing, target, patience)));
  return first.map((report, i) => together(report.name, [report, more[i] as PackedReport]));
}

/** Sixty tries before Redis is killed, while it is away, and after it came back, at one process. */
export async function runWithoutRedis(origin: string, redis: PrivateRedis, target: Target): Promise<PackedReport> {
  const packing = packings([origin])['one connection each'] as Packing;
  const reports = [await keepOn('', packing, target, 0)];
  await redis.redis.kill();
  reports.push(await keepOn('', packing, target, 5_000));
  await redis.redis.restart();
  reports.push(await keepOn('', packing, target, 5_000));
  return together('while Redis goes away and comes back', reports);
}
