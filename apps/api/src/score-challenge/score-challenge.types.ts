import { CHALLENGE_PARTS, CHALLENGE_STATES, type ChallengeNote, type ScoreChallenge } from '@meriden/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { domainEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { LearnerProfileChangesInput } from '../learner/learner.types.js';
import { NodeIdField, NodeType } from '../node/node.types.js';
import { ScoreVersionType } from '../suggestion/score-version.types.js';

export const ChallengePartEnum = domainEnum('ChallengePart', CHALLENGE_PARTS, 'What about a score is said to be wrong.', {
  GATE: 'One eligibility rule, named by its code.',
  TERM: 'One addend of the score, named by its code.',
  WHOLE: 'The score as a whole, without a code.',
});

export const ChallengeStateEnum = domainEnum('ChallengeState', CHALLENGE_STATES, 'Where a question about a score stands.', {
  RAISED: 'Waits for somebody of the provider to take it up.',
  ACKNOWLEDGED: 'Somebody of the provider has it and will decide.',
  CORRECTED: 'The learner put the own data right at once; nobody had to decide.',
  UPHELD: 'A named person found the learner to be right.',
  NOT_UPHELD: 'A named person found the score to be right, and says why.',
  WITHDRAWN: 'The learner took the question back.',
});

const DECISIONS = ['UPHELD', 'NOT_UPHELD'] as const;
export const ChallengeDecisionEnum = domainEnum('ChallengeDecision', DECISIONS, 'What a named person decides about a question.', {
  UPHELD: 'The learner is right; data can be put right at once.',
  NOT_UPHELD: 'The score is right as it was computed.',
});

@ObjectType('ChallengeNote', { description: 'What learner or provider said about a question; it stays as it was said.' })
export class ChallengeNoteType implements Pick<ChallengeNote, 'at' | 'name' | 'words'> {
  @Field(() => DateTimeScalar, { description: 'When it was said.' })
  at: string;
  @Field(() => String, { description: 'Who said it, by the name of then.' })
  name: string;
  @Field(() => String, { description: 'The words as they were given.' })
  words: string;
}

type Shown = Pick<
  ScoreChallenge,
  'id' | 'part' | 'code' | 'words' | 'state' | 'raisedAt' | 'acknowledgeBy' | 'decideBy' | 'acknowledgedAt' | 'acknowledgedName' | 'decidedAt' | 'decidedName' | 'decisionReason' | 'version'
>;

@ObjectType('ScoreChallenge', {
  implements: () => [NodeType],
  description: 'A learner says that a score about them is wrong (UK GDPR Arts 22A to 22D): the question, who answers and until when, and both scores.',
})
export class ScoreChallengeType implements Shown {
  @NodeIdField('ScoreChallenge', 'question')
  id: string;
  @Field(() => ChallengePartEnum, { description: 'A gate, a term or the whole score.' })
  part: keyof typeof ChallengePartEnum;
  @Field(() => String, { nullable: true, description: 'Code of the gate or term; null for the whole score.' })
  code: string | null;
  @Field(() => String, { description: 'What the learner says is wrong.' })
  words: string;
  @Field(() => ChallengeStateEnum, { description: 'How far the question has come.' })
  state: keyof typeof ChallengeStateEnum;
  @Field(() => DateTimeScalar, { description: 'When the learner asked.' })
  raisedAt: string;
  @Field(() => DateTimeScalar, { description: 'Until when somebody takes it up: three days.' })
  acknowledgeBy: string;
  @Field(() => DateTimeScalar, { description: 'Until when somebody decides: fourteen days.' })
  decideBy: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody took it up; null before.' })
  acknowledgedAt: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the person who took it up; null before.' })
  acknowledgedName: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was decided; null before.' })
  decidedAt: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the person who decided; null before, and where nobody had to.' })
  decidedName: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was decided so; null before.' })
  decisionReason: string | null;
  @Field(() => ScoreVersionType, { description: 'The score that was questioned.' })
  before: ScoreVersionType;
  @Field(() => ScoreVersionType, { nullable: true, description: 'The score computed after correction or decision; null until then.' })
  after: ScoreVersionType | null;
  @Field(() => Int, { description: 'Grows by one with each change; give it back with the next.' })
  version: number;
}

@ObjectType('ScoreChallengeConnection', { description: 'A page of questions about scores, the soonest due first.' })
export class ScoreChallengeConnection extends connectionOf(ScoreChallengeType, 'ScoreChallenge', 'questions') {}

