import type { CommandId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';

/** One bell to ring: the job as the queue takes it. `sends` counts earlier rings. */
export type OutboxRow = Readonly<{
  id: number;
  commandId: CommandId;
  queue: string;
  name: string;
  jobId: string;
  payload: Readonly<Record<string, unknown>>;
  /** No person asked for it, but the system itself or the terminal: it waits behind what people asked for. */
  ofItself: boolean;
  sends: number;
}>;

const COLUMNS = `o.id, o.command_id as "commandId", o.queue, o.name, o.job_id as "jobId", o.payload,
  (select c.person_id is null from command c where c.id = o.command_id) as "ofItself", o.sends`;

/** Seconds until an undone command is rung for again: 5, 10, 20 ... at most 10 minutes. */
const BACK_OFF = `least(5 * 2 ^ least(sends, 10), 600) * interval '1 second'`;

@Injectable()
export class OutboxStore {
  /** Whether any row is not yet sent, be it in another relay's hand. */
  async anyUnsent(tx: Tx): Promise<boolean> {
    return (await tx.manager.query<unknown[]>('select 1 from outbox where sent_at is null limit 1')).length > 0;
  }

  /** Rows not yet sent, oldest first, locked for this transaction; rows another relay holds are passed over. */
  claim(tx: Tx, limit: number): Promise<OutboxRow[]> {
    return tx.manager.query<OutboxRow[]>(
      `select ${COLUMNS} from outbox o where o.sent_at is null order by o.id limit $1 for update skip locked`,
      [limit],
    );
  }

  /**
   * Rows sent before whose command is still not done `seconds` after it was accepted and whose back-off has run out, locked for this
   * transaction: the queue may have forgotten them. A row is never rung for sooner than its back-off says.
   */
  undoneOlderThan(tx: Tx, seconds: number, limit: number): Promise<OutboxRow[]> {
    return tx.manager.query<OutboxRow[]>(
      `select ${COLUMNS} from command c join outbox o on o.command_id = c.id
       where c.state = 'ACCEPTED' and c.created_at < now() - $1 * interval '1 second' and o.sent_at is not null and o.next_send_at < now()
       order by c.created_at, o.id limit $2 for update of o skip locked`,
      [seconds, limit],
    );
  }

  /** Counts one more ring for these rows and sets when the next would be due. */
  async markSent(tx: Tx, ids: readonly number[]): Promise<void> {
    await tx.manager.query(
      `update outbox set sent_at = coalesce(sent_at, now()), sends = sends + 1, next_send_at = now() + ${BACK_OFF} where id = any ($1::bigint[])`,
      [ids],
    );
  }

  /** Seconds since the oldest command that is neither done nor dead was accepted; null when there is none. */
  async oldestUndoneAge(tx: Tx): Promise<number | null> {
    const [row] = await tx.manager.query<{ age: number | null }[]>(
      `select extract(epoch from now() - min(created_at))::float8 as age from command where state = 'ACCEPTED'`,
    );
    return row?.age ?? null;
  }
}
