import {
  SCORE_CAUSES,
  type BasisPoints,
  type Gate,
  type IsoDate,
  type IsoInstant,
  type LearnerId,
  type OrganisationId,
  type ScoreCause,
  type ScoreTerm,
  type Suggestion,
  type VacancyId,
} from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DATE, INSTANT, INT, JSONB, TEXT, UUID, oneOf } from '../columns.js';

@Entity('suggestion')
@Check('suggestion_rank_check', `"rank" >= 1`)
@Check('suggestion_scores_check', `"order_key" BETWEEN 0 AND 10000 AND "score" BETWEEN 0 AND 10000 AND "employer_score" BETWEEN 0 AND 10000`)
@Check('suggestion_keys_check', `"fit_key" BETWEEN 0 AND 10000 AND "congestion" BETWEEN 1 AND 10000`)
@Check('suggestion_cause_check', oneOf('cause', SCORE_CAUSES))
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
  @Column(INT) readonly fitKey: BasisPoints;
  @Column(INT) readonly congestion: BasisPoints;
  @Column(TEXT) readonly learnerHash: string;
  @Column(TEXT) readonly vacancyHash: string;
  @Column(TEXT) readonly policyHash: string;
  @Column(TEXT) readonly referenceVersion: string;
  @Column(DATE) readonly asOf: IsoDate;
  @Column(TEXT) readonly cause: ScoreCause;
}
