import { randomUUID } from 'node:crypto';
import { WATCHERS, type Watcher } from '../tenants/canaries.js';
import { key, mutationOf, nodeId, raw, refused, sameAsUnknown, tellsNothing, type Site, type Variant } from './site.js';

const STAGES = ['NO_PROFILE', 'NO_SUGGESTION', 'SUGGESTED', 'RANKED', 'PROPOSED', 'PLACED'];
const LEARNERS = 'query ($filter: LearnerFilterInput, $first: Int!, $after: String) { learners(first: $first, after: $after, filter: $filter) { totalCount nodes { id givenName familyName uln outcode } } }';

const empty = (name: string, watcher: Watcher, filter: object | null): Variant => ({
  name,
  async attempt(site) {
    const { data, errors } = await site.as(watcher).send<{ learners: { totalCount: number; nodes: unknown[] } }>(LEARNERS, { filter, first: 100 });
    return data?.learners.totalCount === 0 && data.learners.nodes.length === 0 ? null : `${watcher} got ${JSON.stringify(data ?? errors).slice(0, 300)}`;
  },
});

const download = (name: string, watcher: Watcher, path: string, status: number): Variant => ({
  name,
  async attempt(site) {
    const got = await raw(site, watcher, path);
    const leak = site.region.canaries.find((canary) => !canary.seenBy.includes(watcher) && got.text.includes(canary.text));
    if (leak !== undefined) return `${watcher} reads ${leak.about}`;
    return got.status === status ? null : `${watcher} got ${got.status} ${got.text.slice(0, 200)}`;
  },
});

