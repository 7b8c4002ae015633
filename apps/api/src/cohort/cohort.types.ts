import type { CheckGap, LearnerStage, PlacementHomes } from '@meriden/persistence/reads';
import { Extensions, Field, Int, ObjectType } from '@nestjs/graphql';
import { CheckKindEnum, domainEnum } from '../graphql/enums.js';
import { LocalDateScalar } from '../graphql/scalars.js';
import { LearnerStageEnum } from '../learner/learner.types.js';

const CheckProblemEnum = domainEnum<CheckGap['problem']>('CheckProblem', ['MISSING', 'EXPIRES_BEFORE_START'], 'What is wrong with a check that is needed.', {
  MISSING: 'The learner does not hold the check at all.',
  EXPIRES_BEFORE_START: 'The check runs out before the first day.',
});

@ObjectType('StageCount', { description: 'How many learners are at one stage.' })
export class StageCountType {
  @Field(() => LearnerStageEnum, { description: 'The stage that is counted.' })
  stage: LearnerStage;
  @Field(() => Int, { description: 'How many learners are at this stage.' })
  learners: number;
}

@ObjectType('CohortRow', { description: 'Learners under one programme, campus or funding source, by stage.' })
export class CohortRowType {
  @Field(() => String, { description: 'Key of the programme, campus or funding source.' })
  key: string;
  @Field(() => String, { description: 'Its short name for a table; the key when it has none.' })
  label: string;
  @Field(() => Int, { description: 'How many learners are under it.' })
  learners: number;
  @Field(() => [StageCountType], { description: 'The same learners by stage, every stage listed.' })
  stages: readonly StageCountType[];
}

@ObjectType('CheckGap', { description: 'A check that a proposed or placed learner needs and lacks.' })
export class CheckGapType implements Pick<CheckGap, 'kind' | 'problem' | 'expiresOn' | 'startsOn'> {
  @Field(() => CheckKindEnum, { description: 'Which check is needed.' })
  kind: keyof typeof CheckKindEnum;
  @Field(() => CheckProblemEnum, { description: 'Whether it is missing or runs out too soon.' })
  problem: CheckGap['problem'];
  @Field(() => LocalDateScalar, { nullable: true, description: 'When the check held runs out; null when none is held.' })
  expiresOn: string | null;
  @Field(() => LocalDateScalar, { description: 'First day of the placement that needs it.' })
  startsOn: string;
}

@ObjectType('PlacementHomes', { description: 'Placements by where the learner lives: a reported count, never a rule of matching.' })
class PlacementHomesType implements PlacementHomes {
  @Field(() => Int, { description: 'Placements counted, withdrawn ones left out.' })
  placements: number;
  @Field(() => Int, { description: 'Those of learners who live in the region.' })
  residents: number;
  @Field(() => Int, { description: 'Those of learners who live elsewhere.' })
  elsewhere: number;
  @Field(() => Int, { description: 'Those of learners who gave no outcode.' })
  unknown: number;
}

@ObjectType('Cohort', { description: 'What a provider watches: its learners, how far they have come, and what needs doing.' })
export class CohortType {
  @Field(() => Int, { description: 'Learners of the provider.' })
  learners: number;
  @Field(() => [StageCountType], { description: 'All of them by stage, every stage listed.' })
  stages: readonly StageCountType[];
  @Field(() => [CohortRowType], { description: 'By the qualification they are studying.' })
  byProgramme: readonly CohortRowType[];
  @Field(() => [CohortRowType], { description: 'By the campus of a live proposal or placement; others are in no row.' })
  byCampus: readonly CohortRowType[];
  @Field(() => [CohortRowType], { description: 'By what pays for them; a learner with two sources is in both rows.' })
  byFundingSource: readonly CohortRowType[];
  @Extensions({ entries: 500 })
  @Field(() => [CheckGapType], { description: 'Checks missing or expiring before the start, the soonest start first; at most 500.' })
  checkGaps: readonly CheckGap[];
  @Field(() => PlacementHomesType, { description: 'Share of placements that go to residents of the region.' })
  homes: PlacementHomes;
}
