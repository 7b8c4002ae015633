import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { ProgrammeKindEnum, TravelModeEnum } from '../graphql/enums.js';
import { NodeIdField, NodeType } from '../node/node.types.js';
import { LocalDateScalar, OutcodeScalar } from '../graphql/scalars.js';
import {
  CampusKindEnum,
  CampusStatusEnum,
  CertaintyEnum,
  FigureUnitEnum,
  FundingKindEnum,
  LocationPrecisionEnum,
  QualificationKindEnum,
  QualificationUseEnum,
  SkillKindEnum,
  type CertaintyName,
} from './reference.enums.js';
import type { CampusRow, EntryPointRow, FigureRow, FundingSourceRow, QualificationRow, SkillRow } from './reference-rows.js';

@ObjectType('Provenance', { description: 'Where a row of the reference data comes from and how far it may be trusted.' })
export class ProvenanceType {
  @Field(() => String, { description: 'The publication or register that the row was taken from.' })
  source: string;
  @Field(() => CertaintyEnum, { description: 'How far the row may be trusted; only SOURCED is shown as fact.' })
  certainty: CertaintyName;
  @Field(() => String, { nullable: true, description: 'What is not certain, in words; null when there is nothing to add.' })
  certaintyNote: string | null;
}

@ObjectType('Location', { description: 'Where a place is, with how exact that is.' })
export class LocationType {
  @Field(() => Float, { description: 'Degrees north of the equator (WGS84), for example 52.44.' })
  lat: number;
  @Field(() => Float, { description: 'Degrees east of Greenwich (WGS84), for example -1.95.' })
  lon: number;
  @Field(() => LocationPrecisionEnum, { description: 'How exact these coordinates are; say so beside journey times.' })
  precision: keyof typeof LocationPrecisionEnum;
}

@ObjectType('Campus', {
  implements: () => [NodeType],
  description: 'A place of the region: campus, facility, service, district or programme. Its key is a slug such as `arden-cross`.',
})
export class CampusType implements Pick<CampusRow, 'name' | 'shortName' | 'kind' | 'status' | 'statusNote' | 'opensOn' | 'holdsVacancies' | 'tags'> {
  @NodeIdField('Campus', 'place')
  id: string;
  @Field(() => String, { description: 'Stable key that vacancies name, for example `arden-cross`.' })
  key: string;
  @Field(() => String, { description: 'Full name of the place as published.' })
  name: string;
  @Field(() => String, { description: 'Short name that fits a table cell, for example `BHIC`.' })
  shortName: string;
  @Field(() => CampusKindEnum, { description: 'What kind of place this is.' })
  kind: keyof typeof CampusKindEnum;
  @Field(() => CampusStatusEnum, { description: 'Whether the place can be worked at yet.' })
  status: keyof typeof CampusStatusEnum;
  @Field(() => String, { description: 'What to say about the status beside a vacancy.' })
  statusNote: string;
  @Field(() => LocalDateScalar, { nullable: true, description: 'Published opening date; null when none is published.' })
  opensOn: string | null;
  @Field(() => Boolean, { description: 'Whether vacancies can be posted at this place.' })
  holdsVacancies: boolean;
  @Field(() => OutcodeScalar, { nullable: true, description: 'First half of its postcode; null for a programme.' })
  outcode: string | null;
  @Field(() => LocationType, { nullable: true, description: 'Where it is; null for a programme, which has members instead.' })
  location: LocationType | null;
  @Field(() => [String], { description: 'What the place can do, such as `clean-room` or `3d-printing`.' })
  tags: readonly string[];
  @Field(() => ProvenanceType, { description: 'Where this row comes from and how certain it is.' })
  provenance: ProvenanceType;
}

@ObjectType('Qualification', { implements: () => [NodeType], description: 'A qualification that learners are on, or came with.' })
export class QualificationType implements Pick<QualificationRow, 'title' | 'shortTitle' | 'kind' | 'programmeKind' | 'usage' | 'level' | 'larsCode'> {
  @NodeIdField('Qualification', 'qualification')
  id: string;
  @Field(() => String, { description: 'Stable key that learner profiles name, for example `tl-60358324`.' })
  key: string;
  @Field(() => String, { description: 'Full title of the qualification as published.' })
  title: string;
  @Field(() => String, { description: 'Short title that fits a table cell.' })
  shortTitle: string;
  @Field(() => QualificationKindEnum, { description: 'What kind of qualification this is.' })
  kind: keyof typeof QualificationKindEnum;
  @Field(() => ProgrammeKindEnum, { description: 'The kind of programme that vacancies accept it as.' })
  programmeKind: keyof typeof ProgrammeKindEnum;
  @Field(() => QualificationUseEnum, { description: 'Whether learners are on it now or held it before.' })
  usage: keyof typeof QualificationUseEnum;
  @Field(() => Int, { description: 'Level of the Regulated Qualifications Framework, 1 to 8.' })
  level: number;
  @Field(() => String, { nullable: true, description: 'Learning aim reference of 8 characters; null where none is known.' })
  larsCode: string | null;
  @Field(() => Int, { nullable: true, description: 'Hours of placement its own rule demands; null where none is known.' })
  placementHoursMin: number | null;
  @Field(() => ProvenanceType, { description: 'Where this row comes from and how certain it is.' })
  provenance: ProvenanceType;
}

