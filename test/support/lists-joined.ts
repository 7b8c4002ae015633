import type { GraphqlClient } from '../e2e/support/graphql-client.js';

export type JoinReport = Readonly<{
  /** Candidates in each list, and how many pairs of lists were laid side by side. */
  candidates: number;
  pairs: number;
  /** Fields of a candidate that were read, by path. */
  fields: readonly string[];
  /** What stands in one row of one list and in one row of another, though it is not of the profile: ids, names, cursors, instants. */
  identified: readonly string[];
  /** The most rows of a pair of lists with the same learner in the same place: about one by chance. */
  inPlace: number;
  /** By what of the profile is compared, of what both employers are shown: rows alike in just one place of either list that are the same learner, and those that are not. */
  profiles: Readonly<Record<string, Readonly<{ right: number; wrong: number }>>>;
}>;

/** What a row holds, by path; lists give several values. */
type Row = Readonly<{ learner: string; values: ReadonlyMap<string, readonly string[]>; profile: Shown }>;
type Named = Readonly<{ kind: string; name: string | null; ofType: Named | null }>;
type Schema = ReadonlyMap<string, readonly Readonly<{ name: string; args: readonly { type: Named }[]; type: Named }>[]>;

/** What the learner's profile says; all else about a candidate must be of one employer's own. */
const PROFILE = ['level', 'qualification', 'entryPoint', 'skills'];
const TYPE = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';

async function schemaOf(client: GraphqlClient): Promise<Schema> {
  const { __schema } = await client.ask<{ __schema: { types: { name: string; kind: string; fields: never[] | null }[] } }>(`{ __schema { types { name kind fields { name args { type { kind } } type { ${TYPE} } } } } }`);
  return new Map(__schema.types.flatMap(({ name, kind, fields }) => (kind === 'OBJECT' ? [[name, fields ?? []]] : [])));
}

const bare = (type: Named): Named => (type.ofType === null || type.ofType === undefined ? type : bare(type.ofType));

/** Every field that needs no argument, as deep as `depth`. */
function everything(schema: Schema, type: string, depth: number): string {
  return (schema.get(type) ?? [])
    .flatMap(({ name, args, type: of }) => {
      if (args.some(({ type: argument }) => argument.kind === 'NON_NULL')) return [];
      const { kind, name: target } = bare(of);
      if (kind === 'SCALAR' || kind === 'ENUM') return [name];
      const inner = kind === 'OBJECT' && depth > 0 ? everything(schema, target ?? '', depth - 1) : '';
      return inner === '' ? [] : [`${name} { ${inner} }`];
    })
    .join(' ');
}

function spread(path: string, value: unknown, into: Map<string, string[]>): void {
  if (Array.isArray(value)) for (const entry of value) spread(path, entry, into);
  else if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) spread(path === '' ? name : `${path}.${name}`, inner, into);
  else if (value !== null) into.set(path, [...(into.get(path) ?? []), String(value)]);
}

/** Shorter pieces of random ids are alike by chance. */
const SHORTEST = 9;

/** A value, what it is when decoded, and the words of either: an id may lie inside a cursor. */
function guises(value: string): readonly string[] {
  const decoded = /^[\w-]{8,}={0,2}$/.test(value) ? Buffer.from(value, 'base64url').toString('utf8') : '';
  return [value, decoded, ...`${value} ${decoded}`.split(/[^\w.-]+/), ...`${value} ${decoded}`.split(/[^A-Za-z0-9]+/)].filter((guise) => guise.length >= SHORTEST);
}

