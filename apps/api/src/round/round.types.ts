import type { Round } from '@meriden/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { RoundModeEnum, RoundObjectiveEnum, RoundStageEnum, RoundStateEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('RoundRules', { description: 'What is promised before preferences open and cannot change afterwards.' })
export class RoundRulesType implements Pick<Round, 'mode' | 'objective' | 'preferencesCloseAt' | 'replyBy' | 'lotteryCommitment'> {
  @Field(() => RoundModeEnum, { description: 'Which outcome is computed, of all there could be.' })
  mode: keyof typeof RoundModeEnum;
  @Field(() => RoundObjectiveEnum, { nullable: true, description: 'What mode `SCORE` makes best; null in every other mode.' })
  objective: keyof typeof RoundObjectiveEnum | null;
  @Field(() => DateTimeScalar, { description: 'Until when preferences can be given and changed.' })
  preferencesCloseAt: string;
  @Field(() => DateTimeScalar, { description: 'By when proposals must be answered.' })
  replyBy: string;
  @Field(() => String, { description: 'Hex SHA-256 of the secret that decides ties; the secret is published with the result.' })
  lotteryCommitment: string;
}

@ObjectType('RoundCertificate', { description: 'What a solved round says about itself, and that independent code found it right.' })
export class RoundCertificateType {
  @Field(() => Boolean, { description: 'Whether the independent check found the outcome right; only a right one is stored.' })
  valid: boolean;
  @Field(() => String, { description: 'Digest of the frozen input that was solved.' })
  inputHash: string;
  @Field(() => String, { description: 'Version of weights and rules in the frozen input.' })
  policyVersion: string;
}

type Shown = Pick<Round, 'id' | 'name' | 'state' | 'stage' | 'attempt' | 'matched' | 'unmatched' | 'publishReason' | 'publishedAt' | 'version'>;

@ObjectType('Round', {
  implements: () => [NodeType],
  description: 'A matching round: preferences of both sides in, one stable outcome out, published by a named person.',
})
export class RoundType implements Shown {
  @NodeIdField('Round', 'round')
  id: string;
  @Field(() => String, { description: 'Name of the round for screens, for example `Spring 2027`.' })
  name: string;
  @Field(() => RoundStateEnum, { description: 'Where the round stands in its life.' })
  state: keyof typeof RoundStateEnum;
  @Field(() => RoundStageEnum, { description: 'What a worker is doing with it right now.' })
  stage: keyof typeof RoundStageEnum;
  @Field(() => Int, { description: 'How often solving was begun; each attempt supersedes those before.' })
  attempt: number;
  @Field(() => Int, { nullable: true, description: 'Learners who got a place; null until solved.' })
  matched: number | null;
  @Field(() => Int, { nullable: true, description: 'Learners who got none; null until solved.' })
  unmatched: number | null;
  @Field(() => String, { nullable: true, description: 'The recorded reason for publishing; null until then.' })
  publishReason: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When a named person published it; null until then.' })
  publishedAt: string | null;
  @Field(() => Int, { description: 'Grows by one with each change; give it back with the next.' })
  version: number;
}

@ObjectType('RoundConnection', { description: 'A page of rounds, with what is needed to ask for the next.' })
export class RoundConnection extends connectionOf(RoundType, 'Round', 'rounds') {}

@InputType({ description: 'A new round; its lottery is committed to at this moment.' })
export class OpenRoundInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => String, { description: 'Name of the round for screens, 3 to 200 characters.' })
  name: string;
  @Field(() => RoundModeEnum, { description: 'Which outcome is computed; part of the published rules.' })
  mode: keyof typeof RoundModeEnum;
  @Field(() => RoundObjectiveEnum, { nullable: true, description: 'What to make best: with mode `SCORE`, and with no other.' })
  objective?: keyof typeof RoundObjectiveEnum | null;
  @Field(() => ID, { nullable: true, description: 'Node id of the solved round to keep to: with mode `RERUN`, and with no other.' })
  previousRoundId?: string | null;
  @Field(() => DateTimeScalar, { description: 'Until when preferences can be given, in the future.' })
  preferencesCloseAt: string;
  @Field(() => DateTimeScalar, { description: 'By when proposals must be answered, after the close of preferences.' })
  replyBy: string;
}

@InputType({ description: 'Which round to freeze, as it was seen.' })
export class FreezeRoundInput {
  @Field(() => ID, { description: 'Node id of the open round.' })
  roundId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@InputType({ description: 'Which round to solve, as it was seen.' })
export class SolveRoundInput {
  @Field(() => ID, { description: 'Node id of the frozen or failed round.' })
  roundId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@InputType({ description: 'Which learner’s proposal is kept back, and why.' })
export class WithholdProposalInput {
  @Field(() => ID, { description: 'Node id of the solved round.' })
  roundId: string;
  @Field(() => ID, { description: 'Node id of the learner whose proposal is kept back.' })
  learnerId: string;
  @Field(() => String, { description: 'Why, in 10 to 500 characters; kept with the outcome.' })
  reason: string;
}

@InputType({ description: 'Which round to publish, as it was seen, and why it may be.' })
export class PublishRoundInput {
  @Field(() => ID, { description: 'Node id of the solved round.' })
  roundId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
  @Field(() => String, { description: 'What was checked and why it may be published, at least 10 characters.' })
  reason: string;
}

@ObjectType('OpenRoundSuccess', { description: 'The round is open and takes preferences.' })
export class OpenRoundSuccess {
  @Field(() => RoundType, { description: 'The round as opened, at version 1.' })
  round: Round;
}
export const OpenRoundPayload = payloadOf('OpenRound', OpenRoundSuccess, 'OpenRoundSuccess');

@ObjectType('FreezeRoundSuccess', { description: 'No preference counts from here on.' })
export class FreezeRoundSuccess {
  @Field(() => RoundType, { description: 'The round now frozen, with the new version.' })
  round: Round;
}
export const FreezeRoundPayload = payloadOf('FreezeRound', FreezeRoundSuccess, 'FreezeRoundSuccess');

@ObjectType('SolveRoundSuccess', { description: 'A worker will take the round up; follow it with `roundProgress`.' })
export class SolveRoundSuccess {
  @Field(() => RoundType, { description: 'The round as it waits for a worker.' })
  round: Round;
}
export const SolveRoundPayload = payloadOf('SolveRound', SolveRoundSuccess, 'SolveRoundSuccess');

@ObjectType('PublishRoundSuccess', { description: 'Outcomes are visible now and proposals have gone out.' })
export class PublishRoundSuccess {
  @Field(() => RoundType, { description: 'The round now published, with the new version.' })
  round: Round;
}
export const PublishRoundPayload = payloadOf('PublishRound', PublishRoundSuccess, 'PublishRoundSuccess');

@ObjectType('RoundProgress', { description: 'An event: a round has come to another stage or state.' })
export class RoundProgressType {
  @Field(() => String, { description: 'Give it as `after` on the next connection, so that nothing is missed or repeated.' })
  resumeToken: string;
  @Field(() => RoundType, { description: 'The round as it is now.' })
  round: Round;
}
