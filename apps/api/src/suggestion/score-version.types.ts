import { SCORE_CAUSES, type PastSuggestion, type ScoredVersion } from '@meriden/domain';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { domainEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { BasisPointsScalar, DateTimeScalar, LocalDateScalar } from '../graphql/scalars.js';
import { GateType, ScoreTermType } from './suggestion.types.js';

export const ScoreCauseEnum = domainEnum('ScoreCause', SCORE_CAUSES, 'What made a score be computed.', {
  PROFILE: 'The learner’s profile changed, or a name of a skill in it.',
  VACANCY: 'The vacancy was posted, revised or closed.',
  REGION: 'Everybody was scored anew, for example after weights or journey times changed.',
});

type Shown = Pick<ScoredVersion, 'score' | 'employerScore' | 'gates' | 'terms' | 'policyVersion' | 'referenceVersion' | 'inputHash' | 'asOf' | 'scoredAt'>;

@ObjectType('ScoreVersion', { description: 'A score as it stood at one moment, with its reasons and with what replays it.' })
export class ScoreVersionType implements Shown {
  @Field(() => BasisPointsScalar, { description: 'How well the vacancy fitted the learner: the sum of the terms.' })
  score: number;
  @Field(() => BasisPointsScalar, { description: 'The same pair seen from the employer’s side.' })
  employerScore: number;
  @Field(() => [GateType], { description: 'Every eligibility rule with its outcome then.' })
  gates: readonly GateType[];
  @Field(() => [ScoreTermType], { description: 'The addends of the score, with reasons.' })
  terms: readonly ScoreTermType[];
  @Field(() => String, { description: 'Version of weights and rules that it was computed with.' })
  policyVersion: string;
  @Field(() => String, { description: 'Edition of reference data, skill names and journey times.' })
  referenceVersion: string;
  @Field(() => String, { description: 'Digest of everything the score was computed from.' })
  inputHash: string;
  @Field(() => LocalDateScalar, { description: 'The day on which the rules were applied.' })
  asOf: string;
  @Field(() => DateTimeScalar, { description: 'When it was computed by the service.' })
  scoredAt: string;
}

type PastShown = Shown & Pick<PastSuggestion, 'rank' | 'cause' | 'supersededAt' | 'supersededBecause' | 'left'>;

@ObjectType('PastScore', { description: 'An earlier version of a suggestion, kept when another took its place.' })
export class PastScoreType extends ScoreVersionType implements PastShown {
  @Field(() => Int, { description: 'Place among the learner’s suggestions then.' })
  rank: number;
  @Field(() => ScoreCauseEnum, { description: 'Why it was computed then.' })
  cause: keyof typeof ScoreCauseEnum;
  @Field(() => DateTimeScalar, { description: 'When another took its place.' })
  supersededAt: string;
  @Field(() => ScoreCauseEnum, { description: 'Why another took its place.' })
  supersededBecause: keyof typeof ScoreCauseEnum;
  @Field(() => Boolean, { description: 'Whether the vacancy left the list; otherwise a newer score stands in its place.' })
  left: boolean;
}

@ObjectType('PastScoreConnection', { description: 'A page of earlier scores, the newest first.' })
export class PastScoreConnection extends connectionOf(PastScoreType, 'PastScore', 'earlier scores') {}
