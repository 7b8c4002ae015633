import { checkLars } from './identifiers.js';
import type { Provenance } from './provenance.js';
import type { Reading } from './table.js';

export const QUALIFICATION_KINDS = [
  'T_LEVEL', 'HTQ', 'GCSE', 'FUNCTIONAL_SKILLS', 'A_LEVEL', 'BTEC_NATIONAL', 'ACCESS_TO_HE', 'HIGHER_NATIONAL', 'FOUNDATION_DEGREE', 'BACHELOR', 'MASTER',
] as const;
export type QualificationKind = (typeof QUALIFICATION_KINDS)[number];

/** What vacancies accept and placement rules speak about; the words are those of domain. */
export const PROGRAMME_KINDS = ['T_LEVEL', 'HTQ', 'HNC_HND', 'APPRENTICESHIP', 'DEGREE', 'OTHER'] as const;
export type ProgrammeKind = (typeof PROGRAMME_KINDS)[number];

export const ROUTES = ['Digital', 'Engineering and manufacturing', 'Health and science'] as const;
export type Route = (typeof ROUTES)[number];

/** STUDIED: a learner's programme; ENTRY: something held before it. */
export const QUALIFICATION_USES = ['STUDIED', 'ENTRY'] as const;

export type Qualification = Readonly<{
  id: string;
  title: string;
  shortTitle: string;
  kind: QualificationKind;
  programmeKind: ProgrammeKind;
  usage: (typeof QUALIFICATION_USES)[number];
  /** RQF level. */
  level: number;
  larsCode: string | null;
  awardingBodyId: string | null;
  route: Route | null;
  firstTeachingYear: number | null;
  /** Hours of placement its own rule demands; null = none known. */
  placementHoursMin: number | null;
  standardReference: string | null;
  fundingSourceIds: readonly string[];
}> &
  Provenance;

/** An occupational specialism of a T Level; `larsCode` is the core code of the industry placement return. */
export type TLevelSpecialism = Readonly<{ code: string; title: string; qualificationId: string; larsCode: string }> & Provenance;

export type Level = Readonly<{ level: number; examples: readonly string[] }> & Provenance;

/** Background and career stage from which people enter; typical ages are words for screens, never a rule. */
export type EntryPoint = Readonly<{ id: string; label: string; careerStage: string; typicalAge: string; typicalLevel: number; route: string }> & Provenance;

const QUALIFICATION_COLUMNS = [
  'qualification_id', 'title', 'short_title', 'kind', 'programme_kind', 'usage', 'level', 'lars_code', 'awarding_body_id', 'route', 'first_teaching_year',
  'placement_hours_min', 'standard_ref', 'funding_source_ids',
];

/** What is taught: qualifications, the specialisms of T Levels, and what each RQF level is. */
export type Qualifications = Readonly<{
  byId: ReadonlyMap<string, Qualification>;
  /** By LARS code; only those that have one. */
  idByLarsCode: ReadonlyMap<string, string>;
  specialisms: ReadonlyMap<string, TLevelSpecialism>;
  levels: ReadonlyMap<number, Level>;
}>;

export function readQualifications(reading: Reading): Qualifications {
  const byId = readQualificationRows(reading);
  const idByLarsCode = new Map<string, string>();
  for (const { id, larsCode } of byId.values()) {
    if (larsCode === null) continue;
    const other = idByLarsCode.get(larsCode);
    if (other !== undefined) reading.report('qualifications.csv', 0, 'lars_code', `one code must not stand for two: ${other} and ${id}`, larsCode);
    idByLarsCode.set(larsCode, id);
  }
  return { byId, idByLarsCode, specialisms: readSpecialisms(reading, byId), levels: readLevels(reading) };
}

function readQualificationRows(reading: Reading): ReadonlyMap<string, Qualification> {
  return reading.table('qualifications.csv', QUALIFICATION_COLUMNS, (row) => row.text('qualification_id'), (row) => {
    const larsCode = row.optional('lars_code');
    if (larsCode !== null && !checkLars(larsCode).ok) row.problem('lars_code', 'must be 8 letters or digits');
    const level = row.integer('level', 1, 8);
    row.optionalReference('level', 'levels.csv');
    const kind = row.oneOf('kind', QUALIFICATION_KINDS);
    if (kind === 'T_LEVEL' && larsCode === null) row.problem('lars_code', 'a T Level must have its LARS code');
    return {
      id: row.text('qualification_id'),
      title: row.text('title'),
      shortTitle: row.text('short_title'),
      kind,
      programmeKind: row.oneOf('programme_kind', PROGRAMME_KINDS),
      usage: row.oneOf('usage', QUALIFICATION_USES),
      level,
      larsCode,
      awardingBodyId: row.optionalReference('awarding_body_id', 'bodies.csv'),
      route: row.optionalOneOf('route', ROUTES),
      firstTeachingYear: row.optionalInteger('first_teaching_year', 2000, 2100),
      placementHoursMin: row.optionalInteger('placement_hours_min', 1, 2000),
      standardReference: row.optionalReference('standard_ref', 'occupational-standards.csv'),
      fundingSourceIds: row.references('funding_source_ids', 'funding-sources.csv'),
      ...row.provenance(),
    };
  });
}

function readSpecialisms(reading: Reading, qualifications: ReadonlyMap<string, Qualification>): ReadonlyMap<string, TLevelSpecialism> {
  const columns = ['specialism_code', 'title', 'qualification_id', 'lars_code'];
  return reading.table('t-level-specialisms.csv', columns, (row) => row.text('specialism_code'), (row) => {
    const qualificationId = row.reference('qualification_id', 'qualifications.csv');
    const larsCode = row.text('lars_code');
    if (qualifications.get(qualificationId)?.larsCode !== larsCode) row.problem('lars_code', 'must be the LARS code of its qualification');
    return {
      code: row.matching('specialism_code', /^ZTLOS\d{3}$/, 'ZTLOS and 3 digits'),
      title: row.text('title'),
      qualificationId,
      larsCode,
      ...row.provenance(),
    };
  });
}

function readLevels(reading: Reading): ReadonlyMap<number, Level> {
  const rows = reading.table('levels.csv', ['level', 'examples'], (row) => row.text('level'), (row) => ({
    level: row.integer('level', 1, 8),
    examples: row.list('examples'),
    ...row.provenance(),
  }));
  return new Map([...rows.values()].map((row) => [row.level, row]));
}

export function readEntryPoints(reading: Reading): ReadonlyMap<string, EntryPoint> {
  const columns = ['entry_point_id', 'label', 'career_stage', 'typical_age', 'typical_level', 'route'];
  return reading.table('entry-points.csv', columns, (row) => row.text('entry_point_id'), (row) => ({
    id: row.text('entry_point_id'),
    label: row.text('label'),
    careerStage: row.text('career_stage'),
    typicalAge: row.text('typical_age'),
    typicalLevel: row.integer('typical_level', 1, 8),
    route: row.text('route'),
    ...row.provenance(),
  }));
}
