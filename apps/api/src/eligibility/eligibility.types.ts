import type { Eligibility } from '@meriden/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { VacancyDetailsInput } from '../vacancy/vacancy.types.js';

@ObjectType('IfTrained', { description: 'What one essential skill keeps away: people who would be well suited if it were trained instead.' })
export class IfTrainedType {
  @Field(() => Int, { nullable: true, description: 'How many more would be well suited; blurred, in steps of 5; null = a few or none.' })
  adds: number | null;
}

@ObjectType('ShutOut', { description: 'Learners whom one rule alone shuts out of the vacancy.' })
export class ShutOutType {
  @Field(() => String, { description: 'Code of the gate, for example `LEVEL`.' })
  code: string;
  @Field(() => String, { description: 'The rule in words, with its source where it is law.' })
  rule: string;
  @Field(() => Int, { nullable: true, description: 'How many it alone shuts out; blurred, in steps of 5; null = a few or none.' })
  learners: number | null;
}

@ObjectType('Eligibility', { description: 'What a vacancy as it is written would reach: counts of people, blurred (off by about 5 of 40, 8 of 100 and 26 of 1,000; the same people always alike), in steps of five, those of fewer than five hidden.' })
export class EligibilityType {
  @Field(() => Int, { nullable: true, description: 'Learners to whom no gate shuts it; blurred, in steps of 5; null = a few or none.' })
  eligible: number | null;
  @Field(() => Int, { nullable: true, description: 'Of these, who reach half of the employer’s own score; blurred, in steps of 5; null = a few or none.' })
  wellSuited: number | null;
  @Field(() => [IfTrainedType], { description: 'What each essential skill keeps away, in the order they stand in the vacancy.' })
  ifTrained: Eligibility['ifTrained'];
  @Field(() => [ShutOutType], { description: 'What each rule alone shuts out, most first; those whose count is hidden are left out.' })
  shutOutBy: Eligibility['shutOutBy'];
}

@ObjectType('EligibilityQuestion', { description: 'A question of an employer about what a vacancy would reach; forgotten in a day.' })
export class EligibilityQuestionType {
  @Field(() => ID, { description: 'What `eligibility` is asked with where the answer was not there yet.' })
  id: string;
  @Field(() => EligibilityType, { nullable: true, description: 'The counts; null until they are there, which takes a second or so.' })
  answer: EligibilityType | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was counted; null until then.' })
  answeredAt: string | null;
}

@InputType({ description: 'A vacancy as it is written so far; nothing is posted.' })
export class AskEligibilityInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => VacancyDetailsInput, { description: 'Everything the vacancy would say.' })
  details: VacancyDetailsInput;
}

@ObjectType('AskEligibilitySuccess', { description: 'The question, most often with its answer.' })
export class AskEligibilitySuccess {
  @Field(() => EligibilityQuestionType, { description: 'The question and what was counted.' })
  question: object;
}
export const AskEligibilityPayload = payloadOf('AskEligibility', AskEligibilitySuccess, 'AskEligibilitySuccess');
