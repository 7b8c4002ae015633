import type { LearnerId, OrganisationId, Proposal, ProposalState, RoundId, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { ProposalEntity } from './proposal.entity.js';

export type ProposalFilter = Readonly<{
  roundId?: RoundId;
  learnerId?: LearnerId;
  vacancyId?: VacancyId;
  organisationId?: OrganisationId;
  employerId?: OrganisationId;
  state?: ProposalState;
}>;
/** Soonest due first. */
export type ProposalOrder = 'REPLY_BY';

@Injectable()
export class ProposalReads extends NounReads<Proposal, ProposalFilter, ProposalOrder> {
  protected readonly shape = {
    entity: ProposalEntity,
    key: ['id'],
    orders: { REPLY_BY: [['replyBy', 'asc']] },
    filters: {
      roundId: sameId('round_id'),
      learnerId: sameId('learner_id'),
      vacancyId: sameId('vacancy_id'),
      organisationId: sameId('organisation_id'),
      employerId: sameId('employer_id'),
      state: same('state'),
    },
  } as const;
}
