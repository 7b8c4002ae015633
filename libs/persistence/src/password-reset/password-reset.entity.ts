import type { IsoInstant, PasswordReset, PersonId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, TEXT, UUID, UUID_OR_NULL } from '../columns.js';

/** A forgotten password. Nobody's when the address has no account: both requests leave a row. */
@Entity('password_reset')
@Check('password_reset_token_hash_check', `"token_hash" ~ '^[0-9a-f]{64}$'`)
@Index('password_reset_token_hash_key', ['tokenHash'], { unique: true })
@Index(['personId'])
export class PasswordResetEntity implements PasswordReset {
  @PrimaryColumn(UUID) readonly id: string;
  @ForeignKey('person') @Column(UUID_OR_NULL) readonly personId: PersonId | null;
  @Column(TEXT) readonly tokenHash: string;
  @Column(INSTANT) readonly createdAt: IsoInstant;
  @Column(INSTANT) readonly expiresAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly usedAt: IsoInstant | null;
}
