import { GraphqlClient, REFUSED, codeOf } from '../support/graphql-client.js';
import { consoleDocuments } from '../../support/console-documents.js';
import type { Meriden } from '../support/meriden.js';

let meriden: Meriden;

const codes = (answer: { errors: readonly { extensions: { code: string } }[] }): string[] => answer.errors.map((error) => error.extensions.code);
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token expiresAt role person { name } } ${REFUSED} } }`;
/** What would stop a document before anybody looks whether it is trusted. */
const BEFORE_TRUST = new Set(['BAD_REQUEST', 'CSRF_HEADER_MISSING', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'INTROSPECTION_DISABLED', 'OPERATION_RESOLUTION_FAILURE', 'SESSION_ENDED', 'TOO_DEEP', 'TOO_MANY_ALIASES', 'TOO_MANY_DIRECTIVES', 'UNAUTHENTICATED']);
const WRONG = { email: 'nobody@demo.example', password: 'wrong', kind: 'BEARER' };

export function nobodyGetsPastTheRim(started: () => Meriden): void {
  beforeAll(() => {
    meriden = started();
  });

  describe('signed out', () => {
    it('may ask what is running, and nothing else', async () => {
      const { data, extensions } = await meriden.nobody.send<{ service: { notice: string } }>('{ service { name notice demonstration } }');
      expect(data?.service.notice).toBe('demonstration data');
      expect(extensions).toMatchObject({ notice: 'demonstration data', cost: { limit: 5_000 } });
      for (const query of ['{ viewer { role } }', '{ vacancies(first: 1) { nodes { id } } }', '{ campuses { key } }', '{ ...F } fragment F on Query { rounds(first: 1) { nodes { id } } }', 'mutation { signOut { __typename } }']) {
        const answer = await meriden.nobody.send(query);
        expect([query, answer.status, codes(answer), answer.data]).toEqual([query, 401, ['UNAUTHENTICATED'], null]);
      }
    });

    it('is told the same for an unknown account and a wrong password, and is stopped after ten tries', async () => {
      const known = await meriden.nobody.refused(SIGN_IN, { input: { ...WRONG, email: meriden.account('learner2').email } });
      const unknown = await meriden.nobody.refused(SIGN_IN, { input: WRONG });
      expect(unknown).toEqual(known);
      expect(known).toMatchObject([{ code: 'SIGN_IN_FAILED', __typename: 'NotAllowed' }]);
      const aliases = Array.from({ length: 10 }, (_, i) => `a${i}: signIn(input: $input) { ...R }`).join(' ');
      const packed = `mutation ($input: SignInInput!) { ${aliases} } fragment R on SignInPayload { ${REFUSED} }`;
      const answers = await meriden.nobody.ask<Record<string, { refusals: readonly { code: string }[] }>>(packed, { input: WRONG });
      const counted = Object.values(answers).map((payload) => payload.refusals[0]?.code);
      expect(counted.filter((code) => code === 'SIGN_IN_FAILED').length).toBeLessThanOrEqual(9);
      expect(counted.at(-1)).toBe('TOO_MANY_TRIES');
    });

    it('staff need a second factor, which works once', async () => {
      const { email, totpSecret = '' } = meriden.account('region');
      const input = { email, password: meriden.password, kind: 'BEARER' };
      expect(await meriden.nobody.refused(SIGN_IN, { input })).toMatchObject([{ code: 'SECOND_FACTOR_REQUIRED', path: ['input', 'code'] }]);
      const code = codeOf(totpSecret);
      await meriden.nobody.do(SIGN_IN, { input: { ...input, code } });
      expect(await meriden.nobody.refused(SIGN_IN, { input: { ...input, code } })).toMatchObject([{ code: 'SECOND_FACTOR_WRONG' }]);
    });
  });

  describe('a cookie session', () => {
    it('keeps its token from scripts, needs the header other sites cannot send, and ends with signOut', async () => {
      const { email } = meriden.account('learner2');
      const signIn = await meriden.nobody.send<{ signIn: { token: string | null } }>(SIGN_IN, { input: { email, password: meriden.password, kind: 'COOKIE' } });
      expect(signIn.data?.signIn.token).toBeNull();
      const [line = '', device = ''] = signIn.headers.getSetCookie();
      // The mark of a device opens nothing: it only has a count of tries of its own.
      expect(device).toMatch(/^meriden_device=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
      expect((await new GraphqlClient(meriden.origin, null, { cookie: device.split(';')[0] ?? '', 'x-meriden-csrf': '1' }).send('{ viewer { role } }')).status).toBe(401);
      expect(line).toMatch(/^meriden_session=[\w-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
      const cookie = line.split(';')[0] ?? '';
      const bare = new GraphqlClient(meriden.origin, null, { cookie });
      const foreign = await bare.send('{ viewer { role } }');
      expect([foreign.status, codes(foreign)]).toEqual([403, ['CSRF_HEADER_MISSING']]);
      const own = new GraphqlClient(meriden.origin, null, { cookie, 'x-meriden-csrf': '1' });
      expect(await own.ask('{ viewer { role capabilities } }')).toEqual({ viewer: { role: 'LEARNER', capabilities: ['CHANGE_A_PROFILE', 'GIVE_PREFERENCES', 'CHOOSE_AMONG_VACANCIES', 'CONTEST_A_SCORE', 'SPEAK_ABOUT_A_SCORE', 'ANSWER_A_PROPOSAL', 'ASK_FOR_OWN_DATA'] } });
      const out = await own.send('mutation { signOut { ... on SignOutSuccess { signedOut } } }');
      expect(out.headers.get('set-cookie')).toContain('1970');
      expect(codes(await own.send('{ viewer { role } }'))).toEqual(['SESSION_ENDED']);
    });
  });

  describe('where only the documents of the console are trusted', () => {
    it('a cookie runs each of them and nothing else, a bearer token any; guesses at the schema are not helped, and points are counted', async () => {
      const closed = await meriden.anotherApi({ MERIDEN_DEMONSTRATION: 'false', MERIDEN_TRUSTED_DOCUMENTS: 'true', MERIDEN_POINTS_A_MINUTE: '5000' });
      const college = await meriden.as('college');
      const atHome = async (): Promise<GraphqlClient> => {
        const signIn = await meriden.nobody.send(SIGN_IN, { input: { email: meriden.account('learner').email, password: meriden.password, kind: 'COOKIE' } });
        return new GraphqlClient(closed.origin, null, { cookie: signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '', 'x-meriden-csrf': '1' });
      };
      const browser = await atHome();
      const other = await atHome();
      const program = closed.as(college.token);
      // Without variables most are refused as input, which is looked at after trust; the one that needs none and ends the session comes last.
      const documents = [...consoleDocuments()].sort(([one], [two]) => Number(one === 'SignOut') - Number(two === 'SignOut'));
      expect(documents.length).toBeGreaterThan(60);
      expect(new Set(documents.map(([, { kind }]) => kind))).toEqual(new Set(['query', 'mutation', 'subscription']));
      const neverTried: unknown[] = [];
      for (const [name, { text }] of documents) {
        const answer = await other.send(text);
        const stopped = codes(answer).filter((code) => code === 'UNTRUSTED_DOCUMENT' || BEFORE_TRUST.has(code));
        if (stopped.length > 0) neverTried.push([name, answer.status, stopped]);
      }
      expect(neverTried).toEqual([]);
      expect(codes(await other.send('{ viewer { role } }'))).toEqual(['SESSION_ENDED']);
      for (const query of ['{ viewer { role } }', 'query Viewer { viewer { role } }', '{ service { name } }']) {
        const answer = await browser.send(query);
        expect([query, answer.status, codes(answer), answer.data]).toEqual([query, 403, ['UNTRUSTED_DOCUMENT'], null]);
      }
      expect(await program.ask('{ viewer { role } }')).toEqual({ viewer: { role: 'PROVIDER_STAFF' } });
      const { errors } = await program.send('query ($kind: CampusKind) { viewr { role } campuses(kind: $kind) { key } }', { kind: 'CAMPUSS' });
      expect(errors.map(({ message }) => message)).toEqual(['Cannot query field "viewr" on type "Query".']);
      const input = await program.send('query ($kind: CampusKind) { campuses(kind: $kind) { key } }', { kind: 'CAMPUSS' });
      expect([codes(input), JSON.stringify(input.errors)]).toEqual([['BAD_USER_INPUT'], expect.not.stringContaining('Did you mean')]);
      const page = '{ vacancies(first: 100) { nodes { id employer { id } campus { key } } } }';
      const answers = [];
      while (answers.length < 100 && answers.at(-1)?.status !== 429) answers.push(await program.send(page));
      expect(answers.map(({ status }) => status)).toEqual([...answers.slice(1).map(() => 200), 429]);
      const [first] = answers;
      const last = answers.at(-1);
      expect(first?.headers.get('x-ratelimit-limit')).toBe('5000');
      expect(Number(first?.headers.get('x-ratelimit-remaining'))).toBeLessThan(5_000);
      expect(codes(last ?? { errors: [] })).toEqual(['TOO_MANY_POINTS']);
      expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
      // Budgets are each account's own.
      expect(codes(await browser.send(documents[0]?.[1].text ?? ''))).not.toContain('TOO_MANY_POINTS');
    });
  });

  describe('limits', () => {
    it('reads no new document of whom it refused too many, and still those that ran before', async () => {
      const [program, somebodyElse] = [await meriden.as('employer2'), await meriden.as('employer')];
      const known = '{ viewer { role } }';
      await somebodyElse.ask(known);
      const answers = [];
      while (answers.length < 400 && answers.at(-1)?.status !== 429) answers.push(await program.send(`{ thing${answers.length} { id } }`));
      expect(answers.length).toBeGreaterThan(300);
      expect(codes(answers.at(-1) ?? { errors: [] })).toEqual(['TOO_MANY_REFUSALS']);
      expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(codes(await program.send('{ viewer { role __typename } }'))).toEqual(['TOO_MANY_REFUSALS']);
      expect(await program.ask(known)).toEqual({ viewer: { role: 'EMPLOYER' } });
      expect(await somebodyElse.ask('{ viewer { __typename role } }')).toEqual({ viewer: { __typename: 'Viewer', role: 'EMPLOYER' } });
    });

    it('refuses what is too costly, too deep, too many or too long before anything runs', async () => {
      const client = await meriden.as('college');
      const nested = (first: string) => `{ learners(first: ${first}) { nodes { suggestions(first: ${first}) { nodes { vacancy { employer { id } } } } } } }`;
      const refused: readonly (readonly [string, string, Record<string, unknown>?])[] = [
        [nested('100'), 'TOO_COSTLY'],
        [`query ($n: Int!) ${nested('$n')}`, 'TOO_COSTLY', { n: 100 }],
        ['{ learners(first: 0) { nodes { id } } }', 'PAGE_TOO_LARGE'],
        ['{ learners(first: 101) { nodes { id } } }', 'PAGE_TOO_LARGE'],
        ['{ learners(first: -5) { nodes { id } } }', 'PAGE_TOO_LARGE'],
        ['{ bests: learners(first: 1) { nodes { bestSuggestions(first: 101) { id } } } }', 'PAGE_TOO_LARGE'],
        ['{ learners { nodes { id } } }', 'GRAPHQL_VALIDATION_FAILED'],
        ['{ learners(first: 1, after: "x") { nodes { id } } }', 'FIELD_INVALID'],
        [`{ learners(first: 1) { nodes ${'{ suggestions(first: 1) { nodes { learner '.repeat(3)} { id } ${'} } }'.repeat(3)} } }`, 'TOO_DEEP'],
        [`{ ${Array.from({ length: 11 }, (_, i) => `a${i}: __typename`).join(' ')} }`, 'TOO_MANY_ALIASES'],
        [`{ ${Array.from({ length: 6 }, (_, i) => `...F${i}`).join(' ')} } ${Array.from({ length: 6 }, (_, i) => `fragment F${i} on Query { __typename @skip(if: false) }`).join(' ')}`, 'TOO_MANY_DIRECTIVES'],
        [`{ ${'__typename '.repeat(700)} }`, 'GRAPHQL_PARSE_FAILED'],
        ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', 'PAGE_TOO_LARGE', { ids: Array.from({ length: 101 }, () => 'x') }],
        ['query A { viewer { role } } query B { viewer { role } }', 'OPERATION_RESOLUTION_FAILURE'],
      ];
      for (const [query, code, variables = {}] of refused) {
        const answer = await client.send(query, variables);
        expect([query.slice(0, 60), codes(answer)]).toEqual([query.slice(0, 60), [code]]);
        // The second time many are not read again; whoever sent them cannot tell.
        const { status, errors, data } = await client.send(query, variables);
        expect([query.slice(0, 60), status, errors, data]).toEqual([query.slice(0, 60), answer.status, answer.errors, answer.data]);
      }
    });

    it('refuses batches, plain text, forms, GET mutations, broken JSON and a megabyte, each in the same form', async () => {
      const send = async (init: RequestInit, path = '/graphql') => {
        const response = await fetch(`${meriden.origin}${path}`, init);
        const { errors } = (await response.json()) as { errors: readonly { extensions: { code: string } }[] };
        return [response.status, errors[0]?.extensions.code];
      };
      const json = { 'content-type': 'application/json' };
      const query = JSON.stringify({ query: '{ service { name } }' });
      expect(await send({ method: 'POST', headers: json, body: `[${query},${query}]` })).toEqual([400, 'BAD_REQUEST']);
      expect(await send({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: query })).toEqual([400, 'BAD_REQUEST']);
      expect(await send({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={service{name}}' })).toEqual([415, 'BAD_REQUEST']);
      expect(await send({ method: 'GET', headers: { 'apollo-require-preflight': '1' } }, `/graphql?query=${encodeURIComponent('mutation { signOut { __typename } }')}`)).toEqual([405, 'BAD_REQUEST']);
      expect(await send({ method: 'POST', headers: json, body: '{"query":' })).toEqual([400, 'BAD_REQUEST']);
      // The answer is read however far the sending got: a connection that breaks in the midst of it says nothing to anybody.
      for (const bytes of [70_000, ...Array.from({ length: 20 }, () => 1_000_000), 10_000_000]) {
        expect([bytes, await send({ method: 'POST', headers: json, body: JSON.stringify({ query: '{ service { name } }', variables: { x: 'a'.repeat(bytes) } }) })]).toEqual([bytes, [413, 'BODY_TOO_LARGE']]);
      }
      expect(await send({ method: 'GET' }, '/no/such/address')).toEqual([404, 'NOT_FOUND']);
    });
  });

  describe('faults', () => {
    it('says nothing of what broke but a reference, which stands in the log beside it', async () => {
      const client = await meriden.as('college');
      await meriden.database.sql('alter table placement rename to placement_away');
      try {
        const { errors, data } = await client.send<{ viewer: unknown; placements: unknown }>('{ viewer { role } placements(first: 1) { nodes { id } } }');
        expect(data).toBeNull();
        expect(errors).toHaveLength(1);
        const [{ extensions, message }] = errors as [(typeof errors)[number]];
        expect(Object.keys(extensions).sort()).toEqual(['code', 'reference']);
        expect(extensions.code).toBe('INTERNAL');
        expect(message).toContain(extensions.reference ?? 'no reference');
        expect(JSON.stringify(errors)).not.toMatch(/placement"|relation|select|node_modules|\.js/);
        expect(meriden.apiLog()).toContain(extensions.reference);
      } finally {
        await meriden.database.sql('alter table placement_away rename to placement');
      }
      expect((await client.send('{ placements(first: 1) { nodes { id } } }')).errors).toEqual([]);
    });
  });

  describe('pages', () => {
    it('serve the GraphQL page from here alone, under a policy without other hosts', async () => {
      const page = await fetch(`${meriden.origin}/graphiql/`);
      const html = await page.text();
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
      const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '').filter((source) => source !== '/graphiql/');
      expect(sources.length).toBeGreaterThan(5);
      expect(sources.filter((source) => /^(?:https?:)?\/\//.test(source))).toEqual([]);
      for (const source of sources.filter((path) => /\.(js|css)$/.test(path))) {
        const file = await fetch(`${meriden.origin}/graphiql/${source}`);
        expect([source, file.status]).toEqual([source, 200]);
      }
      expect((await fetch(`${meriden.origin}/graphiql/..%2f..%2fpackage.json`)).status).toBe(404);
    });

    it('say at every address that the data are invented, and may be framed and sniffed nowhere', async () => {
      for (const path of ['/', '/graphiql/', '/health/live', '/no/such/address.js']) {
        const { headers } = await fetch(`${meriden.origin}${path}`);
        expect([path, headers.get('x-meriden-notice'), headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual([path, 'demonstration data', 'nosniff', 'DENY']);
        expect([path, headers.get('content-security-policy')]).toEqual([path, expect.stringMatching(/^(?!.*https?:).*frame-ancestors 'none'/)]);
      }
      expect(await (await fetch(`${meriden.origin}/`)).text()).toContain('Meriden');
      const metrics = await (await fetch(`${meriden.origin}/metrics`)).text();
      expect(metrics).toMatch(/meriden_graphql_seconds_count\{kind="query",outcome="ok"\} \d/);
      expect(await (await fetch(`${meriden.origin}/health/ready`)).json()).toMatchObject({ ready: true });
    });
  });
}
