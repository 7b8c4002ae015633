import type { LearnerId, OrganisationId } from '@meriden/domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INT, JSONB, UUID } from '../columns.js';

/**
 * Equality and health answers, apart from the profile: the learner and the owning provider alone can read them. The worker's
 * role has no grant on this table, so nothing that scores or solves can, whatever its code says.
 */
@Entity('learner_equality')
@Index(['organisationId'])
export class LearnerEqualityEntity {
  @ForeignKey('learner') @PrimaryColumn(UUID) readonly learnerId: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(JSONB) readonly answers: Readonly<Record<string, string>>;
  @Column(INT) readonly version: number;
}
