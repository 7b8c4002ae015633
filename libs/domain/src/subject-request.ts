import type { IsoInstant, LearnerId, LegalHoldId, OrganisationId, PersonId, SubjectRequestId } from './ids.js';

/** What a person may ask about their own data: to have a copy, or to be forgotten. */
export const SUBJECT_REQUEST_KINDS = ['ACCESS', 'ERASURE'] as const;
export type SubjectRequestKind = (typeof SUBJECT_REQUEST_KINDS)[number];

export const SUBJECT_REQUEST_STATES = ['ACCEPTED', 'DONE', 'REFUSED'] as const;
export type SubjectRequestState = (typeof SUBJECT_REQUEST_STATES)[number];

/** Rows of one table that were about the person, before and after. */
export type TableProof = Readonly<{ table: string; before: number; after: number; done: 'DELETED' | 'BLANKED' | 'KEPT' | 'COPIED'; because: string | null }>;

export type SubjectRequest = Readonly<{
  id: SubjectRequestId;
  kind: SubjectRequestKind;
  /** The provider in whose name staff asked, or to which the learner belongs; null at the terminal. */
  organisationId: OrganisationId | null;
  /** The account asked about; null where only a learner record is. */
  personId: PersonId | null;
  learnerId: LearnerId | null;
  /** Null: the installation itself, by its schedule or at its terminal. */
  askedBy: PersonId | null;
  askedAt: IsoInstant;
  state: SubjectRequestState;
  doneAt: IsoInstant | null;
  /** Why it was not done, in words for the person. */
  refusal: string | null;
  proof: readonly TableProof[] | null;
  /** Hex SHA-256 of the canonical proof; stands in the audit too. */
  proofDigest: string | null;
}>;

/** A learner's record that may not be erased for now, and why. */
export type LegalHold = Readonly<{
  id: LegalHoldId;
  learnerId: LearnerId;
  organisationId: OrganisationId;
  reason: string;
  setBy: PersonId;
  setAt: IsoInstant;
  releasedBy: PersonId | null;
  releasedAt: IsoInstant | null;
}>;
