/** What a file of an import lists. Placements come from accepted proposals alone, so that none stands without its agreement. */
export const IMPORT_KINDS = ['LEARNERS', 'VACANCIES', 'ORGANISATIONS'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
