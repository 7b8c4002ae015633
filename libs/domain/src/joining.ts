import type { OrganisationRole, Role } from './actor.js';
import type { InvitationId, IsoInstant, LearnerId, MailId, OrganisationId, PersonId } from './ids.js';

/** What an invited organisation will be; its name is confirmed by whoever accepts. */
export type Founding = Readonly<{ name: string; roles: readonly OrganisationRole[]; ukprn: string | null; odsCode: string | null; fictional: boolean }>;

export type Invitation = Readonly<{
  id: InvitationId;
  /** Null when the organisation begins with this invitation: then `founding` says what it will be. */
  organisationId: OrganisationId | null;
  founding: Founding | null;
  email: string;
  role: Role;
  learnerId: LearnerId | null;
  invitedBy: PersonId;
  /** Hex SHA-256 of the token in the link. */
  tokenHash: string;
  createdAt: IsoInstant;
  expiresAt: IsoInstant;
  acceptedAt: IsoInstant | null;
  withdrawnAt: IsoInstant | null;
}>;

export type PasswordReset = Readonly<{
  id: string;
  /** Null where the address has no account: the request looks the same. */
  personId: PersonId | null;
  tokenHash: string;
  createdAt: IsoInstant;
  expiresAt: IsoInstant;
  usedAt: IsoInstant | null;
}>;

export const MAIL_KINDS = ['INVITATION', 'PASSWORD_RESET'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export type Mail = Readonly<{
  id: MailId;
  kind: MailKind;
  /** Null once sent, and where there is nobody to send it to. */
  address: string | null;
  /** The organisation that invites. */
  about: string | null;
  /** The invitation or reset whose link it carries; the link's token is derived from it and stored nowhere. */
  linkId: string;
  expiresAt: IsoInstant;
  createdAt: IsoInstant;
  sentAt: IsoInstant | null;
}>;

/** Which roles a role may invite into its own organisation; operators invite any, into any. */
export const MAY_INVITE: Readonly<Record<Role, readonly Role[]>> = {
  LEARNER: [],
  EMPLOYER: ['EMPLOYER'],
  PROVIDER_STAFF: ['PROVIDER_STAFF', 'LEARNER'],
  REGION: ['REGION'],
  OPERATOR: ['EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR', 'LEARNER'],
};

/** What an organisation is, by the roles its people have. */
export const HOME_OF: Readonly<Record<Role, OrganisationRole>> = { LEARNER: 'PROVIDER', PROVIDER_STAFF: 'PROVIDER', EMPLOYER: 'EMPLOYER', REGION: 'FUNDER', OPERATOR: 'OPERATOR' };
