import type { Learner, Proposal, ProposalState, Round, Vacancy } from '@meriden/domain';
import type { CandidateView } from '@meriden/persistence/reads';
import { ProposalService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CandidateType } from '../candidate/candidate.types.js';
import { InOperation } from '../graphql/context.js';
import { ProposalStateEnum } from '../graphql/enums.js';
import { list } from '../graphql/listing.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { LearnerType } from '../learner/learner.types.js';
import { RoundType } from '../round/round.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import {
  AcceptProposalInput,
  AcceptProposalPayload,
  DeclineProposalInput,
  DeclineProposalPayload,
  ProposalConnection,
  ProposalType,
  type AcceptProposalSuccess,
  type DeclineProposalSuccess,
} from './proposal.types.js';

@Resolver(() => ProposalType)
export class ProposalResolver {
  constructor(@Inject(ProposalService) private readonly verbs: ProposalService) {}

  @Query(() => ProposalConnection, { description: 'Proposals the caller may see, the soonest due first.' })
  proposals(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('state', { type: () => ProposalStateEnum, nullable: true, description: 'Only proposals in this state.' }) state: ProposalState | null,
  ): Promise<PageOf<Proposal>> {
    return list(operation, 'proposal', operation.shelf.proposals, page, { state: state ?? undefined });
  }

  @Mutation(() => AcceptProposalPayload, { description: 'The learner takes the place; a placement is agreed.' })
  acceptProposal(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AcceptProposalInput, description: 'Which proposal, as it was seen.' }) input: AcceptProposalInput,
  ): Promise<AcceptProposalSuccess | RefusedType> {
    return answer(async () => ({ proposal: await operation.write((actor) => this.verbs.accept(actor, handle(input))) }));
  }

  @Mutation(() => DeclineProposalPayload, { description: 'The learner refuses the place, with a reason; it is free again.' })
  declineProposal(
    @InOperation() operation: Operation,
    @Args('input', { type: () => DeclineProposalInput, description: 'Which proposal, as it was seen, and why.' }) input: DeclineProposalInput,
  ): Promise<DeclineProposalSuccess | RefusedType> {
    return answer(async () => {
      const refusal = { ...handle(input), reason: input.reason };
      return { proposal: await operation.write((actor) => this.verbs.decline(actor, refusal)) };
    });
  }

  @ResolveField(() => String, { nullable: true, description: 'The learner’s reason for declining, for the learner and the provider; null to employers.' })
  declineReason(@InOperation() operation: Operation, @Parent() proposal: Proposal): string | null {
    return operation.actor.organisationId === proposal.employerId ? null : proposal.declineReason;
  }

  @ResolveField(() => RoundType, { description: 'The round that proposes it.' })
  round(@InOperation() operation: Operation, @Parent() proposal: Proposal): Promise<Round | null> {
    return operation.loaders.round.load(proposal.roundId);
  }

  @ResolveField(() => LearnerType, { nullable: true, description: 'Who is offered the place; null to employers, who see a pseudonym.' })
  learner(@InOperation() operation: Operation, @Parent() proposal: Proposal): Promise<Learner | null> {
    return operation.loaders.learner.load(proposal.learnerId);
  }

  @ResolveField(() => CandidateType, { nullable: true, description: 'Who is offered the place, as the employer knows them; null to others.' })
  async candidate(@InOperation() operation: Operation, @Parent() proposal: Proposal): Promise<CandidateView | null> {
    return operation.actor.organisationId === proposal.employerId ? operation.loaders.candidateOf.load(proposal.learnerId) : null;
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy whose place is offered.' })
  vacancy(@InOperation() operation: Operation, @Parent() proposal: Proposal): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(proposal.vacancyId);
  }
}

/** A learner's own proposals. */
@Resolver(() => LearnerType)
export class LearnerProposalsResolver {
  @ResolveField(() => ProposalConnection, { description: 'Places offered to this learner, the soonest due first.' })
  proposals(@InOperation() operation: Operation, @Parent() learner: Learner, @Args() page: PageArgs): Promise<PageOf<Proposal>> {
    return list(operation, 'proposal', operation.shelf.proposals, page, { learnerId: learner.id });
  }
}

function handle(input: Readonly<{ idempotencyKey: string; proposalId: string; version: number }>) {
  const proposalId = keyOf('Proposal', input.proposalId, ['input', 'proposalId']);
  return { idempotencyKey: input.idempotencyKey, proposalId, version: input.version };
}
