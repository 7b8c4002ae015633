import { Rejection, TRAVEL_MODES, type TravelCell } from '@meriden/domain';
import type { ReferenceService } from '../reference.service.js';
import { Faults } from '../validate/faults.js';
import { checkJourney } from '../validate/journey.js';
import type { Cells, Column } from './columns.js';

const column = (name: string, words: string, example: string, needed = false): Column => ({ name, words, example, needed });

export const TRAVEL_COLUMNS: readonly Column[] = [
  column('outcode', 'where the journey starts: the first half of a postcode', 'CV1', true),
  column('campus', 'key of the campus where it ends', 'bhic', true),
  column('mode', `one of ${TRAVEL_MODES.join(', ')}`, 'RAIL', true),
  column('minutes', 'minutes one way, door to door, to be there in time for the day, 1 to 600', '54', true),
  column('source', 'where the minutes come from, with its day and the time of arrival; the same in every row', 'Timetable of the region, 2026-11-02, arriving by 08:45', true),
  column('latitude', 'of the start; checked against the outcode', '52.41'),
  column('longitude', 'of the start; given with the latitude or not at all', '-1.51'),
];

/** Refusals of a check name fields of a cell; a file has other words for some. */
const COLUMN_OF: Readonly<Record<string, string>> = { campusId: 'campus' };

export type TravelRow = Readonly<{ row: number; source: string; cell: Omit<TravelCell, 'edition'> }>;

/** One row, checked like a cell that an operator gives over GraphQL. Null when `cells.errors` says why not. */
export function readTravel(cells: Cells, reference: ReferenceService): TravelRow | null {
  const journey = {
    outcode: (cells.text('outcode') ?? '').toUpperCase(),
    campusId: cells.text('campus')?.toLowerCase() ?? '',
    mode: cells.oneOf('mode', TRAVEL_MODES),
    minutes: cells.integer('minutes'),
    latitude: degrees(cells, 'latitude'),
    longitude: degrees(cells, 'longitude'),
  };
  const source = cells.text('source') ?? '';
  const { mode, minutes } = journey;
  if (cells.errors.length > 0 || mode === null || minutes === null) return null;
  const faults = new Faults([]);
  faults.text('source', source, { min: 3, max: 300 });
  checkJourney(faults, { ...journey, mode, minutes }, reference, (field) => [field]);
  try {
    faults.refuseIfAny();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    cells.refusals(error, ([field]) => (field === undefined ? null : (COLUMN_OF[field] ?? field)));
    return null;
  }
  return { row: cells.row, source, cell: { outcode: journey.outcode, campusId: journey.campusId, mode, minutes } };
}

function degrees(cells: Cells, column: string): number | null {
  const text = cells.text(column);
  if (text === null) return null;
  if (/^-?\d{1,3}(\.\d{1,8})?$/.test(text)) return Number(text);
  cells.fault(column, 'FIELD_INVALID', `${column} is not a number of degrees. Write it like 52.41, with a point.`);
  return null;
}
