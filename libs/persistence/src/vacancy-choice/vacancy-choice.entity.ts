import { DISMISS_REASONS, VACANCY_CHOICES, type IsoInstant, type LearnerId, type OrganisationId, type VacancyChoice, type VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, TEXT, TEXT_OR_NULL, UUID, oneOf } from '../columns.js';

@Entity('vacancy_choice')
@Check('vacancy_choice_choice_check', oneOf('choice', VACANCY_CHOICES))
@Check('vacancy_choice_reason_check', `("choice" = 'DISMISSED') = ("reason" IS NOT NULL) AND ${oneOf('reason', DISMISS_REASONS)}`)
@Index(['organisationId'])
@Index(['vacancyId'])
export class VacancyChoiceEntity implements VacancyChoice {
  @ForeignKey('learner') @PrimaryColumn(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy') @PrimaryColumn(UUID) readonly vacancyId: VacancyId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(TEXT) readonly choice: VacancyChoice['choice'];
  @Column(TEXT_OR_NULL) readonly reason: VacancyChoice['reason'];
  @Column(TEXT_OR_NULL) readonly words: string | null;
  @Column(INSTANT) readonly chosenAt: IsoInstant;
}
