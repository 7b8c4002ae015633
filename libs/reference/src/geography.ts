import { checkOutcode, type Refusal } from './identifiers.js';
import type { Provenance } from './provenance.js';
import type { Reading, Row } from './table.js';

/** WGS84 degrees. */
export type Point = Readonly<{ lat: number; lon: number }>;

/** SITE: the place itself; OUTCODE: the middle of its postcode district; APPROXIMATE: about 1 km or worse, say so on screens. */
export const PRECISIONS = ['SITE', 'OUTCODE', 'APPROXIMATE'] as const;
export type Precision = (typeof PRECISIONS)[number];
export type Location = Point & Readonly<{ precision: Precision }>;

/** A postcode district: centroid of 2017 rounded to 0.01 degree, never a person's address. */
export type Outcode = Location &
  Readonly<{ outcode: string; town: string | null; area: string; region: string; inRegion: boolean; inCombinedAuthority: boolean }> &
  Provenance;

/** A district boundary of 2020, simplified; `rings` in GeoJSON order: longitude, latitude; the first ring is the outside. */
export type Boundary = Readonly<{
  code: string;
  name: string;
  combinedAuthority: string | null;
  rings: readonly (readonly (readonly [number, number])[])[];
}> &
  Provenance;

/** Mean radius of the Earth, metres. */
const EARTH = 6_371_009;

/** Great-circle distance in whole metres (haversine). */
export function distanceMetres(a: Point, b: Point): number {
  const radians = Math.PI / 180;
  const half = (from: number, to: number) => Math.sin(((to - from) * radians) / 2) ** 2;
  const h = half(a.lat, b.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(a.lon, b.lon);
  return Math.round(2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h))));
}

/**
 * How far from its outcode's centroid an address may lie, metres. The furthest true one in our files is 3.9 km away; country
 * districts reach further. One register put a university of Coventry in Milton Keynes, 60 km off: that is what this catches.
 */
export const FURTHEST_FROM_OUTCODE = 15_000;

export type LocationCheck =
  | Readonly<{ ok: true; outcode: string; metresFromCentroid: number | null }>
  | Refusal;

/** Whether coordinates can belong to a postcode or outcode. An outcode we do not hold passes with `metresFromCentroid: null`. */
export function checkLocation(outcodes: ReadonlyMap<string, Outcode>, postcodeOrOutcode: string, point: Point): LocationCheck {
  const checked = checkOutcode(postcodeOrOutcode);
  if (!checked.ok) return checked;
  const centre = outcodes.get(checked.value);
  if (centre === undefined) return { ok: true, outcode: checked.value, metresFromCentroid: null };
  const metres = distanceMetres(centre, point);
  if (metres <= FURTHEST_FROM_OUTCODE) return { ok: true, outcode: checked.value, metresFromCentroid: metres };
  return {
    ok: false,
    code: 'location-far-from-outcode',
    rule: `Coordinates lie within ${FURTHEST_FROM_OUTCODE / 1000} km of the middle of their postcode district.`,
    message: `These coordinates lie ${Math.round(metres / 1000)} km from ${checked.value}.`,
    remedy: 'Correct the postcode or the coordinates; with neither certain, leave the coordinates out.',
  };
}

/** The district that holds the point, by the even-odd rule; null outside the region. Borders are simplified by some hundred metres. */
export function districtAt(boundaries: ReadonlyMap<string, Boundary>, point: Point): Boundary | null {
  for (const boundary of boundaries.values()) {
    let inside = false;
    for (const ring of boundary.rings) if (ringHolds(ring, point)) inside = !inside;
    if (inside) return boundary;
  }
  return null;
}

