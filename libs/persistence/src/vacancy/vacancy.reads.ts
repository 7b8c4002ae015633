import type { CampusId, DeliveryApproach, EntryPointId, OrganisationId, SkillId, Vacancy, VacancyState } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, contains, same, sameId } from '../noun-reads.js';
import type { Parameters } from '../scope-sql.js';
import { VacancyEntity } from './vacancy.entity.js';

export type VacancyFilter = Readonly<{
  organisationId?: OrganisationId;
  campusId?: CampusId;
  /** Any of these places, such as a district and everything in it. */
  campusIds?: readonly CampusId[];
  state?: VacancyState;
  states?: readonly VacancyState[];
  deliveryApproach?: DeliveryApproach;
  /** Vacancies that take this entry point; one that names none takes every one. */
  entryPointId?: EntryPointId;
  /** Vacancies whose accepted levels hold this one. */
  level?: number;
  titleContains?: string;
  /** In title or description, capitals aside. */
  text?: string;
  /** Vacancies that name at least one of these skills. */
  skillIds?: readonly SkillId[];
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
      campusIds: (ids: readonly CampusId[], parameters: Parameters) => `t.campus_id = any (${parameters.add(ids)}::text[])`,
      state: same('state'),
      states: (states: readonly VacancyState[], parameters: Parameters) => `t.state = any (${parameters.add(states)}::text[])`,
      deliveryApproach: same('delivery_approach'),
      entryPointId: (id: EntryPointId, parameters: Parameters) => `(cardinality(t.entry_point_ids) = 0 or ${parameters.add(id)} = any (t.entry_point_ids))`,
      level: (level: number, parameters: Parameters) => `${parameters.add(level)}::int between t.level_from and t.level_to`,
      titleContains: contains('t.title'),
      text: contains(`t.title || ' ' || t.description`),
      skillIds: (ids: readonly SkillId[], parameters: Parameters) =>
        `exists (select 1 from jsonb_array_elements(t.skills) s where s->>'skillId' = any (${parameters.add(ids)}::text[]))`,
    },
  } as const;
}
