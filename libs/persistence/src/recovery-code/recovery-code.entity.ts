import type { IsoInstant, PersonId, RecoveryCode } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_OR_NULL, TEXT, UUID } from '../columns.js';

/** What stands in for the second factor when the device is lost; each works once, and only its digest is kept. */
@Entity('recovery_code')
@Check('recovery_code_code_hash_check', `"code_hash" ~ '^[0-9a-f]{64}$'`)
@Index('recovery_code_key', ['personId', 'codeHash'], { unique: true })
export class RecoveryCodeEntity implements RecoveryCode {
  @PrimaryColumn(UUID) readonly id: string;
  @ForeignKey('person') @Column(UUID) readonly personId: PersonId;
  @Column(TEXT) readonly codeHash: string;
  @Column(INSTANT_OR_NULL) readonly usedAt: IsoInstant | null;
}
