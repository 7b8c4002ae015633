import type { Organisation, OrganisationRole } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, contains, holds } from '../noun-reads.js';
import { OrganisationEntity } from './organisation.entity.js';

export type OrganisationFilter = Readonly<{ role?: OrganisationRole; nameContains?: string }>;
export type OrganisationOrder = 'NAME';

@Injectable()
export class OrganisationReads extends NounReads<Organisation, OrganisationFilter, OrganisationOrder> {
  protected readonly shape = {
    entity: OrganisationEntity,
    key: ['id'],
    orders: { NAME: [['name', 'asc']] },
    filters: { role: holds('roles'), nameContains: contains('t.name') },
  } as const;
}
