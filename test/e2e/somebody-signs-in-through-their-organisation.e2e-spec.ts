import { REFUSED, signedIn, type GraphqlClient } from './support/graphql-client.js';
import { PlainBrowser, startIdentityProvider, type IdentityProvider } from './support/identity-provider.js';
import { START_MS, startMeriden, type Meriden } from './support/meriden.js';

/** What people type; the API that answers there stands somewhere else, as behind a proxy. */
const PUBLIC = 'http://placements.example';
const CREDENTIALS = '{ viewer { credentials { federatedIdentities { federatedIdentityId issuer lastUsedAt } } } }';
type Credentials = Readonly<{ viewer: { credentials: { federatedIdentities: readonly { federatedIdentityId: string; issuer: string; lastUsedAt: string | null }[] } } }>;

let meriden: Meriden;
let provider: IdentityProvider;
let nobody: GraphqlClient;
let learner: GraphqlClient;
let college: GraphqlClient;

beforeAll(async () => {
  [meriden, provider] = await Promise.all([startMeriden(), startIdentityProvider(`${PUBLIC}/oidc/return`)]);
  nobody = await meriden.anotherApi({
    MERIDEN_PUBLIC_ORIGIN: PUBLIC,
    MERIDEN_OIDC_ISSUER: provider.issuer,
    MERIDEN_OIDC_CLIENT_ID: provider.clientId,
    MERIDEN_OIDC_CLIENT_SECRET: provider.clientSecret,
    MERIDEN_OIDC_NAME: 'Example College (fictional)',
  });
  learner = await signedIn(nobody, meriden.account('learner'), meriden.password);
  college = await signedIn(nobody, meriden.account('college'), meriden.password);
}, START_MS);
afterAll(async () => {
  await meriden?.end();
  await provider?.end();
});

const browser = (client?: GraphqlClient): PlainBrowser => new PlainBrowser({ [PUBLIC]: nobody.origin }, client?.token == null ? {} : { authorization: `Bearer ${client.token}` });
/** To the page of ours that a browser ends at: it is only looked at by its address. */
const ours = (next: string): boolean => !next.startsWith(`${PUBLIC}/sign-in`) && !next.startsWith(`${PUBLIC}/account`);
const signIn = (as: string, amr: readonly string[] = ['pwd'], by = browser()): Promise<string> => {
  Object.assign(provider.visitor, { subject: as, amr });
  return by.go(`${PUBLIC}/oidc/sign-in`, ours);
};
async function link(client: GraphqlClient, as: string, password = meriden.password, meanwhile = async (): Promise<unknown> => undefined): Promise<string> {
  Object.assign(provider.visitor, { subject: as, amr: ['pwd'] });
  const by = browser(client);
  const response = await by.ask(`${PUBLIC}/oidc/link`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password }) });
  const { url, errors } = (await response.json()) as { url?: string; errors?: readonly { extensions: { code: string } }[] };
  await meanwhile();
  return url === undefined ? `${response.status} ${String(errors?.[0]?.extensions.code)}` : by.go(url, ours);
}
const sessions = async (): Promise<number> => (await meriden.database.sql<{ n: number }>('select count(*)::int as n from session'))[0]?.n ?? -1;

