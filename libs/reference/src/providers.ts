import { readLocation, readPoint, requireNearOutcode, type Location, type Outcode, type Point } from './geography.js';
import { checkOds, checkPostcode, checkUkprn } from './identifiers.js';
import { indexNames, normaliseName } from './names.js';
import type { Provenance } from './provenance.js';
import type { Reading, Row } from './table.js';

export const PROVIDER_KINDS = ['COLLEGE', 'UNIVERSITY', 'PRIVATE'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** A college, university or private training provider, identified by its UKPRN. */
export type Provider = Readonly<{
  ukprn: string;
  name: string;
  shortName: string;
  kind: ProviderKind;
  /** The register's own words, such as `Sixth form college`. */
  detail: string;
  localArea: string;
  postcode: string | null;
  outcode: string | null;
  location: Location | null;
  postcodeSource: string | null;
  locationSource: string | null;
}> &
  Provenance;

/** By UKPRN, and UKPRN by normalised name. */
export type Providers = Readonly<{ byId: ReadonlyMap<string, Provider>; idByName: ReadonlyMap<string, string> }>;

/** An NHS trust as it was named in `asOfYear`; show the year. */
export type NhsOrganisation = Readonly<{ odsCode: string; name: string; ukprn: string | null; ukprnSource: string | null; asOfYear: number }> & Provenance;

/** A hospital site as of `asOfYear`; show the year. */
export type NhsSite = Readonly<{ siteCode: string; name: string; odsCode: string; postcode: string; outcode: string; location: Point; asOfYear: number }> &
  Provenance;

/** Trusts by ODS code and hospital sites by site code. */
export type Nhs = Readonly<{ organisations: ReadonlyMap<string, NhsOrganisation>; sites: ReadonlyMap<string, NhsSite> }>;

/** By UKPRN, name or short name. */
export function findProvider(providers: Providers, text: string): Provider | null {
  const ukprn = providers.byId.has(text) ? text : providers.idByName.get(normaliseName(text));
  return (ukprn === undefined ? undefined : providers.byId.get(ukprn)) ?? null;
}

const PROVIDER_COLUMNS = [
  'ukprn', 'name', 'short_name', 'kind', 'detail', 'local_area', 'postcode', 'outcode', 'lat', 'lon', 'location_precision', 'postcode_source', 'location_source',
];

export function readProviders(reading: Reading, outcodes: ReadonlyMap<string, Outcode>): Providers {
  const file = 'providers.csv';
  const byId = reading.table(file, PROVIDER_COLUMNS, (row) => row.text('ukprn'), (row): Provider => {
    const postcode = row.optional('postcode');
    const outcode = row.optionalReference('outcode', 'outcodes.csv');
    const location = readLocation(row);
    if (postcode !== null && outcodeOf(row, postcode) !== outcode) row.problem('outcode', 'must be the first half of the postcode');
    if ((postcode === null) !== (row.optional('postcode_source') === null)) row.problem('postcode_source', 'must be given with a postcode, and only then');
    requireNearOutcode(row, outcodes, outcode, location);
    return {
      ukprn: requireUkprn(row, row.text('ukprn')),
      name: row.text('name'),
      shortName: row.text('short_name'),
      kind: row.oneOf('kind', PROVIDER_KINDS),
      detail: row.text('detail'),
      localArea: row.text('local_area'),
      postcode,
      outcode,
      location,
      postcodeSource: row.optional('postcode_source'),
      locationSource: row.optional('location_source'),
      ...row.provenance(),
    };
  });
  const named = [...byId.values()].map((p) => ({ id: p.ukprn, names: [p.name, p.shortName] }));
  return { byId, idByName: indexNames(reading, file, named) };
}

export function readNhs(reading: Reading, outcodes: ReadonlyMap<string, Outcode>): Nhs {
  return { organisations: readNhsOrganisations(reading), sites: readNhsSites(reading, outcodes) };
}

function readNhsOrganisations(reading: Reading): ReadonlyMap<string, NhsOrganisation> {
  const columns = ['ods_code', 'name', 'ukprn', 'ukprn_source', 'as_of_year'];
  return reading.table('nhs-organisations.csv', columns, (row) => row.text('ods_code'), (row) => {
    const ukprn = row.optional('ukprn');
    if (ukprn !== null) requireUkprn(row, ukprn);
    return {
      odsCode: requireOds(row, row.text('ods_code'), 3),
      name: row.text('name'),
      ukprn,
      ukprnSource: row.optional('ukprn_source'),
      asOfYear: row.integer('as_of_year', 2000, 2100),
      ...row.provenance(),
    };
  });
}

function readNhsSites(reading: Reading, outcodes: ReadonlyMap<string, Outcode>): ReadonlyMap<string, NhsSite> {
  const columns = ['site_code', 'name', 'ods_code', 'postcode', 'lat', 'lon', 'as_of_year'];
  return reading.table('nhs-sites.csv', columns, (row) => row.text('site_code'), (row) => {
    const postcode = row.text('postcode');
    const outcode = outcodeOf(row, postcode);
    const location = readPoint(row);
    requireNearOutcode(row, outcodes, outcode, location);
    return {
      siteCode: requireOds(row, row.text('site_code'), 5),
      name: row.text('name'),
      odsCode: row.reference('ods_code', 'nhs-organisations.csv'),
      postcode,
      outcode,
      location,
      asOfYear: row.integer('as_of_year', 2000, 2100),
      ...row.provenance(),
    };
  });
}

function outcodeOf(row: Row, postcode: string): string {
  const checked = checkPostcode(postcode);
  if (checked.ok && checked.value === postcode) return checked.outcode;
  row.problem('postcode', 'must be a postcode in its usual form');
  return '';
}

function requireUkprn(row: Row, ukprn: string): string {
  if (!checkUkprn(ukprn).ok) row.problem('ukprn', 'must be 8 digits beginning with 1', ukprn);
  return ukprn;
}

function requireOds(row: Row, code: string, length: number): string {
  if (!checkOds(code).ok || code.length !== length) row.problem('ods_code', `must be an ODS code of ${length} characters`, code);
  return code;
}
