import type { DryRun, Learner, Round, Vacancy } from '@meriden/domain';
import type { DryRunBalance, DryRunDifference } from '@meriden/persistence/reads';
import { DryRunService, RoundService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { checkPage } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { LearnerType } from '../learner/learner.types.js';
import { RoundType } from '../round/round.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import {
  CallOffSolvingInput,
  CallOffSolvingPayload,
  CancelDryRunInput,
  CancelDryRunPayload,
  DryRunComparisonType,
  DryRunDifferenceType,
  DryRunType,
  StartDryRunInput,
  StartDryRunPayload,
  type CallOffSolvingSuccess,
  type CancelDryRunSuccess,
  type StartDryRunSuccess,
} from './dry-run.types.js';

type Comparison = DryRunBalance & Readonly<{ a: DryRun; b: DryRun }>;

/** Trials of a frozen round, and calling off what runs. */
@Resolver(() => RoundType)
export class DryRunResolver {
  constructor(
    @Inject(DryRunService) private readonly verbs: DryRunService,
    @Inject(RoundService) private readonly rounds: RoundService,
  ) {}

  @Mutation(() => StartDryRunPayload, { description: 'An operator tries a frozen round out in one mode; nothing is decided by it.' })
  startDryRun(
    @InOperation() operation: Operation,
    @Args('input', { type: () => StartDryRunInput, description: 'Which round, as it was seen, and the mode.' }) input: StartDryRunInput,
  ): Promise<StartDryRunSuccess | RefusedType> {
    return answer(async () => {
      const roundId = keyOf('Round', input.roundId, ['input', 'roundId']);
      const dryRun = await operation.write((actor) => this.verbs.start(actor, { ...input, roundId }));
      return { dryRun, round: (await operation.loaders.round.load(roundId)) as Round };
    });
  }

  @Mutation(() => CancelDryRunPayload, { description: 'An operator ends a dry run that is under way.' })
  cancelDryRun(
    @InOperation() operation: Operation,
    @Args('input', { type: () => CancelDryRunInput, description: 'Which dry run to end.' }) input: CancelDryRunInput,
  ): Promise<CancelDryRunSuccess | RefusedType> {
    return answer(async () => {
      const id = keyOf('DryRun', input.dryRunId, ['input', 'dryRunId']);
      return { dryRun: await operation.write((actor) => this.verbs.cancel(actor, id)) };
    });
  }

  @Mutation(() => CallOffSolvingPayload, { description: 'An operator calls a solving off; the round is frozen again.' })
  callOffSolving(
    @InOperation() operation: Operation,
    @Args('input', { type: () => CallOffSolvingInput, description: 'Which round, as it was seen.' }) input: CallOffSolvingInput,
  ): Promise<CallOffSolvingSuccess | RefusedType> {
    return answer(async () => {
      const roundId = keyOf('Round', input.roundId, ['input', 'roundId']);
      return { round: await operation.write((actor) => this.rounds.callOff(actor, { roundId, version: input.version })) };
    });
  }

  @ResolveField(() => [DryRunType], { description: 'The trials of this round for operators, the newest first; empty for others.' })
  dryRuns(@InOperation() operation: Operation, @Parent() round: Round): Promise<readonly DryRun[]> {
    return operation.loaders.dryRuns.load(round.id);
  }

  @ResolveField(() => DryRunComparisonType, { nullable: true, description: 'Both modes side by side, once each was tried out; for operators.' })
  async comparison(@InOperation() operation: Operation, @Parent() round: Round): Promise<Comparison | null> {
    const done = (await operation.loaders.dryRuns.load(round.id)).filter(({ state }) => state === 'DONE');
    const a = done.find(({ mode }) => mode === round.mode);
    const b = done.find(({ mode }) => mode !== round.mode);
    if (a === undefined || b === undefined) return null;
    const { dryRuns } = operation.shelf;
    const balance = await operation.read((tx, actor) => dryRuns.balance(tx, operation.shelf.scope(actor, 'dryRun'), a.id, b.id));
    return balance === null ? null : { ...balance, a, b };
  }
}

@Resolver(() => DryRunComparisonType)
export class DryRunComparisonResolver {
  @ResolveField(() => [DryRunDifferenceType], { description: 'Learners on whom the two differ, those who lose or gain a place first.' })
  differences(
    @InOperation() operation: Operation,
    @Parent() { a, b }: Comparison,
    @Args('first', { type: () => Int, description: 'How many to give, 1 to 100.' }) first: number,
  ): Promise<DryRunDifference[]> {
    const { dryRuns } = operation.shelf;
    checkPage({ first, after: null });
    return operation.read((tx, actor) => dryRuns.differences(tx, operation.shelf.scope(actor, 'dryRun'), a.id, b.id, first));
  }
}

@Resolver(() => DryRunDifferenceType)
export class DryRunDifferenceResolver {
  @ResolveField(() => LearnerType, { nullable: true, description: 'The learner of whom this is said.' })
  learner(@InOperation() operation: Operation, @Parent() difference: DryRunDifference): Promise<Learner | null> {
    return operation.loaders.learner.load(difference.learnerId);
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy in the first mode; null for no place.' })
  async a(@InOperation() operation: Operation, @Parent() { aVacancyId }: DryRunDifference): Promise<Vacancy | null> {
    return aVacancyId === null ? null : operation.loaders.vacancy.load(aVacancyId);
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy in the second mode; null for no place.' })
  async b(@InOperation() operation: Operation, @Parent() { bVacancyId }: DryRunDifference): Promise<Vacancy | null> {
    return bVacancyId === null ? null : operation.loaders.vacancy.load(bVacancyId);
  }
}
