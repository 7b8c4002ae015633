import { randomUUID } from 'node:crypto';
import type { Actor } from '@meriden/domain';
import pg from 'pg';
import type { TestDatabase } from '../support/database.js';
import { LETTERS, type Letter, type Region } from './canaries.js';

// The walls before writing, at the database itself. A row stands where its table's policies let it be written or do not, and nothing
// else stands in the way: it is put back where it was just taken from, written over with its own values, or removed alone. All of a
// table's tries are in one transaction, the opened policy with them, and the transaction is rolled back.

type Command = 'INSERT' | 'UPDATE' | 'DELETE';
type WritingPolicy = Readonly<{ table: string; name: string; command: Command; using: string | null; check: string | null }>;

/**
 * What became of a write: `refused` by row-level security, `done`, or stopped by another wall, which is told. A missing grant and a
 * trigger that refuses the writer stand for good; a key that is taken only stands as long as it is.
 */
type End = 'refused' | 'done' | Readonly<{ wall: string; stands: boolean }>;
/** A row, and whose it is: a letter, `above` (the operator or the region), or nobody's. */
type Row = Readonly<{ at: string; row: Readonly<Record<string, unknown>>; of: ReadonlySet<string> }>;
type Who = Readonly<{ name: string; letter: Letter | 'above' | 'nobody'; settings: readonly string[] }>;

export type Tried = Readonly<{
  /** As `learner app_update`. */
  name: string;
  /** Whether it was rows of one's own that name another side in one column, and only what a row may become was opened. */
  mixed: boolean;
  /** Writes that row-level security refused and that were done once the policy was open. */
  noticedBy: readonly string[];
  /** Writes past every wall, with the policies as they are, of what is another side's. */
  foreign: readonly string[];
  /** What else stopped the writes once the policy was open. */
  walls: readonly string[];
}>;

/** What may be done with rows that are not theirs, by table and command, or column where a row of one's own names another side, and why that is no hole. */
const MEANT: Readonly<Record<string, string>> = {
  'mail INSERT': 'whoever is signed in may cause a letter; nobody of the app reads one',
  'outbox INSERT': 'whoever is signed in may ring the bell for a command, whose effect happens once',
  'outbox command_id': 'the same',
  'outbox job_id': 'the same',
  'person INSERT': 'a person is nobody’s until a membership says whose: staff enrol people',
  'audit_entry object_id': 'a refused try names what it was made on',
  'candidate organisation_id': 'a learner shows herself to the employers she chooses',
  'learner_preference groups': 'lists name what they rank',
  'employer_preference groups': 'lists name what they rank',
  'preference_receipt groups': 'lists name what they rank',
  'score_challenge vacancy_id': 'published vacancies are everybody’s, and so is a question about a score for one',
  'vacancy_choice vacancy_id': 'published vacancies are everybody’s',
};

/** The policies by which the app's role writes, one for each command they are for. */
async function writingPolicies(database: TestDatabase): Promise<WritingPolicy[]> {
  const policies = await database.sql<{ table: string; name: string; command: Command | 'ALL'; using: string | null; check: string | null }>(
    `select tablename as table, policyname as name, cmd as command, qual as using, with_check as check from pg_policies
     where schemaname = 'public' and 'meriden_app' = any (roles) and cmd <> 'SELECT' order by 1, 2`,
  );
  return policies.flatMap((one) => (one.command === 'ALL' ? (['INSERT', 'UPDATE', 'DELETE'] as const) : [one.command]).map((command) => ({ ...one, command })));
}

/** Policies of other roles that look at the row or at the asker: there are to be none, or they want tries of their own. */
export function otherPoliciesWithConditions(database: TestDatabase): Promise<unknown[]> {
  return database.sql(
    `select tablename, policyname, roles, qual, with_check from pg_policies where schemaname = 'public' and not 'meriden_app' = any (roles)
       and (coalesce(qual, 'true') <> 'true' or coalesce(with_check, 'true') <> 'true')`,
  );
}

