import { epochDay } from './calendar.js';
import { readLocation, requireNearOutcode, type Location, type Outcode } from './geography.js';
import { checkPostcode } from './identifiers.js';
import { indexNames, normaliseName } from './names.js';
import type { Provenance } from './provenance.js';
import { findCycle, type Reading } from './table.js';

/** A programme has members and no location; a transport place anchors others and holds no vacancies. */
export const CAMPUS_KINDS = ['CAMPUS', 'FACILITY', 'SERVICE', 'DISTRICT', 'PROGRAMME', 'TRANSPORT'] as const;
export type CampusKind = (typeof CAMPUS_KINDS)[number];

export const CAMPUS_STATUSES = ['OPEN', 'DEVELOPING', 'PLANNED', 'UNDER_CONSTRUCTION', 'RUNNING'] as const;
export type CampusStatus = (typeof CAMPUS_STATUSES)[number];

export type Campus = Readonly<{
  id: string;
  name: string;
  shortName: string;
  aliases: readonly string[];
  kind: CampusKind;
  /** The place that contains this one; null at the top. */
  parentId: string | null;
  operator: string | null;
  /** When the place belongs to a provider or an NHS organisation of our tables. */
  providerUkprn: string | null;
  odsCode: string | null;
  address: string | null;
  postcode: string | null;
  outcode: string | null;
  location: Location | null;
  status: CampusStatus;
  statusNote: string;
  /** Published opening date, `YYYY-MM-DD`; null = none published. */
  opensOn: string | null;
  holdsVacancies: boolean;
  fundingSourceIds: readonly string[];
  /** What the place can do, such as `3d-printing` or `clean-room`. */
  tags: readonly string[];
  note: string | null;
}> &
  Provenance;

export type Campuses = Readonly<{ byId: ReadonlyMap<string, Campus>; childrenOf: ReadonlyMap<string, readonly string[]>; idByName: ReadonlyMap<string, string> }>;

/** By id, name, short name or alias, whatever the case and punctuation. */
export function findCampus(campuses: Campuses, text: string): Campus | null {
  const id = campuses.idByName.get(normaliseName(text));
  return (id === undefined ? undefined : campuses.byId.get(id)) ?? null;
}

/** The place and everything it contains, the place first, then level by level: the rows of a roll-up. Empty for an unknown id. */
export function campusAndWithin(campuses: Campuses, id: string): readonly Campus[] {
  const found: Campus[] = [];
  const top = campuses.byId.get(id);
  if (top !== undefined) found.push(top);
  for (const campus of found) {
    for (const child of campuses.childrenOf.get(campus.id) ?? []) {
      const row = campuses.byId.get(child);
      if (row !== undefined) found.push(row);
    }
  }
  return found;
}

/** Whether the place is known to be open on a date (`YYYY-MM-DD`). A planned place without a published date is not. */
export function isOpenOn(campus: Campus, date: string): boolean {
  if (campus.opensOn !== null) return campus.opensOn <= date;
  return campus.status === 'OPEN' || campus.status === 'DEVELOPING' || campus.status === 'RUNNING';
}

/** What must be said beside a vacancy that starts there on that date; null when the place is open and located by its site or outcode. */
export function campusNotice(campus: Campus, startsOn: string): string | null {
  const said: string[] = [];
  if (!isOpenOn(campus, startsOn)) {
    const when = campus.opensOn === null ? 'has no published opening date' : `opens on ${campus.opensOn}`;
    said.push(`${campus.name} is not open on ${startsOn}: it ${when}. Agree before the start where the placement is held.`);
  }
  if (campus.location?.precision === 'APPROXIMATE') said.push('Its location, and so every journey time, is approximate.');
  return said.length === 0 ? null : said.join(' ');
}

const COLUMNS = [
  'campus_id', 'name', 'short_name', 'aliases', 'kind', 'parent_id', 'operator', 'provider_ukprn', 'ods_code', 'address', 'postcode', 'outcode',
  'lat', 'lon', 'location_precision', 'status', 'status_note', 'opens_on', 'holds_vacancies', 'funding_source_ids', 'tags', 'note',
];

export function readCampuses(reading: Reading, outcodes: ReadonlyMap<string, Outcode>): Campuses {
  const file = 'campuses.csv';
  const byId = reading.table(file, COLUMNS, (row) => row.text('campus_id'), (row): Campus => {
    const postcode = row.optional('postcode');
    const outcode = row.optionalReference('outcode', 'outcodes.csv');
    const location = readLocation(row);
    const kind = row.oneOf('kind', CAMPUS_KINDS);
    const opensOn = row.optional('opens_on');
    const holdsVacancies = row.yesNo('holds_vacancies');
    if (opensOn !== null && epochDay(opensOn) === null) row.problem('opens_on', 'must be a real date YYYY-MM-DD');
    if ((kind === 'PROGRAMME') !== (location === null)) row.problem('lat', 'every place but a programme has a location');
    if (holdsVacancies && (kind === 'PROGRAMME' || kind === 'TRANSPORT')) row.problem('holds_vacancies', 'a programme or transport place holds no vacancies');
    if (postcode !== null) {
      const checked = checkPostcode(postcode);
      if (!checked.ok || checked.value !== postcode || checked.outcode !== outcode) row.problem('postcode', 'must be a postcode of the outcode');
    }
    requireNearOutcode(row, outcodes, outcode, location);
    return {
      id: row.matching('campus_id', /^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens'),
      name: row.text('name'),
      shortName: row.text('short_name'),
      aliases: row.list('aliases'),
      kind,
      parentId: row.optionalReference('parent_id', file),
      operator: row.optional('operator'),
      providerUkprn: row.optionalReference('provider_ukprn', 'providers.csv'),
      odsCode: row.optionalReference('ods_code', 'nhs-organisations.csv'),
      address: row.optional('address'),
      postcode,
      outcode,
      location,
      status: row.oneOf('status', CAMPUS_STATUSES),
      statusNote: row.text('status_note'),
      opensOn,
      holdsVacancies,
      fundingSourceIds: row.references('funding_source_ids', 'funding-sources.csv'),
      tags: row.list('tags'),
      note: row.optional('note'),
      ...row.provenance(),
    };
  });
  const childrenOf = new Map<string, string[]>();
  for (const { id, parentId } of byId.values()) {
    if (parentId !== null) childrenOf.set(parentId, [...(childrenOf.get(parentId) ?? []), id]);
  }
  const cycle = findCycle(new Map([...byId.values()].map((c) => [c.id, c.parentId === null ? [] : [c.parentId]])));
  if (cycle !== null) reading.report(file, 0, 'parent_id', 'a place must not contain itself', cycle.join(' > '));
  const named = [...byId.values()].map((c) => ({ id: c.id, names: [c.id, c.name, c.shortName, ...c.aliases] }));
  return { byId, childrenOf, idByName: indexNames(reading, file, named) };
}
