import type { CommandState } from '@meriden/domain';
import type { Command } from '@meriden/persistence/reads';
import { CommandService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { CommandConnection, CommandStateEnum, CommandType, StartCommandAgainInput, StartCommandAgainPayload, type StartCommandAgainSuccess } from './command.types.js';

@Resolver(() => CommandType)
export class CommandResolver {
  constructor(@Inject(CommandService) private readonly verbs: CommandService) {}

  @Query(() => CommandConnection, { description: 'Work accepted in your organisation’s name, all of it for operators; newest first.' })
  commands(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('state', { type: () => CommandStateEnum, nullable: true, description: 'Only work that stands so; DEAD lists what was parked.' }) state: CommandState | null,
  ): Promise<PageOf<Command>> {
    return list(operation, 'command', operation.shelf.commands, page, { state: state ?? undefined });
  }

  @Mutation(() => StartCommandAgainPayload, { description: 'An operator has parked work tried again, once its cause is mended.' })
  startCommandAgain(
    @InOperation() operation: Operation,
    @Args('input', { type: () => StartCommandAgainInput, description: 'Which command is to be tried again.' }) input: StartCommandAgainInput,
  ): Promise<StartCommandAgainSuccess | RefusedType> {
    return answer(async () => ({
      command: await operation.write((actor) => this.verbs.startAgain(actor, { commandId: keyOf('Command', input.commandId, ['input', 'commandId']) })),
    }));
  }
}
