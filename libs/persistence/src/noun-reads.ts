import { isUuid, type Scope } from '@meriden/domain';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { checkFirst, decodeCursor, encodeCursor, type CursorValue, type Page, type PageRequest } from './paging.js';
import { columnOf, selectList } from './rows.js';
import { Parameters, scopeSql } from './scope-sql.js';
import type { Tx } from './tx.js';

/** A property that is never null, and the way it goes. */
export type Sort<Row> = readonly [property: keyof Row & string, direction: 'asc' | 'desc'];

/** Turns one filter value into a condition on the alias `t`. */
type Condition = (value: never, parameters: Parameters) => string;

export type Shape<Row, Filter, Order extends string> = Readonly<{
  entity: EntityTarget<Row & ObjectLiteral>;
  /** What ends every order, so that no two rows are equal in it. */
  key: readonly (keyof Row & string)[];
  /** The first one is the default. */
  orders: Readonly<Record<Order, readonly Sort<Row>[]>>;
  filters: { readonly [Name in keyof Required<Filter>]: Condition };
}>;

export const sameId =
  (column: string) =>
  (value: string, parameters: Parameters): string =>
    isUuid(value) ? `t.${column} = ${parameters.add(value)}` : 'false';

export const same =
  (column: string) =>
  (value: string | number | boolean, parameters: Parameters): string =>
    `t.${column} = ${parameters.add(value)}`;

export const holds =
  (column: string) =>
  (value: string, parameters: Parameters): string =>
    `${parameters.add(value)} = any (t.${column})`;

/** Whether a text contains another, capitals aside. */
export const contains =
  (expression: string) =>
  (value: string, parameters: Parameters): string =>
    `position(lower(${parameters.add(value)}) in lower(${expression})) > 0`;

/**
 * The reads of one noun: pages by keyset, rows by id for loaders, counts. Each takes the scope that the policy gave the actor; the
 * policies in the database stand behind it.
 */
export abstract class NounReads<Row extends object, Filter extends object, Order extends string> {
  protected abstract readonly shape: Shape<Row, Filter, Order>;

  /** One statement. @throws Rejection PAGE_TOO_LARGE, FIELD_INVALID (cursor). */
  async page(tx: Tx, { scope, first, after, filter, orderBy }: PageRequest<Filter, Order>): Promise<Page<Row>> {
    const limit = checkFirst(first);
    const order = orderBy ?? (Object.keys(this.shape.orders)[0] as Order);
    const sorts: readonly Sort<Row>[] = [...this.shape.orders[order], ...this.shape.key.map((property) => [property, 'asc'] as const)];
    const parameters = new Parameters();
    const conditions = [this.where(tx.manager, scope, filter, parameters)];
    if (after !== undefined && after !== null) {
      const values = decodeCursor(after, order, sorts.map(([property]) => this.typeOf(tx.manager, property)));
      conditions.push(this.behind(tx.manager, sorts, values, parameters));
    }
    const ordering = sorts.map(([property, direction]) => `t."${this.column(tx.manager, property)}" ${direction}`).join(', ');
    const found = await tx.manager.query<Row[]>(
      `select ${selectList(tx.manager, this.shape.entity, 't')} from "${this.table(tx.manager)}" t
       where ${conditions.join(' and ')} order by ${ordering} limit ${limit + 1}`,
      parameters.values,
    );
    const rows = found.slice(0, limit);
    const cursors = rows.map((row) => encodeCursor(order, sorts.map(([property]) => row[property] as CursorValue)));
    return { rows, cursors, hasNextPage: found.length > limit, endCursor: cursors.at(-1) ?? null };
  }

  /** In the order of `ids`, null for one that is unknown or out of scope: what a loader returns. One statement. */
  async byIds(tx: Tx, scope: Scope, ids: readonly string[]): Promise<(Row | null)[]> {
    const parameters = new Parameters();
    const wanted = parameters.add(ids.filter(isUuid));
    const rows = await tx.manager.query<(Row & { id: string })[]>(
      `select ${selectList(tx.manager, this.shape.entity, 't')} from "${this.table(tx.manager)}" t
       where t.id = any (${wanted}::uuid[]) and ${this.where(tx.manager, scope, undefined, parameters)}`,
      parameters.values,
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async count(tx: Tx, scope: Scope, filter?: Filter): Promise<number> {
    const parameters = new Parameters();
    const [row] = await tx.manager.query<{ count: number }[]>(
      `select count(*) as count from "${this.table(tx.manager)}" t where ${this.where(tx.manager, scope, filter, parameters)}`,
      parameters.values,
    );
    return row?.count ?? 0;
  }

  /** Scope and filter as one condition on `t`. */
  protected where(manager: EntityManager, scope: Scope, filter: Filter | undefined, parameters: Parameters): string {
    const columns = Object.fromEntries(
      manager.dataSource.getMetadata(this.shape.entity).columns.map((column) => [column.propertyName, column.databaseName]),
    );
    const conditions = [scopeSql('t', scope, columns, parameters)];
    for (const [name, value] of Object.entries(filter ?? {})) {
      if (value === undefined || value === null) continue;
      const condition = this.shape.filters[name as keyof Filter];
      conditions.push(condition(value as never, parameters));
    }
    return conditions.join(' and ');
  }

  /** Rows behind a cursor: (a, b) > (x, y) spelt out, since directions may differ. */
  private behind(manager: EntityManager, sorts: readonly Sort<Row>[], values: readonly CursorValue[], parameters: Parameters): string {
    const terms = sorts.map(([property, direction], index) => ({
      column: `t."${this.column(manager, property)}"`,
      than: direction === 'asc' ? '>' : '<',
      value: parameters.add(values[index]),
    }));
    if (terms.every((term) => term.than === terms[0]?.than)) {
      return `(${terms.map((term) => term.column).join(', ')}) ${terms[0]?.than} (${terms.map((term) => term.value).join(', ')})`;
    }
    const alternatives = terms.map((term, index) =>
      [...terms.slice(0, index).map((before) => `${before.column} = ${before.value}`), `${term.column} ${term.than} ${term.value}`].join(' and '),
    );
    return `(${alternatives.map((alternative) => `(${alternative})`).join(' or ')})`;
  }

  private table(manager: EntityManager): string {
    return manager.dataSource.getMetadata(this.shape.entity).tableName;
  }

  private column(manager: EntityManager, property: string): string {
    return columnOf(manager, this.shape.entity, property);
  }

  private typeOf(manager: EntityManager, property: string): string {
    return String(manager.dataSource.getMetadata(this.shape.entity).findColumnWithPropertyName(property)?.type);
  }
}
