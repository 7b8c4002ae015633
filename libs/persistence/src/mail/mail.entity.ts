import { MAIL_KINDS, type IsoInstant, type Mail, type MailId, type MailKind } from '@meriden/domain';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, TEXT, TEXT_OR_NULL, UUID, oneOf } from '../columns.js';

/** What goes out by mail. The address is forgotten when it has gone. */
@Entity('mail')
@Check('mail_kind_check', oneOf('kind', MAIL_KINDS))
export class MailEntity implements Mail {
  @PrimaryColumn(UUID) readonly id: MailId;
  @Column(TEXT) readonly kind: MailKind;
  @Column(TEXT_OR_NULL) readonly address: string | null;
  @Column(TEXT_OR_NULL) readonly about: string | null;
  @Column(UUID) readonly linkId: string;
  @Column(INSTANT) readonly expiresAt: IsoInstant;
  @Column(INSTANT) readonly createdAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly sentAt: IsoInstant | null;
}
