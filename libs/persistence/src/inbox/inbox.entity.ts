import type { CommandId, IsoInstant } from '@meriden/domain';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { INSTANT, TEXT, UUID } from '../columns.js';

/** Which consumer has done which command: written in the transaction of the effect, so the effect happens once. */
@Entity('inbox')
export class InboxEntity {
  @PrimaryColumn(TEXT) readonly consumer: string;
  @ForeignKey('command') @PrimaryColumn(UUID) readonly commandId: CommandId;
  @Column({ ...INSTANT, default: () => 'now()' }) readonly doneAt: IsoInstant;
}
