import { stringify } from 'csv-stringify/sync';
import type { ImportKind } from '@meriden/domain';
import type { Column } from './columns.js';
import { LEARNER_COLUMNS } from './learner-rows.js';
import { ORGANISATION_COLUMNS } from './organisation-rows.js';
import { TRAVEL_COLUMNS } from './travel-rows.js';
import { VACANCY_COLUMNS } from './vacancy-rows.js';

const COLUMNS: Readonly<Record<ImportKind, readonly Column[]>> = { LEARNERS: LEARNER_COLUMNS, VACANCIES: VACANCY_COLUMNS, ORGANISATIONS: ORGANISATION_COLUMNS, TRAVEL: TRAVEL_COLUMNS };

/** The columns of a file of this kind, and a file to begin with: the header and one example, which imports as it stands. */
export function importTemplate(kind: ImportKind): Readonly<{ csv: string; columns: readonly Column[] }> {
  const columns = COLUMNS[kind];
  return { columns, csv: stringify([columns.map(({ name }) => name), columns.map(({ example }) => example)], { record_delimiter: '\n' }).trimEnd() };
}
