import { distanceMetres, type Location, type Precision } from './geography.js';
import type { Provenance } from './provenance.js';
import type { Reading } from './table.js';

export const TRAVEL_MODES = ['WALK', 'CYCLE', 'BUS', 'RAIL', 'CAR'] as const;
export type TravelMode = (typeof TRAVEL_MODES)[number];

/** Mean speed from door to door, on the road and along the straight line, and the minutes of waiting and access that come on top. */
export type TravelSpeed = Readonly<{ mode: TravelMode; label: string; metresPerHour: number; straightMetresPerHour: number; accessMinutes: number }> & Provenance;
export type TravelSpeeds = ReadonlyMap<string, TravelSpeed>;

/** Whole minutes and whole metres by road. Always an estimate: no timetable stands behind it, and screens must say so. */
export type TravelEstimate = Readonly<{ kind: 'estimate'; mode: TravelMode; minutes: number; metres: number; precision: Precision }>;

/** Roads against the straight line: 13 / 10. */
const DETOUR = { numerator: 13, denominator: 10 };

/**
 * Two points in one postcode district can share a centroid; nobody travels 0 minutes for that. While either end is not the site
 * itself, the straight line counts for at least this many metres (our judgement: about the rounding of the centroids).
 */
const SHORTEST_BETWEEN_CENTROIDS = 1_000;

/** Minutes rounded up: access + distance x 1.3 / speed, in integer arithmetic after the distance. */
export function estimateTravel(speeds: TravelSpeeds, from: Location, to: Location, mode: TravelMode): TravelEstimate {
  const speed = speeds.get(mode);
  if (speed === undefined) throw new RangeError(`No speed is known for ${mode}.`);
  const precision = coarser(from.precision, to.precision);
  const straight = Math.max(distanceMetres(from, to), precision === 'SITE' ? 0 : SHORTEST_BETWEEN_CENTROIDS);
  const metres = Math.ceil((straight * DETOUR.numerator) / DETOUR.denominator);
  return { kind: 'estimate', mode, minutes: speed.accessMinutes + Math.ceil((metres * 60) / speed.metresPerHour), metres, precision };
}

/** The quickest of the modes a learner uses; a tie goes to the mode named first in TRAVEL_MODES. Null without any mode. */
export function quickestTravel(speeds: TravelSpeeds, from: Location, to: Location, modes: readonly TravelMode[]): TravelEstimate | null {
  let best: TravelEstimate | null = null;
  for (const mode of TRAVEL_MODES) {
    if (!modes.includes(mode)) continue;
    const estimate = estimateTravel(speeds, from, to, mode);
    if (best === null || estimate.minutes < best.minutes) best = estimate;
  }
  return best;
}

function coarser(a: Precision, b: Precision): Precision {
  if (a === 'APPROXIMATE' || b === 'APPROXIMATE') return 'APPROXIMATE';
  return a === 'OUTCODE' || b === 'OUTCODE' ? 'OUTCODE' : 'SITE';
}

export function readTravelSpeeds(reading: Reading): TravelSpeeds {
  const speeds = reading.table('travel-modes.csv', ['mode', 'label', 'metres_per_hour', 'access_minutes'], (row) => row.text('mode'), (row) => ({
    mode: row.oneOf('mode', TRAVEL_MODES),
    label: row.text('label'),
    metresPerHour: row.integer('metres_per_hour', 1_000, 200_000),
    straightMetresPerHour: Math.floor((row.integer('metres_per_hour', 1_000, 200_000) * DETOUR.denominator) / DETOUR.numerator),
    accessMinutes: row.integer('access_minutes', 0, 120),
    ...row.provenance(),
  }));
  for (const mode of TRAVEL_MODES) if (!speeds.has(mode)) reading.report('travel-modes.csv', 0, 'mode', 'every mode must have a row', mode);
  return speeds;
}
