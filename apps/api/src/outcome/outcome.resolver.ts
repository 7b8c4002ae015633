import type { Learner, Outcome, OutcomeReason, Round, Vacancy } from '@meriden/domain';
import { RoundService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list, only } from '../graphql/listing.js';
import { keyOf, keyOrNull } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { LearnerType } from '../learner/learner.types.js';
import { WithholdProposalInput, RoundType } from '../round/round.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import { OutcomeConnection, OutcomeReasonType, OutcomeType, WithholdProposalPayload, type WithholdProposalSuccess } from './outcome.types.js';

@Resolver(() => OutcomeType)
export class OutcomeResolver {
  constructor(@Inject(RoundService) private readonly verbs: RoundService) {}

  @Query(() => OutcomeType, { nullable: true, description: 'What a round says of one learner; null before it is published to you.' })
  async outcome(
    @InOperation() operation: Operation,
    @Args('roundId', { type: () => ID, description: 'Node id of the round.' }) roundId: string,
    @Args('learnerId', { type: () => ID, nullable: true, description: 'Node id of the learner; left out by learners, who have one outcome.' })
    learnerId: string | null,
  ): Promise<Outcome | null> {
    const round = keyOrNull('Round', roundId);
    const learner = learnerId == null ? operation.actor.learnerId : keyOrNull('Learner', learnerId);
    if (round === null || learner === null) return null;
    return only(operation, 'outcome', operation.shelf.outcomes, { roundId: round, learnerId: learner });
  }

  @Mutation(() => WithholdProposalPayload, { description: 'An operator keeps one learner’s proposal back before publishing.' })
  withholdProposal(
    @InOperation() operation: Operation,
    @Args('input', { type: () => WithholdProposalInput, description: 'Whose proposal, and why.' }) input: WithholdProposalInput,
  ): Promise<WithholdProposalSuccess | RefusedType> {
    return answer(async () => {
      const withholding = {
        roundId: keyOf('Round', input.roundId, ['input', 'roundId']),
        learnerId: keyOf('Learner', input.learnerId, ['input', 'learnerId']),
        reason: input.reason,
      };
      return { outcome: await operation.write((actor) => this.verbs.withhold(actor, withholding)) };
    });
  }

  @ResolveField(() => RoundType, { description: 'The round that says so.' })
  round(@InOperation() operation: Operation, @Parent() outcome: Outcome): Promise<Round | null> {
    return operation.loaders.round.load(outcome.roundId);
  }

  @ResolveField(() => LearnerType, { nullable: true, description: 'The learner of whom it is said.' })
  learner(@InOperation() operation: Operation, @Parent() outcome: Outcome): Promise<Learner | null> {
    return operation.loaders.learner.load(outcome.learnerId);
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy got; null when unmatched.' })
  async vacancy(@InOperation() operation: Operation, @Parent() outcome: Outcome): Promise<Vacancy | null> {
    return outcome.vacancyId === null ? null : operation.loaders.vacancy.load(outcome.vacancyId);
  }
}

@Resolver(() => OutcomeReasonType)
export class OutcomeReasonResolver {
  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy that was preferred and not got.' })
  vacancy(@InOperation() operation: Operation, @Parent() reason: OutcomeReason): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(reason.vacancyId);
  }
}

/** What a round says of everyone the caller may see. */
@Resolver(() => RoundType)
export class RoundOutcomesResolver {
  @ResolveField(() => OutcomeConnection, { description: 'Outcomes of this round that the caller may see.' })
  outcomes(
    @InOperation() operation: Operation,
    @Parent() round: Round,
    @Args() page: PageArgs,
    @Args('matched', { type: () => Boolean, nullable: true, description: 'Only those who got a place, or only those who did not.' })
    matched: boolean | null,
  ): Promise<PageOf<Outcome>> {
    return list(operation, 'outcome', operation.shelf.outcomes, page, { roundId: round.id, matched: matched ?? undefined });
  }
}
