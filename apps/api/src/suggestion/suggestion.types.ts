import type { Gate, ScoreTerm, Suggestion } from '@meriden/domain';
import { Extensions, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GateStateEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { BasisPointsScalar, DateTimeScalar, LocalDateScalar } from '../graphql/scalars.js';
import { NodeType } from '../node/node.types.js';

@ObjectType('Gate', { description: 'One eligibility rule applied to one learner and one vacancy.' })
export class GateType implements Gate {
  @Field(() => String, { description: 'Stable name of the rule, for programs, for example `TRAVEL`.' })
  code: string;
  @Field(() => GateStateEnum, { description: 'Whether it passes, fails, or cannot be told.' })
  state: keyof typeof GateStateEnum;
  @Field(() => String, { description: 'The rule in words, with its source where it is law.' })
  rule: string;
  @Field(() => String, { description: 'What was found for this pair.' })
  detail: string;
  @Field(() => String, { description: 'What would turn a failure into a pass.' })
  remedy: string;
}

@ObjectType('ScoreTerm', { description: 'One addend of a score; the contributions of all terms add up to the score exactly.' })
export class ScoreTermType implements ScoreTerm {
  @Field(() => String, { description: 'Stable name of the term, for programs, for example `SKILLS`.' })
  code: string;
  @Field(() => BasisPointsScalar, { description: 'How much the term can add at most.' })
  weight: number;
  @Field(() => BasisPointsScalar, { description: 'How far the pair fulfils the term.' })
  value: number;
  @Field(() => BasisPointsScalar, { description: 'What the term adds: weight times value over 10,000, rounded down.' })
  contribution: number;
  @Field(() => [String], { description: 'Reasons in plain English, quoting both sides.' })
  evidence: readonly string[];
  @Field(() => [String], { description: 'What is missing for the rest of the weight.' })
  missing: readonly string[];
}

type Shown = Pick<Suggestion, 'rank' | 'score' | 'employerScore' | 'gates' | 'terms' | 'policyVersion' | 'referenceVersion' | 'inputHash' | 'asOf' | 'scoredAt' | 'congestion'>;

@ObjectType('Suggestion', {
  implements: () => [NodeType],
  description: 'A computed, explained proposal of one vacancy for one learner; never a decision.',
})
export class SuggestionType implements Shown {
  @Field(() => ID, { description: 'Opaque id of this suggestion, unique over all types, for `node` and `nodes`.' })
  id: string;
  @Field(() => Int, { description: 'Place among this learner’s suggestions, from 1 for the best.' })
  rank: number;
  @Field(() => BasisPointsScalar, { description: 'How well the vacancy fits the learner: the sum of the terms.' })
  score: number;
  @Field(() => BasisPointsScalar, { description: 'The same pair seen from the employer’s side.' })
  employerScore: number;
  @Field(() => [GateType], { description: 'Every eligibility rule with its outcome and remedy.' })
  gates: readonly GateType[];
  @Field(() => [ScoreTermType], { description: 'The addends of the score, with reasons.' })
  terms: readonly ScoreTermType[];
  @Field(() => String, { description: 'Version of weights and rules that it was computed with.' })
  policyVersion: string;
  @Field(() => String, { description: 'Digest of everything the score was computed from.' })
  inputHash: string;
  @Field(() => String, { description: 'Edition of reference data, skill names and journey times.' })
  referenceVersion: string;
  @Field(() => LocalDateScalar, { description: 'The day on which the rules were applied.' })
  asOf: string;
  @Field(() => BasisPointsScalar, { description: 'What is left of the place in the list where many learners are shown the same few openings; 10,000 = all.' })
  congestion: number;
  @Field(() => DateTimeScalar, { description: 'When it was computed by the worker.' })
  scoredAt: string;
}

@ObjectType('SuggestionConnection', { description: 'A page of suggestions, with what is needed to ask for the next.' })
export class SuggestionConnection extends connectionOf(SuggestionType, 'Suggestion', 'suggestions') {}

@ObjectType('SuggestionsChanged', { description: 'An event: the suggestions of a learner are not what they were.' })
export class SuggestionsChangedType {
  @Field(() => String, { description: 'Give it as `after` on the next connection, so that nothing is missed or repeated.' })
  resumeToken: string;
  @Extensions({ entries: 20 })
  @Field(() => [SuggestionType], { description: 'The best suggestions as they are now, at most 20.' })
  best: readonly Suggestion[];
}
