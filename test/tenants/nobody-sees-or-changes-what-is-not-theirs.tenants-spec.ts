import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { buildSchema, isObjectType, type GraphQLSchema } from 'graphql';
import { startApi, type ApiProcess } from '../e2e/support/meriden.js';
import type { GraphqlClient } from '../e2e/support/graphql-client.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { plantRegion, WATCHERS, type Planted, type Region, type Watcher } from './canaries.js';
import { nodeTypes, queryCalls, selections } from './documents.js';
import { foreignMutations } from './foreign-mutations.js';

/**
 * The two walls, together and each alone. "Policies alone" connects as a role that row-level security does not bind;
 * "row-level security alone" loads a module that makes every policy of the services say yes.
 */
const WALLS = ['both walls', 'row-level security alone', 'policies alone'] as const;
type Walls = (typeof WALLS)[number];

const schema: GraphQLSchema = buildSchema(readFileSync(join(projectRoot(), 'apps/api/schema.graphql'), 'utf8'));
const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');
const BYPASS = `meriden_test_bypass_${randomBytes(4).toString('hex')}`;
/** Steps from an object that its fields are followed: nodes and what belongs to the caller; lists are their nodes again. */
const NODE_DEPTH = 1;
const OWN = new Set(['viewer', 'cohort', 'region', 'importRun', 'eligibility']);

let database: TestDatabase;
let region: Region;
const apis = new Map<Walls, ApiProcess>();

beforeAll(async () => {
  database = await startTestDatabase();
  region = await plantRegion(database);
  await database.sql(`create role ${BYPASS} login bypassrls password 'of-a-test' in role meriden_app`);
  const bypass = Object.assign(new URL(database.appUrl), { username: BYPASS, password: 'of-a-test' }).href;
  const settings = { DATABASE_URL: database.ownerUrl, LOG_LEVEL: 'warn' };
  const yes = join(projectRoot(), 'test/tenants/every-policy-says-yes.mjs');
  apis.set('both walls', await startApi(settings));
  apis.set('row-level security alone', await startApi(settings, [yes]));
  apis.set('policies alone', await startApi({ ...settings, DATABASE_APP_URL: bypass }));
}, 120_000);

afterAll(async () => {
  await Promise.all([...apis.values()].map((api) => api.end()));
  await database.sql(`drop role ${BYPASS}`);
  await database.end();
});

const client = (walls: Walls, watcher: Watcher): GraphqlClient => (apis.get(walls) as ApiProcess).nobody.as(region.tokens.get(watcher) ?? null);

/** What an answer gives away that this watcher may not read. */
function leaks(answer: unknown, watcher: Watcher): string[] {
  const text = JSON.stringify(answer);
  return region.canaries.filter((canary) => !canary.seenBy.includes(watcher) && text.includes(canary.text)).map((canary) => canary.about);
}

/** Canaries seen by those who may: without it a wall that shuts everybody out would pass. */
class Sightings {
  readonly #seen = new Set<string>();

  note(answer: unknown, watcher: Watcher): void {
    const text = JSON.stringify(answer);
    for (const { text: canary, about } of region.canaries) if (text.includes(canary)) this.#seen.add(`${watcher} sees ${about}`);
  }

