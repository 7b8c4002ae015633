import { checkSoc, checkStandardReference } from './identifiers.js';
import type { Provenance } from './provenance.js';
import { ROUTES, type Route } from './qualifications.js';
import type { Reading } from './table.js';

/** A Skills England (formerly IfATE) occupational standard. */
export type OccupationalStandard = Readonly<{
  reference: string;
  title: string;
  level: number;
  route: Route;
  larsStandardCode: number | null;
  /** SOC 2020 unit group; null = not found in a source. */
  soc2020: string | null;
}> &
  Provenance;

/** A SOC 2020 unit group; `medtechCandidate` is our judgement, not ONS's. */
export type SocUnitGroup = Readonly<{ code: string; title: string; majorGroup: number; medtechCandidate: boolean }> & Provenance;

/** An ESCO occupation of the sector with its other titles. */
export type EscoOccupation = Readonly<{ uri: string; label: string; escoCode: string; isco08: string; otherLabels: readonly string[] }> & Provenance;

/** Occupations as Skills England, ONS and ESCO describe them. */
export type Standards = Readonly<{
  byReference: ReadonlyMap<string, OccupationalStandard>;
  socUnitGroups: ReadonlyMap<string, SocUnitGroup>;
  escoOccupations: ReadonlyMap<string, EscoOccupation>;
}>;

export function readStandards(reading: Reading): Standards {
  return { byReference: readStandardRows(reading), socUnitGroups: readSoc(reading), escoOccupations: readEscoOccupations(reading) };
}

function readStandardRows(reading: Reading): ReadonlyMap<string, OccupationalStandard> {
  const columns = ['reference', 'title', 'level', 'route', 'lars_standard_code', 'soc2020'];
  return reading.table('occupational-standards.csv', columns, (row) => row.text('reference'), (row) => {
    if (!checkStandardReference(row.text('reference')).ok) row.problem('reference', 'must be ST and 4 digits');
    return {
      reference: row.text('reference'),
      title: row.text('title'),
      level: row.integer('level', 2, 8),
      route: row.oneOf('route', ROUTES),
      larsStandardCode: row.optionalInteger('lars_standard_code', 1, 9999),
      soc2020: row.optionalReference('soc2020', 'soc2020-unit-groups.csv'),
      ...row.provenance(),
    };
  });
}

function readSoc(reading: Reading): ReadonlyMap<string, SocUnitGroup> {
  const columns = ['soc2020', 'title', 'major_group', 'medtech_candidate'];
  return reading.table('soc2020-unit-groups.csv', columns, (row) => row.text('soc2020'), (row) => {
    const code = row.text('soc2020');
    const majorGroup = row.integer('major_group', 1, 9);
    if (!checkSoc(code).ok || code.length !== 4) row.problem('soc2020', 'must be 4 digits');
    if (Number(code[0]) !== majorGroup) row.problem('major_group', 'must be the first digit of the code');
    return { code, title: row.text('title'), majorGroup, medtechCandidate: row.yesNo('medtech_candidate'), ...row.provenance() };
  });
}

function readEscoOccupations(reading: Reading): ReadonlyMap<string, EscoOccupation> {
  const columns = ['esco_uri', 'label', 'esco_code', 'isco08', 'alt_labels'];
  return reading.table('esco-occupations-medtech.csv', columns, (row) => row.text('esco_uri'), (row) => ({
    uri: row.matching('esco_uri', /^http:\/\/data\.europa\.eu\/esco\/occupation\/[0-9a-f-]{36}$/, 'the address of an ESCO occupation'),
    label: row.text('label'),
    escoCode: row.matching('esco_code', /^\d{4}(\.\d+)+$/, 'an ESCO code'),
    isco08: row.matching('isco08', /^\d{4}$/, '4 digits'),
    otherLabels: row.list('alt_labels'),
    ...row.provenance(),
  }));
}
