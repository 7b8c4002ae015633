import type { CommandId, IsoInstant } from '@meriden/domain';
import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { BIGINT, INSTANT, INSTANT_OR_NULL, INT, JSONB, TEXT, UUID } from '../columns.js';

/** What the relay still has to ring the bell for. */
@Entity('outbox')
@Index('outbox_unsent_idx', ['id'], { where: 'sent_at IS NULL' })
@Index(['commandId'])
export class OutboxEntity {
  @PrimaryGeneratedColumn('identity', { ...BIGINT, generatedIdentity: 'ALWAYS' }) readonly id: number;
  @ForeignKey('command') @Column(UUID) readonly commandId: CommandId;
  @Column(TEXT) readonly queue: string;
  @Column(TEXT) readonly name: string;
  @Column(TEXT) readonly jobId: string;
  @Column(JSONB) readonly payload: Readonly<Record<string, unknown>>;
  @Column({ ...INSTANT, default: () => 'now()' }) readonly createdAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly sentAt: IsoInstant | null;
  @Column({ ...INT, default: 0 }) readonly sends: number;
  @Column(INSTANT_OR_NULL) readonly nextSendAt: IsoInstant | null;
}