/** Of policies whose opening nobody noticed: by name, with the wall that stood before it. */
export const unnoticed = (tried: readonly Tried[]): string[] => tried.filter(({ noticedBy }) => noticedBy.length === 0).map(({ name, walls }) => `${name}: ${walls.join('; ') || 'no row to try it on'}`);

/**
 * Tries every writing policy as it is and opened: as everybody on two rows of each owner, or, `small`, as those of one side, those above
 * and somebody signed out, on one.
 */
export async function tryWrites(database: TestDatabase, region: Region, { small = false } = {}): Promise<Tried[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const people = everybody(region).filter(({ letter }) => !small || letter === 'a' || letter === 'above' || letter === 'nobody');
    const { rows, owners } = await rowsByOwner(client, region, small ? 1 : 2);
    const tried: Tried[] = [];
    for (const policy of await writingPolicies(database)) {
      const own = rows.get(policy.table) ?? [];
      tried.push(await tryOpened(client, policy, people, own));
      if (policy.command !== 'DELETE') tried.push(...(await tryMixed(client, policy, people, own, owners)));
    }
    return tried;
  } finally {
    await client.end();
  }
}

/** Everybody of the three sides and those above them, the server's own terminal, and somebody signed out. */
function everybody({ colleges }: Region): Who[] {
  const settings = ({ organisationId, personId, role, learnerId }: Actor): string[] => [organisationId, personId, role, learnerId ?? ''];
  const sides = LETTERS.flatMap((letter) => (['staff', 'host', 'student'] as const).map((part): Who => ({ name: `${part} ${letter}`, letter, settings: settings(colleges[letter][part]) })));
  const above = (['operator', 'region'] as const).map((part): Who => ({ name: part, letter: 'above', settings: settings(colleges[part]) }));
  return [...sides, ...above, { name: 'terminal', letter: 'above', settings: ['', '', 'OPERATOR', ''] }, { name: 'nobody', letter: 'nobody', settings: ['', '', '', ''] }];
}

/** Rows of each table, `most` of each owner at most. A row is of whoever an id in it is of, and its own id is then theirs too. */
async function rowsByOwner(client: pg.Client, { colleges }: Region, most: number): Promise<Readonly<{ rows: ReadonlyMap<string, readonly Row[]>; owners: Owners }>> {
  const owners = new Map<string, Set<string>>();
  const own = (id: unknown, letter: string): void => {
    if (typeof id === 'string' && id !== '') owners.set(id, (owners.get(id) ?? new Set()).add(letter));
  };
  const ids = ({ organisationId, personId, membershipId, sessionId, learnerId }: Actor): unknown[] => [organisationId, personId, membershipId, sessionId, learnerId];
  for (const letter of LETTERS) for (const part of ['staff', 'host', 'student'] as const) for (const id of ids(colleges[letter][part])) own(id, letter);
  for (const part of ['operator', 'region'] as const) for (const id of ids(colleges[part])) own(id, 'above');
  const { rows: tables } = await client.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration' order by 1`);
  const all = new Map<string, { at: string; row: Record<string, unknown> }[]>();
  for (const { name } of tables) all.set(name, (await client.query<{ at: string; row: Record<string, unknown> }>(`select ctid::text as at, to_jsonb(t) as row from "${name}" t order by ctid`)).rows);
  // Of a vacancy is its employer's; of a proposal for it, too: until nothing more is known.
  for (let known = -1; known !== owners.size; ) {
    known = owners.size;
    for (const { row } of [...all.values()].flat()) for (const letter of ownersOf(row, owners)) own(row['id'], letter);
  }
  return { owners, rows: new Map([...all].map(([table, rows]) => [table, someOfEach(rows.map((one) => ({ ...one, of: ownersOf(one.row, owners) })), most)])) };
}

