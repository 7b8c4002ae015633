import type { Vacancy } from '@meriden/domain';
import { Field, ID, InputType, Int, ObjectType, PartialType } from '@nestjs/graphql';
import {
  AdjustmentEnum,
  CheckKindEnum,
  DeliveryApproachEnum,
  HazardEnum,
  PayKindEnum,
  ProgrammeKindEnum,
  SkillNeedEnum,
  VacancyStateEnum,
  WeekdayEnum,
} from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { BasisPointsScalar, LocalDateScalar, UuidScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('VacancySkill', { description: 'One skill of a vacancy and how much it is needed.' })
export class VacancySkillType {
  @Field(() => SkillNeedEnum, { description: 'Whether it is needed, useful or taught.' })
  need: keyof typeof SkillNeedEnum;
}

type Shown = Omit<Vacancy, 'organisationId' | 'campusId' | 'skills' | 'entryPointIds' | 'fundingSourceIds'>;

@ObjectType('Vacancy', {
  implements: () => [NodeType],
  description: 'A published offer of one or more places (openings) at a campus or site.',
})
export class VacancyType implements Shown {
  @NodeIdField('Vacancy', 'vacancy')
  id: string;
  @Field(() => VacancyStateEnum, { description: 'Draft, live or closed; only live ones are suggested.' })
  state: keyof typeof VacancyStateEnum;
  @Field(() => String, { description: 'What the work is called, at most 200 characters.' })
  title: string;
  @Field(() => String, { description: 'Plain text about the work, at most 10,000 characters.' })
  description: string;
  @Field(() => [VacancySkillType], { description: 'Skills the work needs, uses or teaches.' })
  skills: readonly VacancySkillType[];
  @Field(() => Int, { description: 'Lowest RQF level accepted, 1 to 8.' })
  levelFrom: number;
  @Field(() => Int, { description: 'Highest RQF level accepted, 1 to 8.' })
  levelTo: number;
  @Field(() => [ProgrammeKindEnum], { description: 'Kinds of programme whose learners are accepted.' })
  programmeKinds: readonly (keyof typeof ProgrammeKindEnum)[];
  @Field(() => LocalDateScalar, { description: 'First day of the placement.' })
  startsOn: string;
  @Field(() => LocalDateScalar, { description: 'Last day of the placement.' })
  endsOn: string;
  @Field(() => [WeekdayEnum], { description: 'Days of the week that are worked.' })
  weekdays: readonly (keyof typeof WeekdayEnum)[];
  @Field(() => Int, { description: 'Hours of work a week, 1 to 48.' })
  hoursPerWeek: number;
  @Field(() => Int, { description: 'Hours of work over the whole placement.' })
  totalHours: number;
  @Field(() => BasisPointsScalar, { description: 'Share of the hours that may be remote, in ten-thousandths.' })
  remoteShare: number;
  @Field(() => Int, { description: 'Learners it can take, 1 to 500.' })
  openings: number;
  @Field(() => PayKindEnum, { description: 'Paid, or the lawful reason for no pay.' })
  pay: keyof typeof PayKindEnum;
  @Field(() => Int, { nullable: true, description: 'Pay in pence an hour; null exactly when unpaid.' })
  hourlyPence: number | null;
  @Field(() => [CheckKindEnum], { description: 'Checks needed before the first day.' })
  checksNeeded: readonly (keyof typeof CheckKindEnum)[];
  @Field(() => DeliveryApproachEnum, { description: 'How the hours are delivered.' })
  deliveryApproach: keyof typeof DeliveryApproachEnum;
  @Field(() => [HazardEnum], { description: 'Workplace risks that bar or limit people under 18.' })
  hazards: readonly (keyof typeof HazardEnum)[];
  @Field(() => [AdjustmentEnum], { description: 'Adjustments that the workplace offers.' })
  adjustmentsOffered: readonly (keyof typeof AdjustmentEnum)[];
  @Field(() => Boolean, { description: 'Whether a funder’s written rule admits its own learners only.' })
  fundingRequired: boolean;
  @Field(() => Int, { description: 'Grows by one with each change; give it back with the next.' })
  version: number;
}

@ObjectType('VacancyConnection', { description: 'A page of vacancies, with what is needed to ask for the next.' })
export class VacancyConnection extends connectionOf(VacancyType, 'Vacancy', 'vacancies') {}

@InputType({ description: 'Which vacancies to list; conditions are joined by and.' })
export class VacancyFilterInput {
  @Field(() => String, { nullable: true, description: 'Words to look for in title and description, at most 200 characters.' })
  text?: string | null;
  @Field(() => ID, { nullable: true, description: 'Key or node id of a campus; places inside it count too.' })
  campusId?: string | null;
  @Field(() => String, { nullable: true, description: 'A skill cluster such as `imaging` that it needs skills of.' })
  cluster?: string | null;
  @Field(() => Int, { nullable: true, description: 'An RQF level from 1 to 8 that it must accept.' })
  level?: number | null;
  @Field(() => [VacancyStateEnum], { nullable: true, description: 'States to list; live ones when left out.' })
  states?: (keyof typeof VacancyStateEnum)[] | null;
  @Field(() => ID, { nullable: true, description: 'Node id of the employer that posted it.' })
  organisationId?: string | null;
}

@InputType({ description: 'One skill for a vacancy and how much it is needed.' })
export class VacancySkillInput {
  @Field(() => ID, { description: 'Key of the skill, for example `python`, or its node id.' })
  skillId: string;
  @Field(() => SkillNeedEnum, { description: 'Whether it is needed, useful or taught.' })
  need: keyof typeof SkillNeedEnum;
}

@InputType({ description: 'Everything a vacancy says; numbers out of range and dates that do not exist come back as refusals.' })
export class VacancyDetailsInput {
  @Field(() => String, { description: 'What the work is called, at most 200 characters.' })
  title: string;
  @Field(() => String, { description: 'Plain text about the work, at most 10,000 characters.' })
  description: string;
  @Field(() => ID, { description: 'Key of the campus, for example `arden-cross`, or its node id.' })
  campusId: string;
  @Field(() => [VacancySkillInput], { description: 'Skills the work needs, uses or teaches, at most 60.' })
  skills: VacancySkillInput[];
  @Field(() => Int, { description: 'Lowest RQF level accepted, 1 to 8.' })
  levelFrom: number;
  @Field(() => Int, { description: 'Highest RQF level accepted, 1 to 8.' })
  levelTo: number;
  @Field(() => [ProgrammeKindEnum], { description: 'Kinds of programme whose learners are accepted; at least one.' })
  programmeKinds: (keyof typeof ProgrammeKindEnum)[];
  @Field(() => [String], { description: 'Keys of the entry points accepted; empty accepts all of them.' })
  entryPointIds: string[];
  @Field(() => LocalDateScalar, { description: 'First day of the placement.' })
  startsOn: string;
  @Field(() => LocalDateScalar, { description: 'Last day of the placement.' })
  endsOn: string;
  @Field(() => [WeekdayEnum], { description: 'Days of the week that are worked.' })
  weekdays: (keyof typeof WeekdayEnum)[];
  @Field(() => Int, { description: 'Hours of work a week, 1 to 48.' })
  hoursPerWeek: number;
  @Field(() => Int, { description: 'Hours over the whole placement, 1 to 2,500; they must fit the dates.' })
  totalHours: number;
  @Field(() => Int, { description: 'Share of the hours that may be remote, 0 to 10,000 ten-thousandths.' })
  remoteShare: number;
  @Field(() => Int, { description: 'Learners it can take, 1 to 500.' })
  openings: number;
  @Field(() => PayKindEnum, { description: 'Paid, or the lawful reason for no pay.' })
  pay: keyof typeof PayKindEnum;
  @Field(() => Int, { nullable: true, description: 'Pay in pence an hour; null exactly when unpaid.' })
  hourlyPence: number | null;
  @Field(() => [CheckKindEnum], { description: 'Checks needed before the first day.' })
  checksNeeded: (keyof typeof CheckKindEnum)[];
  @Field(() => DeliveryApproachEnum, { description: 'How the hours are delivered.' })
  deliveryApproach: keyof typeof DeliveryApproachEnum;
  @Field(() => [HazardEnum], { description: 'Workplace risks that bar or limit people under 18.' })
  hazards: (keyof typeof HazardEnum)[];
  @Field(() => [AdjustmentEnum], { description: 'Adjustments that the workplace offers.' })
  adjustmentsOffered: (keyof typeof AdjustmentEnum)[];
  @Field(() => [ID], { description: 'Keys or node ids of the funding sources that pay for it.' })
  fundingSourceIds: string[];
  @Field(() => Boolean, { description: 'True only where a funder’s written rule admits its own learners alone.' })
  fundingRequired: boolean;
}

@InputType({ description: 'What changes in a vacancy; fields left out stay as they are.' })
export class VacancyChangesInput extends PartialType(VacancyDetailsInput) {}

@InputType({ description: 'A new vacancy of the acting employer.' })
export class PostVacancyInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => VacancyDetailsInput, { description: 'Everything the vacancy says.' })
  details: VacancyDetailsInput;
  @Field(() => Boolean, { description: 'True to go live at once; false to keep a draft.' })
  publish: boolean;
}

