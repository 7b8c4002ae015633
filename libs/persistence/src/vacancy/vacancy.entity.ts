import {
  DELIVERY_APPROACHES,
  PAY_KINDS,
  VACANCY_STATES,
  type Adjustment,
  type CampusId,
  type CheckKind,
  type DeliveryApproach,
  type EntryPointId,
  type FundingSourceId,
  type Hazard,
  type IsoDate,
  type OrganisationId,
  type PayKind,
  type ProgrammeKind,
  type Vacancy,
  type VacancyId,
  type VacancySkill,
  type VacancyState,
  type Weekday,
} from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, DATE, INT, INT_OR_NULL, JSONB, TEXT, TEXTS, UUID, oneOf } from '../columns.js';

@Entity('vacancy')
@Check('vacancy_state_check', oneOf('state', VACANCY_STATES))
@Check('vacancy_pay_check', `${oneOf('pay', PAY_KINDS)} AND ("pay" = 'PAID') = ("hourly_pence" IS NOT NULL) AND "hourly_pence" >= 0`)
@Check('vacancy_delivery_approach_check', oneOf('delivery_approach', DELIVERY_APPROACHES))
@Check('vacancy_levels_check', `"level_from" BETWEEN 1 AND 8 AND "level_to" BETWEEN "level_from" AND 8`)
@Check('vacancy_dates_check', `"ends_on" >= "starts_on"`)
@Check('vacancy_hours_check', `"hours_per_week" BETWEEN 1 AND 60 AND "total_hours" BETWEEN 1 AND 10000`)
@Check('vacancy_remote_share_check', `"remote_share" BETWEEN 0 AND 10000`)
@Check('vacancy_openings_check', `"openings" BETWEEN 1 AND 500`)
@Check('vacancy_text_check', `char_length("title") BETWEEN 1 AND 200 AND char_length("description") <= 10000`)
@Index(['organisationId'])
@Index('vacancy_state_idx', ['state', 'startsOn', 'id'])
@Index(['campusId'])
export class VacancyEntity implements Vacancy {
  @PrimaryColumn(UUID) readonly id: VacancyId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(TEXT) readonly state: VacancyState;
  @Column(TEXT) readonly title: string;
  @Column(TEXT) readonly description: string;
  @Column(TEXT) readonly campusId: CampusId;
  @Column(JSONB) readonly skills: readonly VacancySkill[];
  @Column(INT) readonly levelFrom: number;
  @Column(INT) readonly levelTo: number;
  @Column(TEXTS) readonly programmeKinds: readonly ProgrammeKind[];
  @Column(TEXTS) readonly entryPointIds: readonly EntryPointId[];
  @Column(DATE) readonly startsOn: IsoDate;
  @Column(DATE) readonly endsOn: IsoDate;
  @Column(TEXTS) readonly weekdays: readonly Weekday[];
  @Column(INT) readonly hoursPerWeek: number;
  @Column(INT) readonly totalHours: number;
  @Column(INT) readonly remoteShare: number;
  @Column(INT) readonly openings: number;
  @Column(TEXT) readonly pay: PayKind;
  @Column(INT_OR_NULL) readonly hourlyPence: number | null;
  @Column(TEXTS) readonly checksNeeded: readonly CheckKind[];
  @Column(TEXT) readonly deliveryApproach: DeliveryApproach;
  @Column(TEXTS) readonly hazards: readonly Hazard[];
  @Column(TEXTS) readonly adjustmentsOffered: readonly Adjustment[];
  @Column(TEXTS) readonly fundingSourceIds: readonly FundingSourceId[];
  @Column(BOOLEAN) readonly fundingRequired: boolean;
  @Column(INT) readonly version: number;
}
