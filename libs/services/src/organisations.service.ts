import { Injectable } from '@nestjs/common';
import type { Actor, Organisation } from '@meriden/domain';
import { OrganisationStore } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { Desk } from './desk.js';
import { ReferenceService } from './reference.service.js';
import { checkOrganisation, type OrganisationDetails } from './validate/organisation.js';

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
      checkOrganisation(details, this.reference);
      const organisation: Organisation = { ...details, name: details.name.trim(), id: uuid(), version: 1 };
      await this.organisations.insert(tx, organisation);
      await this.desk.record(tx, actor, 'created', 'organisation', organisation.id, { roles: details.roles.join(' ') });
      return organisation;
    });
  }
}