function ringHolds(ring: readonly (readonly [number, number])[], { lat, lon }: Point): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const corner of ring) {
    if (before !== undefined && corner[1] > lat !== before[1] > lat) {
      const crossing = ((before[0] - corner[0]) * (lat - corner[1])) / (before[1] - corner[1]) + corner[0];
      if (lon < crossing) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

/** `lat`, `lon` and `location_precision` of a row: all three or none. */
export function readLocation(row: Row): Location | null {
  const precision = row.optionalOneOf('location_precision', PRECISIONS);
  if (precision === null) {
    if (row.optional('lat') !== null || row.optional('lon') !== null) row.problem('location_precision', 'must be given with coordinates');
    return null;
  }
  return { ...readPoint(row), precision };
}

/** Coordinates of the British Isles. */
export function readPoint(row: Row): Point {
  return { lat: row.degrees('lat', 49, 61), lon: row.degrees('lon', -9, 2) };
}

/** Reports a row whose coordinates cannot belong to its outcode. */
export function requireNearOutcode(row: Row, outcodes: ReadonlyMap<string, Outcode>, outcode: string | null, point: Point | null): void {
  if (outcode === null || point === null) return;
  const checked = checkLocation(outcodes, outcode, point);
  if (!checked.ok) row.problem('lat', `coordinates must fit the outcode: ${checked.message}`);
}

export function readOutcodes(reading: Reading, boundaries: ReadonlyMap<string, Boundary>): ReadonlyMap<string, Outcode> {
  const authority = new Set([...boundaries.values()].filter((b) => b.combinedAuthority !== null).map((b) => b.name));
  return reading.table('outcodes.csv', ['outcode', 'lat', 'lon', 'town', 'area', 'region'], (row) => row.text('outcode'), (row): Outcode => {
    const outcode = row.text('outcode');
    const checked = checkOutcode(outcode);
    if (!checked.ok || checked.value !== outcode) row.problem('outcode', 'must be an outcode in capitals');
    for (const column of ['lat', 'lon']) row.matching(column, /^-?\d+\.\d{2}$/, 'rounded to 0.01 degree');
    const area = row.text('area');
    const region = row.text('region');
    return {
      outcode,
      ...readPoint(row),
      precision: 'OUTCODE',
      town: row.optional('town'),
      area,
      region,
      inRegion: region === 'West Midlands',
      inCombinedAuthority: authority.has(area),
      ...row.provenance(),
    };
  });
}

const BOUNDARIES = 'boundaries-west-midlands.geojson';

type Json = Readonly<Record<string, unknown>>;
const asObject = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

export function readBoundaries(reading: Reading): ReadonlyMap<string, Boundary> {
  const boundaries = new Map<string, Boundary>();
  let file: Json = {};
  try {
    file = asObject(JSON.parse(reading.text(BOUNDARIES)));
  } catch {
    reading.report(BOUNDARIES, 0, '', 'must be JSON');
  }
  const source = typeof file['source'] === 'string' ? file['source'] : '';
  if (source === '') reading.report(BOUNDARIES, 0, 'source', 'must not be empty');
  const features = Array.isArray(file['features']) ? (file['features'] as unknown[]) : [];
  features.forEach((item, index) => {
    const { code, name, combinedAuthority } = asObject(asObject(item)['properties']);
    const rings = ringsOf(asObject(asObject(item)['geometry']));
    if (typeof code !== 'string' || !/^E\d{8}$/.test(code) || typeof name !== 'string' || boundaries.has(code)) {
      reading.report(BOUNDARIES, index + 1, 'code', 'must be a unique ONS code with a name', String(code));
    } else if (rings === null) {
      reading.report(BOUNDARIES, index + 1, 'geometry', 'must be a polygon of closed rings', code);
    } else {
      const note = typeof file['certaintyNote'] === 'string' ? file['certaintyNote'] : null;
      const authority = typeof combinedAuthority === 'string' ? combinedAuthority : null;
      boundaries.set(code, { code, name, combinedAuthority: authority, rings, source, certainty: 'sourced', certaintyNote: note });
    }
  });
  if (boundaries.size === 0) reading.report(BOUNDARIES, 0, 'features', 'must not be empty');
  return boundaries;
}

function ringsOf(geometry: Json): Boundary['rings'] | null {
  const rings = geometry['coordinates'];
  if (geometry['type'] !== 'Polygon' || !Array.isArray(rings) || rings.length === 0) return null;
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair.every((n) => typeof n === 'number' && Number.isFinite(n));
  const closed = (ring: unknown) => Array.isArray(ring) && ring.length >= 4 && ring.every(isPair) && String(ring[0]) === String(ring.at(-1));
  return (rings as unknown[]).every(closed) ? (rings as Boundary['rings']) : null;
}
