import type { IsoInstant, Passkey, PasskeyId, PersonId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BIGINT, INSTANT, INSTANT_OR_NULL, TEXT, TEXTS, UUID } from '../columns.js';

/** The public half of a key that a person's device holds. */
@Entity('passkey')
@Check('passkey_text_check', `char_length("credential_id") BETWEEN 1 AND 1400 AND char_length("public_key") BETWEEN 1 AND 2800 AND char_length("label") BETWEEN 1 AND 100`)
@Index('passkey_credential_id_key', ['credentialId'], { unique: true })
@Index(['personId'])
export class PasskeyEntity implements Passkey {
  @PrimaryColumn(UUID) readonly id: PasskeyId;
  @ForeignKey('person') @Column(UUID) readonly personId: PersonId;
  @Column(TEXT) readonly credentialId: string;
  @Column(TEXT) readonly publicKey: string;
  @Column(BIGINT) readonly counter: number;
  @Column(TEXTS) readonly transports: readonly string[];
  @Column(TEXT) readonly label: string;
  @Column(INSTANT) readonly createdAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly lastUsedAt: IsoInstant | null;
}