@InputType({ description: 'A change of the acting employer’s own vacancy.' })
export class ReviseVacancyInput {
  @Field(() => ID, { description: 'Node id of the vacancy that changes.' })
  vacancyId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
  @Field(() => VacancyChangesInput, { description: 'What changes; fields left out stay as they are.' })
  details: VacancyChangesInput;
}

@InputType({ description: 'Which vacancy to publish, as it was seen.' })
export class PublishVacancyInput {
  @Field(() => ID, { description: 'Node id of the draft to publish.' })
  vacancyId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@InputType({ description: 'Which vacancy to close, as it was seen.' })
export class CloseVacancyInput {
  @Field(() => ID, { description: 'Node id of the vacancy to close.' })
  vacancyId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@ObjectType('PostVacancySuccess', { description: 'The vacancy was stored; a live one will be scored within seconds.' })
export class PostVacancySuccess {
  @Field(() => VacancyType, { description: 'The vacancy as stored, at version 1.' })
  vacancy: Vacancy;
}
export const PostVacancyPayload = payloadOf('PostVacancy', PostVacancySuccess, 'PostVacancySuccess');

@ObjectType('ReviseVacancySuccess', { description: 'The vacancy was changed; a live one will be scored anew.' })
export class ReviseVacancySuccess {
  @Field(() => VacancyType, { description: 'The vacancy after the change, with the new version.' })
  vacancy: Vacancy;
}
export const ReviseVacancyPayload = payloadOf('ReviseVacancy', ReviseVacancySuccess, 'ReviseVacancySuccess');

@ObjectType('PublishVacancySuccess', { description: 'The draft went live and will be scored within seconds.' })
export class PublishVacancySuccess {
  @Field(() => VacancyType, { description: 'The vacancy now live, with the new version.' })
  vacancy: Vacancy;
}
export const PublishVacancyPayload = payloadOf('PublishVacancy', PublishVacancySuccess, 'PublishVacancySuccess');

@ObjectType('CloseVacancySuccess', { description: 'The vacancy was closed; what was agreed stays agreed.' })
export class CloseVacancySuccess {
  @Field(() => VacancyType, { description: 'The vacancy now closed, with the new version.' })
  vacancy: Vacancy;
}
export const CloseVacancyPayload = payloadOf('CloseVacancy', CloseVacancySuccess, 'CloseVacancySuccess');
