// The second door, for services and the api: reads, and what a read needs. Stores stay behind the first one.
export { PersistenceModule } from './persistence.module.js';
export { ReadSession, UnitOfWork } from './unit-of-work.js';
export { Tx } from './tx.js';
export type { Page, PageRequest } from './paging.js';

export { AuditReads, type AuditFilter, type AuditOrder } from './audit/audit.reads.js';
export { CandidateDecisionReads } from './candidate-decision/candidate-decision.reads.js';
export { CandidateReads, type CandidateFilter, type CandidateOrder, type CandidateView } from './candidate/candidate.reads.js';
export { CohortReads, type CheckGap, type Cohort, type CohortRequest, type CohortRow, type PlacementHomes, type StageCounts } from './cohort/cohort.reads.js';
export { CommandReads, type CommandFilter, type CommandOrder } from './command/command.reads.js';
export type { Command } from './command/command.store.js';
export { DryRunReads, type DryRunBalance, type DryRunDifference } from './dry-run/dry-run.reads.js';
export { LEARNER_STAGES, type LearnerStage } from './cohort/learner-stage.js';
export { LearnerReads, type LearnerFilter, type LearnerOrder } from './learner/learner.reads.js';
export { OrganisationReads, type OrganisationFilter, type OrganisationOrder } from './organisation/organisation.reads.js';
export { OutcomeReads, type OutcomeFilter, type OutcomeOrder } from './outcome/outcome.reads.js';
export { PlacementReads, type PlacementFilter, type PlacementOrder } from './placement/placement.reads.js';
export {
  EmployerPreferenceReads,
  LearnerPreferenceReads,
  type EmployerPreferenceFilter,
  type LearnerPreferenceFilter,
  type PreferenceOrder,
  type PreferenceReceipt,
} from './preference/preference.reads.js';
export { ProposalReads, type ProposalFilter, type ProposalOrder } from './proposal/proposal.reads.js';
export { RegionReads, type HiddenCount, type Region, type RegionRow } from './region/region.reads.js';
export { RoundReads, type RoundFilter, type RoundOrder } from './round/round.reads.js';
export { ChallengeNoteReads, ScoreChallengeReads, type ScoreChallengeFilter, type ScoreChallengeOrder } from './score-challenge/score-challenge.reads.js';
export { SkillAliasReads, WeightVersionReads, type SkillAliasFilter, type WeightVersionFilter } from './scoring-edition/scoring-edition.reads.js';
export { ScoringRunReads, type ScoringRunFilter, type ScoringRunOrder } from './scoring-run/scoring-run.reads.js';
export { SuggestionPastReads, type PastSuggestionFilter, type PastSuggestionOrder } from './suggestion/suggestion-past.reads.js';
export { SuggestionReads, type SuggestionFilter, type SuggestionOrder } from './suggestion/suggestion.reads.js';
export { VacancyChoiceReads } from './vacancy-choice/vacancy-choice.reads.js';
export { VacancyReads, type VacancyFilter, type VacancyOrder } from './vacancy/vacancy.reads.js';
