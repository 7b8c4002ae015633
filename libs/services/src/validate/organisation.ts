import { ORGANISATION_ROLES, type Organisation } from '@meriden/domain';
import type { ReferenceService } from '../reference.service.js';
import { Faults } from './faults.js';

export type OrganisationDetails = Omit<Organisation, 'id' | 'version'>;

/** @throws Rejection naming every field that is wrong, its rule and the remedy. */
export function checkOrganisation(details: OrganisationDetails, reference: ReferenceService): void {
  const faults = new Faults(['input', 'details']);
  faults.text('name', details.name, { min: 2, max: 200 });
  faults.distinct('roles', details.roles, ORGANISATION_ROLES.length);
  details.roles.forEach((role, i) => faults.oneOf(['roles', i], role, ORGANISATION_ROLES));
  if (details.roles.length === 0) {
    faults.add('FIELD_REQUIRED', 'roles', 'No role is given.', 'An organisation plays at least one role.', `Choose among ${ORGANISATION_ROLES.join(', ')}.`);
  }
  if (details.ukprn !== null) {
    const ukprn = reference.checkUkprn(details.ukprn);
    if (!ukprn.ok) faults.add('UKPRN_INVALID', 'ukprn', ukprn.message, ukprn.rule, ukprn.remedy);
  } else if (details.roles.includes('PROVIDER')) {
    faults.add('FIELD_REQUIRED', 'ukprn', 'A provider has no UKPRN.', 'Each provider is known by its 8-digit UKPRN.', 'Give the UKPRN from the register of providers.');
  }
  if (details.roundCapacity !== null) faults.integer('roundCapacity', details.roundCapacity, 0, 5_000, 'learners');
  faults.refuseIfAny();
}
