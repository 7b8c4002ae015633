import { isInputObjectType, isNonNullType, getNamedType, type GraphQLInputObjectType, type GraphQLInputType } from 'graphql';
import type { Watcher } from '../tenants/canaries.js';
import { key, mutationOf, nodeId, raw, refused, tellsNothing, type Site, type Variant } from './site.js';

function detailsOf({ region }: Site): Record<string, unknown> {
  const { id: _i, organisationId: _o, state: _s, version: _v, ...details } = region.colleges.b.vacancy;
  return { ...details, title: 'Bench assistant (fictional)', description: 'Plain work.' };
}

const PROTECTED = ['ageFrom', 'ageTo', 'sex', 'gender', 'ethnicity', 'nationality', 'religion', 'disability', 'pregnancy', 'maritalStatus', 'sexualOrientation', 'careLeaver', 'school', 'postcode', 'photoRequired'];

/** 6: an employer sorts people by what it must not know. */
export const DISCRIMINATING: readonly Variant[] = [
  ...PROTECTED.map((field) => refused(`a vacancy with the condition ${field}`, 'host b', ['BAD_USER_INPUT'], mutationOf('postVacancy'), (site) => ({ input: { ...key(), publish: false, details: { ...detailsOf(site), [field]: 'x' } } }))),
  ...['sex', 'age', 'ethnicity', 'disability'].map((name) => refused(`learners filtered by ${name}`, 'host b', ['BAD_USER_INPUT'], 'query ($filter: LearnerFilterInput) { learners(first: 1, filter: $filter) { nodes { id } } }', () => ({ filter: { [name]: 'x' } }))),
  ...['NAME', 'AGE', 'JOINED'].map((order) => refused(`candidates ordered by ${order}`, 'host b', ['GRAPHQL_VALIDATION_FAILED'], `{ candidates(first: 1, orderBy: ${order}) { nodes { id } } }`)),
];

const aliases = (n: number): string => `{ ${Array.from({ length: n }, (_, i) => `a${i}: viewer { role }`).join(' ')} }`;
const nested = (levels: number): string => `{ learners(first: 1) { nodes { ${'suggestions(first: 1) { nodes { learner { '.repeat(levels)} id ${'} } }'.repeat(levels)} } } }`;

const http = (name: string, statuses: readonly number[], init: RequestInit, path = '/graphql'): Variant => ({
  name,
  async attempt(site) {
    const { status, text } = await raw(site, 'staff a', path, init);
    const leak = site.region.canaries.find((canary) => text.includes(canary.text));
    if (leak !== undefined) return `it answers with ${leak.about}`;
    return statuses.includes(status) ? null : `got ${status} ${text.slice(0, 200)}`;
  },
});
const json = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });

/** 9: much packed into one request. */
export const PACKING: readonly Variant[] = [
  ...[11, 50, 100].map((n) => refused(`${n} aliases`, 'staff a', ['TOO_MANY_ALIASES', 'GRAPHQL_PARSE_FAILED'], aliases(n))),
  refused('aliases of __typename', 'staff a', ['TOO_MANY_ALIASES'], `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: __typename`).join(' ')} }`),
  refused('aliases hidden in a fragment', 'staff a', ['TOO_MANY_ALIASES'], `{ ...F } fragment F on Query ${aliases(20)}`),
  ...[6, 60].map((n) => refused(`${n} directives`, 'staff a', ['TOO_MANY_DIRECTIVES'], `{ ${Array.from({ length: n }, () => '__typename @include(if: true)').join(' ')} }`)),
  ...[3, 8].map((n) => refused(`${n * 3} levels`, 'staff a', ['TOO_DEEP'], nested(n))),
  refused('fragments in a circle', 'staff a', ['GRAPHQL_VALIDATION_FAILED'], '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
  refused('a thousand tokens', 'staff a', ['GRAPHQL_PARSE_FAILED'], `{ ${'__typename '.repeat(1_000)} }`),
  refused('a cost hidden in a variable', 'staff a', ['TOO_COSTLY'], 'query ($n: Int!) { learners(first: $n) { nodes { suggestions(first: $n) { nodes { vacancy { employer { id } } } } } } }', () => ({ n: 100 })),
  refused('a cost hidden in a default', 'staff a', ['TOO_COSTLY'], 'query ($n: Int! = 100) { learners(first: $n) { nodes { suggestions(first: $n) { nodes { vacancy { employer { id } } } } } } }'),
  ...[101, 0, -1, 2_147_483_647].map((first) => refused(`a page of ${first}`, 'staff a', ['PAGE_TOO_LARGE', 'TOO_COSTLY'], 'query ($first: Int!) { learners(first: $first) { nodes { id } } }', () => ({ first }))),
  refused('a page without a size', 'staff a', ['GRAPHQL_VALIDATION_FAILED'], '{ learners { nodes { id } } }'),
  ...[101, 5_000].map((n) => refused(`${n} ids`, 'staff a', ['TOO_MANY_ENTRIES', 'PAGE_TOO_LARGE', 'TOO_COSTLY', 'BODY_TOO_LARGE'], 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', () => ({ ids: Array.from({ length: n }, () => 'x') }))),
  refused('@defer', 'staff a', ['GRAPHQL_VALIDATION_FAILED'], '{ ... @defer { viewer { role } } }'),
  refused('two operations and no name', 'staff a', ['OPERATION_RESOLUTION_FAILURE'], 'query A { __typename } query B { __typename }'),
  http('a batch of requests', [400], json([{ query: '{ viewer { role } }' }, { query: '{ viewer { role } }' }])),
  http('a mutation by GET', [400, 405], { method: 'GET' }, `/graphql?query=${encodeURIComponent('mutation { signOut { __typename } }')}`),
  http('a form', [400, 415], { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query=%7Bviewer%7Brole%7D%7D' }),
  http('plain text', [400, 415], { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ viewer { role } }"}' }),
  http('a body above 64 kB', [413], json(JSON.stringify({ query: `{ __typename } # ${'x'.repeat(70_000)}` }))),
  http('a body that is no JSON', [400], json('{"query":')),
  http('a persisted query that nobody stored', [200, 400], json({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } })),
  http('a persisted query planted under another hash', [200, 400], json({ query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } })),
  http('variables that are a list', [400], json({ query: '{ __typename }', variables: [1] })),
];