@InputType({ description: 'Data put right, on the version of the profile that was seen.' })
export class ProfileCorrectionInput {
  @Field(() => Int, { description: 'The version of the learner that was seen.' })
  version: number;
  @Field(() => LearnerProfileChangesInput, { description: 'What changes in the profile; the rest stays.' })
  profile: LearnerProfileChangesInput;
}

@InputType({ description: 'What about a score is wrong, and what would be right.' })
export class ContestScoreInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the vacancy whose score it is, suggested or shut.' })
  vacancyId: string;
  @Field(() => ChallengePartEnum, { description: 'A gate, a term or the whole score.' })
  part: keyof typeof ChallengePartEnum;
  @Field(() => String, { nullable: true, description: 'Code of the gate or term; left out for the whole score.' })
  code?: string | null;
  @Field(() => String, { description: 'What is wrong, in 3 to 2,000 characters.' })
  words: string;
  @Field(() => ProfileCorrectionInput, { nullable: true, description: 'The own data put right at once; left out, a person of the provider is asked.' })
  correction?: ProfileCorrectionInput | null;
}

@InputType({ description: 'Which question is taken up, as it was seen.' })
export class AcknowledgeChallengeInput {
  @Field(() => ID, { description: 'Node id of the question.' })
  challengeId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@InputType({ description: 'Which question is taken back, as it was seen.' })
export class WithdrawChallengeInput {
  @Field(() => ID, { description: 'Node id of the question.' })
  challengeId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@InputType({ description: 'A decision about a question, with its reason.' })
export class DecideChallengeInput {
  @Field(() => ID, { description: 'Node id of the question.' })
  challengeId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
  @Field(() => ChallengeDecisionEnum, { description: 'Whether the learner is right.' })
  decision: keyof typeof ChallengeDecisionEnum;
  @Field(() => String, { description: 'Why, in 10 to 2,000 characters; the learner reads it.' })
  reason: string;
  @Field(() => ProfileCorrectionInput, { nullable: true, description: 'The learner’s record put right at once; only where the learner is right.' })
  correction?: ProfileCorrectionInput | null;
}

@InputType({ description: 'Words to add to a question; they stay.' })
export class AddToChallengeInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the question.' })
  challengeId: string;
  @Field(() => String, { description: 'What there is to say, at most 2,000 characters.' })
  words: string;
}

@ObjectType('ContestScoreSuccess', { description: 'The question stands; where data were put right, the score is computed anew.' })
export class ContestScoreSuccess {
  @Field(() => ScoreChallengeType, { description: 'The question with the score as it was.' })
  challenge: object;
}
export const ContestScorePayload = payloadOf('ContestScore', ContestScoreSuccess, 'ContestScoreSuccess');

@ObjectType('AcknowledgeChallengeSuccess', { description: 'The learner sees who has the question.' })
export class AcknowledgeChallengeSuccess {
  @Field(() => ScoreChallengeType, { description: 'The question, taken up.' })
  challenge: object;
}
export const AcknowledgeChallengePayload = payloadOf('AcknowledgeChallenge', AcknowledgeChallengeSuccess, 'AcknowledgeChallengeSuccess');

@ObjectType('DecideChallengeSuccess', { description: 'The decision stands and the score is computed anew.' })
export class DecideChallengeSuccess {
  @Field(() => ScoreChallengeType, { description: 'The question, decided on.' })
  challenge: object;
}
export const DecideChallengePayload = payloadOf('DecideChallenge', DecideChallengeSuccess, 'DecideChallengeSuccess');

@ObjectType('WithdrawChallengeSuccess', { description: 'Nobody has to answer the question any more.' })
export class WithdrawChallengeSuccess {
  @Field(() => ScoreChallengeType, { description: 'The question, taken back.' })
  challenge: object;
}
export const WithdrawChallengePayload = payloadOf('WithdrawChallenge', WithdrawChallengeSuccess, 'WithdrawChallengeSuccess');

@ObjectType('AddToChallengeSuccess', { description: 'The words stand beside the question.' })
export class AddToChallengeSuccess {
  @Field(() => ScoreChallengeType, { description: 'The question with all that was said.' })
  challenge: object;
}
export const AddToChallengePayload = payloadOf('AddToChallenge', AddToChallengeSuccess, 'AddToChallengeSuccess');
