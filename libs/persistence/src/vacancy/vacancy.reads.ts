import type { CampusId, DeliveryApproach, EntryPointId, OrganisationId, Vacancy, VacancyState } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, contains, same, sameId } from '../noun-reads.js';
import type { Parameters } from '../scope-sql.js';
import { VacancyEntity } from './vacancy.entity.js';

export type VacancyFilter = Readonly<{
  organisationId?: OrganisationId;
  campusId?: CampusId;
  state?: VacancyState;
  deliveryApproach?: DeliveryApproach;
  /** Vacancies that take this entry point; one that names none takes every one. */
  entryPointId?: EntryPointId;
  /** Vacancies whose accepted levels hold this one. */
  level?: number;
  titleContains?: string;
}>;
export type VacancyOrder = 'STARTS_ON' | 'TITLE';

@Injectable()
export class VacancyReads extends NounReads<Vacancy, VacancyFilter, VacancyOrder> {
  protected readonly shape = {
    entity: VacancyEntity,
    key: ['id'],
    orders: { STARTS_ON: [['startsOn', 'asc']], TITLE: [['title', 'asc']] },
    filters: {
      organisationId: sameId('organisation_id'),
      campusId: same('campus_id'),
      state: same('state'),
      deliveryApproach: same('delivery_approach'),
      entryPointId: (id: EntryPointId, parameters: Parameters) => `(cardinality(t.entry_point_ids) = 0 or ${parameters.add(id)} = any (t.entry_point_ids))`,
      level: (level: number, parameters: Parameters) => `${parameters.add(level)}::int between t.level_from and t.level_to`,
      titleContains: contains('t.title'),
    },
  } as const;
}
