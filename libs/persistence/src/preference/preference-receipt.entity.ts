import type { IsoInstant, LearnerId, OrganisationId, PersonId, PreferenceId, RoundId } from '@meriden/domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INT, JSONB, TEXT, UUID, UUID_OR_NULL } from '../columns.js';

/** Every list ever submitted, with its receipt; a trigger refuses change and deletion. */
@Entity('preference_receipt')
@Index(['organisationId'])
@Index(['learnerId'])
export class PreferenceReceiptEntity {
  @PrimaryColumn(UUID) readonly preferenceId: PreferenceId;
  @PrimaryColumn(INT) readonly version: number;
  @ForeignKey('round') @Column(UUID) readonly roundId: RoundId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  /** Null for an employer's list. */
  @ForeignKey('learner') @Column(UUID_OR_NULL) readonly learnerId: LearnerId | null;
  @Column(JSONB) readonly groups: readonly (readonly string[])[];
  @Column(INSTANT) readonly submittedAt: IsoInstant;
  @Column(UUID) readonly submittedBy: PersonId;
  @Column(TEXT) readonly receipt: string;
}
