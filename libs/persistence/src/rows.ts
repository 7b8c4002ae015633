import { notFound, versionConflict } from '@meriden/domain';
import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Tx } from './tx.js';

// Rows to and from tables by the entity's own column list. Many rows go in one statement as one JSON parameter, which the
// 65,535 parameters of a statement with a parameter a value would not allow.

/** Rows a statement: keeps one parameter at a few megabytes. */
const BATCH = 2_000;

type Entity<E extends ObjectLiteral> = EntityTarget<E>;

/** `alias."organisation_id" as "organisationId", ...`: rows of this list are the domain's objects. */
export function selectList<E extends ObjectLiteral>(manager: EntityManager, entity: Entity<E>, alias: string): string {
  return manager.dataSource
    .getMetadata(entity)
    .columns.map((column) => `${alias}."${column.databaseName}" as "${column.propertyName}"`)
    .join(', ');
}

/** The column of a property, for conditions; throws on a property that the entity does not have. */
export function columnOf<E extends ObjectLiteral>(manager: EntityManager, entity: Entity<E>, property: string): string {
  const column = manager.dataSource.getMetadata(entity).findColumnWithPropertyName(property);
  if (column === undefined) throw new Error(`${manager.dataSource.getMetadata(entity).tableName} has no column for ${property}`);
  return column.databaseName;
}

/** `jsonb_to_recordset($n::jsonb) as r(id uuid, ...)` with every column of the entity that a writer gives. */
export function recordset<E extends ObjectLiteral>(manager: EntityManager, entity: Entity<E>, parameter: string): string {
  const metadata = manager.dataSource.getMetadata(entity);
  const columns = written(metadata).map(
    (column) => `"${column.databaseName}" ${manager.dataSource.driver.normalizeType(column)}${column.isArray ? '[]' : ''}`,
  );
  return `jsonb_to_recordset(${parameter}::jsonb) as r(${columns.join(', ')})`;
}

const written = (metadata: EntityMetadata) => metadata.columns.filter((column) => !column.isGenerated);

/** The names of those columns, quoted and with an optional prefix. */
export function columnList<E extends ObjectLiteral>(manager: EntityManager, entity: Entity<E>, prefix = ''): string {
  return written(manager.dataSource.getMetadata(entity))
    .map((column) => `${prefix}"${column.databaseName}"`)
    .join(', ');
}

/** The JSON parameter for `recordset`. */
export function recordsJson<E extends ObjectLiteral>(manager: EntityManager, entity: Entity<E>, rows: readonly Partial<E>[]): string {
  const columns = written(manager.dataSource.getMetadata(entity));
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((column) => [column.databaseName, (row as Record<string, unknown>)[column.propertyName]]))),
  );
}

/** Inserts all rows, one statement a batch. `onConflict` is SQL, such as `on conflict do nothing`. */
export async function insertRows<E extends ObjectLiteral>(tx: Tx, entity: Entity<E>, rows: readonly Partial<E>[], onConflict = ''): Promise<void> {
  const { manager } = tx;
  const table = manager.dataSource.getMetadata(entity).tableName;
  const columns = columnList(manager, entity);
  for (let start = 0; start < rows.length; start += BATCH) {
    await manager.query(`insert into "${table}" (${columns}) select ${columns} from ${recordset(manager, entity, '$1')} ${onConflict}`, [
      recordsJson(manager, entity, rows.slice(start, start + BATCH)),
    ]);
  }
}

/** Writes one row by its id, without a version. @returns whether there was such a row to write. */
export async function updateRow<E extends ObjectLiteral & { id: string }>(tx: Tx, entity: Entity<E>, row: Partial<E>, condition = 'true'): Promise<boolean> {
  const { manager } = tx;
  const metadata = manager.dataSource.getMetadata(entity);
  const sets = written(metadata)
    .filter((column) => !column.isPrimary)
    .map((column) => `"${column.databaseName}" = r."${column.databaseName}"`);
  const [, affected] = await manager.query<[unknown[], number]>(
    `update "${metadata.tableName}" t set ${sets.join(', ')} from ${recordset(manager, entity, '$1')} where t.id = r.id and ${condition}`,
    [recordsJson(manager, entity, [row])],
  );
  return affected === 1;
}

/**
 * Writes the next version of a row: `row.version` is the new one, and the row in the table must be at the one before.
 *
 * @throws Rejection VERSION_CONFLICT when someone else was faster; NOT_FOUND when there is no such row that this actor may write.
 */
export async function saveVersion<E extends ObjectLiteral & { id: string; version: number }>(
  tx: Tx,
  entity: Entity<E>,
  noun: string,
  row: Partial<E> & { id: string; version: number },
): Promise<void> {
  if (await updateRow(tx, entity, row, 't.version = r.version - 1')) return;
  const table = tx.manager.dataSource.getMetadata(entity).tableName;
  const [found] = await tx.manager.query<{ version: number }[]>(`select version from "${table}" where id = $1`, [row.id]);
  if (found === undefined || found.version === row.version - 1) throw notFound(noun);
  throw versionConflict(noun, found.version, row.version - 1);
}

/** A row that PostgreSQL gave as JSON (`to_jsonb(row)`), as the domain's object. */
export function rowFromJson<E extends ObjectLiteral>(manager: EntityManager, entity: Entity<E>, json: Readonly<Record<string, unknown>>): E {
  return Object.fromEntries(
    manager.dataSource.getMetadata(entity).columns.map((column) => {
      const value = json[column.databaseName];
      const instant = column.type === 'timestamptz' && typeof value === 'string';
      return [column.propertyName, instant ? new Date(value).toISOString() : value];
    }),
  ) as E;
}
