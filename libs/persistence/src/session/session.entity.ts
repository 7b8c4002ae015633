import { SESSION_KINDS, type IsoInstant, type MembershipId, type Session, type SessionId, type SessionKind } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, TEXT, UUID, oneOf } from '../columns.js';

@Entity('session')
@Check('session_kind_check', oneOf('kind', SESSION_KINDS))
@Check('session_token_hash_check', `"token_hash" ~ '^[0-9a-f]{64}$'`)
@Index('session_token_hash_key', ['tokenHash'], { unique: true })
@Index(['membershipId'])
export class SessionEntity implements Session {
  @PrimaryColumn(UUID) readonly id: SessionId;
  @Column(TEXT) readonly tokenHash: string;
  @ForeignKey('membership') @Column(UUID) readonly membershipId: MembershipId;
  @Column(TEXT) readonly kind: SessionKind;
  @Column(INSTANT) readonly createdAt: IsoInstant;
  @Column(INSTANT) readonly expiresAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly revokedAt: IsoInstant | null;
}
