import type { IsoInstant, OrganisationId, PersonId } from '@meriden/domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, JSONB, TEXT, UUID } from '../columns.js';

/** The answer a mutation gave under a key, so that its repetition gets the same one. */
@Entity('idempotent_answer')
@Index(['createdAt'])
export class IdempotentAnswerEntity {
  @PrimaryColumn(UUID) readonly organisationId: OrganisationId;
  @PrimaryColumn(UUID) readonly personId: PersonId;
  @PrimaryColumn(TEXT) readonly key: string;
  @Column(TEXT) readonly requestHash: string;
  @Column(JSONB) readonly answer: unknown;
  @Column({ ...INSTANT, default: () => 'now()' }) readonly createdAt: IsoInstant;
}
