import { ROLES, type Founding, type Invitation, type InvitationId, type IsoInstant, type LearnerId, type OrganisationId, type PersonId, type Role } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, JSONB_OR_NULL, TEXT, UUID, UUID_OR_NULL, oneOf } from '../columns.js';

/** A place kept for somebody, in an organisation that is there or in one that begins with them. */
@Entity('invitation')
@Check('invitation_role_check', oneOf('role', ROLES))
@Check('invitation_token_hash_check', `"token_hash" ~ '^[0-9a-f]{64}$'`)
@Check('invitation_where_check', `("organisation_id" IS NULL) = ("founding" IS NOT NULL)`)
@Check('invitation_learner_check', `("role" = 'LEARNER') = ("learner_id" IS NOT NULL)`)
@Check('invitation_email_check', `"email" = lower("email") AND char_length("email") BETWEEN 3 AND 254`)
@Index('invitation_token_hash_key', ['tokenHash'], { unique: true })
@Index('invitation_organisation_id_idx', ['organisationId', 'createdAt'])
@Index(['learnerId'])
export class InvitationEntity implements Invitation {
  @PrimaryColumn(UUID) readonly id: InvitationId;
  @ForeignKey('organisation') @Column(UUID_OR_NULL) readonly organisationId: OrganisationId | null;
  @Column(JSONB_OR_NULL) readonly founding: Founding | null;
  @Column(TEXT) readonly email: string;
  @Column(TEXT) readonly role: Role;
  @ForeignKey('learner') @Column(UUID_OR_NULL) readonly learnerId: LearnerId | null;
  @Column(UUID) readonly invitedBy: PersonId;
  @Column(TEXT) readonly tokenHash: string;
  @Column(INSTANT) readonly createdAt: IsoInstant;
  @Column(INSTANT) readonly expiresAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly acceptedAt: IsoInstant | null;
  @Column(INSTANT_OR_NULL) readonly withdrawnAt: IsoInstant | null;
}