const ownersOf = (row: Readonly<Record<string, unknown>>, owners: Owners): ReadonlySet<string> =>
  new Set(Object.values(row).flatMap((value) => (typeof value === 'string' ? [...(owners.get(value) ?? [])] : [])));

function someOfEach(rows: readonly Row[], most: number): Row[] {
  const counts = new Map<string, number>();
  return rows.filter(({ of }) => {
    const key = [...of].sort().join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return (counts.get(key) ?? 0) <= most;
  });
}

async function tryOpened(client: pg.Client, policy: WritingPolicy, people: readonly Who[], rows: readonly Row[]): Promise<Tried> {
  const columns = await grantedColumns(client, policy);
  const opened = [policy.using !== null && 'using (true)', policy.check !== null && 'with check (true)'].filter(Boolean).join(' ');
  const tries: Try[] = [];
  for (const row of rows) {
    const statement = statementOf(policy, columns, row.row);
    const asIt = await alone(client, policy, row, null, people, statement);
    const open = await alone(client, policy, row, opened, people, statement);
    for (const [index, who] of people.entries()) tries.push({ who, row, before: asIt[index] as End, after: open[index] as End });
  }
  return judged(policy, false, tries);
}

/**
 * The other half: somebody's own row, which they may write, says in one column that it is another side's. Only what a row may be or
 * become is opened here; who may be touched is as it is.
 */
async function tryMixed(client: pg.Client, policy: WritingPolicy, people: readonly Who[], rows: readonly Row[], owners: Owners): Promise<Tried[]> {
  const columns = await grantedColumns(client, policy);
  const tries: Try[] = [];
  for (const row of rows) {
    for (const letter of LETTERS) {
      const own = people.filter((who) => who.letter === letter);
      if (!row.of.has(letter) || own.length === 0) continue;
      for (const column of columns.filter((name) => name !== 'id' && owners.get(String(row.row[name]))?.has(letter))) {
        const other = rows.find((one) => owners.has(String(one.row[column])) && !owners.get(String(one.row[column]))?.has(letter));
        if (other === undefined) continue;
        const statement = statementOf(policy, policy.command === 'INSERT' ? columns : [column], { ...row.row, [column]: other.row[column] });
        const asIt = await alone(client, policy, row, null, own, statement);
        const open = await alone(client, policy, row, 'with check (true)', own, statement);
        for (const [index, who] of own.entries()) tries.push({ who, row, column, before: asIt[index] as End, after: open[index] as End });
      }
    }
  }
  return tries.length > 0 ? [judged(policy, true, tries)] : [];
}

type Try = Readonly<{ who: Who; row: Row; column?: string; before: End; after: End }>;
type Owners = ReadonlyMap<string, ReadonlySet<string>>;

function judged(policy: WritingPolicy, mixed: boolean, tries: readonly Try[]): Tried {
  const told = ({ who, row, column }: Try): string => `${who.name} a row of ${[...row.of].sort().join(' and ') || 'nobody'}${column === undefined ? '' : ` with another's ${column}`}`;
  const past = (end: End): boolean => end === 'done' || (typeof end === 'object' && !end.stands);
  // Those above the sides are no tenant. A row of one's own is not foreign, unless it names another side.
  const foreign = tries.filter(({ who, row, column, before }) => past(before) && who.letter !== 'above' && (column !== undefined || !row.of.has(who.letter)));
  return {
    name: `${policy.table} ${policy.name}`,
    mixed,
    noticedBy: tries.filter(({ before, after }) => before === 'refused' && after === 'done').map(told),
    foreign: foreign.filter(({ column }) => MEANT[`${policy.table} ${column ?? policy.command}`] === undefined).map(told),
    walls: [...new Set(tries.flatMap(({ before, after }) => (before === 'done' || after === 'done' ? [] : [after === 'refused' ? 'row-level security still' : typeof after === 'object' ? after.wall : after])))].sort(),
  };
}

