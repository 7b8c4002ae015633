import { ORGANISATION_ROLES, Rejection } from '@meriden/domain';
import { checkOrganisation, type OrganisationDetails } from '../validate/organisation.js';
import type { ReferenceService } from '../reference.service.js';
import type { Cells, Column } from './columns.js';

const column = (name: string, words: string, example: string, needed = false): Column => ({ name, words, example, needed });

export const ORGANISATION_COLUMNS: readonly Column[] = [
  column('name', 'name as people know it; tells one from another where there is no UKPRN', 'Ashmead Prototyping (fictional)', true),
  column('roles', `of ${ORGANISATION_ROLES.filter((role) => role !== 'OPERATOR').join(', ')}, separated by |`, 'EMPLOYER', true),
  column('ukprn', '8 digits; needed for a provider', ''),
  column('odsCode', 'NHS organisation code', ''),
  column('fictional', 'yes where it is invented', 'yes'),
  column('roundCapacity', 'most learners an employer takes in one round; empty: no limit', ''),
];

export type OrganisationRow = Readonly<{ row: number; details: OrganisationDetails }>;

/** One row, checked like an organisation that an operator makes. Null when `cells.errors` says why not. */
export function readOrganisation(cells: Cells, reference: ReferenceService): OrganisationRow | null {
  const details: OrganisationDetails = {
    name: cells.text('name') ?? '',
    // An operator of the whole service is never made by a file.
    roles: cells.listOf('roles', ORGANISATION_ROLES.filter((role) => role !== 'OPERATOR')) ?? [],
    ukprn: cells.text('ukprn')?.replace(/\s+/g, '') ?? null,
    odsCode: cells.text('odsCode'),
    fictional: cells.yes('fictional') ?? false,
    roundCapacity: cells.integer('roundCapacity'),
  };
  if (cells.errors.length > 0) return null;
  try {
    checkOrganisation(details, reference);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    cells.refusals(error, (path) => path[2] ?? path[1] ?? null);
    return null;
  }
  return { row: cells.row, details };
}

/** One organisation is one row, by its UKPRN or else by its name. */
export const organisationKey = ({ ukprn, name }: Pick<OrganisationDetails, 'ukprn' | 'name'>): string => ukprn ?? name.trim().toLowerCase().replace(/\s+/g, ' ');
