import type { BasisPoints, Gate, IsoDate, IsoInstant, OrganisationId, ScoreCause, ScoreTerm } from '@meriden/domain';
import { Column, ForeignKey } from 'typeorm';
import { DATE, INSTANT, INT, JSONB, TEXT, UUID } from '../columns.js';

/** What is stored of a score, as it is and as it was; the pair it is of is the key of the one and an index of the other. */
export abstract class ScoreColumns {
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
