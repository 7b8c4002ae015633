import pg from 'pg';
import { MIGRATIONS } from './migrations/index.js';
import { runMigrations } from './migrate.js';

/** Rows of a table and a digest over them all, in no order. */
export type TableDigest = Readonly<{ rows: number; digest: string }>;
export type Digests = Readonly<Record<string, TableDigest>>;

/** A backup that cannot be restored here, with the reason and what to do. */
export class BackupRefused extends Error {}

const FORMAT = 1;
const ROWS_AT_ONCE = 500;
/** Written by the migrations themselves. */
const NOT_OURS = ['migration'];

/**
 * Everything in the database as lines of JSON, read in one snapshot while the service runs: a head, each table with its rows, and at the
 * end what a restored copy must come to. For installations without PostgreSQL's own tools of the server's version; those who have them
 * use `pg_dump`. The lines hold personal data.
 *
 * @param write takes one line, without its end
 */
export async function backUp(ownerUrl: string, write: (line: string) => Promise<void>): Promise<Digests> {
  return asOwner(ownerUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    // An owner whom the policies bind would be shown nothing, and a backup of nothing would look like a success: this makes it an error.
    await client.query('set local row_security = off');
    await client.query('set local statement_timeout = 0');
    const tables = await tablesOf(client);
    await write(JSON.stringify({ meriden: 'backup', format: FORMAT, takenAt: new Date().toISOString(), migrations: await migrationsOf(client), tables }));
    for (const table of tables) {
      await write(JSON.stringify({ table }));
      await client.query(`declare every_row no scroll cursor for select row_to_json(t)::text as line from "${table}" t`);
      for (;;) {
        const { rows } = await client.query<{ line: string }>(`fetch ${ROWS_AT_ONCE} from every_row`);
        for (const { line } of rows) await write(line);
        if (rows.length < ROWS_AT_ONCE) break;
      }
      await client.query('close every_row');
    }
    const digests = await digestsOf(client, tables);
    await write(JSON.stringify({ end: true, digests }));
    await client.query('commit');
    return digests;
  });
}

/**
 * Restores into an empty database, in one transaction: whole and equal to what was backed up by the digest of every table, or not at all.
 * The owner must be a superuser, because rules that fire on new rows must not fire on old ones.
 *
 * @throws BackupRefused for a database that holds rows, a file of another build, a file that ends too early or is not equal
 */
export async function restoreBackup(ownerUrl: string, lines: AsyncIterable<string>): Promise<Digests> {
  await runMigrations(ownerUrl);
  return asOwner(ownerUrl, async (client) => {
    await client.query('begin');
    try {
      await client.query(`set local session_replication_role = 'replica'`);
      await client.query('set local statement_timeout = 0');
      const tables = await tablesOf(client);
      // The edition with which a migrated database begins; the backup brings its own. One that was changed is somebody's.
      await client.query('delete from scoring_edition where aliases = 0 and travel = 0 and weights = 0');
      for (const table of tables) {
        const { rows } = await client.query(`select 1 from "${table}" limit 1`);
        if (rows.length > 0) throw new BackupRefused(`The database is not empty (table ${table} holds rows): restore into a new one.`);
      }
      const end = await fill(client, lines, tables);
      const digests = await digestsOf(client, tables);
      const unequal = tables.filter((table) => digests[table]?.digest !== end[table]?.digest || digests[table]?.rows !== end[table]?.rows);
      if (unequal.length > 0) throw new BackupRefused(`What was restored is not what was backed up (${unequal.join(', ')}): the file is damaged. Nothing was kept; take another backup.`);
      await client.query('commit');
      return digests;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}

/** @returns the digests that the last line promises */
async function fill(client: pg.Client, lines: AsyncIterable<string>, tables: readonly string[]): Promise<Digests> {
  let table: string | null = null;
  let waiting: string[] = [];
  let end: Digests | null = null;
  let first = true;
  const flush = async (): Promise<void> => {
    if (table !== null && waiting.length > 0) {
      await client.query(`insert into "${table}" overriding system value select * from json_populate_recordset(null::"${table}", $1::json)`, [`[${waiting.join(',')}]`]);
    }
    waiting = [];
  };
  for await (const line of lines) {
    if (line === '') continue;
    if (first) {
      checkHead(line);
      first = false;
      continue;
    }
    // Rows begin with a column; heads of tables and the end have a key that no column has at its place.
    const head = /^\{"(table|end)":/.exec(line) === null ? null : (JSON.parse(line) as { table?: string; end?: boolean; digests?: Digests });
    if (head === null) waiting.push(line);
    if (head !== null || waiting.length === ROWS_AT_ONCE) await flush();
    if (head?.table !== undefined) {
      if (!tables.includes(head.table)) throw new BackupRefused(`The backup holds a table ${head.table} that this build does not know: use the build that made it.`);
      table = head.table;
    }
    if (head?.end === true) end = head.digests ?? null;
  }
  if (end === null) throw new BackupRefused('The file ends too early: it is not a whole backup. Nothing was kept.');
  for (const name of tables) await setSequences(client, name);
  return end;
}

function checkHead(line: string): void {
  let head: { meriden?: string; format?: number; migrations?: readonly string[] };
  try {
    head = JSON.parse(line) as typeof head;
  } catch {
    head = {};
  }
  if (head.meriden !== 'backup' || head.format !== FORMAT) throw new BackupRefused('This is not a backup that `meriden backup` wrote.');
  const own = MIGRATIONS.map((migration) => new migration().name).sort();
  const theirs = [...(head.migrations ?? [])].sort();
  if (JSON.stringify(own) !== JSON.stringify(theirs)) {
    throw new BackupRefused(`The backup was made by another build (its newest migration is ${theirs.at(-1) ?? 'none'}, ours ${own.at(-1)}): restore it with that build, then migrate.`);
  }
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by tablename`);
  return rows.map((row) => row.name).filter((name) => !NOT_OURS.includes(name));
}

async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name');
  return rows.map((row) => row.name);
}

async function digestsOf(client: pg.Client, tables: readonly string[]): Promise<Digests> {
  const digests: Record<string, TableDigest> = {};
  for (const table of tables) {
    const { rows } = await client.query<{ rows: string; digest: string }>(
      `select count(*) as rows, coalesce(md5(string_agg(h, '' order by h)), '') as digest from (select md5(t::text) as h from "${table}" t) hashed`,
    );
    digests[table] = { rows: Number(rows[0]?.rows), digest: rows[0]?.digest ?? '' };
  }
  return digests;
}

/** Numbers that the database itself gives go on behind the highest restored one. */
async function setSequences(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ column: string; sequence: string }>(
    `select column_name as column, pg_get_serial_sequence(quote_ident(table_name), column_name) as sequence from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_identity = 'YES'`,
    [table],
  );
  for (const { column, sequence } of rows) await client.query(`select setval($1::regclass, greatest((select coalesce(max("${column}"), 0) from "${table}"), 1))`, [sequence]);
}

async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c TimeZone=UTC' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