  missing(): string[] {
    const wanted = region.canaries.flatMap(({ about, seenBy }) => seenBy.map((watcher) => `${watcher} sees ${about}`));
    return wanted.filter((sighting) => !this.#seen.has(sighting));
  }
}

/** All top-level queries with every id of the region, and every node followed one step, as documents. */
function documents(): readonly Readonly<{ query: string; variables?: Record<string, unknown> }>[] {
  const idsOf = (type: string): string[] => region.objects.filter((object) => object.type === type).map((object) => JSON.stringify(nodeId(type, object.key)));
  const arguments_ = {
    id: [JSON.stringify(nodeId('Learner', region.colleges.a.learner.id))],
    ids: [`[${idsOf('Learner').join(', ')}]`],
    key: ['"arden-cross"'],
    first: ['10'],
    token: ['"of-nobody"'],
    roundId: idsOf('Round'),
    'eligibility.id': [region.colleges.a.employer.id, region.colleges.b.employer.id].map((id) => JSON.stringify(id)),
    'doors.learnerId': idsOf('Learner'),
    'doors.vacancyId': [JSON.stringify(nodeId('Vacancy', region.colleges.a.vacancy.id))],
    'linkSkills.text': ['"soldered boards, no experience of CAD"'],
    'replayScore.suggestionId': idsOf('Suggestion'),
    'scoreChallenge.id': idsOf('ScoreChallenge'),
    'candidate.id': idsOf('Candidate'),
    'importRun.id': [region.colleges.a.importRun.id, region.colleges.b.importRun.id].map((id) => JSON.stringify(id)),
    kind: ['LEARNERS'],
    'learner.id': idsOf('Learner'),
    'organisation.id': idsOf('Organisation'),
    'round.id': idsOf('Round'),
    'scoringRun.id': idsOf('ScoringRun'),
    'vacancy.id': idsOf('Vacancy'),
  };
  const found: { query: string; variables?: Record<string, unknown> }[] = [];
  for (const { field, calls, type } of queryCalls(schema, arguments_)) {
    const depth = OWN.has(field) ? NODE_DEPTH : 0;
    const composite = isObjectType(type) || type.name === 'Node';
    for (const call of calls) for (const selection of composite ? selections(schema, type, depth) : ['']) found.push({ query: `{ ${call} ${composite ? `{ ${selection} }` : ''} }` });
  }
  for (const letter of ['a', 'b'] as const) {
    const learnerId = JSON.stringify(nodeId('Learner', region.colleges[letter].learner.id));
    const organisationId = JSON.stringify(nodeId('Organisation', region.colleges[letter].employer.id));
    const roundId = JSON.stringify(nodeId('Round', region.colleges.round.id));
    found.push({ query: `{ learnerPreference(roundId: ${roundId}, learnerId: ${learnerId}) { receipt receipts { receipt } } outcome(roundId: ${roundId}, learnerId: ${learnerId}) { reasons { message } } employerPreference(roundId: ${roundId}, organisationId: ${organisationId}) { receipt receipts { receipt } } }` });
  }
  for (const type of nodeTypes(schema)) {
    const ids = region.objects.filter((object) => object.type === type.name).map((object) => nodeId(type.name, object.key));
    if (ids.length === 0) continue;
    for (const selection of selections(schema, type, NODE_DEPTH)) found.push({ query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type.name} { ${selection} } } }`, variables: { ids } });
  }
  return found;
}

/** Tasks a few at a time, so that the machine and not the wait is the limit. */
async function inParallel<T>(tasks: readonly (() => Promise<T>)[], lanes = 6): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < tasks.length) {
      const at = next++;
      results[at] = await (tasks[at] as () => Promise<T>)();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

describe.each(WALLS)('with %s', (walls) => {
  it('every query, as everybody, gives away nothing of another tenant and gives everybody their own', async () => {
    const sightings = new Sightings();
    const asked = documents();
    const found = await inParallel(
      WATCHERS.flatMap((watcher) =>
        asked.map(({ query, variables }) => async () => {
          const answer = await client(walls, watcher).send(query, variables);
          sightings.note(answer.data, watcher);
          const fault = answer.errors.find((error) => ['INTERNAL', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED', 'TOO_DEEP', 'TOO_COSTLY'].includes(error.extensions.code));
          return [
            ...leaks({ data: answer.data, errors: answer.errors }, watcher).map((about) => `${watcher} reads ${about} by ${query}`),
            ...(fault ? [`${watcher}: ${fault.extensions.code} ${fault.message} by ${query}`] : []),
          ];
        }),
      ),
    );
    expect(found.flat().slice(0, 3)).toEqual([]);
    expect(asked.length * WATCHERS.length).toBeGreaterThan(900);
    expect(sightings.missing()).toEqual([]);
  }, 300_000);

  it('node(id) finds an object for those who may see it and for nobody else, and the unknown for nobody', async () => {
    const types = new Set(region.objects.map((object) => object.type));
    const tests = WATCHERS.flatMap((watcher) => [...region.objects, ...unknownOf(types)].map((object) => ({ watcher, object })));
    const wrong = await inParallel(
      tests.map(({ watcher, object }) => async () => {
        const { data } = await client(walls, watcher).send<{ node: { id: string } | null }>('query ($id: ID!) { node(id: $id) { id } }', { id: nodeId(object.type, object.key) });
        const found = (data?.node ?? null) !== null;
        return found === object.seenBy.includes(watcher) ? [] : [`${object.type} of ${object.owner}: ${watcher} ${found ? 'finds it' : 'does not find it'}`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  }, 120_000);

  it('no mutation on another tenant’s object is done, and none leaves a row changed', async () => {
    const before = await fingerprint(database);
    const tests = foreignMutations(schema, region);
    const done = await inParallel(
      tests.map(({ watcher, mutation, variables }) => async () => {
        const { data, errors } = await client(walls, watcher).send<Record<string, { __typename: string } | null>>(mutation, variables);
        const payload = Object.values(data ?? {})[0] ?? null;
        // Refused for a fault of the test's own input would prove nothing.
        const fault = errors.find((error) => ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'].includes(error.extensions.code));
        if (fault) return [`${mutation} is not valid: ${fault.message}`];
        const refused = errors.length > 0 || payload === null || payload.__typename === 'Refused';
        return refused ? [] : [`${watcher} may: ${mutation} ${JSON.stringify(variables)}`];
      }),
    );
    expect(done.flat().slice(0, 10)).toEqual([]);
    expect(tests.length).toBeGreaterThan(60);
    expect(await fingerprint(database)).toEqual(before);
  }, 120_000);
});

function unknownOf(types: ReadonlySet<string>): Planted[] {
  return [...types].map((type) => ({ type, key: type === 'Suggestion' ? `${randomUUID()}:${randomUUID()}` : randomUUID(), owner: 'nobody', seenBy: [] }));
}

/** A digest of every table of people's data. */
async function fingerprint(on: TestDatabase): Promise<Record<string, string>> {
  const tables = ['organisation', 'person', 'membership', 'session', 'passkey', 'recovery_code', 'invitation', 'mail', 'password_reset', 'learner', 'learner_equality', 'vacancy', 'suggestion', 'candidate', 'vacancy_choice', 'candidate_decision', 'suggestion_past', 'scoring_input', 'score_challenge', 'challenge_note', 'eligibility_question', 'skill_alias', 'weight_version', 'travel_cell', 'scoring_edition', 'round', 'learner_preference', 'employer_preference', 'outcome', 'proposal', 'placement', 'command', 'outbox', 'import_run', 'import_file'];
  const digests: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await on.sql<{ digest: string }>(`select coalesce(md5(string_agg(t::text, '|' order by t::text)), 'empty') as digest from ${table} t`);
    digests[table] = row?.digest ?? '';
  }
  return digests;
}
