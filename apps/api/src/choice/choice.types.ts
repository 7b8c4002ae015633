import { CANDIDATE_DECISIONS, DISMISS_REASONS, VACANCY_CHOICES, type CandidateDecision, type VacancyChoice } from '@meriden/domain';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { CandidateType } from '../candidate/candidate.types.js';
import { domainEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { VacancyType } from '../vacancy/vacancy.types.js';

export const VacancyChoiceKindEnum = domainEnum('VacancyChoiceKind', VACANCY_CHOICES, 'What a learner did with a vacancy that was shown.', {
  SAVED: 'Kept by the learner to come back to.',
  DISMISSED: 'Put aside by the learner, with a reason.',
});

export const DismissReasonEnum = domainEnum('DismissReason', DISMISS_REASONS, 'Why a learner puts a vacancy aside; people read it, no score does.', {
  TOO_FAR: 'The journey is too long or too dear.',
  WRONG_TIMES: 'The days, hours or dates do not suit.',
  NOT_MY_FIELD: 'The work is not what the learner wants to do.',
  PAY: 'The pay, or that there is none.',
  KNOW_THE_HOST: 'The learner knows the host and would rather not go there.',
  OTHER: 'Another reason, which is said in words.',
});

export const CandidateDecisionKindEnum = domainEnum('CandidateDecisionKind', CANDIDATE_DECISIONS, 'What an employer decided about a candidate.', {
  SHORTLISTED: 'The employer wants to go on with the candidate.',
  REFUSED: 'The employer does not go on with the candidate, and says why.',
});

@ObjectType('VacancyChoice', { description: 'What a learner did with one vacancy; the learner and the provider see it, employers never.' })
export class VacancyChoiceType implements Pick<VacancyChoice, 'choice' | 'reason' | 'words' | 'chosenAt'> {
  @Field(() => VacancyChoiceKindEnum, { description: 'Saved for later or put aside.' })
  choice: keyof typeof VacancyChoiceKindEnum;
  @Field(() => DismissReasonEnum, { nullable: true, description: 'Why it was put aside; null when it was saved.' })
  reason: keyof typeof DismissReasonEnum | null;
  @Field(() => String, { nullable: true, description: 'The learner’s own words about it; null when none were given.' })
  words: string | null;
  @Field(() => DateTimeScalar, { description: 'When the learner last chose so.' })
  chosenAt: string;
}

@ObjectType('VacancyChoiceConnection', { description: 'A page of choices among vacancies, the newest first.' })
export class VacancyChoiceConnection extends connectionOf(VacancyChoiceType, 'VacancyChoice', 'choices') {}

@ObjectType('CandidateDecision', { description: 'What an employer decided about a candidate, with the reason that the learner reads too.' })
export class CandidateDecisionType implements Pick<CandidateDecision, 'decision' | 'reason' | 'decidedAt'> {
  @Field(() => CandidateDecisionKindEnum, { description: 'Shortlisted, or refused for now.' })
  decision: keyof typeof CandidateDecisionKindEnum;
  @Field(() => String, { description: 'Why, in the words of the person who decided.' })
  reason: string;
  @Field(() => DateTimeScalar, { description: 'When it was decided so.' })
  decidedAt: string;
}

@ObjectType('CandidateDecisionConnection', { description: 'A page of employers’ decisions, the newest first.' })
export class CandidateDecisionConnection extends connectionOf(CandidateDecisionType, 'CandidateDecision', 'decisions') {}

@InputType({ description: 'Which vacancy a learner keeps for later.' })
export class SaveVacancyInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the vacancy to keep.' })
  vacancyId: string;
}

@InputType({ description: 'Which vacancy a learner puts aside, and why.' })
export class DismissVacancyInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the vacancy to put aside.' })
  vacancyId: string;
  @Field(() => DismissReasonEnum, { description: 'Why it is put aside; `OTHER` needs words.' })
  reason: keyof typeof DismissReasonEnum;
  @Field(() => String, { nullable: true, description: 'The same in own words, at most 500 characters.' })
  words?: string | null;
}

@InputType({ description: 'Which vacancy a learner has no choice about any more.' })
export class ForgetChoiceInput {
  @Field(() => ID, { description: 'Node id of the vacancy that was saved or put aside.' })
  vacancyId: string;
}

@InputType({ description: 'Which candidate an employer decides on, how, and why.' })
export class DecideCandidateInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the candidate decided on.' })
  candidateId: string;
  @Field(() => CandidateDecisionKindEnum, { description: 'Shortlisted or refused; a later decision takes its place.' })
  decision: keyof typeof CandidateDecisionKindEnum;
  @Field(() => String, { description: 'Why, in 10 to 500 characters; the learner and the provider read it.' })
  reason: string;
}

@InputType({ description: 'Which candidate is undecided again.' })
export class ReopenCandidateInput {
  @Field(() => ID, { description: 'Node id of the candidate that was shortlisted or refused.' })
  candidateId: string;
}

@ObjectType('SaveVacancySuccess', { description: 'The vacancy is kept for later.' })
export class SaveVacancySuccess {
  @Field(() => VacancyChoiceType, { description: 'The choice as it stands now.' })
  choice: VacancyChoice;
}
export const SaveVacancyPayload = payloadOf('SaveVacancy', SaveVacancySuccess, 'SaveVacancySuccess');

@ObjectType('DismissVacancySuccess', { description: 'The vacancy is put aside; it can be taken back.' })
export class DismissVacancySuccess {
  @Field(() => VacancyChoiceType, { description: 'The choice as it stands now.' })
  choice: VacancyChoice;
}
export const DismissVacancyPayload = payloadOf('DismissVacancy', DismissVacancySuccess, 'DismissVacancySuccess');

@ObjectType('ForgetChoiceSuccess', { description: 'The vacancy is neither saved nor put aside now.' })
export class ForgetChoiceSuccess {
  @Field(() => VacancyType, { nullable: true, description: 'The vacancy about which nothing is chosen now.' })
  vacancy: object | null;
}
export const ForgetChoicePayload = payloadOf('ForgetChoice', ForgetChoiceSuccess, 'ForgetChoiceSuccess');

@ObjectType('DecideCandidateSuccess', { description: 'The decision stands and can be read by whom it is about.' })
export class DecideCandidateSuccess {
  @Field(() => CandidateType, { nullable: true, description: 'The candidate with the decision.' })
  candidate: object | null;
}
export const DecideCandidatePayload = payloadOf('DecideCandidate', DecideCandidateSuccess, 'DecideCandidateSuccess');

@ObjectType('ReopenCandidateSuccess', { description: 'The candidate is undecided again for this employer.' })
export class ReopenCandidateSuccess {
  @Field(() => CandidateType, { nullable: true, description: 'The candidate without a decision.' })
  candidate: object | null;
}
export const ReopenCandidatePayload = payloadOf('ReopenCandidate', ReopenCandidateSuccess, 'ReopenCandidateSuccess');
