import { COMMAND_STATES } from '@meriden/domain';
import type { Command } from '@meriden/persistence/reads';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { domainEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

export const CommandStateEnum = domainEnum('CommandState', COMMAND_STATES, 'Where work that was accepted for the background stands.', {
  ACCEPTED: 'It waits or is being done.',
  DONE: 'Its effect is stored, once.',
  DEAD: 'It was parked with a reason; an operator can start it again.',
});

@ObjectType('Command', {
  implements: () => [NodeType],
  description: 'Work that was accepted to be done in the background: it is done once, or parked with a reason, never lost.',
})
export class CommandType implements Pick<Command, 'id' | 'kind' | 'state' | 'attempts' | 'deadReason' | 'createdAt' | 'doneAt'> {
  @NodeIdField('Command', 'command')
  id: string;
  @Field(() => String, { description: 'Which job does it, for example `solve-round`.' })
  kind: string;
  @Field(() => CommandStateEnum, { description: 'Whether it waits, is done or was parked.' })
  state: keyof typeof CommandStateEnum;
  @Field(() => Int, { name: 'tries', description: 'How often a worker has taken it up, without tries that were cut short by a server that went away.' })
  attempts: number;
  @Field(() => String, { name: 'reason', nullable: true, description: 'Why it was parked, in words; null unless it was.' })
  deadReason: string | null;
  @Field(() => DateTimeScalar, { name: 'acceptedAt', description: 'When it was accepted, with the change that asked for it.' })
  createdAt: string;
  @Field(() => DateTimeScalar, { name: 'endedAt', nullable: true, description: 'When it was done or parked; null while it waits.' })
  doneAt: string | null;
}

@ObjectType('CommandConnection', { description: 'A page of accepted work, with what is needed to ask for the next.' })
export class CommandConnection extends connectionOf(CommandType, 'Command', 'commands') {}

@InputType({ description: 'A request to try parked work again.' })
export class StartCommandAgainInput {
  @Field(() => ID, { description: 'Node id of the parked command.' })
  commandId: string;
}

@ObjectType('StartCommandAgainSuccess', { description: 'The command waits for a worker again, its tries forgotten.' })
export class StartCommandAgainSuccess {
  @Field(() => CommandType, { description: 'The command as it now stands, accepted.' })
  command: Command;
}
export const StartCommandAgainPayload = payloadOf('StartCommandAgain', StartCommandAgainSuccess, 'StartCommandAgainSuccess');
