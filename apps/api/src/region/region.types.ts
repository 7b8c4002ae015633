import type { HiddenCount } from '@meriden/persistence/reads';
import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('HiddenCount', { description: 'A count of people in which small numbers are hidden.' })
class HiddenCountType implements HiddenCount {
  @Field(() => Int, { nullable: true, description: 'The count; null when it is hidden.' })
  count: number | null;
  @Field(() => Boolean, { description: 'True for fewer than five; false with no count when hidden to protect another.' })
  fewerThan5: boolean;
}

@ObjectType('RegionRow', { description: 'A count of people under one key, with small numbers hidden.' })
export class RegionRowType extends HiddenCountType {
  @Field(() => String, { description: 'Key of the row, such as a stage, campus or funding source.' })
  key: string;
  @Field(() => String, { description: 'Its short name for a table; the key when it has none.' })
  label: string;
}

@ObjectType('CampusOpenings', { description: 'Live vacancies and openings at one campus; public, so nothing is hidden.' })
export class CampusOpeningsType {
  @Field(() => String, { description: 'Key of the campus, for example `arden-cross`.' })
  key: string;
  @Field(() => String, { description: 'Its short name for a table; the key when it has none.' })
  label: string;
  @Field(() => Int, { description: 'Live vacancies at the campus.' })
  vacancies: number;
  @Field(() => Int, { description: 'Openings in these vacancies together.' })
  openings: number;
}

@ObjectType('RegionFigures', { description: 'The region in aggregates: no person, no row of one learner, small numbers hidden.' })
export class RegionFiguresType {
  @Field(() => HiddenCountType, { description: 'Learners of all providers together.' })
  learners: HiddenCount;
  @Field(() => [RegionRowType], { description: 'Learners by how far they have come.' })
  byStage: readonly RegionRowType[];
  @Field(() => [RegionRowType], { description: 'Learners by the qualification they are studying.' })
  byProgramme: readonly RegionRowType[];
  @Field(() => [RegionRowType], { description: 'Learners by the provider that teaches them.' })
  byProvider: readonly RegionRowType[];
  @Field(() => [RegionRowType], { description: 'Learners by what pays for them.' })
  byFundingSource: readonly RegionRowType[];
  @Field(() => HiddenCountType, { description: 'Placements agreed, withdrawn ones left out.' })
  placements: HiddenCount;
  @Field(() => [RegionRowType], { description: 'Placements by the campus they are at.' })
  placementsByCampus: readonly RegionRowType[];
  @Field(() => [RegionRowType], { description: 'Placements by home: RESIDENT, ELSEWHERE or UNKNOWN.' })
  placementsByHome: readonly RegionRowType[];
  @Field(() => [RegionRowType], { description: 'Learners who have a skill of each group; a learner with skills of two groups counts in both.' })
  bySkillGroup: readonly RegionRowType[];
  @Field(() => [CampusOpeningsType], { description: 'Live vacancies and openings by campus.' })
  openingsByCampus: readonly CampusOpeningsType[];
}
