import type { Provenance } from './provenance.js';
import type { Reading } from './table.js';

export const EMPLOYER_SIZES = ['MICRO', 'START_UP', 'SPINOUT', 'SMALL_OR_MEDIUM', 'SCALE_UP', 'LARGE', 'NHS_STYLE', 'UNIVERSITY_UNIT'] as const;

/** An invented employer of the demonstration region; its name says so, and it must never mix with real records. */
export type FictionalEmployer = Readonly<{
  id: string;
  name: string;
  size: (typeof EMPLOYER_SIZES)[number];
  campusId: string;
  cluster: string;
  typicalSkillIds: readonly string[];
  staff: number;
  contactEmail: string;
}> &
  Provenance;

export function readFictionalEmployers(reading: Reading, clusters: readonly string[]): ReadonlyMap<string, FictionalEmployer> {
  const columns = ['employer_id', 'name', 'size', 'campus_id', 'cluster', 'typical_skills', 'staff', 'contact_email'];
  return reading.table('employers-fictional.csv', columns, (row) => row.text('employer_id'), (row) => {
    const provenance = row.provenance();
    if (provenance.certainty !== 'fictional') row.problem('certainty', 'must be fictional');
    return {
      id: row.text('employer_id'),
      name: row.matching('name', / \(fictional\)$/, 'a name that ends in (fictional)'),
      size: row.oneOf('size', EMPLOYER_SIZES),
      campusId: row.reference('campus_id', 'campuses.csv'),
      cluster: row.oneOf('cluster', clusters),
      typicalSkillIds: row.references('typical_skills', 'skills.csv'),
      staff: row.integer('staff', 1, 100_000),
      contactEmail: row.matching('contact_email', /^[a-z0-9.-]+@[a-z0-9.-]+\.example$/, 'an address under .example'),
      ...provenance,
    };
  });
}
