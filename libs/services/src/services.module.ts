import { Module, type DynamicModule } from '@nestjs/common';
import { QueueModule } from '@meriden/queue';
import { AccessService } from './access/access.service.js';
import { ChallengeService } from './suggestions/challenges.service.js';
import { ChoiceService } from './choices.service.js';
import { CommandService } from './delivery/commands.service.js';
import { AuditService } from './audit/audit.service.js';
import { Desk } from './desk.js';
import { DryRunService } from './rounds/dry-runs.service.js';
import { DoorsService } from './suggestions/doors.service.js';
import { EligibilityService } from './suggestions/eligibility.service.js';
import { EventsService } from './delivery/events.service.js';
import { ExportsService } from './exports/exports.service.js';
import { ImportsService } from './imports/imports.service.js';
import { Guesses } from './access/guesses.js';
import { InvitationService } from './access/invitations.service.js';
import { LearnerService } from './learners.service.js';
import { MailService } from './notices/mail.service.js';
import { MemberService } from './access/members.service.js';
import { PasswordResetService } from './access/password-reset.service.js';
import { Passwords } from './access/passwords.js';
import { OidcService } from './access/oidc.service.js';
import { PasskeyService } from './access/passkeys.service.js';
import { PolicyHolder } from './policy-holder.js';
import { OrganisationService } from './organisations.service.js';
import { PersonalDataService } from './people/personal-data.service.js';
import { PreferenceService } from './preferences.service.js';
import { ProposalService } from './rounds/proposals.service.js';
import { ReconcilerService } from './delivery/reconciler.service.js';
import { ReferenceService } from './reference.service.js';
import { RelayService } from './delivery/relay.service.js';
import { RetentionService } from './people/retention.service.js';
import { ReplayService } from './suggestions/replay.service.js';
import { RoundSnapshots } from './rounds/round-snapshots.js';
import { RoundService } from './rounds/rounds.service.js';
import { ScoringEditions } from './suggestions/scoring-editions.js';
import { ScoringSettingsService } from './suggestions/scoring-settings.service.js';
import { ScoringService } from './suggestions/scoring.service.js';
import { SecondFactorService } from './access/second-factor.service.js';
import { SessionService } from './access/sessions.service.js';
import { VacancyService } from './vacancies.service.js';

const VERBS = [
  PolicyHolder,
  Desk,
  ReferenceService,
  Passwords,
  ScoringEditions,
  RoundSnapshots,
  EventsService,
  Guesses,
  SessionService,
  AccessService,
  SecondFactorService,
  OidcService,
  PasskeyService,
  OrganisationService,
  MailService,
  InvitationService,
  MemberService,
  PasswordResetService,
  LearnerService,
  VacancyService,
  PreferenceService,
  ChoiceService,
  ProposalService,
  RoundService,
  DryRunService,
  ScoringService,
  ChallengeService,
  DoorsService,
  EligibilityService,
  ReplayService,
  ScoringSettingsService,
  RelayService,
  ReconcilerService,
  CommandService,
  ImportsService,
  ExportsService,
  AuditService,
  PersonalDataService,
  RetentionService,
];

/** Every verb of the product, with the queue behind it. Expects PersistenceModule and PlatformModule to be global beside it. */
@Module({})
export class ServicesModule {
  static forRoot(): DynamicModule {
    return { module: ServicesModule, global: true, imports: [QueueModule.forRoot()], providers: VERBS, exports: VERBS };
  }
}
