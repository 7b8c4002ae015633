import type { VacancyDetails } from '@meriden/domain';
import { given, referenceKey } from '../graphql/inputs.js';
import type { VacancyChangesInput, VacancyDetailsInput } from './vacancy.types.js';

/** GraphQL leaves out a nullable member that was not given; the domain wants it null. */
export function vacancyDetails(input: VacancyDetailsInput): VacancyDetails {
  return { hourlyPence: null, ...(vacancyChanges(input) as Omit<VacancyDetails, 'hourlyPence'>) };
}

/** The members that were given, as the domain has them. */
export function vacancyChanges(input: VacancyDetailsInput | VacancyChangesInput): Partial<VacancyDetails> {
  const { campusId, fundingSourceIds, skills, ...rest } = given(input as Partial<VacancyDetailsInput>, ['hourlyPence']);
  return {
    ...rest,
    ...(campusId !== undefined && { campusId: referenceKey('Campus', campusId) }),
    ...(fundingSourceIds !== undefined && { fundingSourceIds: fundingSourceIds.map((id) => referenceKey('FundingSource', id)) }),
    ...(skills !== undefined && { skills: skills.map((skill) => ({ skillId: referenceKey('Skill', skill.skillId), need: skill.need })) }),
  };
}
