import { Injectable } from '@nestjs/common';
import type { CommandId } from '@meriden/domain';
import { CommandStore, OutboxStore } from '@meriden/persistence';
import { JobOutbox } from '@meriden/queue';
import { Desk } from '../desk.js';

const BATCH = 300;

/** Carries accepted commands from the outbox to the queue. Killed anywhere, it repeats itself; the job ids make that harmless. */
@Injectable()
export class RelayService {
  constructor(
    private readonly desk: Desk,
    private readonly outbox: OutboxStore,
    private readonly commands: CommandStore,
    private readonly jobs: JobOutbox,
  ) {}

  /** One batch; returns how many were handed over. Several relays at once share the work (SKIP LOCKED). */
  async tick(): Promise<number> {
    // Every worker looks at every bell, and again after all that it found.
    if (!(await this.desk.uow.glance((tx) => this.outbox.anyUnsent(tx)))) return 0;
    return this.desk.uow.asSystem({ name: 'relay' }, async (tx) => {
      const rows = await this.outbox.claim(tx, BATCH);
      if (rows.length === 0) return 0;
      // A full batch means a backlog, and in a backlog many changes of one profile lie behind one another: the newest is enough.
      const overtaken = new Set(rows.length === BATCH ? await this.commands.closeOvertaken(tx, rows.map((row) => row.commandId)) : []);
      const { sent, refused } = await this.jobs.send(rows.filter((row) => !overtaken.has(row.commandId)));
      await this.outbox.markSent(tx, sent);
      await this.outbox.markSent(tx, rows.filter((row) => overtaken.has(row.commandId)).map((row) => row.id));
      // A row that no sending will ever bring through is parked with its reason, or it would be tried for ever.
      const commandOf = new Map(rows.map((row) => [row.id, row.commandId]));
      for (const { id, reason } of refused) await this.commands.dead(tx, commandOf.get(id) as CommandId, reason);
      await this.outbox.markSent(tx, refused.map((row) => row.id));
      return sent.length + overtaken.size;
    });
  }
}
