import { Module, type DynamicModule } from '@nestjs/common';
import { QueueModule } from '@meriden/queue';
import { AccessService } from './access.service.js';
import { ChallengeService } from './challenges.service.js';
import { ChoiceService } from './choices.service.js';
import { CommandService } from './commands.service.js';
import { AuditService } from './audit.service.js';
import { Desk } from './desk.js';
import { DryRunService } from './dry-runs.service.js';
import { DoorsService } from './doors.service.js';
import { EligibilityService } from './eligibility.service.js';
import { EventsService } from './events.service.js';
import { ExportsService } from './exports.service.js';
import { ImportsService } from './imports.service.js';
import { Guesses } from './guesses.js';
import { InvitationService } from './invitations.service.js';
import { LearnerService } from './learners.service.js';
import { MailService } from './mail.service.js';
import { MemberService } from './members.service.js';
import { PasswordResetService } from './password-reset.service.js';
import { Passwords } from './passwords.js';
import { OidcService } from './oidc.service.js';
import { PasskeyService } from './passkeys.service.js';
import { PolicyHolder } from './policy-holder.js';
import { OrganisationService } from './organisations.service.js';
import { PersonalDataService } from './personal-data.service.js';
import { PreferenceService } from './preferences.service.js';
import { ProposalService } from './proposals.service.js';
import { ReconcilerService } from './reconciler.service.js';
import { ReferenceService } from './reference.service.js';
import { RelayService } from './relay.service.js';
import { RetentionService } from './retention.service.js';
import { ReplayService } from './replay.service.js';
import { RoundSnapshots } from './round-snapshots.js';
import { RoundService } from './rounds.service.js';
import { ScoringEditions } from './scoring-editions.js';
import { ScoringSettingsService } from './scoring-settings.service.js';
import { ScoringService } from './scoring.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionService } from './sessions.service.js';
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
