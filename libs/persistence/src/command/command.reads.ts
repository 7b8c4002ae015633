import type { CommandState } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same } from '../noun-reads.js';
import { CommandEntity } from './command.entity.js';

export type CommandFilter = Readonly<{ state?: CommandState; kind?: string }>;
/** Newest first. */
export type CommandOrder = 'CREATED_AT';

@Injectable()
export class CommandReads extends NounReads<CommandEntity, CommandFilter, CommandOrder> {
  protected readonly shape = {
    entity: CommandEntity,
    key: ['id'],
    orders: { CREATED_AT: [['createdAt', 'desc']] },
    filters: { state: same('state'), kind: same('kind') },
  } as const;
}
