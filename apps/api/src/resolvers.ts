import { AccessResolver } from './access/access.resolver.js';
import { CredentialsResolver } from './access/credentials.resolver.js';
import { JoiningResolver } from './access/joining.resolver.js';
import { SessionResolver } from './access/session.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { CandidateResolver, CandidateSkillResolver } from './candidate/candidate.resolver.js';
import {
  CandidateDecisionResolver,
  ChoiceOnSuggestionResolver,
  ChoiceOnVacancyResolver,
  DecisionOnCandidateResolver,
  LearnerChoicesResolver,
  VacancyChoiceResolver,
} from './choice/choice.resolver.js';
import { CheckGapResolver, CohortResolver, LearnerStageResolver } from './cohort/cohort.resolver.js';
import { CommandResolver } from './command/command.resolver.js';
import { DryRunComparisonResolver, DryRunDifferenceResolver, DryRunResolver } from './dry-run/dry-run.resolver.js';
import { ImportResolver } from './import/import.resolver.js';
import { EligibilityResolver, IfTrainedResolver } from './eligibility/eligibility.resolver.js';
import { LearnerResolver, LearnerSkillResolver } from './learner/learner.resolver.js';
import { NodeResolver } from './node/node.resolver.js';
import { OrganisationResolver } from './organisation/organisation.resolver.js';
import { OutcomeReasonResolver, OutcomeResolver, RoundOutcomesResolver } from './outcome/outcome.resolver.js';
import { PersonalDataResolver } from './personal-data/personal-data.resolver.js';
import { PlacementResolver } from './placement/placement.resolver.js';
import { CandidateGroupResolver, EmployerPreferenceResolver, LearnerPreferenceResolver, VacancyGroupResolver } from './preference/preference.resolver.js';
import { LearnerProposalsResolver, ProposalResolver } from './proposal/proposal.resolver.js';
import { CampusResolver, ReferenceResolver } from './reference/reference.resolver.js';
import { RegionResolver } from './region/region.resolver.js';
import { RoundResolver } from './round/round.resolver.js';
import { LearnerChallengesResolver, ScoreChallengeResolver } from './score-challenge/score-challenge.resolver.js';
import { ScoringSettingsResolver, SkillAliasResolver } from './scoring-settings/scoring-settings.resolver.js';
import { ScoringRunResolver } from './scoring-run/scoring-run.resolver.js';
import { DoorsResolver, FoundSkillResolver, OpenDoorResolver, PastScoreResolver, ScoreHistoryResolver, SuggestionHistoryResolver } from './suggestion/doors.resolver.js';
import { LearnerSuggestionsResolver, SuggestionResolver } from './suggestion/suggestion.resolver.js';
import { VacancyResolver, VacancySkillResolver } from './vacancy/vacancy.resolver.js';

/** Every resolver: the running API provides them, and the schema is generated from them without one. */
export const RESOLVERS = [
  AccessResolver,
  AuditResolver,
  CampusResolver,
  CandidateDecisionResolver,
  CandidateGroupResolver,
  CandidateResolver,
  CandidateSkillResolver,
  CheckGapResolver,
  ChoiceOnSuggestionResolver,
  ChoiceOnVacancyResolver,
  CohortResolver,
  CommandResolver,
  CredentialsResolver,
  DecisionOnCandidateResolver,
  DryRunComparisonResolver,
  DryRunDifferenceResolver,
  DryRunResolver,
  EmployerPreferenceResolver,
  JoiningResolver,
  DoorsResolver,
  EligibilityResolver,
  FoundSkillResolver,
  IfTrainedResolver,
  LearnerChallengesResolver,
  LearnerChoicesResolver,
  ImportResolver,
  LearnerPreferenceResolver,
  LearnerProposalsResolver,
  LearnerResolver,
  LearnerSkillResolver,
  LearnerStageResolver,
  LearnerSuggestionsResolver,
  NodeResolver,
  OpenDoorResolver,
  OrganisationResolver,
  OutcomeReasonResolver,
  OutcomeResolver,
  PersonalDataResolver,
  PastScoreResolver,
  PlacementResolver,
  ProposalResolver,
  ReferenceResolver,
  RegionResolver,
  RoundOutcomesResolver,
  RoundResolver,
  ScoreChallengeResolver,
  ScoreHistoryResolver,
  ScoringRunResolver,
  SessionResolver,
  ScoringSettingsResolver,
  SkillAliasResolver,
  SuggestionHistoryResolver,
  SuggestionResolver,
  VacancyChoiceResolver,
  VacancyGroupResolver,
  VacancyResolver,
  VacancySkillResolver,
] as const;