@ObjectType('EntryPoint', { description: 'A background and career stage from which people enter; typical ages are words, never a rule.' })
export class EntryPointType implements Pick<EntryPointRow, 'label' | 'careerStage' | 'typicalAge' | 'typicalLevel' | 'route'> {
  @Field(() => String, { description: 'Stable key that profiles and vacancies name, for example `career-changer`.' })
  key: string;
  @Field(() => String, { description: 'What the entry point is called on screens.' })
  label: string;
  @Field(() => String, { description: 'Career stage in words, for example `starting out`.' })
  careerStage: string;
  @Field(() => String, { description: 'Typical ages in words; shown, never used as a rule.' })
  typicalAge: string;
  @Field(() => Int, { description: 'Typical level of study on the RQF, 1 to 8.' })
  typicalLevel: number;
  @Field(() => String, { description: 'The usual way from here into a placement.' })
  route: string;
  @Field(() => ProvenanceType, { description: 'Where this row comes from and how certain it is.' })
  provenance: ProvenanceType;
}

@ObjectType('Skill', { implements: () => [NodeType], description: 'A skill that profiles hold and vacancies need: of the MedTech taxonomy, or of ESCO.' })
export class SkillType implements Pick<SkillRow, 'label' | 'kind' | 'cluster' | 'synonyms' | 'escoUri'> {
  @NodeIdField('Skill', 'skill')
  id: string;
  @Field(() => String, { description: 'Stable key that profiles and vacancies name, for example `python`.' })
  key: string;
  @Field(() => String, { description: 'What the skill is called on screens.' })
  label: string;
  @Field(() => SkillKindEnum, { description: 'What kind of skill this is; SKILL for all that only ESCO has.' })
  kind: keyof typeof SkillKindEnum;
  @Field(() => String, { nullable: true, description: 'The cluster of the taxonomy it belongs to, for example `imaging`; null for a skill of ESCO.' })
  cluster: string | null;
  @Field(() => [String], { description: 'Other names under which people write it.' })
  synonyms: readonly string[];
  @Field(() => String, { nullable: true, description: 'Its identifier in the European ESCO classification; null without one.' })
  escoUri: string | null;
  @Field(() => ProvenanceType, { description: 'Where this row comes from and how certain it is.' })
  provenance: ProvenanceType;
}

@ObjectType('FundingSource', { implements: () => [NodeType], description: 'A fund that pays for placements, or a cohort reported by itself.' })
export class FundingSourceType implements Pick<FundingSourceRow, 'name' | 'shortName' | 'kind' | 'eligibility'> {
  @NodeIdField('FundingSource', 'funding source')
  id: string;
  @Field(() => String, { description: 'Stable key that profiles and vacancies name, for example `wm-investment-zone`.' })
  key: string;
  @Field(() => String, { description: 'Full name of the funding source as published.' })
  name: string;
  @Field(() => String, { description: 'Short name that fits a table cell.' })
  shortName: string;
  @Field(() => FundingKindEnum, { description: 'Whether it is a fund or a cohort.' })
  kind: keyof typeof FundingKindEnum;
  @Field(() => String, { description: 'Who is eligible, in words; a rule is set per vacancy.' })
  eligibility: string;
  @Field(() => ProvenanceType, { description: 'Where this row comes from and how certain it is.' })
  provenance: ProvenanceType;
}

@ObjectType('TravelReach', { description: 'How far a way of travel brings somebody; the estimate behind all journey times, no timetable.' })
export class TravelReachType {
  @Field(() => TravelModeEnum, { description: 'The way of travel that is meant.' })
  mode: keyof typeof TravelModeEnum;
  @Field(() => Int, { description: 'Minutes for getting there, waiting and changing, whatever the distance.' })
  accessMinutes: number;
  @Field(() => Int, { description: 'Metres in a straight line that an hour on the way brings.' })
  straightMetresPerHour: number;
}

@ObjectType('LaunchFigure', { description: 'A figure quoted at the launch: shown with its scope and source, never scaled to another scope.' })
export class LaunchFigureType implements Pick<FigureRow, 'label' | 'value' | 'unit' | 'scope' | 'byYear' | 'partOf' | 'published'> {
  @Field(() => String, { description: 'Stable key of the figure, for example `medtech-jobs-2035`.' })
  key: string;
  @Field(() => String, { description: 'What the figure says, as a short sentence.' })
  label: string;
  @Field(() => Float, { description: 'The number itself, a whole number in its unit.' })
  value: number;
  @Field(() => FigureUnitEnum, { description: 'What the number counts: people, jobs or pounds.' })
  unit: keyof typeof FigureUnitEnum;
  @Field(() => String, { description: 'What the figure is about, and so what it is not.' })
  scope: string;
  @Field(() => Int, { nullable: true, description: 'The year by which it is to come about; null when none is stated.' })
  byYear: number | null;
  @Field(() => String, { nullable: true, description: 'Key of the total that this figure is a part of; null for none.' })
  partOf: string | null;
  @Field(() => String, { description: 'Year or date on which it was published.' })
  published: string;
  @Field(() => ProvenanceType, { description: 'Where this row comes from and how certain it is.' })
  provenance: ProvenanceType;
}
