import type { Round, RoundState } from '@meriden/domain';
import { RoundService, EventsService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { RoundStateEnum } from '../graphql/enums.js';
import { list } from '../graphql/listing.js';
import { live, type LiveState } from '../graphql/live.js';
import { keyOf, keyOrNull, nodeId } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import {
  FreezeRoundInput,
  FreezeRoundPayload,
  OpenRoundInput,
  OpenRoundPayload,
  PublishRoundInput,
  PublishRoundPayload,
  RoundCertificateType,
  RoundConnection,
  RoundProgressType,
  RoundRulesType,
  RoundType,
  SolveRoundInput,
  SolveRoundPayload,
  type FreezeRoundSuccess,
  type OpenRoundSuccess,
  type PublishRoundSuccess,
  type SolveRoundSuccess,
} from './round.types.js';

@Resolver(() => RoundType)
export class RoundResolver {
  constructor(
    @Inject(RoundService) private readonly verbs: RoundService,
    @Inject(EventsService) private readonly events: EventsService,
  ) {}

  @Query(() => RoundConnection, { description: 'Matching rounds, the latest deadline first; everyone signed in sees them.' })
  rounds(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('state', { type: () => RoundStateEnum, nullable: true, description: 'Only rounds in this state.' }) state: RoundState | null,
  ): Promise<PageOf<Round>> {
    return list(operation, 'round', operation.shelf.rounds, page, { state: state ?? undefined });
  }

  @Query(() => RoundType, { nullable: true, description: 'One round by id; null when there is none.' })
  async round(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Node id of the round.' }) id: string,
  ): Promise<Round | null> {
    const key = keyOrNull('Round', id);
    return key === null ? null : operation.loaders.round.load(key);
  }

  @Mutation(() => OpenRoundPayload, { description: 'An operator opens a round and commits to its lottery.' })
  openRound(
    @InOperation() operation: Operation,
    @Args('input', { type: () => OpenRoundInput, description: 'The rules of the new round.' }) input: OpenRoundInput,
  ): Promise<OpenRoundSuccess | RefusedType> {
    return answer(async () => {
      const previousRoundId = input.previousRoundId ? keyOf('Round', input.previousRoundId, ['input', 'previousRoundId']) : null;
      return { round: await operation.write((actor) => this.verbs.open(actor, { ...input, objective: input.objective ?? null, previousRoundId })) };
    });
  }

  @Mutation(() => FreezeRoundPayload, { description: 'An operator closes preferences; none counts from here on.' })
  freezeRound(
    @InOperation() operation: Operation,
    @Args('input', { type: () => FreezeRoundInput, description: 'Which round, as it was seen.' }) input: FreezeRoundInput,
  ): Promise<FreezeRoundSuccess | RefusedType> {
    return answer(async () => ({ round: await operation.write((actor) => this.verbs.freeze(actor, handle(input))) }));
  }

  @Mutation(() => SolveRoundPayload, { description: 'An operator asks the worker to solve a frozen or failed round.' })
  solveRound(
    @InOperation() operation: Operation,
    @Args('input', { type: () => SolveRoundInput, description: 'Which round, as it was seen.' }) input: SolveRoundInput,
  ): Promise<SolveRoundSuccess | RefusedType> {
    return answer(async () => ({ round: await operation.write((actor) => this.verbs.solve(actor, handle(input))) }));
  }

  @Mutation(() => PublishRoundPayload, { description: 'A named operator, another than the one who had it solved, publishes a round with a recorded reason.' })
  publishRound(
    @InOperation() operation: Operation,
    @Args('input', { type: () => PublishRoundInput, description: 'Which round, as it was seen, and why.' }) input: PublishRoundInput,
  ): Promise<PublishRoundSuccess | RefusedType> {
    return answer(async () => {
      const publication = { ...handle(input), reason: input.reason };
      return { round: await operation.write((actor) => this.verbs.publish(actor, publication)) };
    });
  }

  @ResolveField(() => RoundRulesType, { description: 'What was promised before preferences opened.' })
  rules(@Parent() round: Round): RoundRulesType {
    return round;
  }

  @ResolveField(() => RoundType, { nullable: true, description: 'The round whose outcome a re-run keeps to where it can; null in every other mode.' })
  async previousRound(@InOperation() operation: Operation, @Parent() round: Round): Promise<Round | null> {
    return round.previousRoundId === null ? null : operation.loaders.round.load(round.previousRoundId);
  }

  @ResolveField(() => RoundCertificateType, { nullable: true, description: 'What the independent check found; null until solved.' })
  certificate(@Parent() { certificateValid: valid, inputHash, policyVersion }: Round): RoundCertificateType | null {
    return valid === null || inputHash === null || policyVersion === null ? null : { valid, inputHash, policyVersion };
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Where an operator downloads the published file with input, seed, cut-offs and reasons; null until published.',
  })
  filePath(@InOperation() operation: Operation, @Parent() round: Round): string | null {
    const may = operation.shelf.policy.may(operation.actor, 'run a round');
    return may && round.state === 'PUBLISHED' ? `/rounds/${nodeId('Round', round.id)}/file` : null;
  }

  @ResolveField(() => DateTimeScalar, { nullable: true, description: 'When an operator asked for the solving that counts, for operators; null before.' })
  solveAskedAt(@InOperation() operation: Operation, @Parent() round: Round): string | null {
    return operation.shelf.policy.may(operation.actor, 'run a round') ? round.solveAskedAt : null;
  }

  @ResolveField(() => Boolean, { description: 'Whether you may publish this round now: it is solved, and another operator asked for that.' })
  mayPublish(@InOperation() operation: Operation, @Parent() round: Round): boolean {
    const { shelf, actor } = operation;
    return shelf.policy.may(actor, 'run a round') && round.state === 'SOLVED' && round.solveAskedBy !== null && round.solveAskedBy !== actor.personId;
  }

  @ResolveField(() => String, { nullable: true, description: 'Why the last attempt failed, for operators; null otherwise.' })
  failure(@InOperation() operation: Operation, @Parent() round: Round): string | null {
    return operation.shelf.policy.may(operation.actor, 'run a round') ? round.failure : null;
  }

  @Subscription(() => RoundProgressType, {
    resolve: (event: RoundProgressType) => event,
    description: 'A round as it is now, and again at each stage and state it comes to.',
  })
  roundProgress(
    @InOperation() operation: Operation,
    @Args('roundId', { type: () => ID, description: 'Node id of the round to follow.' }) roundId: string,
    @Args('after', { type: () => String, nullable: true, description: 'The `resumeToken` of the last event seen; what it stands for is not sent again.' })
    after: string | null,
  ): AsyncGenerator<RoundProgressType> {
    const id = keyOf('Round', roundId, ['roundId']);
    return live(operation, this.events.watchRound(id), () => present(operation, id), after ?? null);
  }
}

async function present(operation: Operation, roundId: string): Promise<LiveState<RoundProgressType> | null> {
  const round = await operation.loaders.round.load(roundId);
  if (round === null) return null;
  const trials = (await operation.loaders.dryRuns.load(roundId)).map(({ mode, state, stage }) => `${mode[0]}${state[0]}${stage[0]}${stage[1]}`);
  const token = [round.version, round.attempt, round.stage, ...trials].join('.');
  return { token, value: { resumeToken: token, round } };
}

function handle(input: Readonly<{ roundId: string; version: number }>) {
  return { roundId: keyOf('Round', input.roundId, ['input', 'roundId']), version: input.version };
}
