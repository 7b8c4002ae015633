import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { PAGE_LIMIT, pageOutOfRange } from './limits.js';

@ArgsType()
export class PageArgs {
  @Field(() => Int, { description: 'How many entries to give, 1 to 100; compulsory, so that nobody asks for everything.' })
  first: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before; absent for the first page.' })
  after: string | null;
}

@ObjectType('PageInfo', { description: 'Where a page ends and whether another follows (Relay cursor connections).' })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether at least one entry follows this page.' })
  hasNextPage: boolean;
  @Field(() => Boolean, { description: 'Whether the page was asked for with a cursor, so that entries lie before it.' })
  hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: 'Opaque cursor of the first entry; null on an empty page.' })
  startCursor: string | null;
  @Field(() => String, { nullable: true, description: 'Opaque cursor of the last entry: give it as `after`; null on an empty page.' })
  endCursor: string | null;
}

export type PageOf<Row> = Readonly<{
  nodes: readonly Row[];
  edges: readonly Readonly<{ cursor: string; node: Row }>[];
  pageInfo: PageInfoType;
  /** A thunk: counted only when asked for. */
  totalCount: () => Promise<number>;
}>;

/** A page as the reads give it. */
export type ReadPage<Row> = Readonly<{ rows: readonly Row[]; cursors: readonly string[]; hasNextPage: boolean }>;

/** @throws GraphQLError PAGE_TOO_LARGE */
export function checkPage(args: PageArgs): { first: number; after: string | null } {
  if (args.first < 1 || args.first > PAGE_LIMIT) throw pageOutOfRange(args.first);
  return { first: args.first, after: args.after ?? null };
}

export function pageOf<Row>(args: PageArgs, page: ReadPage<Row>, count: () => Promise<number>): PageOf<Row> {
  return {
    nodes: page.rows,
    edges: page.rows.map((node, index) => ({ node, cursor: page.cursors[index] ?? '' })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: args.after != null,
      startCursor: page.cursors[0] ?? null,
      endCursor: page.cursors.at(-1) ?? null,
    },
    totalCount: count,
  };
}

type ObjectClass = abstract new () => object;

/**
 * The fields of a Relay connection: `edges` with cursors, `nodes` as the short way, `pageInfo`, and a priced count. Extend it
 * with a class that names the connection, for example `VacancyConnection`.
 * @param name of the node type, for example `Vacancy`
 * @param many what the entries are, in the plural, for the descriptions
 */
export function connectionOf(node: ObjectClass, name: string, many: string) {
  @ObjectType(`${name}Edge`, { description: `One of the ${many} with its place in the list.` })
  class Edge {
    @Field(() => String, { description: 'Opaque place of this entry in the list: give it as `after`.' })
    cursor: string;
    @Field(() => node, { description: `The entry itself: one of the ${many}.` })
    node: object;
  }

  @ObjectType({ isAbstract: true })
  abstract class Connection {
    @Field(() => [Edge], { description: `The ${many} of this page, each with its cursor.` })
    edges: Edge[];
    @Field(() => [node], { description: `The ${many} of this page without cursors, for short queries.` })
    nodes: object[];
    @Field(() => PageInfoType, { description: 'Where this page ends and whether another follows.' })
    pageInfo: PageInfoType;
    @Field(() => Int, {
      nullable: true,
      complexity: 20,
      middleware: [async (_context, next) => ((await next()) as () => Promise<number>)()],
      description: `How many ${many} there are on all pages; counted only when asked for, and dearer than a page.`,
    })
    totalCount: number | null;
  }
  return Connection;
}
