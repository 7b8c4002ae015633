import type { EmployerPreference, LearnerPreference, Preference } from '@meriden/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

type Shown = Pick<Preference, 'id' | 'submittedAt' | 'receipt' | 'version'>;

@ObjectType('LearnerPreference', {
  implements: () => [NodeType],
  description: 'The vacancies a learner wants in one round, best first, with the dated receipt of what counts.',
})
export class LearnerPreferenceType implements Shown {
  @NodeIdField('LearnerPreference', 'preference')
  id: string;
  @Field(() => DateTimeScalar, { description: 'When this version was given by the learner.' })
  submittedAt: string;
  @Field(() => String, { description: 'Hex digest of round, owner, groups and time: the same lines always give the same receipt.' })
  receipt: string;
  @Field(() => Int, { description: 'Grows by one each time the list is given anew.' })
  version: number;
}

@ObjectType('EmployerPreference', {
  implements: () => [NodeType],
  description: 'The candidates an employer wants in one round, best first, with the dated receipt of what counts.',
})
export class EmployerPreferenceType implements Shown {
  @NodeIdField('EmployerPreference', 'preference')
  id: string;
  @Field(() => DateTimeScalar, { description: 'When this version was given by the employer.' })
  submittedAt: string;
  @Field(() => String, { description: 'Hex digest of round, owner, groups and time: the same lines always give the same receipt.' })
  receipt: string;
  @Field(() => Int, { description: 'Grows by one each time the list is given anew.' })
  version: number;
}

@InputType({ description: 'The learner’s whole list for a round; it takes the place of the one before.' })
export class RankVacanciesInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the round to rank in.' })
  roundId: string;
  @Field(() => [[ID]], { description: 'Node ids of vacancies, best first; those in one group are tied. At most 50.' })
  groups: string[][];
}

@InputType({ description: 'The employer’s whole list for a round; whoever is left out is not taken.' })
export class RankCandidatesInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the round to rank in.' })
  roundId: string;
  @Field(() => [[ID]], { description: 'Node ids of candidates, best first; those in one group are tied.' })
  groups: string[][];
}

@ObjectType('RankVacanciesSuccess', { description: 'The list was stored and its receipt written.' })
export class RankVacanciesSuccess {
  @Field(() => LearnerPreferenceType, { description: 'The list that counts from now on, with its receipt.' })
  preference: LearnerPreference;
}
export const RankVacanciesPayload = payloadOf('RankVacancies', RankVacanciesSuccess, 'RankVacanciesSuccess');

@ObjectType('RankCandidatesSuccess', { description: 'The list was stored and its receipt written.' })
export class RankCandidatesSuccess {
  @Field(() => EmployerPreferenceType, { description: 'The list that counts from now on, with its receipt.' })
  preference: EmployerPreference;
}
export const RankCandidatesPayload = payloadOf('RankCandidates', RankCandidatesSuccess, 'RankCandidatesSuccess');

@ObjectType('PreferenceReceipt', { description: 'One list as it was once given; kept for ever, so that anyone can say what counted when.' })
export class PreferenceReceiptType {
  @Field(() => Int, { description: 'Which version of the list this was, from 1.' })
  version: number;
  @Field(() => DateTimeScalar, { description: 'When this version was given.' })
  submittedAt: string;
  @Field(() => String, { description: 'Hex digest that the caller was shown at that time.' })
  receipt: string;
}

@ObjectType('VacancyGroup', { description: 'Vacancies that a learner likes equally: one place in the list.' })
export class VacancyGroupType {
  @Field(() => Int, { description: 'Place in the list, from 1 for the best.' })
  rank: number;
}

@ObjectType('CandidateGroup', { description: 'Candidates that an employer likes equally: one place in the list.' })
export class CandidateGroupType {
  @Field(() => Int, { description: 'Place in the list, from 1 for the best.' })
  rank: number;
}