const SEARCH = 'query ($filter: LearnerFilterInput) { learners(first: 10, filter: $filter) { totalCount nodes { familyName } } }';

/** 10: heavy reads. */
export const HEAVY: readonly Variant[] = [
  ...['(a+)+$', '%%%%%%%%%%', '_'.repeat(200), '\\', "' or 1=1 --", 'ſ'.repeat(200), '['.repeat(200)].map((name) => tellsNothing(`a search for ${JSON.stringify(name.slice(0, 12))}`, 'staff a', SEARCH, () => ({ filter: { name } }))),
  refused('vacancies, their employers, campuses and skills at once', 'staff a', ['TOO_COSTLY', 'TOO_DEEP'], '{ vacancies(first: 100) { nodes { employer { id } campus { key } skills { skill { label } } entryPoints { key } fundingSources { key } } } learners(first: 100) { nodes { suggestions(first: 100) { nodes { score vacancy { title } } } } } }'),
  refused('every suggestion of every learner', 'staff a', ['TOO_COSTLY'], '{ learners(first: 100) { nodes { suggestions(first: 100) { nodes { score vacancy { title } terms { code } gates { code } } } } } }'),
];

const UNSEEN = [...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069', '\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\ud800'];

/** 12: what is stored and shown again. Tags are text wherever they are shown (a browser test posts one); what the eye cannot see is refused. */
export const SCRIPTS: readonly Variant[] = [
  ...['title', 'description'].flatMap((field) =>
    UNSEEN.map((sign) => refused(`${JSON.stringify(sign)} in the ${field} of a vacancy`, 'host b', ['FIELD_INVALID', 'BAD_REQUEST', 'BAD_USER_INPUT'], mutationOf('postVacancy'), (site) => ({ input: { ...key(), publish: false, details: { ...detailsOf(site), [field]: `Plain ${sign}txet` } } }))),
  ),
  ...UNSEEN.slice(0, 4).map((sign) => refused(`${JSON.stringify(sign)} in the name of an organisation`, 'operator', ['FIELD_INVALID'], mutationOf('createOrganisation'), () => ({ input: { ...key(), details: { name: `Plain ${sign}txet`, roles: ['EMPLOYER'], fictional: true } } }))),
  {
    name: 'no answer lets a script run',
    async attempt(site) {
      for (const path of ['/', '/graphiql/', '/nothing', '/exports/vacancies.csv']) {
        const { headers } = await raw(site, 'host b', path);
        const policy = headers.get('content-security-policy') ?? '';
        const script = /script-src ([^;]*)/.exec(policy)?.[1] ?? /default-src ([^;]*)/.exec(policy)?.[1] ?? 'none said';
        if (/unsafe|\*|none said/.test(script) || headers.get('x-content-type-options') !== 'nosniff') return `${path}: ${policy}`;
      }
      return null;
    },
  },
];

const FORGED: Readonly<Record<string, unknown>> = { role: 'OPERATOR', tenantId: 'x', organisationId: 'x', id: 'x', personId: 'x', createdBy: 'x', approvedAt: '2026-11-24T00:00:00.000Z', state: 'PUBLISHED', version: 99, published: true, score: 10_000, __proto: 'x' };

/** Members a value of this type must have, with something of the right kind, so that the forged one is what is refused. */
function filler(type: GraphQLInputType, depth = 0): unknown {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return depth > 3 ? {} : Object.fromEntries(Object.values(named.getFields()).filter((field) => isNonNullType(field.type)).map((field) => [field.name, filler(field.type, depth + 1)]));
  return null;
}

/** 16: members that no input has. Generated: every mutation with each forged member that its input does not really take. */
export function massAssignments(site: Site): readonly Variant[] {
  const watchers: readonly Watcher[] = ['staff b', 'host b', 'student b', 'operator'];
  return Object.values(site.schema.getMutationType()?.getFields() ?? {}).flatMap((mutation) => {
    const input = mutation.args.find((arg) => arg.name === 'input');
    const type = input === undefined ? null : getNamedType(input.type);
    if (!isInputObjectType(type)) return [];
    const real = (type as GraphQLInputObjectType).getFields();
    return Object.entries(FORGED)
      .filter(([name]) => real[name] === undefined)
      .slice(0, 4)
      .map(([name, value], i) => refused(`${mutation.name} with ${name}`, watchers[i % 4] as Watcher, ['BAD_USER_INPUT'], mutationOf(mutation.name), () => ({ input: { ...(filler(type) as object), [name]: value } })));
  });
}

const published = ({ region }: Site): string => nodeId('Round', region.colleges.round.id);
const open = ({ region }: Site): string => nodeId('Round', region.openRoundId);

/** 17: a round played with. */
export const GAMING: readonly Variant[] = [
  refused('a list after the deadline', 'student a', ['ROUND_NOT_OPEN'], mutationOf('rankVacancies'), (site) => ({ input: { ...key(), roundId: published(site), groups: [[nodeId('Vacancy', site.region.colleges.a.vacancy.id)]] } })),
  refused('an employer’s list after the deadline', 'host a', ['ROUND_NOT_OPEN'], mutationOf('rankCandidates'), (site) => ({ input: { ...key(), roundId: published(site), groups: [[nodeId('Candidate', site.region.colleges.a.candidate.id)]] } })),
  refused('the same vacancy twice in a list', 'student a', ['DUPLICATE_ENTRY'], mutationOf('rankVacancies'), (site) => ({ input: { ...key(), roundId: open(site), groups: [[nodeId('Vacancy', site.region.colleges.a.vacancy.id)], [nodeId('Vacancy', site.region.colleges.a.vacancy.id)]] } })),
  refused('a draft in a list', 'student a', ['NOT_FOUND', 'NOT_ELIGIBLE', 'STATE_WRONG'], mutationOf('rankVacancies'), (site) => ({ input: { ...key(), roundId: open(site), groups: [[nodeId('Vacancy', site.region.colleges.a.draft.id)]] } })),
  refused('another employer’s candidate in a list', 'host b', ['NOT_FOUND'], mutationOf('rankCandidates'), (site) => ({ input: { ...key(), roundId: open(site), groups: [[nodeId('Candidate', site.region.colleges.a.candidate.id)]] } })),
  refused('a list of five hundred', 'student a', ['TOO_MANY_ENTRIES', 'NOT_FOUND', 'DUPLICATE_ENTRY'], mutationOf('rankVacancies'), (site) => ({ input: { ...key(), roundId: open(site), groups: Array.from({ length: 500 }, () => [nodeId('Vacancy', site.region.colleges.b.vacancy.id)]) } })),
  ...(['staff a', 'host a', 'student a', 'region', 'nobody'] as const).map((watcher) => refused(`${watcher} ends the time for lists`, watcher, ['FORBIDDEN', 'UNAUTHENTICATED'], mutationOf('freezeRound'), (site) => ({ input: { roundId: open(site), version: 1 } }))),
  refused('a round solved before its lists are closed', 'operator', ['STATE_WRONG', 'ROUND_NOT_READY'], mutationOf('solveRound'), (site) => ({ input: { roundId: open(site), version: 1 } })),
  refused('a published round run again', 'operator', ['STATE_WRONG', 'ROUND_NOT_READY'], mutationOf('solveRound'), (site) => ({ input: { roundId: published(site), version: 1 } })),
  refused('a round published twice', 'operator', ['STATE_WRONG'], mutationOf('publishRound'), (site) => ({ input: { roundId: published(site), version: 1, reason: 'I liked it better this way.' } })),
  refused('a round frozen as it was not seen', 'operator', ['VERSION_CONFLICT'], mutationOf('freezeRound'), (site) => ({ input: { roundId: open(site), version: 7 } })),
  refused('a proposal accepted twice', 'student a', ['STATE_WRONG'], mutationOf('acceptProposal'), (site) => ({ input: { ...key(), proposalId: nodeId('Proposal', site.region.colleges.a.proposal.id), version: 1 } })),
  refused('an accepted proposal declined', 'student a', ['STATE_WRONG'], mutationOf('declineProposal'), (site) => ({ input: { ...key(), proposalId: nodeId('Proposal', site.region.colleges.a.proposal.id), version: 1, reason: 'Something better came.' } })),
  refused('openings cut to nothing under a placement', 'host a', ['OUT_OF_RANGE', 'OPENINGS_TAKEN'], mutationOf('reviseVacancy'), (site) => ({ input: { vacancyId: nodeId('Vacancy', site.region.colleges.a.vacancy.id), version: 1, details: { openings: 0 } } })),
  refused('openings beyond belief', 'host a', ['OUT_OF_RANGE'], mutationOf('reviseVacancy'), (site) => ({ input: { vacancyId: nodeId('Vacancy', site.region.colleges.a.vacancy.id), version: 1, details: { openings: 501 } } })),
];
