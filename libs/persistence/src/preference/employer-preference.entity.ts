import type { CandidateId, EmployerPreference, IsoInstant, OrganisationId, PersonId, PreferenceId, RoundId } from '@meriden/domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INT, JSONB, TEXT, UUID } from '../columns.js';

@Entity('employer_preference')
@Index('employer_preference_key', ['roundId', 'organisationId'], { unique: true })
@Index(['organisationId'])
export class EmployerPreferenceEntity implements EmployerPreference {
  @PrimaryColumn(UUID) readonly id: PreferenceId;
  @ForeignKey('round') @Column(UUID) readonly roundId: RoundId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(JSONB) readonly groups: readonly (readonly CandidateId[])[];
  @Column(INSTANT) readonly submittedAt: IsoInstant;
  @Column(UUID) readonly submittedBy: PersonId;
  @Column(TEXT) readonly receipt: string;
  @Column(INT) readonly version: number;
}
