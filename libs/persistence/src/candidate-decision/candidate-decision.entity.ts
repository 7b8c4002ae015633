import { CANDIDATE_DECISIONS, type CandidateDecision, type CandidateId, type IsoInstant, type LearnerId, type OrganisationId, type PersonId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, TEXT, UUID, oneOf } from '../columns.js';

@Entity('candidate_decision')
@Check('candidate_decision_decision_check', oneOf('decision', CANDIDATE_DECISIONS))
@Index(['organisationId'])
@Index(['providerId'])
@Index(['learnerId'])
export class CandidateDecisionEntity implements CandidateDecision {
  @ForeignKey('candidate') @PrimaryColumn(UUID) readonly candidateId: CandidateId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly providerId: OrganisationId;
  @Column(TEXT) readonly decision: CandidateDecision['decision'];
  @Column(TEXT) readonly reason: string;
  @Column(UUID) readonly decidedBy: PersonId;
  @Column(INSTANT) readonly decidedAt: IsoInstant;
}
