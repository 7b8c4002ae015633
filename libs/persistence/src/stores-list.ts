import { AuditChainStore } from './audit/audit-chain.store.js';
import { AuditStore } from './audit/audit.store.js';
import { CandidateDecisionStore } from './candidate-decision/candidate-decision.store.js';
import { CandidateStore } from './candidate/candidate.store.js';
import { CommandStore } from './command/command.store.js';
import { DryRunStore } from './dry-run/dry-run.store.js';
import { EligibilityQuestionStore } from './eligibility/eligibility-question.store.js';
import { IdempotencyStore } from './idempotency/idempotency.store.js';
import { ImportStore } from './import/import.store.js';
import { InvitationStore } from './invitation/invitation.store.js';
import { LearnerStore } from './learner/learner.store.js';
import { MailStore } from './mail/mail.store.js';
import { MembershipStore } from './membership/membership.store.js';
import { OrganisationStore } from './organisation/organisation.store.js';
import { OutboxStore } from './outbox/outbox.store.js';
import { OutcomeStore } from './outcome/outcome.store.js';
import { FederatedIdentityStore } from './federated-identity/federated-identity.store.js';
import { PasskeyStore } from './passkey/passkey.store.js';
import { PasswordResetStore } from './password-reset/password-reset.store.js';
import { PersonStore } from './person/person.store.js';
import { PlacementStore } from './placement/placement.store.js';
import { EmployerPreferenceStore } from './preference/employer-preference.store.js';
import { LearnerPreferenceStore } from './preference/learner-preference.store.js';
import { ProposalStore } from './proposal/proposal.store.js';
import { RecoveryCodeStore } from './recovery-code/recovery-code.store.js';
import { RoundStore } from './round/round.store.js';
import { ScoreChallengeStore } from './score-challenge/score-challenge.store.js';
import { ScoringEditionStore } from './scoring-edition/scoring-edition.store.js';
import { ScoringRunStore } from './scoring-run/scoring-run.store.js';
import { RefreshTokenStore } from './session/refresh-token.store.js';
import { SessionStore } from './session/session.store.js';
import { PersonalDataStore } from './personal-data/personal-data.store.js';
import { RetentionStore } from './personal-data/retention.store.js';
import { SubjectRequestStore } from './subject-request/subject-request.store.js';
import { ExposureStore } from './suggestion/exposure.store.js';
import { ScoringInputStore } from './suggestion/scoring-input.store.js';
import { SuggestionStore } from './suggestion/suggestion.store.js';
import { VacancyChoiceStore } from './vacancy-choice/vacancy-choice.store.js';
import { VacancyStore } from './vacancy/vacancy.store.js';

export const STORES = [
  OrganisationStore,
  PersonStore,
  MembershipStore,
  SessionStore,
  RefreshTokenStore,
  RecoveryCodeStore,
  FederatedIdentityStore,
  PasskeyStore,
  PasswordResetStore,
  InvitationStore,
  MailStore,
  LearnerStore,
  VacancyStore,
  SuggestionStore,
  ScoringInputStore,
  ExposureStore,
  ScoringEditionStore,
  ScoreChallengeStore,
  EligibilityQuestionStore,
  ScoringRunStore,
  CandidateStore,
  CandidateDecisionStore,
  VacancyChoiceStore,
  LearnerPreferenceStore,
  EmployerPreferenceStore,
  RoundStore,
  DryRunStore,
  OutcomeStore,
  ProposalStore,
  PlacementStore,
  CommandStore,
  OutboxStore,
  IdempotencyStore,
  AuditStore,
  ImportStore,
  AuditChainStore,
  SubjectRequestStore,
  PersonalDataStore,
  RetentionStore,
];
