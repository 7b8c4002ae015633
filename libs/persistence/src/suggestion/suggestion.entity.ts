import type { BasisPoints, Gate, IsoInstant, LearnerId, OrganisationId, ScoreTerm, Suggestion, VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INT, JSONB, TEXT, UUID } from '../columns.js';

@Entity('suggestion')
@Check('suggestion_rank_check', `"rank" >= 1`)
@Check('suggestion_scores_check', `"order_key" BETWEEN 0 AND 10000 AND "score" BETWEEN 0 AND 10000 AND "employer_score" BETWEEN 0 AND 10000`)
@Index(['organisationId'])
@Index(['vacancyId'])
export class SuggestionEntity implements Suggestion {
  @ForeignKey('learner') @PrimaryColumn(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy') @PrimaryColumn(UUID) readonly vacancyId: VacancyId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('organisation') @Column(UUID) readonly employerId: OrganisationId;
  @Column(INT) readonly rank: number;
  @Column(INT) readonly orderKey: BasisPoints;
  @Column(TEXT) readonly tie: string;
  @Column(INT) readonly score: BasisPoints;
  @Column(INT) readonly employerScore: BasisPoints;
  @Column(JSONB) readonly gates: readonly Gate[];
  @Column(JSONB) readonly terms: readonly ScoreTerm[];
  @Column(TEXT) readonly policyVersion: string;
  @Column(TEXT) readonly inputHash: string;
  @Column(INSTANT) readonly scoredAt: IsoInstant;
}
