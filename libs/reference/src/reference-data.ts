import { epochDay, readBankHolidays, type BankHolidays } from './calendar.js';
import { readCampuses, type Campuses } from './campuses.js';
import { readFictionalEmployers, type FictionalEmployer } from './employers.js';
import { readBodies, readFigures, readFundingSources, type Body, type Figure, type FundingSources } from './funding.js';
import { readBoundaries, readOutcodes, type Boundary, type Outcode } from './geography.js';
import { readPlacementRules, type PlacementRules } from './placement-rules.js';
import type { Provenance } from './provenance.js';
import { readNhsOrganisations, readNhsSites, readProviders, type NhsOrganisation, type NhsSite, type Providers } from './providers.js';
import {
  readEntryPoints, readLevels, readQualifications, readSpecialisms, type EntryPoint, type Level, type Qualification, type TLevelSpecialism,
} from './qualifications.js';
import { readSkills, type SkillGraph } from './skills.js';
import { readEscoOccupations, readSoc, readStandards, type EscoOccupation, type OccupationalStandard, type SocUnitGroup } from './standards.js';
import { Reading } from './table.js';
import { readTLevelReturn, type TLevelReturn } from './t-level-return.js';
import { readTravelSpeeds, type TravelSpeeds } from './travel.js';

/**
 * The files `parse` needs, all in `libs/reference/data`. This library reads no disk: a caller (services, cli) reads each as UTF-8
 * from the project root and hands them over by name. The build does not copy them.
 */
export const REFERENCE_FILES = [
  'edition.csv', 'notices.csv', 'bodies.csv', 'funding-sources.csv', 'figures.csv', 'campuses.csv', 'providers.csv', 'nhs-organisations.csv',
  'nhs-sites.csv', 'qualifications.csv', 't-level-specialisms.csv', 'levels.csv', 'entry-points.csv', 'occupational-standards.csv',
  'soc2020-unit-groups.csv', 'esco-occupations-medtech.csv', 'skills.csv', 'skill-relations.csv', 'outcodes.csv', 'travel-modes.csv',
  'placement-programmes.csv', 'delivery-approaches.csv', 'legal-limits.csv', 't-level-return.csv', 'identifiers.csv', 'bank-holidays.csv',
  'employers-fictional.csv', 'boundaries-west-midlands.geojson',
] as const;

/** A notice that must be shown where the data of these files is shown. */
export type Notice = Readonly<{ id: string; files: readonly string[]; text: string }> & Provenance;

/** Format of an identifier in words, with examples that pass and fail its check. */
export type IdentifierFormat = Readonly<{ id: string; label: string; format: string; example: string; valid: readonly string[]; invalid: readonly string[] }> &
  Provenance;

/** Everything, read-only. Names the edition so that a stored result can say what it was computed with. */
export type ReferenceData = Readonly<{
  edition: string;
  /** Date of the edition, `YYYY-MM-DD`. */
  asOf: string;
  notices: ReadonlyMap<string, Notice>;
  bodies: ReadonlyMap<string, Body>;
  fundingSources: FundingSources;
  figures: ReadonlyMap<string, Figure>;
  campuses: Campuses;
  providers: Providers;
  nhsOrganisations: ReadonlyMap<string, NhsOrganisation>;
  nhsSites: ReadonlyMap<string, NhsSite>;
  qualifications: ReadonlyMap<string, Qualification>;
  specialisms: ReadonlyMap<string, TLevelSpecialism>;
  levels: ReadonlyMap<number, Level>;
  entryPoints: ReadonlyMap<string, EntryPoint>;
  standards: ReadonlyMap<string, OccupationalStandard>;
  socUnitGroups: ReadonlyMap<string, SocUnitGroup>;
  escoOccupations: ReadonlyMap<string, EscoOccupation>;
  skills: SkillGraph;
  outcodes: ReadonlyMap<string, Outcode>;
  boundaries: ReadonlyMap<string, Boundary>;
  travelSpeeds: TravelSpeeds;
  placementRules: PlacementRules;
  tLevelReturn: TLevelReturn;
  identifiers: ReadonlyMap<string, IdentifierFormat>;
  bankHolidays: BankHolidays;
  fictionalEmployers: ReadonlyMap<string, FictionalEmployer>;
}>;

/**
 * Reads and checks the reference files, given by name (see REFERENCE_FILES). Throws ReferenceDataError with every problem: file,
 * row, column, rule, value. Checks headers, types, closed sets, duplicates, every foreign id, circles, names that would mean two
 * things, coordinates against outcodes, and sums. Linear but for the lists inside a row.
 */
export function parse(files: Readonly<Record<string, string>>): ReferenceData {
  const reading = new Reading(files);
  const edition = readEdition(reading);
  const boundaries = readBoundaries(reading);
  const outcodes = readOutcodes(reading, boundaries);
  const qualifications = readQualifications(reading);
  const skills = readSkills(reading);
  const data: ReferenceData = {
    ...edition,
    notices: readNotices(reading),
    bodies: readBodies(reading),
    fundingSources: readFundingSources(reading),
    figures: readFigures(reading),
    campuses: readCampuses(reading, outcodes),
    providers: readProviders(reading, outcodes),
    nhsOrganisations: readNhsOrganisations(reading),
    nhsSites: readNhsSites(reading, outcodes),
    qualifications,
    specialisms: readSpecialisms(reading, qualifications),
    levels: readLevels(reading),
    entryPoints: readEntryPoints(reading),
    standards: readStandards(reading),
    socUnitGroups: readSoc(reading),
    escoOccupations: readEscoOccupations(reading),
    skills,
    outcodes,
    boundaries,
    travelSpeeds: readTravelSpeeds(reading),
    placementRules: readPlacementRules(reading),
    tLevelReturn: readTLevelReturn(reading),
    identifiers: readIdentifiers(reading),
    bankHolidays: readBankHolidays(reading),
    fictionalEmployers: readFictionalEmployers(reading, skills.clusters),
  };
  reading.finish();
  return data;
}

function readEdition(reading: Reading): Pick<ReferenceData, 'edition' | 'asOf'> {
  const rows = reading.table('edition.csv', ['edition', 'as_of', 'note'], (row) => row.text('edition'), (row) => {
    const asOf = row.text('as_of');
    if (epochDay(asOf) === null) row.problem('as_of', 'must be a real date YYYY-MM-DD');
    return { edition: row.text('edition'), asOf };
  });
  const [only] = rows.values();
  if (only === undefined || rows.size !== 1) reading.report('edition.csv', 0, 'edition', 'there must be exactly one edition', `${rows.size}`);
  return only ?? { edition: '', asOf: '' };
}

function readNotices(reading: Reading): ReadonlyMap<string, Notice> {
  return reading.table('notices.csv', ['notice_id', 'applies_to', 'text'], (row) => row.text('notice_id'), (row) => {
    const files = row.list('applies_to');
    if (files.some((file) => !(REFERENCE_FILES as readonly string[]).includes(file))) row.problem('applies_to', 'must name reference files');
    return { id: row.text('notice_id'), files, text: row.text('text'), ...row.provenance() };
  });
}

function readIdentifiers(reading: Reading): ReadonlyMap<string, IdentifierFormat> {
  const columns = ['identifier_id', 'label', 'format', 'example', 'valid', 'invalid'];
  return reading.table('identifiers.csv', columns, (row) => row.text('identifier_id'), (row) => ({
    id: row.text('identifier_id'),
    label: row.text('label'),
    format: row.text('format'),
    example: row.text('example'),
    valid: row.list('valid'),
    invalid: row.list('invalid'),
    ...row.provenance(),
  }));
}
