import type { CandidateView } from '@meriden/persistence/reads';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql/paging.js';
import { SkillSourceEnum } from '../graphql/enums.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('CandidateSkill', { description: 'One skill of a candidate; names and numbers are blotted out of the evidence.' })
export class CandidateSkillType {
  @Field(() => String, { description: 'What shows the skill, with anything that names a person taken out.' })
  evidence: string;
  @Field(() => SkillSourceEnum, { description: 'How the skill got into the profile.' })
  source: keyof typeof SkillSourceEnum;
}

@ObjectType('Candidate', {
  implements: () => [NodeType],
  description: 'A learner as one employer sees them before consent: a pseudonym of this employer’s own; no name, no age, no address.',
})
export class CandidateType implements Pick<CandidateView, 'id' | 'pseudonym' | 'level'> {
  @NodeIdField('Candidate', 'candidate')
  id: string;
  @Field(() => String, { description: 'What this employer calls the person; every employer has another.' })
  pseudonym: string;
  @Field(() => Int, { description: 'RQF level being studied, from 1 to 8.' })
  level: number;
  @Field(() => [CandidateSkillType], { description: 'Skills of the candidate that this employer’s vacancies ask for (live ones, and those that made a proposal; not what it would teach), with their evidence.' })
  skills: readonly CandidateSkillType[];
}

@ObjectType('CandidateConnection', { description: 'A page of candidates, with what is needed to ask for the next.' })
export class CandidateConnection extends connectionOf(CandidateType, 'Candidate', 'candidates') {}
