import type { Noun, Scope } from '@meriden/domain';
import type { Page, PageRequest, Tx } from '@meriden/persistence/reads';
import type { Operation } from './operation.js';
import { checkPage, pageOf, type PageArgs, type PageOf } from './paging.js';

type Listed<Row, Filter, Order extends string> = Readonly<{
  page(tx: Tx, request: PageRequest<Filter, Order>): Promise<Page<Row>>;
  count(tx: Tx, scope: Scope, filter?: Filter): Promise<number>;
}>;

/** One page of a noun within the caller's scope: the one way a resolver lists. Null and absent filters are left out. */
export async function list<Row, Filter extends object, Order extends string>(
  operation: Operation,
  noun: Noun,
  reads: Listed<Row, Filter, Order>,
  args: PageArgs,
  filter: Filter,
  orderBy?: Order,
): Promise<PageOf<Row>> {
  const request = checkPage(args);
  const page = await operation.read((tx, actor) =>
    reads.page(tx, { ...request, scope: operation.shelf.scope(actor, noun), filter, ...(orderBy !== undefined && { orderBy }) }),
  );
  return pageOf(args, page, () => operation.read((tx, actor) => reads.count(tx, operation.shelf.scope(actor, noun), filter)));
}

/** The first row of a list, for objects of which there is at most one. */
export async function only<Row, Filter extends object, Order extends string>(
  operation: Operation,
  noun: Noun,
  reads: Listed<Row, Filter, Order>,
  filter: Filter,
): Promise<Row | null> {
  const page = await operation.read((tx, actor) => reads.page(tx, { first: 1, scope: operation.shelf.scope(actor, noun), filter }));
  return page.rows[0] ?? null;
}
