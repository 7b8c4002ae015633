import type { Availability, CheckHeld, Learner, LearnerSkill } from '@meriden/domain';
import { LEARNER_STAGES, type LearnerStage } from '@meriden/persistence/reads';
import { Field, ID, InputType, Int, ObjectType, PartialType } from '@nestjs/graphql';
import { AdjustmentEnum, CheckKindEnum, SkillSourceEnum, TravelModeEnum, WeekdayEnum, domainEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { EmailAddressScalar, LocalDateScalar, OutcodeScalar, UuidScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

export const LearnerStageEnum = domainEnum<LearnerStage>('LearnerStage', LEARNER_STAGES, 'How far a learner has come on the way to a placement.', {
  NO_PROFILE: 'Too little is in the profile to suggest anything.',
  NO_SUGGESTION: 'The profile is there, but nothing fits it yet.',
  SUGGESTED: 'Suggestions are there, but nothing is ranked yet.',
  RANKED: 'Vacancies are ranked in a round that is not over.',
  PROPOSED: 'A round proposes a place that waits for an answer.',
  PLACED: 'A place was accepted and a placement agreed.',
});

@ObjectType('LearnerSkill', { description: 'One skill of a learner, with what shows it.' })
export class LearnerSkillType implements Pick<LearnerSkill, 'evidence' | 'source'> {
  @Field(() => String, { description: 'What shows the skill, in the learner’s own words.' })
  evidence: string;
  @Field(() => SkillSourceEnum, { description: 'How the skill got into the profile.' })
  source: keyof typeof SkillSourceEnum;
}

@ObjectType('Availability', { description: 'When a learner can be on placement, and how much.' })
export class AvailabilityType implements Availability {
  @Field(() => LocalDateScalar, { description: 'First day the learner can be on placement.' })
  from: string;
  @Field(() => LocalDateScalar, { description: 'Last day the learner can be on placement.' })
  to: string;
  @Field(() => [WeekdayEnum], { description: 'Days of the week that are free.' })
  weekdays: readonly (keyof typeof WeekdayEnum)[];
  @Field(() => Int, { description: 'Hours a week the learner can give, 1 to 48.' })
  hoursPerWeek: number;
}

@ObjectType('CheckHeld', { description: 'A check that a learner holds: the outcome and its expiry, never the details.' })
export class CheckHeldType implements CheckHeld {
  @Field(() => CheckKindEnum, { description: 'Which check the learner holds.' })
  kind: keyof typeof CheckKindEnum;
  @Field(() => LocalDateScalar, { nullable: true, description: 'Last day on which it counts; null when it does not expire.' })
  expiresOn: string | null;
}

type Shown = Pick<
  Learner,
  | 'id' | 'givenName' | 'familyName' | 'uln' | 'dateOfBirth' | 'academicYear' | 'level' | 'outcode' | 'travelModes' | 'maxTravelMinutes'
  | 'requiredHours' | 'interests' | 'adjustmentsNeeded' | 'consentToMatching' | 'version'
>;

@ObjectType('Learner', {
  implements: () => [NodeType],
  description: 'A person on, or applying to, a programme. Seen by the learner and the provider that owns the record; never by employers.',
})
export class LearnerType implements Shown {
  @NodeIdField('Learner', 'learner')
  id: string;
  @Field(() => String, { description: 'First name as the provider keeps it.' })
  givenName: string;
  @Field(() => String, { description: 'Surname as the provider keeps it.' })
  familyName: string;
  @Field(() => String, { nullable: true, description: 'Unique learner number of 10 digits; null when not yet known.' })
  uln: string | null;
  @Field(() => LocalDateScalar, { nullable: true, description: 'Birth date, used for the legal rules about young workers alone.' })
  dateOfBirth: string | null;
  @Field(() => String, { description: 'Academic year of the programme, for example `2026/27`.' })
  academicYear: string;
  @Field(() => Int, { description: 'RQF level being studied, from 1 to 8.' })
  level: number;
  @Field(() => OutcodeScalar, { nullable: true, description: 'First half of the home postcode, for journey times; null when not given.' })
  outcode: string | null;
  @Field(() => [TravelModeEnum], { description: 'Ways the learner is able to travel.' })
  travelModes: readonly (keyof typeof TravelModeEnum)[];
  @Field(() => Int, { description: 'Most minutes of travel one way, 5 to 180.' })
  maxTravelMinutes: number;
  @Field(() => AvailabilityType, { nullable: true, description: 'When the learner can be on placement; null when not given.' })
  availability: AvailabilityType | null;
  @Field(() => Int, { nullable: true, description: 'Hours the programme requires of a placement; null when none are set.' })
  requiredHours: number | null;
  @Field(() => [LearnerSkillType], { description: 'Skills of the profile with their evidence.' })
  skills: readonly LearnerSkillType[];
  @Field(() => [String], { description: 'Skill clusters the learner wants to work in, such as `imaging`.' })
  interests: readonly string[];
  @Field(() => [CheckHeldType], { description: 'Checks the learner holds, with their expiry.' })
  checks: readonly CheckHeldType[];
  @Field(() => [AdjustmentEnum], { description: 'What a workplace would have to provide.' })
  adjustmentsNeeded: readonly (keyof typeof AdjustmentEnum)[];
  @Field(() => Boolean, { description: 'Whether suggestions may be computed and shown at all.' })
  consentToMatching: boolean;
  @Field(() => Int, { description: 'Grows by one with each change; give it back with the next.' })
  version: number;
}

@ObjectType('LearnerConnection', { description: 'A page of learners, with what is needed to ask for the next.' })
export class LearnerConnection extends connectionOf(LearnerType, 'Learner', 'learners') {}

@InputType({ description: 'Which learners to list; conditions are joined by and.' })
export class LearnerFilterInput {
  @Field(() => String, { nullable: true, description: 'A part of the name, at most 200 characters, capitals aside.' })
  name?: string | null;
  @Field(() => LearnerStageEnum, { nullable: true, description: 'Only learners who have come this far.' })
  stage?: LearnerStage | null;
  @Field(() => ID, { nullable: true, description: 'Key or node id of the qualification they are studying.' })
  qualificationId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Key or node id of a funding source that pays for them.' })
  fundingSourceId?: string | null;
}

@InputType({ description: 'One skill for a profile, with what shows it.' })
export class LearnerSkillInput {
  @Field(() => ID, { description: 'Key of the skill, for example `python`, or its node id.' })
  skillId: string;
  @Field(() => String, { description: 'What shows the skill, at most 500 characters.' })
  evidence: string;
  @Field(() => SkillSourceEnum, { description: 'How the skill got into the profile.' })
  source: keyof typeof SkillSourceEnum;
}

@InputType({ description: 'When the learner can be on placement.' })
export class AvailabilityInput {
  @Field(() => LocalDateScalar, { description: 'First day the learner can be on placement.' })
  from: string;
  @Field(() => LocalDateScalar, { description: 'Last day the learner can be on placement.' })
  to: string;
  @Field(() => [WeekdayEnum], { description: 'Days of the week that are free.' })
  weekdays: (keyof typeof WeekdayEnum)[];
  @Field(() => Int, { description: 'Hours a week, from 1 to 48 (40 for people under 18).' })
  hoursPerWeek: number;
}

@InputType({ description: 'A check the learner holds.' })
export class CheckHeldInput {
  @Field(() => CheckKindEnum, { description: 'Which check the learner holds.' })
  kind: keyof typeof CheckKindEnum;
  @Field(() => LocalDateScalar, { nullable: true, description: 'Last day on which it counts; null when it does not expire.' })
  expiresOn: string | null;
}

@InputType({ description: 'The part of a learner’s record that scores read; no names and no birth date.' })
export class LearnerProfileInput {
  @Field(() => ID, { description: 'Key of the qualification studied, or its node id.' })
  qualificationId: string;
  @Field(() => Int, { description: 'RQF level being studied, from 1 to 8.' })
  level: number;
  @Field(() => String, { description: 'Key of the entry point, for example `school-leaver-t-level`.' })
  entryPointId: string;
  @Field(() => [ID], { description: 'Keys or node ids of the funding sources that pay for this learner.' })
  fundingSourceIds: string[];
  @Field(() => OutcodeScalar, { nullable: true, description: 'First half of the home postcode; null when not given.' })
  outcode: string | null;
  @Field(() => [TravelModeEnum], { description: 'Ways the learner is able to travel.' })
  travelModes: (keyof typeof TravelModeEnum)[];
  @Field(() => Int, { description: 'Most minutes of travel one way, 5 to 180.' })
  maxTravelMinutes: number;
  @Field(() => AvailabilityInput, { nullable: true, description: 'When the learner can be on placement; null when not given.' })
  availability: AvailabilityInput | null;
  @Field(() => Int, { nullable: true, description: 'Hours the programme requires, 1 to 2,000; null when none are set.' })
  requiredHours: number | null;
  @Field(() => [LearnerSkillInput], { description: 'Skills with their evidence, at most 100.' })
  skills: LearnerSkillInput[];
  @Field(() => [String], { description: 'Skill clusters of interest, such as `imaging`.' })
  interests: string[];
  @Field(() => [CheckHeldInput], { description: 'Checks the learner holds, with their expiry.' })
  checks: CheckHeldInput[];
  @Field(() => [AdjustmentEnum], { description: 'What a workplace would have to provide.' })
  adjustmentsNeeded: (keyof typeof AdjustmentEnum)[];
  @Field(() => Boolean, { description: 'Whether suggestions may be computed and shown at all.' })
  consentToMatching: boolean;
}

@InputType({ description: 'What changes in a profile; fields left out stay as they are.' })
export class LearnerProfileChangesInput extends PartialType(LearnerProfileInput) {}

@InputType({ description: 'A learner who joins the provider of the acting member of staff.' })
export class EnrolLearnerInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => String, { description: 'First name, at most 200 characters.' })
  givenName: string;
  @Field(() => String, { description: 'Surname, at most 200 characters.' })
  familyName: string;
  @Field(() => String, { nullable: true, description: 'Unique learner number, 10 digits with check digit; null when not known.' })
  uln: string | null;
  @Field(() => LocalDateScalar, { nullable: true, description: 'Birth date, for the rules about young workers; null when not known.' })
  dateOfBirth: string | null;
  @Field(() => String, { description: 'Academic year of the programme, for example `2026/27`.' })
  academicYear: string;
  @Field(() => EmailAddressScalar, { nullable: true, description: 'Address the learner will sign in with; null for no account yet.' })
  email: string | null;
  @Field(() => LearnerProfileInput, { description: 'The profile that suggestions are computed from.' })
  profile: LearnerProfileInput;
}

@InputType({ description: 'A change of a learner’s profile, by the learner or by the provider.' })
export class ReviseProfileInput {
  @Field(() => ID, { description: 'Node id of the learner whose profile changes.' })
  learnerId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
  @Field(() => LearnerProfileChangesInput, { description: 'What changes; fields left out stay as they are.' })
  profile: LearnerProfileChangesInput;
}

@ObjectType('EnrolLearnerSuccess', { description: 'The learner was enrolled and will be scored.' })
export class EnrolLearnerSuccess {
  @Field(() => LearnerType, { description: 'The learner as enrolled, at version 1.' })
  learner: Learner;
}
export const EnrolLearnerPayload = payloadOf('EnrolLearner', EnrolLearnerSuccess, 'EnrolLearnerSuccess');

@ObjectType('ReviseProfileSuccess', { description: 'The profile was changed and the learner will be scored anew.' })
export class ReviseProfileSuccess {
  @Field(() => LearnerType, { description: 'The learner after the change, with the new version.' })
  learner: Learner;
}
export const ReviseProfilePayload = payloadOf('ReviseProfile', ReviseProfileSuccess, 'ReviseProfileSuccess');
