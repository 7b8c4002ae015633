import { Rejection, isUuid, type Scope } from '@meriden/domain';

/** One page of a list, best or first in front; `cursors[i]` stands behind `rows[i]`. */
export type Page<Row> = Readonly<{
  rows: readonly Row[];
  cursors: readonly string[];
  hasNextPage: boolean;
  endCursor: string | null;
}>;

export type PageRequest<Filter, Order extends string> = Readonly<{
  scope: Scope;
  /** 1 to 100. */
  first: number;
  /** The cursor behind which the page begins; null or absent: from the start. */
  after?: string | null;
  filter?: Filter;
  orderBy?: Order;
}>;

const MOST = 100;

/** @throws Rejection PAGE_TOO_LARGE unless 1 to 100. */
export function checkFirst(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MOST) return first;
  throw new Rejection({
    code: 'PAGE_TOO_LARGE',
    message: `A page of ${first} cannot be given.`,
    rule: `A page holds 1 to ${MOST} entries.`,
    remedy: 'Ask for a smaller page, then for the next one with its end cursor.',
    path: ['first'],
  });
}

export type CursorValue = string | number;

/** What a cursor's value may be, by the type of its column: a cursor comes from outside and goes into a statement. */
const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  uuid: (value) => typeof value === 'string' && isUuid(value),
  text: (value) => typeof value === 'string' && !value.includes('\0'),
  int: (value) => Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31,
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  timestamptz: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
};

export function encodeCursor(order: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

/**
 * @param types the column types of the values, in order.
 * @throws Rejection FIELD_INVALID for a text that is not a cursor of this list in this order.
 */
export function decodeCursor(cursor: string, order: string, types: readonly string[]): CursorValue[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    parts = null;
  }
  if (Array.isArray(parts) && parts[0] === order && parts.length === types.length + 1) {
    const values: unknown[] = parts.slice(1);
    if (values.every((value, index) => FITS[types[index] ?? '']?.(value) === true)) return values as CursorValue[];
  }
  throw new Rejection({
    code: 'FIELD_INVALID',
    message: 'This is not a cursor of this list in this order.',
    rule: 'A cursor is good only for the list and the order it was given with.',
    remedy: 'Use the end cursor of the page before, with the same order, or begin without a cursor.',
    path: ['after'],
  });
}