it('the sign-in page learns whom it can offer, and where nobody is set nothing is offered', async () => {
  const offer = async (origin: string): Promise<unknown> => (await fetch(`${origin}/oidc/offer`)).json();
  expect([await offer(nobody.origin), await offer(meriden.origin)]).toEqual([{ name: 'Example College (fictional)' }, { name: null }]);
  const response = await fetch(`${meriden.origin}/oidc/sign-in`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in?oidc=NOT_FOUND']);
});

it('somebody unknown here gets in nowhere, whatever address their organisation gives them', async () => {
  const before = await sessions();
  expect(await signIn('nobody-we-know')).toBe(`${PUBLIC}/sign-in?oidc=SIGN_IN_FAILED`);
  expect(await sessions()).toBe(before);
});

it('a learner links with the password given again, signs in with it in another browser, and it is over when they unlink it', async () => {
  expect(await link(learner, 'a-learner', 'not the password at all')).toBe('403 SIGN_IN_FAILED');
  expect(await link(learner, 'a-learner')).toBe(`${PUBLIC}/account?oidc=LINKED`);
  const by = browser();
  expect(await signIn('a-learner', ['pwd'], by)).toBe(`${PUBLIC}/sign-in?oidc=DONE`);
  const answer = await by.ask(`${PUBLIC}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-meriden-csrf': '1' }, body: JSON.stringify({ query: '{ viewer { role } }' }) });
  expect(await answer.json()).toMatchObject({ data: { viewer: { role: 'LEARNER' } } });
  expect(by.cookie(PUBLIC, 'meriden_oidc')).toBeUndefined();

  const { viewer } = await learner.ask<Credentials>(CREDENTIALS);
  expect(viewer.credentials.federatedIdentities).toEqual([{ federatedIdentityId: expect.any(String), issuer: provider.issuer, lastUsedAt: expect.any(String) }]);
  const input = { federatedIdentityId: viewer.credentials.federatedIdentities[0]?.federatedIdentityId };
  const remove = `mutation ($input: RemoveFederatedIdentityInput!) { removeFederatedIdentity(input: $input) { ... on RemoveFederatedIdentitySuccess { federatedIdentityId } ${REFUSED} } }`;
  expect((await college.refused(remove, { input })).map(({ code }) => code)).toEqual(['NOT_FOUND']);
  await learner.do(remove, { input });
  expect(await signIn('a-learner')).toBe(`${PUBLIC}/sign-in?oidc=SIGN_IN_FAILED`);
});

it('a link that was on its way when the password was replaced is not made: it would outlive what was to end it', async () => {
  const email = meriden.account('learner').email;
  const replaced = (change: string) => meriden.database.sql(`update person set password_hash = ${change} where email = $1`, [email]);
  expect(await link(learner, 'a-stranger', meriden.password, () => replaced(`password_hash || ' '`))).toBe(`${PUBLIC}/account?oidc=LINK_SPENT`);
  await replaced('trim(password_hash)');
  expect(await signIn('a-stranger')).toBe(`${PUBLIC}/sign-in?oidc=SIGN_IN_FAILED`);
});

it('staff get in only where their organisation asked for two factors; a number there opens one account here', async () => {
  expect(await link(college, 'a-tutor')).toBe(`${PUBLIC}/account?oidc=LINKED`);
  expect(await link(college, 'a-tutor')).toBe(`${PUBLIC}/account?oidc=ALREADY_EXISTS`);
  expect(await link(learner, 'a-tutor')).toBe(`${PUBLIC}/account?oidc=ALREADY_EXISTS`);
  const before = await sessions();
  expect(await signIn('a-tutor', ['pwd'])).toBe(`${PUBLIC}/sign-in?oidc=SECOND_FACTOR_REQUIRED`);
  expect(await sessions()).toBe(before);
  expect(await signIn('a-tutor', ['pwd', 'otp', 'mfa'])).toBe(`${PUBLIC}/sign-in?oidc=DONE`);
});

it('an answer works once, in the browser that asked, for what was asked', async () => {
  const by = browser();
  await signIn('a-tutor', ['mfa'], by);
  const answered = by.way.find((address) => address.startsWith(`${PUBLIC}/oidc/return`)) ?? '';
  expect(answered).toContain('code=');
  // Its ticket went with the answer.
  expect(await by.go(answered, ours)).toBe(`${PUBLIC}/sign-in?oidc=LINK_SPENT`);
  expect(await browser().go(answered, ours)).toBe(`${PUBLIC}/sign-in?oidc=LINK_SPENT`);
  // Another browser, on its own way to the issuer, is handed somebody else's answer.
  const other = browser();
  await other.ask(`${PUBLIC}/oidc/sign-in`);
  expect(await other.go(answered, ours)).toBe(`${PUBLIC}/sign-in?oidc=ISSUER_REFUSED`);
});

it('of two answers asked for one after the other, the older one is refused once the newer one was used', async () => {
  Object.assign(provider.visitor, { subject: 'a-tutor', amr: ['mfa'] });
  const [older, newer] = [browser(), browser()];
  const atIssuer = (next: string): boolean => !next.startsWith(`${PUBLIC}/oidc/return`);
  const first = await older.go(`${PUBLIC}/oidc/sign-in`, atIssuer);
  const second = await newer.go(`${PUBLIC}/oidc/sign-in?next=${encodeURIComponent('/cohorts?page=2')}`, atIssuer);
  // Where somebody was going is where they come to, on this site only.
  expect(await newer.go(second, ours)).toBe(`${PUBLIC}/sign-in?oidc=DONE&next=${encodeURIComponent('/cohorts?page=2')}`);
  expect(await older.go(first, ours)).toBe(`${PUBLIC}/sign-in?oidc=LINK_SPENT`);
  expect(await browser().go(`${PUBLIC}/oidc/sign-in?next=${encodeURIComponent('//elsewhere.example')}`, ours)).toBe(`${PUBLIC}/sign-in?oidc=DONE`);
});

it('an issuer that is out of order is told apart from one that refuses', async () => {
  const by = browser();
  const answered = await by.go(`${PUBLIC}/oidc/sign-in`, (next) => !next.startsWith(`${PUBLIC}/oidc/return`));
  provider.visitor.outOfOrder = true;
  expect(await by.go(answered, ours)).toBe(`${PUBLIC}/sign-in?oidc=ISSUER_AWAY`);
  provider.visitor.outOfOrder = false;
});

it('while the issuer is away nobody gets in through it, and people are told so', async () => {
  const by = browser();
  Object.assign(provider.visitor, { subject: 'a-tutor', amr: ['mfa'] });
  const answered = await by.go(`${PUBLIC}/oidc/sign-in`, (next) => !next.startsWith(`${PUBLIC}/oidc/return`));
  await provider.end();
  expect(await by.go(answered, ours)).toBe(`${PUBLIC}/sign-in?oidc=ISSUER_AWAY`);
});