async function listOf(client: GraphqlClient, selection: string, learnerOf: ReadonlyMap<string, string>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let first = 100;
  for (let after: string | null = null; ; ) {
    type Page = { candidates: { edges: { cursor: string; node: Record<string, unknown> & { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    const { data, errors }: { data: Page | null; errors: readonly { extensions: { code: string } }[] } = await client.send<Page>(`query ($first: Int!, $after: String) { candidates(first: $first, after: $after) { edges { cursor node { ${selection} } } pageInfo { hasNextPage endCursor } } }`, { first, after });
    if (errors[0]?.extensions.code === 'TOO_COSTLY' && first > 1) {
      first = Math.floor(first / 2);
      continue;
    }
    if (data === null) throw new Error(`candidates were not told: ${JSON.stringify(errors)}`);
    for (const { cursor, node } of data.candidates.edges) {
      const learner = learnerOf.get(Buffer.from(node.id, 'base64url').toString('utf8').replace(/^Candidate:/, ''));
      if (learner === undefined) throw new Error('a candidate has an id that no row has');
      const values = new Map<string, string[]>();
      spread('', { ...node, cursor }, values);
      rows.push({ learner, values, profile: Object.fromEntries(PROFILE.map((field) => [field, node[field]])) as Shown });
    }
    if (!data.candidates.pageInfo.hasNextPage) return rows;
    after = data.candidates.pageInfo.endCursor;
  }
}

/** Keys that stand for just one row. */
function single(rows: readonly Row[], keysOf: (row: Row) => readonly string[]): ReadonlyMap<string, Row> {
  const found = new Map<string, Row | null>();
  for (const row of rows) for (const key of new Set(keysOf(row))) found.set(key, found.has(key) ? null : row);
  return new Map([...found].flatMap(([key, row]) => (row === null ? [] : [[key, row]])));
}

const outside = (row: Row): readonly string[] => [...row.values].flatMap(([path, values]) => (PROFILE.includes(path.split('.')[0] ?? '') ? [] : values.flatMap(guises)));

type Skill = Readonly<{ source: string; evidence: string; skill: { key: string } | null }>;
type Shown = Readonly<{ skills: readonly Skill[] }> & Readonly<Record<string, unknown>>;

/** Keys of a profile by which a row might be known, given the skills that both employers are shown: what only one is shown helps nobody to join. */
type Part = (profile: Shown, both: ReadonlySet<string>) => readonly string[];
const shared = ({ skills }: Shown, both: ReadonlySet<string>): readonly Skill[] => skills.filter(({ skill }) => skill !== null && both.has(skill.key));
const course = ({ level, qualification, entryPoint }: Shown): unknown => ({ level, qualification, entryPoint });
const PARTS: Readonly<Record<string, Part>> = {
  'course, skills and the words of their evidence': (profile, both) => [JSON.stringify([course(profile), shared(profile, both)])],
  'course and skills': (profile, both) => [JSON.stringify([course(profile), shared(profile, both).map(({ source, skill }) => [source, skill?.key]).sort()])],
  'one sentence of evidence': (profile, both) => shared(profile, both).map(({ evidence, skill }) => `${skill?.key}: ${evidence}`),
  'course alone': (profile) => [JSON.stringify(course(profile))],
};
const skillsIn = (rows: readonly Row[]): ReadonlySet<string> => new Set(rows.flatMap(({ profile }) => profile.skills.flatMap(({ skill }) => (skill === null ? [] : [skill.key]))));

/**
 * Reads the whole list of candidates of each employer with every field there is, lays any two side by side and looks for rows that can
 * be told to be the same person.
 *
 * @param learnerOf whom each candidate's row is really about: no employer knows that
 */
export async function joinLists(employers: readonly GraphqlClient[], learnerOf: ReadonlyMap<string, string>): Promise<JoinReport> {
  const [first] = employers;
  if (first === undefined) throw new Error('nobody reads a list');
  const selection = everything(await schemaOf(first), 'Candidate', 2);
  const lists: (readonly Row[])[] = [];
  for (const employer of employers) lists.push(await listOf(employer, selection, learnerOf));
  const identified = new Set<string>();
  const profiles: Record<string, { right: number; wrong: number }> = {};
  let [pairs, inPlace] = [0, 0];
  for (const [a, one] of lists.entries()) {
    for (const other of lists.slice(a + 1)) {
      pairs += 1;
      const theirs = single(other, outside);
      for (const [key] of single(one, outside)) if (theirs.has(key)) identified.add(key);
      inPlace = Math.max(inPlace, one.filter(({ learner }, i) => other[i]?.learner === learner).length);
      const theirSkills = skillsIn(other);
      const both = new Set([...skillsIn(one)].filter((key) => theirSkills.has(key)));
      for (const [part, keysOf] of Object.entries(PARTS)) {
        const found = (profiles[part] ??= { right: 0, wrong: 0 });
        const alike = single(other, (row) => keysOf(row.profile, both));
        const joined = new Map<Row, boolean>();
        for (const [key, row] of single(one, (row) => keysOf(row.profile, both))) {
          const match = alike.get(key);
          if (match !== undefined) joined.set(row, match.learner === row.learner || joined.get(row) === true);
        }
        for (const right of joined.values()) found[right ? 'right' : 'wrong'] += 1;
      }
    }
  }
  const fields = [...new Set(lists.flat().flatMap(({ values }) => [...values.keys()]))].sort();
  return { candidates: Math.min(...lists.map((list) => list.length)), pairs, fields, identified: [...identified].sort(), inPlace, profiles };
}
