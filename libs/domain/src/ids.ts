/**
 * Ids are random UUIDs (v4): they tell neither order nor time. The phantom member keeps the ids of two nouns apart for the
 * compiler while plain text from the rim may still be given where an id is expected.
 */
type Id<Noun extends string> = string & { readonly noun?: Noun };

export type OrganisationId = Id<'Organisation'>;
export type PersonId = Id<'Person'>;
export type MembershipId = Id<'Membership'>;
export type SessionId = Id<'Session'>;
export type InvitationId = Id<'Invitation'>;
export type MailId = Id<'Mail'>;
export type PasskeyId = Id<'Passkey'>;
export type FederatedIdentityId = Id<'FederatedIdentity'>;
export type LearnerId = Id<'Learner'>;
export type VacancyId = Id<'Vacancy'>;
export type CandidateId = Id<'Candidate'>;
export type PreferenceId = Id<'Preference'>;
export type RoundId = Id<'Round'>;
export type DryRunId = Id<'DryRun'>;
export type OutcomeId = Id<'Outcome'>;
export type ProposalId = Id<'Proposal'>;
export type PlacementId = Id<'Placement'>;
export type ScoringRunId = Id<'ScoringRun'>;
export type AuditEntryId = Id<'AuditEntry'>;
export type ImportRunId = Id<'ImportRun'>;
export type CommandId = Id<'Command'>;
export type SubjectRequestId = Id<'SubjectRequest'>;
export type LegalHoldId = Id<'LegalHold'>;

/** Keys of the reference data (libs/reference): stable text such as `arden-cross` or `python`, not UUIDs. */
export type CampusId = string;
export type QualificationId = string;
export type EntryPointId = string;
export type SkillId = string;
export type FundingSourceId = string;

/** A calendar date `YYYY-MM-DD` in Europe/London, and an instant `YYYY-MM-DDTHH:mm:ss.sssZ` in UTC. */
export type IsoDate = string;
export type IsoInstant = string;

/** An integer from 0 to 10,000: a ten-thousandth part. */
export type BasisPoints = number;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
