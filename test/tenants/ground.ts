import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { buildSchema, getNamedType, isNonNullType, isObjectType, type GraphQLField, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import type { GraphqlClient } from '../e2e/support/graphql-client.js';
import { startApi, type ApiProcess } from '../e2e/support/meriden.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { LETTERS, plantRegion, type Region, type Watcher } from './canaries.js';
import { askedBy, reachedFrom, reaching } from './coordinates.js';
import { nodeTypes, queryCalls, selections } from './documents.js';

/**
 * The two walls, together and each alone. "Policies alone" connects as a role that row-level security does not bind;
 * "row-level security alone" loads a module that makes every policy of the services say yes.
 */
export const WALLS = ['both walls', 'row-level security alone', 'policies alone'] as const;
export type Walls = (typeof WALLS)[number];

export const schema: GraphQLSchema = buildSchema(readFileSync(join(projectRoot(), 'apps/api/schema.graphql'), 'utf8'));
export const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');

/** Steps from an object that its fields are followed: nodes and what belongs to the caller; lists are their nodes again. */
const NODE_DEPTH = 1;
const OWN = new Set(['viewer', 'cohort', 'region', 'importRun', 'eligibility', 'myData', 'doors', 'replayScore']);
/** Words of one document; the API takes 600 tokens. */
const TOKENS = 500;

export type Ground = Readonly<{
  database: TestDatabase;
  region: Region;
  client(walls: Walls, watcher: Watcher): GraphqlClient;
  log(walls: Walls): string;
  end(): Promise<void>;
}>;

/** A planted region and an API before it for each of the wanted walls; `preload` is loaded into those of policies alone. */
export async function openGround(wanted: readonly Walls[], preload: readonly string[] = [], settings: Readonly<Record<string, string>> = {}): Promise<Ground> {
  const database = await startTestDatabase();
  const region = await plantRegion(database);
  const bypassing = `meriden_test_bypass_${randomBytes(4).toString('hex')}`;
  await database.sql(`create role ${bypassing} login bypassrls password 'of-a-test' in role meriden_app`);
  const bypass = Object.assign(new URL(database.appUrl), { username: bypassing, password: 'of-a-test' }).href;
  const common = { DATABASE_URL: database.ownerUrl, LOG_LEVEL: 'warn', MERIDEN_POINTS_A_MINUTE: '100000000', ...settings };
  const yes = join(projectRoot(), 'dist/test/tenants/every-policy-says-yes.js');
  const apis = new Map<Walls, ApiProcess>();
  const end = async (): Promise<void> => {
    await Promise.all([...apis.values()].map((api) => api.end()));
    await database.sql(`drop role ${bypassing}`);
    await database.end();
  };
  try {
    const settingsOf = (walls: Walls): Record<string, string> => (walls === 'policies alone' ? { ...common, DATABASE_APP_URL: bypass } : common);
    const loaded: Record<Walls, readonly string[]> = { 'both walls': [], 'row-level security alone': [yes], 'policies alone': preload };
    const started = await Promise.allSettled(wanted.map(async (walls) => apis.set(walls, await startApi(settingsOf(walls), loaded[walls]))));
    for (const one of started) if (one.status === 'rejected') throw one.reason;
  } catch (error) {
    await end();
    throw error;
  }
  const client = (walls: Walls, watcher: Watcher): GraphqlClient => {
    const api = apis.get(walls);
    if (api === undefined) throw new Error(`no API with ${walls}`);
    return api.nobody.as(region.tokens.get(watcher) ?? null);
  };
  return { database, region, client, log: (walls) => apis.get(walls)?.log() ?? '', end };
}

export type Document = Readonly<{ query: string; variables?: Readonly<Record<string, unknown>>; parts?: readonly Document[] }>;
/** A selection and the call around it. */
type Question = Readonly<{ before: string; selection: string; after: string; variables?: Readonly<Record<string, unknown>> }>;

/** Optional arguments that only narrow what is given: they name nobody. */
const NARROWING = new Set(['after', 'choice', 'cluster', 'filter', 'first', 'holdsVacancies', 'inputHash', 'kind', 'matched', 'noun', 'role', 'skillId', 'state', 'verb']);

/** Documents that together ask for every field that a query can reach, of every object of the region. */
export function documentsOf(region: Region): readonly Document[] {
  const idsOf = (type: string): string[] => region.objects.filter((object) => object.type === type).map((object) => JSON.stringify(nodeId(type, object.key)));
  const sides = LETTERS.map((letter) => region.colleges[letter]);
  const known: Record<string, readonly string[]> = {
    'node.id': [JSON.stringify(nodeId('Learner', region.colleges.a.learner.id))],
    'nodes.ids': [`[${idsOf('Learner').join(', ')}]`],
    key: ['"arden-cross"'],
    first: ['10'],
    'importTemplate.kind': ['LEARNERS'],
    'invitation.token': region.invitationTokens.map((token) => JSON.stringify(token)),
    'importRun.id': sides.map(({ importRun }) => JSON.stringify(importRun.id)),
    'eligibility.id': sides.map(({ employer }) => JSON.stringify(employer.id)),
    'doors.vacancyId': [JSON.stringify(nodeId('Vacancy', region.colleges.a.vacancy.id))],
    'linkSkills.text': ['"soldered boards, no experience of CAD"'],
    'skillsNamed.text': ['"customer serv"'],
  };
  // `organisation(id:)`, `learner(id:)` and their like: every object of the type that the field gives; `learnerId:` the same.
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
  for (const type of nodeTypes(schema)) {
    const ids = idsOf(type.name);
    if (ids.length === 0) continue;
    known[`${type.name.charAt(0).toLowerCase()}${type.name.slice(1)}Id`] ??= ids;
    for (const field of queries) if (isObjectType(field.type) && field.type.name === type.name) known[`${field.name}.id`] = ids;
  }
  const optionals = optionalArguments(queries, known);
  const found: Question[] = [];
  const rootCalls = new Map<string, readonly string[]>();
  for (const { field, calls, type } of queryCalls(schema, known)) {
    const depth = OWN.has(field) ? NODE_DEPTH : 0;
    const composite = isObjectType(type) || type.name === 'Node';
    rootCalls.set(field, calls);
    for (const call of calls) {
      if (composite) for (const selection of selections(schema, type, depth)) found.push({ before: `{ ${call} {`, selection, after: '} }' });
      else found.push({ before: `{ ${call}`, selection: '', after: '}' });
    }
  }
  for (const { call, type } of optionals) for (const selection of selections(schema, type, 0)) found.push({ before: `{ ${call} {`, selection, after: '} }' });
  for (const type of nodeTypes(schema)) {
    const ids = region.objects.filter((object) => object.type === type.name).map((object) => nodeId(type.name, object.key));
    if (ids.length === 0) continue;
    for (const selection of selections(schema, type, NODE_DEPTH)) {
      found.push({ before: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type.name} {`, selection, after: '} } }', variables: { ids } });
    }
  }
  const asked = new Set(found.flatMap((question) => [...askedBy(schema, documentOf([question]).query)]));
  const missing = new Set(reachedFrom(schema, schema.getQueryType()).filter((coordinate) => !asked.has(coordinate)));
  const given = (_field: string, names: readonly string[]): string | null => {
    const values = names.map((name) => known[name]?.[0]);
    return values.includes(undefined) ? null : `(${names.map((name, index) => `${name}: ${values[index]}`).join(', ')})`;
  };
  return [...packed(found), ...new Set(reaching(schema, missing, rootCalls, given))].map((document) => (typeof document === 'string' ? { query: document } : document));
}

/**
 * Arguments that need not be given, but name somebody when they are: with each of the values there are.
 * @throws Error for an argument that neither names a known object nor is known to narrow only
 */
function optionalArguments(queries: readonly GraphQLField<unknown, unknown>[], known: Readonly<Record<string, readonly string[]>>): { call: string; type: GraphQLNamedType }[] {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === schema.getQueryType() || type === schema.getMutationType() || type === schema.getSubscriptionType()) continue;
    for (const field of Object.values(type.getFields())) {
      for (const arg of field.args) if (known[arg.name] === undefined && !NARROWING.has(arg.name)) throw new Error(`tell the tenant tests what to give ${type.name}.${field.name}(${arg.name}:): documentsOf in test/tenants/ground.ts`);
    }
  }
  return queries.flatMap((field) =>
    field.args
      .filter((arg) => !isNonNullType(arg.type) && !NARROWING.has(arg.name))
      .flatMap((arg) => {
        const values = known[`${field.name}.${arg.name}`] ?? known[arg.name];
        if (values === undefined) throw new Error(`tell the tenant tests what to give ${field.name}(${arg.name}:): documentsOf in test/tenants/ground.ts`);
        let calls = values.map((value) => `${arg.name}: ${value}`);
        for (const needed of field.args) {
          if (isNonNullType(needed.type)) calls = calls.flatMap((call) => (known[`${field.name}.${needed.name}`] ?? known[needed.name] ?? []).map((value) => `${call}, ${needed.name}: ${value}`));
        }
        return calls.map((call) => ({ call: `${field.name}(${call})`, type: getNamedType(field.type) }));
      }),
  );
}

function documentOf(questions: readonly Question[]): Document {
  const [first] = questions;
  const query = `${first?.before} ${questions.map(({ selection }) => selection).join(' ')} ${first?.after}`;
  const parts = questions.length > 1 ? questions.map((question) => documentOf([question])) : undefined;
  return { query, ...(first?.variables && { variables: first.variables }), ...(parts && { parts }) };
}

/** Selections of the same call in as few documents as the limit on tokens lets them be. */
function packed(questions: readonly Question[]): Document[] {
  const heads = new Map<string, Question[][]>();
  const filled = new Map<Question[], number>();
  for (const question of questions) {
    const head = `${question.before} ${question.after} ${JSON.stringify(question.variables)}`;
    const packs = heads.get(head) ?? [];
    const size = question.selection.split(/[\s,:]+|(?=[(){}])|(?<=[(){}])/).length;
    let last = packs.at(-1);
    if (last === undefined || (filled.get(last) ?? 0) + size > TOKENS) packs.push((last = []));
    if (!last.some(({ selection }) => selection === question.selection)) last.push(question);
    filled.set(last, (filled.get(last) ?? 0) + size);
    heads.set(head, packs);
  }
  return [...heads.values()].flat().map(documentOf);
}

/** Tasks a few at a time, so that the machine and not the wait is the limit. */
export async function inParallel<T>(tasks: readonly (() => Promise<T>)[], lanes = 6): Promise<T[]> {
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
