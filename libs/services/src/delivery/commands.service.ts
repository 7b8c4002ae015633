import { Injectable } from '@nestjs/common';
import { wrongState, type Actor, type CommandId } from '@meriden/domain';
import { CommandStore, ScoringRunStore, type Command } from '@meriden/persistence';
import type { Payload } from '@meriden/queue';
import { Desk } from '../desk.js';
import { EventsService } from './events.service.js';

/** Accepted work, as those see it who look after it. */
@Injectable()
export class CommandService {
  constructor(
    private readonly desk: Desk,
    private readonly commands: CommandStore,
    private readonly runs: ScoringRunStore,
    private readonly events: EventsService,
  ) {}

  /** What was parked is tried again, five times at most, from the outbox on; a scoring run that failed with it runs again. */
  async startAgain(actor: Actor, input: Readonly<{ commandId: CommandId }>): Promise<Command> {
    return this.desk.write(actor, 'start parked work again', async (tx) => {
      const parked = this.desk.visible(actor, 'command', await this.commands.byId(tx, input.commandId), ['input', 'commandId']);
      if (parked.state !== 'DEAD' || !(await this.commands.revive(tx, parked.id))) throw wrongState('command', parked.state, 'started again', ['DEAD']);
      if (parked.kind === 'score-region' || parked.kind === 'score-chunk') await this.runs.resume(tx, (parked.payload as Payload<'score-region'>).runId);
      await this.desk.record(tx, actor, 'started again', 'command', parked.id, { kind: parked.kind, tries: parked.attempts });
      tx.afterCommit(() => this.events.outboxWritten());
      return { ...parked, state: 'ACCEPTED', attempts: 0, interruptions: 0, deadReason: null, doneAt: null };
    });
  }
}
