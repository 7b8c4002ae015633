import { ROLES, type IsoInstant, type LearnerId, type Membership, type MembershipId, type OrganisationId, type PersonId, type Role } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_OR_NULL, TEXT, UUID, UUID_OR_NULL, oneOf } from '../columns.js';

/** One person's role in one organisation; a session is always of one membership. */
@Entity('membership')
@Check('membership_role_check', oneOf('role', ROLES))
@Check('membership_learner_check', `("role" = 'LEARNER') = ("learner_id" IS NOT NULL)`)
@Index(['personId'])
@Index(['organisationId'])
@Index(['learnerId'])
@Index('membership_person_role_key', ['personId', 'organisationId', 'role'], { unique: true, where: 'ended_at IS NULL' })
export class MembershipEntity implements Membership {
  @PrimaryColumn(UUID) readonly id: MembershipId;
  @ForeignKey('person') @Column(UUID) readonly personId: PersonId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(TEXT) readonly role: Role;
  @ForeignKey('learner') @Column(UUID_OR_NULL) readonly learnerId: LearnerId | null;
  @Column(INSTANT_OR_NULL) readonly endedAt: IsoInstant | null;
}
