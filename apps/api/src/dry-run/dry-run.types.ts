import type { DryRun, Learner, Round, Vacancy } from '@meriden/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DryRunStateEnum, RoundModeEnum, RoundStageEnum } from '../graphql/enums.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { LearnerType } from '../learner/learner.types.js';
import { NodeIdField, NodeType } from '../node/node.types.js';
import { RoundType } from '../round/round.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';

type Shown = Omit<DryRun, 'roundId' | 'askedBy' | 'inputHash'>;

@ObjectType('DryRun', { implements: () => [NodeType], description: 'A trial of a frozen round in one mode, for operators; it decides nothing.' })
export class DryRunType implements Shown {
  @NodeIdField('DryRun', 'dry run')
  id: string;
  @Field(() => RoundModeEnum, { description: 'In which mode the round was tried out.' })
  mode: keyof typeof RoundModeEnum;
  @Field(() => DryRunStateEnum, { description: 'Whether it runs, is done, failed or was cancelled.' })
  state: keyof typeof DryRunStateEnum;
  @Field(() => RoundStageEnum, { description: 'What a worker is doing with it right now.' })
  stage: keyof typeof RoundStageEnum;
  @Field(() => DateTimeScalar, { description: 'When an operator asked for it.' })
  askedAt: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it came to its end; null while it runs.' })
  endedAt: string | null;
  @Field(() => Int, { nullable: true, description: 'Learners in the frozen input; null until done.' })
  learners: number | null;
  @Field(() => Int, { nullable: true, description: 'Vacancies in the frozen input; null until done.' })
  vacancies: number | null;
  @Field(() => Int, { nullable: true, description: 'Learners who would get a place; null until done.' })
  matched: number | null;
  @Field(() => [Int], { description: 'How many would get their first choice, their second, and so on; empty until done.' })
  rankCounts: readonly number[];
  @Field(() => Int, { nullable: true, description: 'Milliseconds that solving and checking took; the round itself takes about as long.' })
  tookMs: number | null;
  @Field(() => String, { nullable: true, description: 'Why it failed; null unless it did.' })
  failure: string | null;
}

@ObjectType('DryRunDifference', { description: 'One learner whom two dry runs treat differently.' })
export class DryRunDifferenceType {
  @Field(() => LearnerType, { nullable: true, description: 'The learner of whom this is said.' })
  learner: Learner | null;
  @Field(() => VacancyType, { nullable: true, description: 'The vacancy in the first mode; null for no place.' })
  a: Vacancy | null;
  @Field(() => Int, { nullable: true, description: 'Which choice of the learner that is; null for no place.' })
  aRank: number | null;
  @Field(() => VacancyType, { nullable: true, description: 'The vacancy in the second mode; null for no place.' })
  b: Vacancy | null;
  @Field(() => Int, { nullable: true, description: 'Which choice of the learner that is; null for no place.' })
  bRank: number | null;
}

@ObjectType('DryRunComparison', { description: 'Two dry runs of one round side by side; nothing of the live round is touched.' })
export class DryRunComparisonType {
  @Field(() => DryRunType, { description: 'The trial in the mode that the rules promise.' })
  a: DryRun;
  @Field(() => DryRunType, { description: 'The trial in the other mode.' })
  b: DryRun;
  @Field(() => Int, { description: 'Learners who get another place, or none, in the other mode.' })
  moved: number;
  @Field(() => Int, { description: 'Learners with a better choice in the promised mode.' })
  betterInA: number;
  @Field(() => Int, { description: 'Learners with a better choice in the other mode.' })
  betterInB: number;
  @Field(() => Int, { description: 'Learners with a place in the promised mode alone.' })
  placedOnlyInA: number;
  @Field(() => Int, { description: 'Learners with a place in the other mode alone.' })
  placedOnlyInB: number;
}

@InputType({ description: 'Which frozen round to try out, as it was seen, and in which mode.' })
export class StartDryRunInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the frozen round.' })
  roundId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
  @Field(() => RoundModeEnum, { description: 'In which mode: the promised one, or one that needs no more than the frozen input.' })
  mode: keyof typeof RoundModeEnum;
}

@InputType({ description: 'Which running dry run to end.' })
export class CancelDryRunInput {
  @Field(() => ID, { description: 'Node id of the running dry run.' })
  dryRunId: string;
}

@InputType({ description: 'Which solving to call off, by its round as it was seen.' })
export class CallOffSolvingInput {
  @Field(() => ID, { description: 'Node id of the round that is being solved.' })
  roundId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@ObjectType('StartDryRunSuccess', { description: 'A worker will take it up; follow it with `roundProgress`.' })
export class StartDryRunSuccess {
  @Field(() => DryRunType, { description: 'The dry run as it waits for a worker.' })
  dryRun: DryRun;
  @Field(() => RoundType, { description: 'The round that is being tried out.' })
  round: Round;
}
export const StartDryRunPayload = payloadOf('StartDryRun', StartDryRunSuccess, 'StartDryRunSuccess');

@ObjectType('CancelDryRunSuccess', { description: 'The dry run has ended; its worker stops within a second.' })
export class CancelDryRunSuccess {
  @Field(() => DryRunType, { description: 'The dry run, now cancelled.' })
  dryRun: DryRun;
}
export const CancelDryRunPayload = payloadOf('CancelDryRun', CancelDryRunSuccess, 'CancelDryRunSuccess');

@ObjectType('CallOffSolvingSuccess', { description: 'The round is frozen again; what a worker may still find is not recorded.' })
export class CallOffSolvingSuccess {
  @Field(() => RoundType, { description: 'The round frozen again, with the new version.' })
  round: Round;
}
export const CallOffSolvingPayload = payloadOf('CallOffSolving', CallOffSolvingSuccess, 'CallOffSolvingSuccess');
