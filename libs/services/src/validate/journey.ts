import { TRAVEL_MODES, type TravelCell } from '@meriden/domain';
import type { ReferenceService } from '../reference.service.js';
import { shown, type Faults } from './faults.js';

/** Real minutes one way of one cell as somebody gives them, with where the journey starts if they say so. */
export type Journey = Readonly<{ outcode: string; campusId: string; mode: string; minutes: number; latitude: number | null; longitude: number | null }>;

/** Notes what is wrong with one journey: the start, its coordinates against the outcode, the campus, the mode, the minutes. */
export function checkJourney(faults: Faults, row: Journey, reference: ReferenceService, at: (field: string) => readonly (string | number)[]): void {
  if (!reference.hasOutcode(row.outcode)) {
    faults.add('OUTCODE_UNKNOWN', at('outcode'), `${shown(row.outcode)} is not an outcode this region knows.`, 'Journeys start at an outcode of the reference data.', 'Look the outcode up, or leave the row out.');
  } else if ((row.latitude === null) !== (row.longitude === null)) {
    faults.add('FIELD_REQUIRED', at('latitude'), 'Only one coordinate is given.', 'Coordinates come in pairs.', 'Give both, or none.');
  } else if (row.latitude !== null && row.longitude !== null) {
    const check = reference.checkLocation(row.outcode, { lat: row.latitude, lon: row.longitude });
    if (!check.ok) faults.add('FIELD_INVALID', at('latitude'), check.message, 'A start of journeys lies near its outcode: registers put places into the wrong city.', 'Correct the coordinates or the outcode, or leave the coordinates out.');
  }
  faults.known(at('campusId'), row.campusId, reference.data.campuses.byId.get(row.campusId)?.location != null, 'campus with a location');
  faults.oneOf(at('mode'), row.mode, TRAVEL_MODES);
  faults.integer(at('minutes'), row.minutes, 1, 600, 'minutes one way');
}

/** What tells one cell of the table of journeys from another. */
export const cellKey = ({ outcode, campusId, mode }: Pick<TravelCell, 'outcode' | 'campusId'> & Readonly<{ mode: string }>): string => `${outcode} ${campusId} ${mode}`;
