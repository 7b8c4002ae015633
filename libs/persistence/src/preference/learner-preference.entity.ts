import type { IsoInstant, LearnerId, LearnerPreference, OrganisationId, PersonId, PreferenceId, RoundId, VacancyId } from '@meriden/domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INT, JSONB, TEXT, UUID } from '../columns.js';

@Entity('learner_preference')
@Index('learner_preference_key', ['roundId', 'learnerId'], { unique: true })
@Index(['organisationId'])
@Index(['learnerId'])
export class LearnerPreferenceEntity implements LearnerPreference {
  @PrimaryColumn(UUID) readonly id: PreferenceId;
  @ForeignKey('round') @Column(UUID) readonly roundId: RoundId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @Column(JSONB) readonly groups: readonly (readonly VacancyId[])[];
  @Column(INSTANT) readonly submittedAt: IsoInstant;
  @Column(UUID) readonly submittedBy: PersonId;
  @Column(TEXT) readonly receipt: string;
  @Column(INT) readonly version: number;
}
