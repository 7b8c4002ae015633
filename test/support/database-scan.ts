import type { TestDatabase } from './database.js';

/** Where a text lies in a database: every row of every table, all of its columns (bytes decoded too), whatever they are for. */
export async function rowsWith(database: Pick<TestDatabase, 'sql'>, text: string): Promise<readonly string[]> {
  const tables = await database.sql<{ name: string; bytes: string[] }>(
    `select t.table_name as name, array_remove(array_agg(c.column_name::text) filter (where c.data_type = 'bytea'), null) as bytes
     from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' group by 1 order by 1`,
  );
  const found: string[] = [];
  for (const { name, bytes } of tables) {
    const decoded = (bytes ?? []).map((column) => `|| encode(t."${column}", 'escape')`).join(' ');
    const rows = await database.sql(`select 1 from "${name}" t where position($1 in lower(to_jsonb(t)::text ${decoded})) > 0`, [text.toLowerCase()]);
    found.push(...rows.map(() => name));
  }
  return found;
}
