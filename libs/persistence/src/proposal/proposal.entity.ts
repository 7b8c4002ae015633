import { PROPOSAL_STATES, type IsoInstant, type LearnerId, type OrganisationId, type Proposal, type ProposalId, type ProposalState, type RoundId, type VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, INT, TEXT, TEXT_OR_NULL, UUID, oneOf } from '../columns.js';

/** A deferred constraint trigger keeps live proposals of a vacancy within its openings. */
@Entity('proposal')
@Check('proposal_state_check', oneOf('state', PROPOSAL_STATES))
@Index('proposal_one_live_key', ['roundId', 'learnerId'], { unique: true, where: `state IN ('PROPOSED', 'ACCEPTED')` })
@Index(['learnerId'])
@Index(['organisationId'])
@Index(['employerId'])
@Index(['vacancyId'])
@Index('proposal_due_idx', ['replyBy'], { where: `state = 'PROPOSED'` })
export class ProposalEntity implements Proposal {
  @PrimaryColumn(UUID) readonly id: ProposalId;
  @ForeignKey('round') @Column(UUID) readonly roundId: RoundId;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy') @Column(UUID) readonly vacancyId: VacancyId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('organisation') @Column(UUID) readonly employerId: OrganisationId;
  @Column(TEXT) readonly state: ProposalState;
  @Column(INSTANT) readonly replyBy: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly answeredAt: IsoInstant | null;
  @Column(TEXT_OR_NULL) readonly declineReason: string | null;
  @Column(INT) readonly version: number;
}
