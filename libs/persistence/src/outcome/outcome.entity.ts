import type { LearnerId, OrganisationId, Outcome, OutcomeId, OutcomeReason, RoundId, VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, INT_OR_NULL, JSONB, TEXT_OR_NULL, UUID, UUID_OR_NULL } from '../columns.js';

@Entity('outcome')
@Check('outcome_matched_check', `("vacancy_id" IS NULL) = ("employer_id" IS NULL) AND ("vacancy_id" IS NULL) = ("rank" IS NULL) AND "rank" >= 1`)
@Check('outcome_withheld_check', `"withheld" = ("withheld_reason" IS NOT NULL)`)
@Index('outcome_learner_key', ['roundId', 'learnerId'], { unique: true })
@Index(['organisationId'])
@Index(['learnerId'])
export class OutcomeEntity implements Outcome {
  @PrimaryColumn(UUID) readonly id: OutcomeId;
  @ForeignKey('round') @Column(UUID) readonly roundId: RoundId;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('vacancy') @Column(UUID_OR_NULL) readonly vacancyId: VacancyId | null;
  @ForeignKey('organisation') @Column(UUID_OR_NULL) readonly employerId: OrganisationId | null;
  @Column(INT_OR_NULL) readonly rank: number | null;
  @Column(JSONB) readonly reasons: readonly OutcomeReason[];
  @Column(BOOLEAN) readonly withheld: boolean;
  @Column(TEXT_OR_NULL) readonly withheldReason: string | null;
  @Column(BOOLEAN) readonly published: boolean;
}
