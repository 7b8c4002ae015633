import {
  SCORE_CAUSES,
  type BasisPoints,
  type Gate,
  type IsoDate,
  type IsoInstant,
  type LearnerId,
  type OrganisationId,
  type PastSuggestion,
  type ScoreCause,
  type ScoreTerm,
  type VacancyId,
} from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, DATE, INSTANT, INT, JSONB, TEXT, UUID, oneOf } from '../columns.js';

/** A suggestion as it was, whole; written where the newer one is, never changed. */
@Entity('suggestion_past')
@Check('suggestion_past_superseded_because_check', oneOf('superseded_because', SCORE_CAUSES))
@Index('suggestion_past_pair_idx', ['learnerId', 'vacancyId', 'supersededAt'])
@Index(['organisationId'])
export class SuggestionPastEntity implements PastSuggestion {
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy') @Column(UUID) readonly vacancyId: VacancyId;
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
  @PrimaryColumn(UUID) readonly id: string;
  @Column(INSTANT) readonly supersededAt: IsoInstant;
  @Column(TEXT) readonly supersededBecause: ScoreCause;
  @Column(BOOLEAN) readonly left: boolean;
}
