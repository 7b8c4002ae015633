/**
 * Where a row comes from and how far it may be trusted. Screens may state a row as a fact only when it is `sourced`;
 * every other certainty is shown with its note.
 */
export const CERTAINTIES = ['sourced', 'approximate', 'unverified', 'disputed', 'fictional'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

export type Provenance = Readonly<{
  source: string;
  certainty: Certainty;
  /** What is not certain, or the date of the fact; null = nothing to add. */
  certaintyNote: string | null;
}>;

export function isFact(row: Provenance): boolean {
  return row.certainty === 'sourced';
}
