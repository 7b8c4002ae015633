import { AuditReads } from './audit/audit.reads.js';
import { CandidateDecisionReads } from './candidate-decision/candidate-decision.reads.js';
import { CandidateReads } from './candidate/candidate.reads.js';
import { CohortReads } from './cohort/cohort.reads.js';
import { CommandReads } from './command/command.reads.js';
import { DryRunReads } from './dry-run/dry-run.reads.js';
import { LearnerReads } from './learner/learner.reads.js';
import { OrganisationReads } from './organisation/organisation.reads.js';
import { OutcomeReads } from './outcome/outcome.reads.js';
import { PlacementReads } from './placement/placement.reads.js';
import { EmployerPreferenceReads, LearnerPreferenceReads } from './preference/preference.reads.js';
import { ProposalReads } from './proposal/proposal.reads.js';
import { RegionReads } from './region/region.reads.js';
import { RoundReads } from './round/round.reads.js';
import { ChallengeNoteReads, ScoreChallengeReads } from './score-challenge/score-challenge.reads.js';
import { SkillAliasReads, WeightVersionReads } from './scoring-edition/scoring-edition.reads.js';
import { ScoringRunReads } from './scoring-run/scoring-run.reads.js';
import { SuggestionPastReads } from './suggestion/suggestion-past.reads.js';
import { SuggestionReads } from './suggestion/suggestion.reads.js';
import { VacancyChoiceReads } from './vacancy-choice/vacancy-choice.reads.js';
import { VacancyReads } from './vacancy/vacancy.reads.js';

export const READS = [
  OrganisationReads,
  LearnerReads,
  VacancyReads,
  SuggestionReads,
  SuggestionPastReads,
  ScoreChallengeReads,
  ChallengeNoteReads,
  SkillAliasReads,
  WeightVersionReads,
  CandidateReads,
  CandidateDecisionReads,
  VacancyChoiceReads,
  LearnerPreferenceReads,
  EmployerPreferenceReads,
  RoundReads,
  DryRunReads,
  OutcomeReads,
  ProposalReads,
  PlacementReads,
  AuditReads,
  ScoringRunReads,
  CommandReads,
  CohortReads,
  RegionReads,
];
