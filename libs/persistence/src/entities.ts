import { AuditChainEntity, AuditHeadEntity, AuditLinkEntity } from './audit/audit-chain.entity.js';
import { AuditEntryEntity } from './audit/audit-entry.entity.js';
import { CandidateDecisionEntity } from './candidate-decision/candidate-decision.entity.js';
import { CandidateEntity } from './candidate/candidate.entity.js';
import { CommandEntity } from './command/command.entity.js';
import { DryRunEntity, DryRunPlaceEntity } from './dry-run/dry-run.entity.js';
import { EligibilityQuestionEntity } from './eligibility/eligibility-question.entity.js';
import { IdempotentAnswerEntity } from './idempotency/idempotent-answer.entity.js';
import { ImportFileEntity, ImportRunEntity } from './import/import.entity.js';
import { InboxEntity } from './inbox/inbox.entity.js';
import { InvitationEntity } from './invitation/invitation.entity.js';
import { LearnerEqualityEntity } from './learner-equality/learner-equality.entity.js';
import { LearnerEntity } from './learner/learner.entity.js';
import { MailEntity } from './mail/mail.entity.js';
import { MembershipEntity } from './membership/membership.entity.js';
import { OrganisationEntity } from './organisation/organisation.entity.js';
import { OutboxEntity } from './outbox/outbox.entity.js';
import { OutcomeEntity } from './outcome/outcome.entity.js';
import { PasswordResetEntity } from './password-reset/password-reset.entity.js';
import { FederatedIdentityEntity } from './federated-identity/federated-identity.entity.js';
import { PasskeyEntity } from './passkey/passkey.entity.js';
import { PersonEntity } from './person/person.entity.js';
import { PlacementEntity } from './placement/placement.entity.js';
import { EmployerPreferenceEntity } from './preference/employer-preference.entity.js';
import { LearnerPreferenceEntity } from './preference/learner-preference.entity.js';
import { PreferenceReceiptEntity } from './preference/preference-receipt.entity.js';
import { ProposalEntity } from './proposal/proposal.entity.js';
import { RecoveryCodeEntity } from './recovery-code/recovery-code.entity.js';
import { RoundEntity, RoundFileEntity, RoundSecretEntity, RoundSnapshotEntity } from './round/round.entity.js';
import { ChallengeNoteEntity, ScoreChallengeEntity } from './score-challenge/score-challenge.entity.js';
import { ScoringEditionEntity, SkillAliasEntity, TravelCellEntity, TravelImportEntity, WeightVersionEntity } from './scoring-edition/scoring-edition.entity.js';
import { ScoringChunkEntity, ScoringRunEntity } from './scoring-run/scoring-run.entity.js';
import { RefreshTokenEntity } from './session/refresh-token.entity.js';
import { SessionEntity } from './session/session.entity.js';
import { LegalHoldEntity, RetentionRunEntity, SubjectFileEntity, SubjectRequestEntity } from './subject-request/subject-request.entity.js';
import { ScoringInputEntity } from './suggestion/scoring-input.entity.js';
import { SuggestionPastEntity } from './suggestion/suggestion-past.entity.js';
import { VacancyExposureEntity } from './suggestion/vacancy-exposure.entity.js';
import { SuggestionEntity } from './suggestion/suggestion.entity.js';
import { SuggestionListEntity } from './suggestion/suggestion-list.entity.js';
import { VacancyChoiceEntity } from './vacancy-choice/vacancy-choice.entity.js';
import { VacancyEntity } from './vacancy/vacancy.entity.js';

/** Every table, in an order in which each one's foreign keys are already there. */
export const ENTITIES = [
  OrganisationEntity,
  PersonEntity,
  LearnerEntity,
  LearnerEqualityEntity,
  MembershipEntity,
  SessionEntity,
  RefreshTokenEntity,
  RecoveryCodeEntity,
  FederatedIdentityEntity,
  PasskeyEntity,
  PasswordResetEntity,
  InvitationEntity,
  MailEntity,
  VacancyEntity,
  SuggestionEntity,
  SuggestionListEntity,
  SuggestionPastEntity,
  ScoringInputEntity,
  VacancyExposureEntity,
  ScoringEditionEntity,
  SkillAliasEntity,
  TravelImportEntity,
  TravelCellEntity,
  WeightVersionEntity,
  ScoreChallengeEntity,
  ChallengeNoteEntity,
  EligibilityQuestionEntity,
  ScoringRunEntity,
  ScoringChunkEntity,
  CandidateEntity,
  CandidateDecisionEntity,
  VacancyChoiceEntity,
  RoundEntity,
  RoundSecretEntity,
  RoundSnapshotEntity,
  RoundFileEntity,
  DryRunEntity,
  DryRunPlaceEntity,
  LearnerPreferenceEntity,
  EmployerPreferenceEntity,
  PreferenceReceiptEntity,
  OutcomeEntity,
  ProposalEntity,
  PlacementEntity,
  CommandEntity,
  OutboxEntity,
  InboxEntity,
  IdempotentAnswerEntity,
  AuditEntryEntity,
  ImportRunEntity,
  ImportFileEntity,
  AuditChainEntity,
  AuditLinkEntity,
  AuditHeadEntity,
  SubjectRequestEntity,
  SubjectFileEntity,
  LegalHoldEntity,
  RetentionRunEntity,
];
