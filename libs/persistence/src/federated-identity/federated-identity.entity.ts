import type { FederatedIdentity, FederatedIdentityId, IsoInstant, PersonId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, TEXT, UUID } from '../columns.js';

/** Who a person is at an identity provider: by its own name and number, never by an e-mail address. */
@Entity('federated_identity')
@Check('federated_identity_text_check', `char_length("issuer") BETWEEN 1 AND 300 AND char_length("subject") BETWEEN 1 AND 255`)
@Index('federated_identity_subject_key', ['issuer', 'subject'], { unique: true })
@Index(['personId'])
export class FederatedIdentityEntity implements FederatedIdentity {
  @PrimaryColumn(UUID) readonly id: FederatedIdentityId;
  @ForeignKey('person') @Column(UUID) readonly personId: PersonId;
  @Column(TEXT) readonly issuer: string;
  @Column(TEXT) readonly subject: string;
  @Column(INSTANT) readonly createdAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly lastUsedAt: IsoInstant | null;
}
