import type { Role } from './people.js';

export type Asked = Readonly<{ document: string; role: Role; share: number; /** What it is refused with, where a refusal is the answer; it costs what a good one does. */ refusal?: string; variables?: (ids: Readonly<Record<string, string>>, n: number) => Record<string, unknown> }>;

/**
 * What 200 people ask of the API in five seconds, in parts of a hundred: mostly learners at their suggestions, employers at their
 * candidates, colleges at their board. Every query of the console has a line, or the test that counts statements fails.
 */
export const MIX: readonly Asked[] = [
  { document: 'Viewer', role: 'LEARNER', share: 7 },
  { document: 'Service', role: 'LEARNER', share: 2 },
  { document: 'MyMatches', role: 'LEARNER', share: 18, variables: () => ({ first: 20 }) },
  { document: 'LearnerVacancy', role: 'LEARNER', share: 12, variables: ({ vacancyId }) => ({ id: vacancyId }) },
  { document: 'MyProfile', role: 'LEARNER', share: 5 },
  { document: 'Skills', role: 'LEARNER', share: 2 },
  { document: 'SkillsHeard', role: 'LEARNER', share: 1, variables: () => ({ text: 'I soldered circuit boards and kept a stock take' }) },
  { document: 'AskedSkills', role: 'LEARNER', share: 1, variables: () => ({ first: 60 }) },
  { document: 'MyRounds', role: 'LEARNER', share: 4 },
  { document: 'MyRanking', role: 'LEARNER', share: 4, variables: ({ roundId }) => ({ roundId }) },
  { document: 'RankVacancies', role: 'LEARNER', share: 3, variables: ({ roundId, vacancyId }) => ({ input: { idempotencyKey: crypto.randomUUID(), roundId, groups: [[vacancyId]] } }) },
  { document: 'MyOffers', role: 'LEARNER', share: 3 },
  { document: 'MyOutcome', role: 'LEARNER', share: 2, variables: ({ roundId }) => ({ roundId }) },
  { document: 'MyVacancies', role: 'EMPLOYER', share: 5, variables: ({ organisationId }) => ({ organisationId }) },
  { document: 'HireVacancyById', role: 'EMPLOYER', share: 3, variables: ({ vacancyId }) => ({ id: vacancyId }) },
  { document: 'Candidates', role: 'EMPLOYER', share: 6, variables: () => ({ first: 20 }) },
  { document: 'HireRanking', role: 'EMPLOYER', share: 2, variables: ({ roundId }) => ({ roundId }) },
  { document: 'PostingChoices', role: 'EMPLOYER', share: 1 },
  { document: 'SkillsNamed', role: 'EMPLOYER', share: 2, variables: () => ({ text: 'customer serv' }) },
  { document: 'Board', role: 'PROVIDER_STAFF', share: 5 },
  { document: 'Learners', role: 'PROVIDER_STAFF', share: 3, variables: () => ({ first: 50 }) },
  { document: 'CollegeLearner', role: 'PROVIDER_STAFF', share: 2, variables: ({ learnerId }) => ({ id: learnerId }) },
  { document: 'LearnerInRound', role: 'PROVIDER_STAFF', share: 1, variables: ({ learnerId, roundId }) => ({ learnerId, roundId }) },
  { document: 'CollegeRounds', role: 'PROVIDER_STAFF', share: 0 },
  { document: 'LearnerOffers', role: 'PROVIDER_STAFF', share: 0, variables: ({ learnerId }) => ({ id: learnerId }) },
  { document: 'Places', role: 'PROVIDER_STAFF', share: 1, variables: () => ({ first: 60 }) },
  { document: 'Rounds', role: 'OPERATOR', share: 1 },
  { document: 'RoundById', role: 'OPERATOR', share: 1, variables: ({ roundId }) => ({ id: roundId }) },
  { document: 'Outcomes', role: 'OPERATOR', share: 1, variables: ({ roundId }) => ({ id: roundId, first: 50 }) },
  { document: 'Comparison', role: 'OPERATOR', share: 1, variables: ({ roundId }) => ({ id: roundId, first: 50 }) },
  { document: 'Runs', role: 'OPERATOR', share: 1 },
  { document: 'Audit', role: 'OPERATOR', share: 1, variables: () => ({ first: 50 }) },
  { document: 'Region', role: 'REGION', share: 1 },
  // Asked too seldom to have a share; their statements are counted all the same.
  { document: 'MyData', role: 'LEARNER', share: 0 },
  { document: 'Doors', role: 'LEARNER', share: 0, variables: ({ learnerId, vacancyId }) => ({ learnerId, vacancyId }) },
  { document: 'MyQuestions', role: 'LEARNER', share: 0, variables: () => ({ first: 50 }) },
  { document: 'CollegeQuestions', role: 'PROVIDER_STAFF', share: 0, variables: () => ({ first: 50 }) },
  { document: 'EligibilityOf', role: 'EMPLOYER', share: 0, variables: () => ({ id: crypto.randomUUID() }) },
  { document: 'Account', role: 'LEARNER', share: 0 },
  // A link that nobody was sent, another each time: the same one may not be tried so often.
  { document: 'Invitation', role: 'LEARNER', share: 0, refusal: 'LINK_SPENT', variables: () => ({ token: `of-nobody-${crypto.randomUUID()}` }) },
  { document: 'Wishes', role: 'PROVIDER_STAFF', share: 0, variables: () => ({ first: 50 }) },
  { document: 'Team', role: 'PROVIDER_STAFF', share: 0 },
  { document: 'ImportTemplate', role: 'PROVIDER_STAFF', share: 0, variables: () => ({ kind: 'LEARNERS' }) },
  { document: 'WeightEditions', role: 'OPERATOR', share: 0, variables: () => ({ first: 50 }) },
  { document: 'SkillNames', role: 'OPERATOR', share: 0, variables: () => ({ first: 50 }) },
  { document: 'AuditChain', role: 'OPERATOR', share: 0 },
];
