import type { IsoDate, IsoInstant, LearnerId, OrganisationId, PlacementId, ProposalId, RoundId, VacancyId } from './ids.js';
import { Rejection, wrongState } from './rejection.js';

export const PROPOSAL_STATES = ['PROPOSED', 'ACCEPTED', 'DECLINED', 'EXPIRED'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A place offered by a published round, answered by accept or decline. */
export type Proposal = Readonly<{
  id: ProposalId;
  roundId: RoundId;
  learnerId: LearnerId;
  vacancyId: VacancyId;
  /** Owner: the learner's provider. */
  organisationId: OrganisationId;
  employerId: OrganisationId;
  state: ProposalState;
  replyBy: IsoInstant;
  answeredAt: IsoInstant | null;
  /** The learner's reason for declining; null otherwise. */
  declineReason: string | null;
  version: number;
}>;

function answer(proposal: Proposal, state: 'ACCEPTED' | 'DECLINED', now: IsoInstant, declineReason: string | null): Proposal {
  if (proposal.state !== 'PROPOSED') throw wrongState('proposal', proposal.state, state.toLowerCase(), ['PROPOSED']);
  if (now > proposal.replyBy) {
    throw new Rejection({
      code: 'REPLY_TOO_LATE',
      message: `The reply was due by ${proposal.replyBy}.`,
      rule: 'A proposal is answered within the time printed on it, so that the place can go to someone else.',
      remedy: 'Ask your provider: a later round may still have places.',
      path: ['input', 'proposalId'],
    });
  }
  return { ...proposal, state, answeredAt: now, declineReason, version: proposal.version + 1 };
}

export const acceptProposal = (proposal: Proposal, now: IsoInstant): Proposal => answer(proposal, 'ACCEPTED', now, null);
export const declineProposal = (proposal: Proposal, reason: string, now: IsoInstant): Proposal => answer(proposal, 'DECLINED', now, reason);

export const PLACEMENT_STATES = ['AGREED', 'STARTED', 'COMPLETED', 'WITHDRAWN'] as const;

/** An accepted proposal; agreements, hours and returns build on it. */
export type Placement = Readonly<{
  id: PlacementId;
  proposalId: ProposalId;
  learnerId: LearnerId;
  vacancyId: VacancyId;
  organisationId: OrganisationId;
  employerId: OrganisationId;
  startsOn: IsoDate;
  endsOn: IsoDate;
  state: (typeof PLACEMENT_STATES)[number];
  version: number;
}>;
