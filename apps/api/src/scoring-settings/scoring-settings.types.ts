import { WEIGHT_STATES, type ShadowReport, type SkillAlias, type TravelImport, type WeightVersion } from '@meriden/domain';
import { REPLAY_OUTCOMES, type Replay } from '@meriden/services';
import { Extensions, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { TravelModeEnum, domainEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { BasisPointsScalar, DateTimeScalar, LocalDateScalar, OutcodeScalar, UuidScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';
import { ScoringRunType } from '../scoring-run/scoring-run.types.js';

export const WeightStateEnum = domainEnum('WeightState', WEIGHT_STATES, 'Where a version of the weights stands.', {
  PROPOSED: 'On trial in shadow; a second person is to decide.',
  ACTIVE: 'In force for every score computed now.',
  RETIRED: 'Was in force before the present one.',
  REJECTED: 'A second person decided against it.',
});

export const ReplayOutcomeEnum = domainEnum('ReplayOutcome', REPLAY_OUTCOMES, 'What came of computing a stored score again.', {
  SAME: 'Equal bytes, and the input has the digest it was stored under.',
  DIFFERENT: 'Something came out otherwise; the differences are named.',
  INPUT_MISSING: 'It was computed before inputs were kept, or the learner’s data were erased.',
  REFERENCE_GONE: 'This release ships another edition of the reference data.',
});

@ObjectType('SkillAlias', { implements: () => [NodeType], description: 'A further name of a skill that an operator added: texts read since then know it.' })
export class SkillAliasType implements Pick<SkillAlias, 'id' | 'alias' | 'reason' | 'since' | 'until' | 'addedAt' | 'retiredAt'> {
  @NodeIdField('SkillAlias', 'skill alias')
  id: string;
  @Field(() => String, { description: 'The further name as it is written.' })
  alias: string;
  @Field(() => String, { description: 'Why it was added, in the operator’s words.' })
  reason: string;
  @Field(() => Int, { description: 'Edition of the names that brought it.' })
  since: number;
  @Field(() => Int, { nullable: true, description: 'Edition that dropped it; null while it holds.' })
  until: number | null;
  @Field(() => DateTimeScalar, { description: 'When it was added.' })
  addedAt: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was retired; null while it holds.' })
  retiredAt: string | null;
}

@ObjectType('SkillAliasConnection', { description: 'A page of further names of skills, the newest first.' })
export class SkillAliasConnection extends connectionOf(SkillAliasType, 'SkillAlias', 'skill aliases') {}

@ObjectType('TermWeight', { description: 'The weight of one term of a score.' })
export class TermWeightType {
  @Field(() => String, { description: 'Code of the term, for example `SKILLS`.' })
  code: string;
  @Field(() => BasisPointsScalar, { description: 'Its weight; each side adds to 10,000.' })
  weight: number;
}

@ObjectType('ProgrammeShift', { description: 'How much of the lists of one programme’s learners would stay.' })
export class ProgrammeShiftType {
  @Field(() => String, { description: 'Key of the qualification that they study.' })
  qualificationId: string;
  @Field(() => Int, { description: 'Learners of it in the sample, ten or more.' })
  learners: number;
  @Field(() => BasisPointsScalar, { description: 'Mean share of the first ten that stay among the first ten.' })
  topTenKept: number;
}

@ObjectType('ShadowReport', { description: 'Who would move if these weights were in force, computed over a sample of learners.' })
export class ShadowReportType implements ShadowReport {
  @Field(() => Int, { description: 'Learners of the sample who have any vacancy open to them.' })
  learners: number;
  @Field(() => Int, { description: 'Pairs compared that no gate shuts.' })
  pairs: number;
  @Field(() => Int, { description: 'Mean Spearman correlation of the orders, in ten-thousandths.' })
  rankCorrelation: number;
  @Field(() => BasisPointsScalar, { description: 'Mean share of the first ten that stay among the first ten.' })
  topTenKept: number;
  @Field(() => Int, { description: 'Learners whose best vacancy would be another.' })
  newBest: number;
  @Field(() => Int, { description: 'Mean change of the scores, in basis points.' })
  meanChange: number;
  @Field(() => [ProgrammeShiftType], { description: 'The same by programme, those first that move most.' })
  byQualification: readonly ProgrammeShiftType[];
}

@ObjectType('WeightVersion', { description: 'A version of the weights: proposed by one person, tried in shadow, decided on by another.' })
export class WeightVersionType implements Pick<WeightVersion, 'number' | 'state' | 'reason' | 'report' | 'proposedAt' | 'decidedAt' | 'decisionReason'> {
  @Field(() => Int, { description: 'Number of the version, from 1; what ships is number 0.' })
  number: number;
  @Field(() => WeightStateEnum, { description: 'Whether it is on trial, in force or past.' })
  state: keyof typeof WeightStateEnum;
  @Field(() => String, { description: 'Why it was proposed.' })
  reason: string;
  @Field(() => ShadowReportType, { nullable: true, description: 'Who would move; null until the worker has computed it.' })
  report: ShadowReportType | null;
  @Field(() => DateTimeScalar, { description: 'When it was proposed.' })
  proposedAt: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When a second person decided; null before.' })
  decidedAt: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was decided so; null before.' })
  decisionReason: string | null;
}

@ObjectType('WeightVersionConnection', { description: 'A page of versions of the weights, the newest first.' })
export class WeightVersionConnection extends connectionOf(WeightVersionType, 'WeightVersion', 'weight versions') {}

@ObjectType('TravelImport', { description: 'An import of real journey times in place of estimates.' })
export class TravelImportType implements Pick<TravelImport, 'edition' | 'source' | 'cells' | 'importedAt'> {
  @Field(() => Int, { description: 'Edition of the journey times, from 1.' })
  edition: number;
  @Field(() => String, { description: 'Where the times come from.' })
  source: string;
  @Field(() => Int, { description: 'Cells of outcode, campus and mode that it replaced.' })
  cells: number;
  @Field(() => DateTimeScalar, { description: 'When it was imported.' })
  importedAt: string;
}

@ObjectType('Replay', { description: 'A stored score computed again from the stored input of its day.' })
export class ReplayType implements Omit<Replay, 'learnerId' | 'vacancyId'> {
  @Field(() => ReplayOutcomeEnum, { description: 'Equal bytes, or why not.' })
  outcome: Replay['outcome'];
  @Field(() => String, { description: 'Digest of everything the score was computed from.' })
  inputHash: string;
  @Field(() => LocalDateScalar, { description: 'The day on which the rules were applied.' })
  asOf: string;
  @Field(() => String, { description: 'Version of weights and rules of then.' })
  policyVersion: string;
  @Field(() => String, { description: 'Edition of reference data, skill names and journey times of then.' })
  referenceVersion: string;
  @Field(() => String, { description: 'Digest of the result as it is stored.' })
  storedDigest: string;
  @Field(() => String, { nullable: true, description: 'Digest of the result computed now; null where none could be.' })
  replayedDigest: string | null;
  @Field(() => [String], { description: 'Names of what came out otherwise; empty when the bytes are equal.' })
  differences: readonly string[];
}

@InputType({ description: 'A further name of a skill, and why.' })
export class AddSkillAliasInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Key or node id of the skill.' })
  skillId: string;
  @Field(() => String, { description: 'The further name, 2 to 100 characters.' })
  alias: string;
  @Field(() => String, { description: 'Why, in 10 to 500 characters.' })
  reason: string;
}

@InputType({ description: 'Which further name of a skill is retired.' })
export class RetireSkillAliasInput {
  @Field(() => ID, { description: 'Node id of the alias.' })
  aliasId: string;
}

@InputType({ description: 'The weight of one term, in basis points.' })
export class TermWeightInput {
  @Field(() => String, { description: 'Code of the term, for example `SKILLS`.' })
  code: string;
  @Field(() => Int, { description: 'Whole basis points from 0.' })
  weight: number;
}

@InputType({ description: 'New weights of both sides, each adding to 10,000, and why.' })
export class ProposeWeightsInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => [TermWeightInput], { description: 'Weights of the learner’s side, every term once.' })
  weights: TermWeightInput[];
  @Field(() => [TermWeightInput], { description: 'Weights of the employer’s side, every term once.' })
  employerWeights: TermWeightInput[];
  @Field(() => String, { description: 'Why, in 10 to 2,000 characters.' })
  reason: string;
}

