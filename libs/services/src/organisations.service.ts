import { Injectable } from '@nestjs/common';
import { ORGANISATION_ROLES, type Actor, type Organisation } from '@meriden/domain';
import { OrganisationStore } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { Desk } from './desk.js';
import { ReferenceService } from './reference.service.js';
import { Faults } from './validate/faults.js';

export type OrganisationDetails = Omit<Organisation, 'id' | 'version'>;

/** Organisations: tenants that play one role or several (a university is a provider and a host at once). */
@Injectable()
export class OrganisationService {
  constructor(
    private readonly desk: Desk,
    private readonly organisations: OrganisationStore,
    private readonly reference: ReferenceService,
  ) {}

  async create(actor: Actor, input: Readonly<{ idempotencyKey: string; details: OrganisationDetails }>): Promise<Organisation> {
    const { idempotencyKey, details } = input;
    return this.desk.writeOnce(actor, 'create accounts', { operation: 'createOrganisation', idempotencyKey, input: details }, async (tx) => {
      this.check(details);
      const organisation: Organisation = { ...details, name: details.name.trim(), id: uuid(), version: 1 };
      await this.organisations.insert(tx, organisation);
      await this.desk.record(tx, actor, 'created', 'organisation', organisation.id, { roles: details.roles.join(' ') });
      return organisation;
    });
  }

  private check(details: OrganisationDetails): void {
    const faults = new Faults(['input', 'details']);
    faults.text('name', details.name, { min: 2, max: 200 });
    faults.distinct('roles', details.roles, ORGANISATION_ROLES.length);
    details.roles.forEach((role, i) => faults.oneOf(['roles', i], role, ORGANISATION_ROLES));
    if (details.roles.length === 0) {
      faults.add('FIELD_REQUIRED', 'roles', 'No role is given.', 'An organisation plays at least one role.', `Choose among ${ORGANISATION_ROLES.join(', ')}.`);
    }
    if (details.ukprn !== null) {
      const ukprn = this.reference.checkUkprn(details.ukprn);
      if (!ukprn.ok) faults.add('UKPRN_INVALID', 'ukprn', ukprn.message, ukprn.rule, ukprn.remedy);
    } else if (details.roles.includes('PROVIDER')) {
      faults.add('FIELD_REQUIRED', 'ukprn', 'A provider has no UKPRN.', 'Each provider is known by its 8-digit UKPRN.', 'Give the UKPRN from the register of providers.');
    }
    if (details.roundCapacity !== null) faults.integer('roundCapacity', details.roundCapacity, 0, 5_000, 'learners');
    faults.refuseIfAny();
  }
}
