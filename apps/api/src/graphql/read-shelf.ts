import type { Actor, Noun, Scope } from '@meriden/domain';
import {
  AuditReads,
  CandidateDecisionReads,
  CandidateReads,
  CohortReads,
  CommandReads,
  DryRunReads,
  EmployerPreferenceReads,
  LearnerPreferenceReads,
  LearnerReads,
  OrganisationReads,
  OutcomeReads,
  PlacementReads,
  ProposalReads,
  RegionReads,
  RoundReads,
  ChallengeNoteReads,
  ScoreChallengeReads,
  ScoringRunReads,
  SkillAliasReads,
  SuggestionPastReads,
  SuggestionReads,
  VacancyChoiceReads,
  VacancyReads,
  WeightVersionReads,
} from '@meriden/persistence/reads';
import { PolicyHolder } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';

/** Every read, and the policy that says which rows of a noun an actor may see. */
@Injectable()
export class ReadShelf {
  constructor(
    @Inject(PolicyHolder) private readonly holder: PolicyHolder,
    @Inject(OrganisationReads) readonly organisations: OrganisationReads,
    @Inject(LearnerReads) readonly learners: LearnerReads,
    @Inject(VacancyReads) readonly vacancies: VacancyReads,
    @Inject(SuggestionReads) readonly suggestions: SuggestionReads,
    @Inject(SuggestionPastReads) readonly pastSuggestions: SuggestionPastReads,
    @Inject(ScoreChallengeReads) readonly scoreChallenges: ScoreChallengeReads,
    @Inject(ChallengeNoteReads) readonly challengeNotes: ChallengeNoteReads,
    @Inject(SkillAliasReads) readonly skillAliases: SkillAliasReads,
    @Inject(WeightVersionReads) readonly weightVersions: WeightVersionReads,
    @Inject(CandidateReads) readonly candidates: CandidateReads,
    @Inject(CandidateDecisionReads) readonly candidateDecisions: CandidateDecisionReads,
    @Inject(VacancyChoiceReads) readonly vacancyChoices: VacancyChoiceReads,
    @Inject(LearnerPreferenceReads) readonly learnerPreferences: LearnerPreferenceReads,
    @Inject(EmployerPreferenceReads) readonly employerPreferences: EmployerPreferenceReads,
    @Inject(RoundReads) readonly rounds: RoundReads,
    @Inject(DryRunReads) readonly dryRuns: DryRunReads,
    @Inject(OutcomeReads) readonly outcomes: OutcomeReads,
    @Inject(ProposalReads) readonly proposals: ProposalReads,
    @Inject(PlacementReads) readonly placements: PlacementReads,
    @Inject(ScoringRunReads) readonly scoringRuns: ScoringRunReads,
    @Inject(AuditReads) readonly auditEntries: AuditReads,
    @Inject(CommandReads) readonly commands: CommandReads,
    @Inject(CohortReads) readonly cohort: CohortReads,
    @Inject(RegionReads) readonly region: RegionReads,
  ) {}

  get policy() {
    return this.holder.policy;
  }

  scope(actor: Actor, noun: Noun): Scope {
    return this.holder.policy.scope(actor, noun);
  }
}
