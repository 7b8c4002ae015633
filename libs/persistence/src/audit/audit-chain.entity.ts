import type { IsoDate, IsoInstant } from '@meriden/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BIGINT, DATE, INSTANT, TEXT, UUID } from '../columns.js';

/** Where each chain stands: one a tenant, named by its id, and some of the system's own. */
@Entity('audit_chain')
export class AuditChainEntity {
  @PrimaryColumn(TEXT) readonly chain: string;
  @Column(BIGINT) readonly seq: number;
  @Column(TEXT) readonly head: string;
}

/** Binds one audit entry to the one before it; written by a trigger. */
@Entity('audit_link')
@Index('audit_link_entry_key', ['entryId'], { unique: true })
export class AuditLinkEntity {
  @PrimaryColumn(TEXT) readonly chain: string;
  @PrimaryColumn(BIGINT) readonly seq: number;
  @Column(UUID) readonly entryId: string;
  @Column(TEXT) readonly hash: string;
}

/** The end of a chain on one day, signed with a key that the database does not have. */
@Entity('audit_head')
export class AuditHeadEntity {
  @PrimaryColumn(TEXT) readonly chain: string;
  @PrimaryColumn(DATE) readonly day: IsoDate;
  @Column(BIGINT) readonly seq: number;
  @Column(TEXT) readonly head: string;
  @Column(INSTANT) readonly signedAt: IsoInstant;
  @Column(TEXT) readonly signature: string;
}
