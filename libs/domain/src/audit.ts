import type { AuditEntryId, IsoInstant, OrganisationId, PersonId } from './ids.js';

/** Who did what to what, when; written in the same transaction as the change itself. */
export type AuditEntry = Readonly<{
  id: AuditEntryId;
  at: IsoInstant;
  /** Null for the system's own jobs. */
  personId: PersonId | null;
  organisationId: OrganisationId | null;
  verb: string;
  noun: string;
  objectId: string;
  /** Ids, versions and codes only: never names or free text. */
  detail: Readonly<Record<string, string | number | boolean | null>>;
}>;
