/** Column options that several entities need: what they say once here, the compiler and the drift check hold them to. */

/** PostgreSQL keeps the instant to the millisecond, as the ISO text does, so that a keyset cursor never falls between two rows. */
export const INSTANT = {
  type: 'timestamptz',
  precision: 3,
  transformer: {
    to: (instant: string | null | undefined) => instant,
    from: (value: Date | string | null) => (value instanceof Date ? value.toISOString() : value),
  },
} as const;

export const INSTANT_OR_NULL = { ...INSTANT, nullable: true } as const;
/** Counts far below 2^53. */
export const BIGINT = { type: 'bigint', transformer: { to: (value: number | undefined) => value, from: Number } } as const;
export const UUID = { type: 'uuid' } as const;
export const UUID_OR_NULL = { type: 'uuid', nullable: true } as const;
export const TEXT = { type: 'text' } as const;
export const TEXT_OR_NULL = { type: 'text', nullable: true } as const;
/** A list of plain keys; structured lists are JSON. */
export const TEXTS = { type: 'text', array: true } as const;
export const INT = { type: 'int' } as const;
export const INT_OR_NULL = { type: 'int', nullable: true } as const;
export const DATE = { type: 'date' } as const;
export const DATE_OR_NULL = { type: 'date', nullable: true } as const;
export const BOOLEAN = { type: 'boolean' } as const;
export const JSONB = { type: 'jsonb' } as const;
export const JSONB_OR_NULL = { type: 'jsonb', nullable: true } as const;

/** The check of an enumeration, from the domain's tuple. */
export function oneOf(column: string, values: readonly string[]): string {
  return `"${column}" IN (${values.map((value) => `'${value}'`).join(', ')})`;
}
