import type { AuditEntry, AuditEntryId, IsoInstant, OrganisationId, PersonId } from '@meriden/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, JSONB, TEXT, UUID, UUID_OR_NULL } from '../columns.js';

/** No foreign keys: the history outlives what it tells of. Triggers refuse change and deletion. */
@Entity('audit_entry')
@Index('audit_entry_at_idx', ['organisationId', 'at', 'id'])
@Index('audit_entry_object_idx', ['objectId'])
export class AuditEntryEntity implements AuditEntry {
  @PrimaryColumn(UUID) readonly id: AuditEntryId;
  @Column(INSTANT) readonly at: IsoInstant;
  @Column(UUID_OR_NULL) readonly personId: PersonId | null;
  @Column(UUID_OR_NULL) readonly organisationId: OrganisationId | null;
  @Column(TEXT) readonly verb: string;
  @Column(TEXT) readonly noun: string;
  @Column(TEXT) readonly objectId: string;
  @Column(JSONB) readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}