@InputType({ description: 'A decision of a second person about proposed weights.' })
export class DecideWeightsInput {
  @Field(() => Int, { description: 'Number of the version.' })
  number: number;
  @Field(() => Boolean, { description: 'True puts it in force with the next score; false rejects it.' })
  approve: boolean;
  @Field(() => String, { description: 'Why, in 10 characters or more.' })
  reason: string;
}

@InputType({ description: 'One journey: real minutes one way in place of the estimate.' })
export class TravelRowInput {
  @Field(() => OutcodeScalar, { description: 'First half of a postcode where journeys start.' })
  outcode: string;
  @Field(() => ID, { description: 'Key or node id of the campus where they end.' })
  campusId: string;
  @Field(() => TravelModeEnum, { description: 'By which means people travel.' })
  mode: keyof typeof TravelModeEnum;
  @Field(() => Int, { description: 'Minutes one way, 1 to 600.' })
  minutes: number;
  @Field(() => Float, { nullable: true, description: 'Latitude of the start, to be checked against the outcode.' })
  latitude?: number | null;
  @Field(() => Float, { nullable: true, description: 'Longitude of the start, to be checked against the outcode.' })
  longitude?: number | null;
}

@InputType({ description: 'Real journey times and where they come from; all or nothing.' })
export class ImportTravelInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => String, { description: 'Where the times come from, with the date, 3 to 300 characters.' })
  source: string;
  @Field(() => [TravelRowInput], { description: 'At most 20,000 rows, each cell once.' })
  rows: TravelRowInput[];
}