/** Columns that the app may give in this command; what PostgreSQL makes by itself is never given. */
async function grantedColumns(client: pg.Client, { table, command }: WritingPolicy): Promise<string[]> {
  if (command === 'DELETE') return [];
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'
       and has_column_privilege('meriden_app', attrelid, attnum, $2) order by attnum`,
    [`public.${table}`, command],
  );
  return rows.map(({ name }) => name);
}

/** A key that is new where the table has one of its own: what is still there of the row that was taken out is then not in the way. */
const anew = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => (typeof row['id'] === 'string' ? { ...row, id: randomUUID() } : row);

/** Without WHERE and RETURNING, and with values alone: a statement that reads the row would be asked for by its reading policy as well. */
function statementOf({ table, command }: WritingPolicy, columns: readonly string[], row: Readonly<Record<string, unknown>>): string {
  const given = pg.escapeLiteral(JSON.stringify(command === 'INSERT' ? anew(row) : row));
  const value = (column: string): string => `(jsonb_populate_record(null::"${table}", ${given}::jsonb))."${column}"`;
  if (command === 'DELETE') return `delete from "${table}"`;
  if (command === 'UPDATE') return `update "${table}" set ${columns.map((column) => `"${column}" = ${value(column)}`).join(', ')}`;
  return `insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) select ${columns.map(value).join(', ')}`;
}

/**
 * Lets people try a statement one after the other, each undone before the next. For INSERT the row is taken out before; for the others
 * every other row of the table is, so that what the statement touches is this row. Nothing of it remains.
 */
async function alone(client: pg.Client, { table, name, command }: WritingPolicy, { at }: Row, opened: string | null, people: readonly Who[], statement: string): Promise<End[]> {
  const away = command === 'DELETE' ? (await referencing(client, table)).map((other) => `delete from "${other}";`).join(' ') : '';
  // As a replica: neither triggers nor foreign keys mind what is taken out. The tries are made as by everybody else.
  await client.query(
    `begin; set local session_replication_role = replica; ${away} delete from "${table}" where ctid ${command === 'INSERT' ? '=' : '<>'} '${at}'; set local session_replication_role = origin;
     set constraints all immediate; ${opened === null ? '' : `alter policy "${name}" on "${table}" ${opened};`} savepoint attempt`,
  );
  try {
    const ends: End[] = [];
    for (const { settings } of people) ends.push(await attempt(client, settings, statement));
    return ends;
  } finally {
    await client.query('rollback');
  }
}

/** Tables whose rows would not let a row of this one be removed. */
async function referencing(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select relname as name from pg_constraint join pg_class c on c.oid = conrelid where contype = 'f' and confrelid = $1::regclass and conrelid <> confrelid`, [`public.${table}`]);
  return rows.map(({ name }) => name);
}

async function attempt(client: pg.Client, [organisation, person, role, learner]: readonly string[], statement: string): Promise<End> {
  const set = Object.entries({ organisation, person, role, learner }).map(([key, value]) => `set_config('meriden.${key}', ${pg.escapeLiteral(value ?? '')}, true)`);
  try {
    const results = (await client.query(`rollback to savepoint attempt; set local role meriden_app; select ${set.join(', ')}; ${statement}`)) as unknown as readonly pg.QueryResult[];
    return (results.at(-1)?.rowCount ?? 0) > 0 ? 'done' : 'refused';
  } catch (fault) {
    const { code, message, constraint } = fault as { code?: string; message: string; constraint?: string };
    if (code === '42501' && message.includes('row-level security')) return 'refused';
    if (code === '42501') return { wall: message, stands: true };
    if (code === undefined || /^(08|57|XX|42(?!501))/.test(code)) throw new Error(`${statement.slice(0, 200)}: ${message}`, { cause: fault });
    return { wall: constraint ?? message, stands: false };
  }
}
