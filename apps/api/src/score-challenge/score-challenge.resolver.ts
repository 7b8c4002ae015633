import type { ChallengeNote, Learner, ScoreChallenge, Vacancy } from '@meriden/domain';
import { ChallengeService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import { keyOf, keyOrNull } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { profileChanges } from '../learner/profile-input.js';
import { LearnerType } from '../learner/learner.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import {
  AcknowledgeChallengeInput,
  AcknowledgeChallengePayload,
  AddToChallengeInput,
  AddToChallengePayload,
  ChallengeNoteType,
  ChallengeStateEnum,
  ContestScoreInput,
  ContestScorePayload,
  DecideChallengeInput,
  DecideChallengePayload,
  ScoreChallengeConnection,
  ScoreChallengeType,
  WithdrawChallengeInput,
  WithdrawChallengePayload,
  type AcknowledgeChallengeSuccess,
  type AddToChallengeSuccess,
  type ContestScoreSuccess,
  type DecideChallengeSuccess,
  type ProfileCorrectionInput,
  type WithdrawChallengeSuccess,
} from './score-challenge.types.js';

@Resolver(() => ScoreChallengeType)
export class ScoreChallengeResolver {
  constructor(@Inject(ChallengeService) private readonly verbs: ChallengeService) {}

  @Query(() => ScoreChallengeConnection, { description: 'Questions about scores that the caller may see, the soonest due first.' })
  scoreChallenges(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('state', { type: () => ChallengeStateEnum, nullable: true, description: 'Only those that stand so.' }) state: ScoreChallenge['state'] | null,
  ): Promise<PageOf<ScoreChallenge>> {
    return list(operation, 'scoreChallenge', operation.shelf.scoreChallenges, page, { ...(state != null && { state }) });
  }

  @Query(() => ScoreChallengeType, { nullable: true, description: 'One question by id; null when unknown or not yours to see.' })
  async scoreChallenge(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Node id of the question.' }) id: string,
  ): Promise<ScoreChallenge | null> {
    const key = keyOrNull('ScoreChallenge', id);
    if (key === null) return null;
    const [found] = await operation.read((tx, actor) => operation.shelf.scoreChallenges.byIds(tx, operation.shelf.scope(actor, 'scoreChallenge'), [key]));
    return found ?? null;
  }

  @Mutation(() => ContestScorePayload, { description: 'A learner questions a score: puts own data right at once, or asks a person of the provider.' })
  contestScore(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ContestScoreInput, description: 'What is wrong, and what would be right.' }) input: ContestScoreInput,
  ): Promise<ContestScoreSuccess | RefusedType> {
    return answer(async () => {
      const { idempotencyKey, part, words } = input;
      const contest = { idempotencyKey, part, words, code: input.code ?? null, vacancyId: keyOf('Vacancy', input.vacancyId, ['input', 'vacancyId']), correction: correction(input.correction) };
      return { challenge: await operation.write((actor) => this.verbs.contest(actor, contest)) };
    });
  }

  @Mutation(() => AcknowledgeChallengePayload, { description: 'Staff of the provider take a question up; the learner sees who.' })
  acknowledgeChallenge(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AcknowledgeChallengeInput, description: 'Which question, as it was seen.' }) input: AcknowledgeChallengeInput,
  ): Promise<AcknowledgeChallengeSuccess | RefusedType> {
    return answer(async () => ({ challenge: await operation.write((actor) => this.verbs.acknowledge(actor, handle(input))) }));
  }

  @Mutation(() => DecideChallengePayload, { description: 'A named person of the provider decides, with a reason; the score is computed anew and both stay.' })
  decideChallenge(
    @InOperation() operation: Operation,
    @Args('input', { type: () => DecideChallengeInput, description: 'The decision and its reason.' }) input: DecideChallengeInput,
  ): Promise<DecideChallengeSuccess | RefusedType> {
    return answer(async () => {
      const decision = { ...handle(input), decision: input.decision, reason: input.reason, correction: correction(input.correction) };
      return { challenge: await operation.write((actor) => this.verbs.decide(actor, decision)) };
    });
  }

  @Mutation(() => WithdrawChallengePayload, { description: 'A learner takes a question back that waits for an answer.' })
  withdrawChallenge(
    @InOperation() operation: Operation,
    @Args('input', { type: () => WithdrawChallengeInput, description: 'Which question, as it was seen.' }) input: WithdrawChallengeInput,
  ): Promise<WithdrawChallengeSuccess | RefusedType> {
    return answer(async () => ({ challenge: await operation.write((actor) => this.verbs.withdraw(actor, handle(input))) }));
  }

  @Mutation(() => AddToChallengePayload, { description: 'Learner or provider adds words to a question (representations).' })
  addToChallenge(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AddToChallengeInput, description: 'Which question, and the words.' }) input: AddToChallengeInput,
  ): Promise<AddToChallengeSuccess | RefusedType> {
    return answer(async () => {
      const { idempotencyKey, words } = input;
      const challengeId = keyOf('ScoreChallenge', input.challengeId, ['input', 'challengeId']);
      return { challenge: await operation.write((actor) => this.verbs.represent(actor, { idempotencyKey, challengeId, words })) };
    });
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy whose score it is.' })
  vacancy(@InOperation() operation: Operation, @Parent() challenge: ScoreChallenge): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(challenge.vacancyId);
  }

  @ResolveField(() => LearnerType, { nullable: true, description: 'The learner who asked.' })
  learner(@InOperation() operation: Operation, @Parent() challenge: ScoreChallenge): Promise<Learner | null> {
    return operation.loaders.learner.load(challenge.learnerId);
  }

  @ResolveField(() => [ChallengeNoteType], { description: 'What both sides said about it, the oldest first.' })
  notes(@InOperation() operation: Operation, @Parent() challenge: ScoreChallenge): Promise<ChallengeNote[]> {
    return operation.loaders.challengeNotes.load(challenge.id);
  }
}

/** What one learner questioned. */
@Resolver(() => LearnerType)
export class LearnerChallengesResolver {
  @ResolveField(() => ScoreChallengeConnection, { description: 'Scores that the learner questioned, the soonest due first.' })
  challenges(@InOperation() operation: Operation, @Parent() learner: Learner, @Args() page: PageArgs): Promise<PageOf<ScoreChallenge>> {
    return list(operation, 'scoreChallenge', operation.shelf.scoreChallenges, page, { learnerId: learner.id });
  }
}

function handle(input: Readonly<{ challengeId: string; version: number }>) {
  return { challengeId: keyOf('ScoreChallenge', input.challengeId, ['input', 'challengeId']), version: input.version };
}

function correction(input: ProfileCorrectionInput | null | undefined) {
  return input == null ? null : { version: input.version, profile: profileChanges(input.profile) };
}
