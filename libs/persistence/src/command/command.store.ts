import type { CommandId, OrganisationId, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';
import { CommandEntity } from './command.entity.js';

/** What a command is and by which job it will be done. `payload` holds ids and versions only. */
export type AcceptedCommand = Readonly<{
  id: CommandId;
  kind: string;
  payload: Readonly<Record<string, unknown>>;
  organisationId: OrganisationId | null;
  personId: PersonId | null;
  queue: string;
  name: string;
  jobId: string;
}>;

/** Commands written by one statement. */
const PART = 1_000;

export type Command = Readonly<CommandEntity>;

@Injectable()
export class CommandStore {
  byId(tx: Tx, id: CommandId): Promise<Command | null> {
    return tx.manager.findOneBy(CommandEntity, { id });
  }

  accept(tx: Tx, command: AcceptedCommand): Promise<void> {
    return this.acceptMany(tx, [command]);
  }

  /** Writes the promise and the row that rings the bell for it, in the transaction of whatever called for it. */
  async acceptMany(tx: Tx, commands: readonly AcceptedCommand[]): Promise<void> {
    for (let start = 0; start < commands.length; start += PART) await this.acceptPart(tx, commands.slice(start, start + PART));
  }

  private async acceptPart(tx: Tx, commands: readonly AcceptedCommand[]): Promise<void> {
    const rows = JSON.stringify(commands);
    // Apart, because a statement's parts run in no promised order and the outbox row refers to the command.
    await tx.manager.query(
      `insert into command (id, kind, payload, organisation_id, person_id, state, attempts)
       select r.id, r.kind, r.payload, r."organisationId", r."personId", 'ACCEPTED', 0
       from jsonb_to_recordset($1::jsonb) r(id uuid, kind text, payload jsonb, "organisationId" uuid, "personId" uuid)`,
      [rows],
    );
    await tx.manager.query(
      `insert into outbox (command_id, queue, name, job_id, payload) select r.id, r.queue, r.name, r."jobId", r.payload
       from jsonb_to_recordset($1::jsonb) r(id uuid, queue text, name text, "jobId" text, payload jsonb)`,
      [rows],
    );
  }

  /**
   * Says, in the transaction of the effect, that `consumer` has done the command.
   *
   * @returns false when that was said before: the caller must then leave the effect alone.
   */
  async done(tx: Tx, id: CommandId, consumer: string): Promise<boolean> {
    const inserted = await tx.manager.query<unknown[]>(
      'insert into inbox (consumer, command_id) values ($1, $2) on conflict do nothing returning 1',
      [consumer, id],
    );
    if (inserted.length === 0) return false;
    await tx.manager.query(`update command set state = 'DONE', done_at = now() where id = $1`, [id]);
    return true;
  }

  /** Whether `consumer` has said so. */
  async wasDone(tx: Tx, id: CommandId, consumer: string): Promise<boolean> {
    return (await tx.manager.query<unknown[]>('select 1 from inbox where consumer = $1 and command_id = $2', [consumer, id])).length > 0;
  }

  /**
   * Closes, of the commands given, those to score a learner of whom a newer version waits to be scored too: the newer command does all
   * that they would. Their inbox and audit rows are those of a job that found nothing left to do. @returns the ids of those closed.
   */
  async closeOvertaken(tx: Tx, ids: readonly CommandId[]): Promise<CommandId[]> {
    const rows = await tx.manager.query<{ id: CommandId }[]>(
      `with newest as (
         select payload ->> 'learnerId' as learner, max((payload ->> 'version')::int) as version
         from command where state = 'ACCEPTED' and kind = 'score-learner' group by 1
       ), noted as (
         insert into inbox (consumer, command_id)
         select c.kind, c.id from command c join newest n on n.learner = c.payload ->> 'learnerId'
         where c.id = any ($1::uuid[]) and c.kind = 'score-learner' and c.state = 'ACCEPTED' and (c.payload ->> 'version')::int < n.version
         on conflict do nothing returning consumer, command_id
       ), audited as (
         insert into audit_entry (id, at, person_id, organisation_id, verb, noun, object_id, detail)
         select gen_random_uuid(), now(), null, null, consumer, 'job', command_id::text, '{"overtaken": true}'::jsonb from noted
       )
       select command_id as id from noted`,
      [ids],
    );
    const closed = rows.map((row) => row.id);
    // Apart: a statement does not see the rows that its own parts insert, and the command refers to none of them.
    if (closed.length > 0) await tx.manager.query(`update command set state = 'DONE', done_at = now() where id = any ($1::uuid[])`, [closed]);
    return closed;
  }

  /** Counts a try, in a transaction of its own, so that one that kills the process is counted. @returns tries so far. */
  async bumpAttempt(tx: Tx, id: CommandId): Promise<number> {
    const [rows] = await tx.manager.query<[{ attempts: number }[], number]>(
      'update command set attempts = attempts + 1 where id = $1 returning attempts',
      [id],
    );
    return rows[0]?.attempts ?? 0;
  }

  /** Takes back a counted try that was cut short by something else than the command. @returns how many there were of those. */
  async interrupted(tx: Tx, id: CommandId): Promise<number> {
    const [rows] = await tx.manager.query<[{ interruptions: number }[], number]>(
      `update command set attempts = greatest(attempts - 1, 0), interruptions = interruptions + 1 where id = $1 and state = 'ACCEPTED' returning interruptions`,
      [id],
    );
    return rows[0]?.interruptions ?? 0;
  }

  /** Parks a command that cannot be done, with the reason. @returns false when it was done or dead before. */
  async dead(tx: Tx, id: CommandId, reason: string): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      `update command set state = 'DEAD', dead_reason = $2, done_at = now() where id = $1 and state = 'ACCEPTED'`,
      [id, reason],
    );
    return affected === 1;
  }

  /**
   * Takes a parked command up again, its tries forgotten and its bell unrung. An operator's, in the role of the app.
   * @returns false when it was not parked
   */
  async revive(tx: Tx, id: CommandId): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      `update command set state = 'ACCEPTED', attempts = 0, interruptions = 0, dead_reason = null, done_at = null where id = $1 and state = 'DEAD'`,
      [id],
    );
    if (affected === 1) await tx.manager.query('update outbox set sent_at = null, sends = 0, next_send_at = null where command_id = $1', [id]);
    return affected === 1;
  }

  async counts(tx: Tx): Promise<{ accepted: number; dead: number }> {
    const [row] = await tx.manager.query<{ accepted: number; dead: number }[]>(
      `select count(*) filter (where state = 'ACCEPTED') as accepted, count(*) filter (where state = 'DEAD') as dead
       from command where state <> 'DONE'`,
    );
    return row ?? { accepted: 0, dead: 0 };
  }
}
