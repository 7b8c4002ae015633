import { epochDay, readBankHolidays, type BankHolidays } from './calendar.js';
import { readCampuses, type Campuses } from './campuses.js';
import { readFictionalEmployers, type FictionalEmployer } from './employers.js';
import { readBodies, readFigures, readFundingSources, type Body, type Figure, type FundingSources } from './funding.js';
import { readBoundaries, readOutcodes, type Boundary, type Outcode } from './geography.js';
import { readPlacementRules, type PlacementRules } from './placement-rules.js';
import type { Provenance } from './provenance.js';
import { readNhs, readProviders, type Nhs, type Providers } from './providers.js';
import { readEntryPoints, readQualifications, type EntryPoint, type Qualifications } from './qualifications.js';
import { readSkills, type SkillGraph } from './skills.js';
import { readStandards, type Standards } from './standards.js';
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

/** Rows of one table by id, in file order. */
export type Table<T> = Readonly<{ byId: ReadonlyMap<string, T> }>;

/** Where places are and how long it takes between them. */
export type Geography = Readonly<{
  outcodes: ReadonlyMap<string, Outcode>;
  /** Districts of the region by ONS code. */
  boundaries: ReadonlyMap<string, Boundary>;
  travelSpeeds: TravelSpeeds;
}>;

/** Everything, read-only. Names the edition so that a stored result can say what it was computed with. */
export type ReferenceData = Readonly<{
  edition: string;
  /** Date of the edition, `YYYY-MM-DD`. */
  asOf: string;
  notices: Table<Notice>;
  bodies: Table<Body>;
  fundingSources: FundingSources;
  figures: Table<Figure>;
  campuses: Campuses;
  providers: Providers;
  nhs: Nhs;
  qualifications: Qualifications;
  entryPoints: Table<EntryPoint>;
  standards: Standards;
  skills: SkillGraph;
  geography: Geography;
  placementRules: PlacementRules;
  tLevelReturn: TLevelReturn;
  identifiers: Table<IdentifierFormat>;
  bankHolidays: BankHolidays;
  fictionalEmployers: Table<FictionalEmployer>;
}>;

/**
 * Reads and checks the reference files, given by name (see REFERENCE_FILES). Throws ReferenceDataError with every problem: file,
 * row, column, rule, value. Checks headers, types, closed sets, duplicates, every foreign id, circles, names that would mean two
 * things, coordinates against outcodes, and sums. Linear but for the lists inside a row.
 */
export function parse(files: Readonly<Record<string, string>>): ReferenceData {
  const reading = new Reading(files);
  const boundaries = readBoundaries(reading);
  const outcodes = readOutcodes(reading, boundaries);
  const skills = readSkills(reading);
  const data: ReferenceData = {
    ...readEdition(reading),
    notices: { byId: readNotices(reading) },
    bodies: { byId: readBodies(reading) },
    fundingSources: readFundingSources(reading),
    figures: { byId: readFigures(reading) },
    campuses: readCampuses(reading, outcodes),
    providers: readProviders(reading, outcodes),
    nhs: readNhs(reading, outcodes),
    qualifications: readQualifications(reading),
    entryPoints: { byId: readEntryPoints(reading) },
    standards: readStandards(reading),
    skills,
    geography: { outcodes, boundaries, travelSpeeds: readTravelSpeeds(reading) },
    placementRules: readPlacementRules(reading),
    tLevelReturn: readTLevelReturn(reading),
    identifiers: { byId: readIdentifiers(reading) },
    bankHolidays: readBankHolidays(reading),
    fictionalEmployers: { byId: readFictionalEmployers(reading, skills.clusters) },
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
