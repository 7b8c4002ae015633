import type { AuditEntry, OrganisationId, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { AuditEntryEntity } from './audit-entry.entity.js';

export type AuditFilter = Readonly<{ organisationId?: OrganisationId; personId?: PersonId; verb?: string; noun?: string; objectId?: string }>;
/** Newest first. */
export type AuditOrder = 'AT';

@Injectable()
export class AuditReads extends NounReads<AuditEntry, AuditFilter, AuditOrder> {
  protected readonly shape = {
    entity: AuditEntryEntity,
    key: ['id'],
    orders: { AT: [['at', 'desc']] },
    filters: {
      organisationId: sameId('organisation_id'),
      personId: sameId('person_id'),
      verb: same('verb'),
      noun: same('noun'),
      objectId: same('object_id'),
    },
  } as const;
}
