import type { FederatedIdentityId, IsoInstant, LearnerId, MembershipId, OrganisationId, PasskeyId, PersonId, SessionId } from './ids.js';

/** What a member may be in an organisation. Names are those of the glossary. */
export const ROLES = ['LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that see other people's data: a second factor is compulsory. */
export const STAFF_ROLES: readonly Role[] = ['EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'];

/** Who acts: one person, in one role, in one organisation (the tenant), through one session. */
export type Actor = Readonly<{
  personId: PersonId;
  membershipId: MembershipId;
  organisationId: OrganisationId;
  role: Role;
  sessionId: SessionId;
  /** The actor's own learner record; null unless the role is LEARNER. */
  learnerId: LearnerId | null;
}>;

export const ORGANISATION_ROLES = ['PROVIDER', 'EMPLOYER', 'FUNDER', 'OPERATOR'] as const;
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number];

export type Organisation = Readonly<{
  id: OrganisationId;
  name: string;
  roles: readonly OrganisationRole[];
  ukprn: string | null;
  odsCode: string | null;
  /** Invented for the demonstration region; its name says so too. */
  fictional: boolean;
  /** Employers: the most learners it takes in one round over all its vacancies; null = the sum of its openings. */
  roundCapacity: number | null;
  version: number;
}>;

export type Person = Readonly<{
  id: PersonId;
  email: string;
  name: string;
  /** argon2id encoded; null until an invitation was accepted. */
  passwordHash: string | null;
  /** Base32 secret of the second factor; null where none is set up. */
  totpSecret: string | null;
  /** Last accepted time step, so that a code works once. */
  totpLastStep: number | null;
  disabled: boolean;
}>;

export type Membership = Readonly<{
  id: MembershipId;
  personId: PersonId;
  organisationId: OrganisationId;
  role: Role;
  learnerId: LearnerId | null;
  /** Null while it lasts. An ended one opens nothing; whoever comes back gets a new one. */
  endedAt: IsoInstant | null;
}>;

export const SESSION_KINDS = ['COOKIE', 'BEARER'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export type Session = Readonly<{
  id: SessionId;
  /** Hex SHA-256 of the token; the token itself is never stored. */
  tokenHash: string;
  membershipId: MembershipId;
  kind: SessionKind;
  createdAt: IsoInstant;
  expiresAt: IsoInstant;
  revokedAt: IsoInstant | null;
}>;

/** Renews a bearer session once. All tokens of one session are a family: one used twice ends them all. */
export type RefreshToken = Readonly<{
  /** Hex SHA-256, as of a session. */
  tokenHash: string;
  sessionId: SessionId;
  expiresAt: IsoInstant;
  spentAt: IsoInstant | null;
}>;

export type RecoveryCode = Readonly<{
  id: string;
  personId: PersonId;
  /** Hex SHA-256 of the code without its dashes, in capitals. */
  codeHash: string;
  usedAt: IsoInstant | null;
}>;

/** A key pair whose private half never leaves the person's device. */
export type Passkey = Readonly<{
  id: PasskeyId;
  personId: PersonId;
  /** base64url, as WebAuthn gives it. */
  credentialId: string;
  /** COSE key, base64url. */
  publicKey: string;
  /** Uses as the device counts them; stays 0 for keys that several devices share. */
  counter: number;
  transports: readonly string[];
  /** What the person calls it. */
  label: string;
  createdAt: IsoInstant;
  lastUsedAt: IsoInstant | null;
}>;

/** Who a person is at an identity provider (OpenID Connect). The issuer's name and its number for the person are the key, never an e-mail address. */
export type FederatedIdentity = Readonly<{
  id: FederatedIdentityId;
  personId: PersonId;
  /** The `iss` of its tokens, an address. */
  issuer: string;
  /** The `sub` of its tokens: what the issuer never gives to anybody else. */
  subject: string;
  createdAt: IsoInstant;
  lastUsedAt: IsoInstant | null;
}>;
