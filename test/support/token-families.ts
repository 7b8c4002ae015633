import { randomUUID } from 'node:crypto';
import { GraphqlClient, REFUSED } from '../e2e/support/graphql-client.js';
import type { TestDatabase } from './database.js';

export type FamiliesReport = Readonly<{
  families: number;
  requests: number;
  /** A refresh token that, asked for twenty times at once, gave more than one successor. */
  doubled: readonly string[];
  /** Families that a spent token did not end, or of which some token still opened something after that one request. */
  alive: readonly string[];
  /** What was planted before a sign-in and opened something after it, and access tokens that outlived their renewal. */
  planted: readonly string[];
}>;

type Tokens = Readonly<{ token: string; refreshToken: string }>;
type Holder = Readonly<{ email: string; password: string }>;

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token refreshToken } ${REFUSED} } }`;
const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { ... on RefreshSessionSuccess { token refreshToken } ${REFUSED} } }`;
const AT_ONCE = 20;

/** How a thief brings a spent token back: the one request that must end the family. */
const THEFTS = ['late', 'after its successor was used', 'late, while the owner renews', 'late, twenty times at once'] as const;

/**
 * `count` families of bearer tokens, each begun with a planted cookie and token, renewed twenty times at once over all processes, and
 * then met by a thief with a spent token, in four ways by turns. What stands is asked of the API and of the rows, never of the service.
 *
 * @param origins API processes on one database; the twenty go to them by turns
 * @param holder somebody without a second factor
 */
export async function runFamilies(origins: readonly string[], database: TestDatabase, holder: Holder, { count, onFamily }: Readonly<{ count: number; onFamily?: (families: number) => void }>): Promise<FamiliesReport> {
  const report = { families: 0, requests: 0, doubled: [] as string[], alive: [] as string[], planted: [] as string[] };
  const clients = origins.map((origin) => new GraphqlClient(origin));
  const api = (): GraphqlClient => clients[report.requests++ % clients.length] as GraphqlClient;
  const refresh = async (refreshToken: string): Promise<Tokens | string> => {
    const { data, errors } = await api().send<{ refreshSession: Tokens & { refusals?: readonly { code: string }[] } }>(REFRESH, { input: { refreshToken } });
    const answer = data?.refreshSession;
    return answer === undefined ? JSON.stringify(errors) : (answer.refusals?.[0]?.code ?? answer);
  };
  const opens = async (token: string): Promise<boolean> => (await api().as(token).send<{ viewer: object | null }>('{ viewer { role } }')).data?.viewer != null;

  const begun = async (before: string): Promise<Tokens> => {
    // Whoever plants a cookie or a token before the sign-in must not hold what the sign-in opens.
    const cookie = randomUUID().replaceAll('-', '');
    const { data } = await api().send<{ signIn: Tokens }>(SIGN_IN, { input: { ...holder, kind: 'BEARER' } }, { cookie: `meriden_session=${cookie}; __Host-meriden_session=${cookie}`, 'x-meriden-csrf': '1' });
    const tokens = data?.signIn as Tokens;
    if (tokens?.token === undefined) throw new Error(`signing in was refused: ${JSON.stringify(data)}`);
    for (const known of [cookie, before, tokens.refreshToken]) {
      if (known === tokens.token || (await opens(known))) report.planted.push(`family ${report.families}: something known before the sign-in opens it`);
    }
    return tokens;
  };

  const one = async (before: string): Promise<string> => {
    const first = await begun(before);
    const all = await Promise.all(Array.from({ length: AT_ONCE }, () => refresh(first.refreshToken)));
    const successors = new Set(all.map((tokens) => JSON.stringify(tokens)));
    const [row] = await database.sql<{ session: string; tokens: number }>(
      `select session_id as session, (select count(*)::int from refresh_token o where o.session_id = t.session_id) as tokens from refresh_token t where token_hash = encode(sha256($1::bytea), 'hex')`,
      [Buffer.from(first.refreshToken)],
    );
    const second = all[0];
    if (successors.size !== 1 || row?.tokens !== 2 || typeof second !== 'object') {
      report.doubled.push(`family ${report.families}: ${successors.size} answers, ${row?.tokens} tokens: ${[...successors].join(' ').slice(0, 300)}`);
      return before;
    }
    if (await opens(first.token)) report.planted.push(`family ${report.families}: a renewed access token still opens it`);
    if (!(await opens(second.token))) report.alive.push(`family ${report.families}: the new access token opens nothing, so nothing below would be found out`);
    const theft = THEFTS[report.families % THEFTS.length] as (typeof THEFTS)[number];
    const held: Tokens[] = [first, second, ...(await stolen(theft, first, second))];
    for (const { token, refreshToken } of held) {
      if (await opens(token)) report.alive.push(`${theft}: an access token opens the session`);
      if (typeof (await refresh(refreshToken)) === 'object') report.alive.push(`${theft}: a refresh token gives new ones`);
    }
    const [ended] = await database.sql<{ revoked: boolean; told: number }>(
      `select revoked_at is not null as revoked, (select count(*)::int from audit_entry where object_id = $1 and verb like '%spent token%') as told from session where id = $1::uuid`,
      [row.session],
    );
    if (ended?.revoked !== true || ended.told !== 1) report.alive.push(`${theft}: ${JSON.stringify(ended)}`);
    return second.token;
  };

  /** @returns tokens that the owner got meanwhile */
  const stolen = async (theft: (typeof THEFTS)[number], first: Tokens, second: Tokens): Promise<readonly Tokens[]> => {
    const got = (...answers: readonly (Tokens | string)[]): Tokens[] => answers.filter((answer): answer is Tokens => typeof answer === 'object');
    if (theft === 'after its successor was used') {
      const third = await refresh(second.refreshToken);
      const thief = await refresh(first.refreshToken);
      return got(third, thief);
    }
    // Ten seconds in which a lost answer may be asked for again are over; nobody need wait for them.
    await database.sql(`update refresh_token set spent_at = spent_at - interval '11 seconds' where token_hash = encode(sha256($1::bytea), 'hex')`, [Buffer.from(first.refreshToken)]);
    if (theft === 'late') return got(await refresh(first.refreshToken));
    const [thieves, owner] = theft === 'late, while the owner renews' ? [1, 3] : [AT_ONCE, 0];
    return got(...(await Promise.all([...Array.from({ length: owner }, () => refresh(second.refreshToken)), ...Array.from({ length: thieves }, () => refresh(first.refreshToken))])));
  };

  let before = randomUUID().replaceAll('-', '');
  for (; report.families < count; report.families++) {
    before = await one(before);
    onFamily?.(report.families + 1);
  }
  return report;
}
