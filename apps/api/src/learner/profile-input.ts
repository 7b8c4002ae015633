import type { LearnerProfile } from '@meriden/domain';
import { given, referenceKey } from '../graphql/inputs.js';
import type { LearnerProfileChangesInput, LearnerProfileInput } from './learner.types.js';

const NULLABLE = ['outcode', 'availability', 'requiredHours'] as const satisfies readonly (keyof LearnerProfileInput)[];

/** GraphQL leaves out a nullable member that was not given; the domain wants it null. */
export function wholeProfile(input: LearnerProfileInput): LearnerProfile {
  return { outcode: null, availability: null, requiredHours: null, ...(profileChanges(input) as Omit<LearnerProfile, (typeof NULLABLE)[number]>) };
}

/** The members that were given, as the domain has them. */
export function profileChanges(input: LearnerProfileInput | LearnerProfileChangesInput): Partial<LearnerProfile> {
  const { qualificationId, fundingSourceIds, skills, checks, ...rest } = given(input as Partial<LearnerProfileInput>, [...NULLABLE]);
  return {
    ...rest,
    ...(qualificationId !== undefined && { qualificationId: referenceKey('Qualification', qualificationId) }),
    ...(fundingSourceIds !== undefined && { fundingSourceIds: fundingSourceIds.map((id) => referenceKey('FundingSource', id)) }),
    ...(skills !== undefined && { skills: skills.map((skill) => ({ ...skill, skillId: referenceKey('Skill', skill.skillId) })) }),
    ...(checks !== undefined && { checks: checks.map((check) => ({ kind: check.kind, expiresOn: check.expiresOn ?? null })) }),
  };
}
