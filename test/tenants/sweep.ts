import type { TestDatabase } from '../support/database.js';

/** Texts that are keys of reference data or of the code: a canary there is a broken row, not a secret. */
const CODED = /(_id|_ids|_hash|_kind|_modes|_version)$|^(tie|email|queue|consumer)$/;
/** Tables of the machinery, whose rows are read by programs alone. */
const MACHINERY = new Set(['migration', 'outbox', 'inbox', 'session', 'scoring_chunk', 'audit_chain', 'audit_link', 'audit_head']);

type Swept = Readonly<{ canaries: readonly Readonly<{ text: string; about: string }>[]; columns: Readonly<Record<string, string>> }>;

/**
 * Plants a canary of its own in every free text of every row that is there. A text that names a code, an enumeration, or that a
 * constraint of the database refuses is left as it is, and said so: ids, numbers and dates are told by the object they stand in.
 */
export async function sweepCanaries(database: TestDatabase, text: () => string): Promise<Swept> {
  const columns = await database.sql<{ table: string; name: string; type: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`,
  );
  const canaries: { text: string; about: string }[] = [];
  const report: Record<string, string> = {};
  for (const { table, name, type } of columns) {
    const column = `${table}.${name}`;
    if (MACHINERY.has(table)) report[column] = 'machinery';
    else if (type !== 'text') report[column] = `told by its object (${type})`;
    else if (CODED.test(name)) report[column] = 'a code';
    else report[column] = await plantIn(database, table, name, text, canaries);
  }
  return { canaries, columns: report };
}

async function plantIn(database: TestDatabase, table: string, name: string, text: () => string, canaries: { text: string; about: string }[]): Promise<string> {
  // A value in capitals is one of an enumeration; an empty one may be anything, and is filled.
  const rows = await database.sql<{ at: string; value: string | null }>(`select ctid::text as at, "${name}" as value from "${table}"`);
  if (rows.length === 0) return 'no row';
  if (rows.some(({ value }) => value !== null && /^[A-Z][A-Z0-9_]*$/.test(value))) return 'an enumeration';
  let planted = 0;
  for (const { at } of rows) {
    const canary = text();
    try {
      // A row moves when it is changed: its place is asked for anew with each column, and each row is changed once.
      await database.sql(`update "${table}" set "${name}" = $2 where ctid = $1::tid`, [at, canary]);
      canaries.push({ text: canary, about: `${table}.${name}` });
      planted += 1;
    } catch (error) {
      if (!['23514', '42501', '23503', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
    }
  }
  return planted > 0 ? 'planted' : 'a constraint refuses it';
}
