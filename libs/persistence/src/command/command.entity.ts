import { COMMAND_STATES, type CommandId, type CommandState, type IsoInstant, type OrganisationId, type PersonId } from '@meriden/domain';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, INT, JSONB, TEXT, TEXT_OR_NULL, UUID, UUID_OR_NULL, oneOf } from '../columns.js';

/** An accepted promise to do something: it is DONE in the transaction of its effect, or DEAD with a reason, never lost. */
@Entity('command')
@Check('command_state_check', oneOf('state', COMMAND_STATES))
@Index('command_undone_idx', ['createdAt'], { where: `state = 'ACCEPTED'` })
@Index('command_dead_idx', ['createdAt'], { where: `state = 'DEAD'` })
@Index(['createdAt'])
@Index(['organisationId'])
export class CommandEntity {
  @PrimaryColumn(UUID) readonly id: CommandId;
  @Column(TEXT) readonly kind: string;
  /** Ids and versions only. */
  @Column(JSONB) readonly payload: Readonly<Record<string, unknown>>;
  /** Null when the system itself gave the command. */
  @Column(UUID_OR_NULL) readonly organisationId: OrganisationId | null;
  @Column(UUID_OR_NULL) readonly personId: PersonId | null;
  @Column(TEXT) readonly state: CommandState;
  @Column({ ...INSTANT, default: () => 'now()' }) readonly createdAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly doneAt: IsoInstant | null;
  /** Tries that it failed by itself, or that killed their worker. */
  @Column(INT) readonly attempts: number;
  /** Tries that ended because a server went away. */
  @Column({ ...INT, default: 0 }) readonly interruptions: number;
  @Column(TEXT_OR_NULL) readonly deadReason: string | null;
}
