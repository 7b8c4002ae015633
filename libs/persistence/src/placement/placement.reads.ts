import type { LearnerId, OrganisationId, Placement, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { PlacementEntity } from './placement.entity.js';

export type PlacementFilter = Readonly<{
  learnerId?: LearnerId;
  vacancyId?: VacancyId;
  organisationId?: OrganisationId;
  employerId?: OrganisationId;
  state?: Placement['state'];
}>;
export type PlacementOrder = 'STARTS_ON';

@Injectable()
export class PlacementReads extends NounReads<Placement, PlacementFilter, PlacementOrder> {
  protected readonly shape = {
    entity: PlacementEntity,
    key: ['id'],
    orders: { STARTS_ON: [['startsOn', 'asc']] },
    filters: {
      learnerId: sameId('learner_id'),
      vacancyId: sameId('vacancy_id'),
      organisationId: sameId('organisation_id'),
      employerId: sameId('employer_id'),
      state: same('state'),
    },
  } as const;
}
