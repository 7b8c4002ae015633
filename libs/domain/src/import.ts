import type { ImportRunId, IsoInstant, OrganisationId, PersonId } from './ids.js';
import { wrongState, type RejectionCode } from './rejection.js';

/** What a file of an import lists. Placements come from accepted proposals alone, so that none stands without its agreement. */
export const IMPORT_KINDS = ['LEARNERS', 'VACANCIES', 'ORGANISATIONS', 'TRAVEL'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** One fault of one row. `row` as a spreadsheet counts, the header being 1; null where the file as a whole is at fault. */
export type ImportError = Readonly<{ row: number | null; column: string | null; code: RejectionCode; message: string }>;

export const IMPORT_NOTICES = ['CHANGED', 'DROPPED'] as const;
/** What is worth a look before an import: a record that differs, one that the file no longer lists. No values, only where. */
export type ImportNotice = Readonly<{ row: number | null; column: string | null; code: (typeof IMPORT_NOTICES)[number]; message: string }>;

/** What an import found and did. Every row is either accepted or refused; `stored` counts what was written. */
export type ImportReport = Readonly<{
  rows: number;
  accepted: number;
  refused: number;
  errors: readonly ImportError[];
  errorsLeftOut: number;
  dryRun: boolean;
  created: number;
  changed: number;
  unchanged: number;
  /** Stored and not in the file; an import takes nothing away. */
  dropped: number;
  stored: number;
  notices: readonly ImportNotice[];
}>;

export const IMPORT_STATES = ['UPLOADED', 'CHECKED', 'DONE', 'REFUSED'] as const;

/** A file that staff handed in, and what became of it. Its content stands apart, and goes once the import is over. */
export type ImportRun = Readonly<{
  id: ImportRunId;
  organisationId: OrganisationId;
  personId: PersonId;
  kind: ImportKind;
  state: (typeof IMPORT_STATES)[number];
  bytes: number;
  report: ImportReport | null;
  createdAt: IsoInstant;
  endedAt: IsoInstant | null;
  version: number;
}>;

/** The run after its file was read: a check can be followed by others, an import ends it. */
export function reportImport(run: ImportRun, report: ImportReport, now: IsoInstant): ImportRun {
  if (run.state !== 'UPLOADED' && run.state !== 'CHECKED') throw wrongState('import', run.state, 'started', ['UPLOADED', 'CHECKED']);
  const version = run.version + 1;
  if (report.dryRun) return { ...run, state: 'CHECKED', report, version };
  const refused = report.stored === 0 && report.errors.length > 0;
  return { ...run, state: refused ? 'REFUSED' : 'DONE', report, endedAt: now, version };
}