/** 1: an employer scrapes learners. */
export const SCRAPING: readonly Variant[] = [
  empty('all learners, a hundred at a time', 'host a', null),
  ...STAGES.map((stage) => empty(`learners narrowed by stage ${stage}`, 'host a', { stage })),
  empty('learners narrowed by qualification', 'host a', { qualificationId: 'tl-61005162' }),
  ...['a', 'e', 'Quill', '%', '_', '.*'].map((name) => empty(`learners narrowed by a part ${JSON.stringify(name)} of the name`, 'host a', { name })),
  ...['learners', 'unplaced', 'outcomes'].map((list) => download(`export of ${list}`, 'host a', `/exports/${list}.csv`, 403)),
  download('export of candidates holds its own alone', 'host a', '/exports/candidates.csv', 200),
  download('export of vacancies holds its own drafts alone', 'host a', '/exports/vacancies.csv', 200),
  {
    name: 'a hundred ids swept at once',
    async attempt(site) {
      const ids = [...site.region.objects.filter(({ type }) => type === 'Learner').map(({ key: id }) => nodeId('Learner', id)), ...Array.from({ length: 98 }, () => nodeId('Learner', randomUUID()))].slice(0, 100);
      const { data } = await site.as('host a').send<{ nodes: unknown[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
      return data?.nodes.every((node) => node === null) ? null : `something was found: ${JSON.stringify(data)}`;
    },
  },
  {
    name: 'an export in a loop',
    async attempt(site) {
      const statuses = new Set<number>();
      for (let i = 0; i < 40; i += 1) statuses.add((await raw(site, 'host b', '/exports/candidates.csv')).status);
      return statuses.has(429) && [...statuses].every((status) => status === 200 || status === 429) ? null : `statuses ${[...statuses].join()}`;
    },
  },
];

/** 2: an employer finds out who a candidate is. */
export const IDENTIFYING: readonly Variant[] = [
  ...['learnerId', 'learner', 'givenName', 'familyName', 'name', 'uln', 'dateOfBirth', 'age', 'outcode', 'postcode', 'email', 'provider', 'organisation', 'photo', 'createdAt', 'version', 'availability', 'adjustmentsNeeded'].map((field) =>
    refused(`the field ${field} of a candidate`, 'host a', ['GRAPHQL_VALIDATION_FAILED'], `{ candidates(first: 1) { nodes { ${field} } } }`),
  ),
  sameAsUnknown('another employer’s candidate by its id', 'host b', 'query ($id: ID!) { candidate(id: $id) { pseudonym } }', ({ region }, real) => ({ id: nodeId('Candidate', real ? region.colleges.a.candidate.id : randomUUID()) })),
  tellsNothing('the candidates as another type', 'host a', 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Learner { givenName uln } ... on Candidate { pseudonym skills { evidence } } } }', ({ region }) => ({ ids: [nodeId('Candidate', region.colleges.a.candidate.id), nodeId('Learner', region.colleges.a.candidate.id), nodeId('Learner', region.colleges.a.learner.id)] })),
];

const SINGULAR: Readonly<Record<string, string>> = { Learner: 'learner', Vacancy: 'vacancy', Candidate: 'candidate' };
const FOREIGN = ['Learner', 'Suggestion', 'LearnerPreference', 'EmployerPreference', 'Candidate', 'Outcome', 'Proposal', 'Placement', 'Vacancy', 'AuditEntry'] as const;

function foreignKey({ region }: Site, type: string, watcher: Watcher, real: boolean): string {
  const found = region.objects.find((object) => object.type === type && object.owner === 'b' && !object.seenBy.includes(watcher));
  if (found === undefined) throw new Error(`side b has no ${type} that ${watcher} may not see`);
  if (real) return found.key;
  return type === 'Suggestion' ? `${randomUUID()}:${randomUUID()}` : randomUUID();
}

/** 3: one college reads another's learners. */
export const CROSSING: readonly Variant[] = (['staff a', 'student a', 'host a'] as const).flatMap((watcher) => [
  ...FOREIGN.flatMap((type) => [
    sameAsUnknown(`${watcher}: ${type} of the other side by node`, watcher, 'query ($id: ID!) { node(id: $id) { __typename id } }', (site, real) => ({ id: nodeId(type, foreignKey(site, type, watcher, real)) })),
    ...(SINGULAR[type] === undefined ? [] : [sameAsUnknown(`${watcher}: ${type} of the other side by its own query`, watcher, `query ($id: ID!) { ${SINGULAR[type]}(id: $id) { id } }`, (site, real) => ({ id: nodeId(type, foreignKey(site, type, watcher, real)) }))]),
  ]),
  {
    name: `${watcher}: ten of the other side among its own by nodes`,
    async attempt(site) {
      const ids = FOREIGN.map((type) => nodeId(type, foreignKey(site, type, watcher, true)));
      const { data } = await site.as(watcher).send<{ nodes: unknown[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
      return data?.nodes.every((node) => node === null) ? null : `something was found: ${JSON.stringify(data)}`;
    },
  },
  tellsNothing(`${watcher}: the other side through the vacancies`, watcher, '{ vacancies(first: 20) { nodes { title employer { name } campus { name } } } }'),
  download(`${watcher}: the operator’s export of outcomes`, watcher, '/exports/outcomes.csv', 403),
]);

/** 7: somebody poses as learner or employer. */
export const POSING: readonly Variant[] = WATCHERS.filter((watcher) => watcher !== 'operator').flatMap((watcher) => [
  refused(`${watcher} makes an organisation`, watcher, ['FORBIDDEN', 'UNAUTHENTICATED'], mutationOf('createOrganisation'), () => ({ input: { ...key(), details: { name: 'Poser (fictional)', roles: ['EMPLOYER'], fictional: true } } })),
  refused(`${watcher} makes an account for an employer`, watcher, ['FORBIDDEN', 'UNAUTHENTICATED'], mutationOf('createAccount'), ({ region }) => ({ input: { email: `${randomUUID()}@example.org`, name: 'Poser', role: 'EMPLOYER', organisationId: nodeId('Organisation', region.colleges.a.employer.id) } })),
]);

const cursorOf = (...values: unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
const CURSORS: Readonly<Record<string, string>> = {
  'no base64': '%%%%',
  empty: '',
  'no JSON': Buffer.from('NAME,a,b,c').toString('base64url'),
  'an object': Buffer.from('{"a":1}').toString('base64url'),
  'another order': cursorOf('ID', randomUUID()),
  'too few values': cursorOf('NAME', 'a'),
  'an SQL text for an id': cursorOf('NAME', 'a', 'b', "' or 1=1 --"),
  'a NUL': cursorOf('NAME', 'a\0', 'b', randomUUID()),
  'a list for a text': cursorOf('NAME', ['a'], 'b', randomUUID()),
  'null for an id': cursorOf('NAME', 'a', 'b', null),
  'a number for a text': cursorOf('NAME', 1e308, 'b', randomUUID()),
  'a kilobyte of brackets': Buffer.from('['.repeat(1_000)).toString('base64url'),
};

const onVacancy = (name: string, more: object): Variant =>
  sameAsUnknown(`${name} of another’s vacancy and of none`, 'host b', mutationOf(name), ({ region }, real) => ({ input: { ...more, vacancyId: nodeId('Vacancy', real ? region.colleges.a.draft.id : randomUUID()), version: 1 } }));
const onProposal = (name: string, more: object): Variant =>
  sameAsUnknown(`${name} of another’s proposal and of none`, 'student b', mutationOf(name), ({ region }, real) => ({ input: { ...more, ...key(), proposalId: nodeId('Proposal', real ? region.colleges.a.proposal.id : randomUUID()), version: 1 } }));

/** 8: ids and what answers give away. */
export const ORACLES: readonly Variant[] = [
  ...Object.entries(CURSORS).map(([what, after]) => refused(`a cursor that is ${what}`, 'staff a', ['FIELD_INVALID'], LEARNERS, () => ({ first: 1, after, filter: null }))),
  onVacancy('closeVacancy', {}),
  onVacancy('publishVacancy', {}),
  onVacancy('reviseVacancy', { details: { title: 'Mine' } }),
  onProposal('acceptProposal', {}),
  onProposal('declineProposal', { reason: 'It is not mine to decline.' }),
  sameAsUnknown('reviseProfile of another’s learner and of none', 'staff b', mutationOf('reviseProfile'), ({ region }, real) => ({ input: { learnerId: nodeId('Learner', real ? region.colleges.a.learner.id : randomUUID()), version: 1, profile: { maxTravelMinutes: 30 } } })),
  ...['nonsense', '', nodeId('Learner', 'x'), nodeId('Nothing', randomUUID()), nodeId('Learner', "' or 1=1"), 'é'.repeat(50), '../../etc/passwd'].map((id): Variant => ({
    name: `node of ${JSON.stringify(id)}`,
    async attempt(site) {
      const { data } = await site.as('staff a').send<{ node: unknown }>('query ($id: ID!) { node(id: $id) { id } }', { id });
      return data !== null && data.node === null ? null : `got ${JSON.stringify(data)}`;
    },
  })),
  {
    name: 'ids tell neither order nor time',
    async attempt({ region }) {
      const wrong = region.objects.filter(({ type, key: id }) => type !== 'Suggestion' && !/^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(id));
      return wrong.length === 0 ? null : `not a random UUID: ${JSON.stringify(wrong[0])}`;
    },
  },
  {
    name: 'sign-in to an account that is there and to one that is not',
    async attempt(site) {
      const [row] = await site.database.sql<{ email: string }>('select email from person where id = $1', [site.region.colleges.a.staff.personId]);
      const of = async (email: string): Promise<string> => {
        const { status, data, errors } = await site.as('nobody').send(mutationOf('signIn'), { input: { email, password: 'not the password', code: null, kind: 'BEARER' } });
        return JSON.stringify({ status, data, errors });
      };
      const [there, missing] = [await of(row?.email ?? ''), await of(`${randomUUID()}@example.org`)];
      return there === missing ? null : `${there} against ${missing}`;
    },
  },
];