@ObjectType('AddSkillAliasSuccess', { description: 'The name holds for every text read from now on.' })
export class AddSkillAliasSuccess {
  @Field(() => SkillAliasType, { description: 'The alias with its edition.' })
  alias: SkillAlias;
}
export const AddSkillAliasPayload = payloadOf('AddSkillAlias', AddSkillAliasSuccess, 'AddSkillAliasSuccess');

@ObjectType('RetireSkillAliasSuccess', { description: 'The name holds no longer; old scores stay readable.' })
export class RetireSkillAliasSuccess {
  @Field(() => SkillAliasType, { description: 'The name, which no longer counts.' })
  alias: SkillAlias;
}
export const RetireSkillAliasPayload = payloadOf('RetireSkillAlias', RetireSkillAliasSuccess, 'RetireSkillAliasSuccess');

@ObjectType('ProposeWeightsSuccess', { description: 'The weights are on trial; the report follows.' })
export class ProposeWeightsSuccess {
  @Field(() => WeightVersionType, { description: 'The version as proposed.' })
  version: object;
}
export const ProposeWeightsPayload = payloadOf('ProposeWeights', ProposeWeightsSuccess, 'ProposeWeightsSuccess');

@ObjectType('DecideWeightsSuccess', { description: 'The decision stands; approved weights are in force with the next score.' })
export class DecideWeightsSuccess {
  @Field(() => WeightVersionType, { description: 'The version as decided.' })
  version: object;
}
export const DecideWeightsPayload = payloadOf('DecideWeights', DecideWeightsSuccess, 'DecideWeightsSuccess');

@ObjectType('ImportTravelSuccess', { description: 'The times hold, and the region is scored anew with them.' })
export class ImportTravelSuccess {
  @Field(() => TravelImportType, { description: 'The import with its edition.' })
  imported: TravelImport;
  @Field(() => ScoringRunType, { description: 'The scoring run that uses the new times.' })
  scoringRun: object;
}
export const ImportTravelPayload = payloadOf('ImportTravel', ImportTravelSuccess, 'ImportTravelSuccess');

@ObjectType('ScoringPolicy', { description: 'What scores are computed with at present.' })
export class ScoringPolicyType {
  @Field(() => String, { description: 'Version of weights and rules in force.' })
  policyVersion: string;
  @Field(() => String, { description: 'Edition of reference data, skill names and journey times in force.' })
  referenceVersion: string;
  @Extensions({ entries: 7 })
  @Field(() => [TermWeightType], { description: 'Weights of the learner’s side.' })
  weights: readonly TermWeightType[];
  @Field(() => [TermWeightType], { description: 'Weights of the employer’s side.' })
  employerWeights: readonly TermWeightType[];
}
