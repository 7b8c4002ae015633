import type { IsoInstant, RefreshToken, SessionId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, TEXT, UUID } from '../columns.js';

/** Every refresh token a session ever had: the spent ones stay, so that one that is used again is known. */
@Entity('refresh_token')
@Check('refresh_token_token_hash_check', `"token_hash" ~ '^[0-9a-f]{64}$'`)
@Index(['sessionId'])
export class RefreshTokenEntity implements RefreshToken {
  @PrimaryColumn(TEXT) readonly tokenHash: string;
  @ForeignKey('session') @Column(UUID) readonly sessionId: SessionId;
  @Column(INSTANT) readonly expiresAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly spentAt: IsoInstant | null;
}
