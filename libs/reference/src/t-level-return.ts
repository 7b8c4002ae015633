import type { Provenance } from './provenance.js';
import type { Reading } from './table.js';

export const RETURN_PARTS = ['COLUMN', 'STATUS', 'REASON', 'RULE'] as const;

/** A column, status, reason code or error message of the department's industry placement return; `condition` only for rules. */
export type ReturnEntry = Readonly<{ part: (typeof RETURN_PARTS)[number]; code: string; text: string; condition: string | null }> & Provenance;

/**
 * The file a college uploads to the department: column headings in order, statuses, reason codes, and the 13 messages the
 * department answers with. The messages are the department's words (© Department for Education, MIT licence).
 */
export type TLevelReturn = Readonly<{
  columns: readonly string[];
  statuses: ReadonlyMap<string, ReturnEntry>;
  reasons: ReadonlyMap<string, ReturnEntry>;
  rules: ReadonlyMap<string, ReturnEntry>;
}>;

export function readTLevelReturn(reading: Reading): TLevelReturn {
  const file = 't-level-return.csv';
  const entries = reading.table(file, ['part', 'code', 'text', 'condition'], (row) => `${row.text('part')} ${row.text('code')}`, (row): ReturnEntry => {
    const part = row.oneOf('part', RETURN_PARTS);
    const condition = row.optional('condition');
    if ((part === 'RULE') !== (condition !== null)) row.problem('condition', 'a rule must have a condition, nothing else has one');
    return { part, code: row.text('code'), text: row.text('text'), condition, ...row.provenance() };
  });
  const ofPart = (part: ReturnEntry['part']) => new Map([...entries.values()].filter((e) => e.part === part).map((e) => [e.code, e]));
  for (const part of RETURN_PARTS) if (ofPart(part).size === 0) reading.report(file, 0, 'part', 'every part must have a row', part);
  return {
    columns: [...ofPart('COLUMN').values()].map((entry) => entry.text),
    statuses: ofPart('STATUS'),
    reasons: ofPart('REASON'),
    rules: ofPart('RULE'),
  };
}
