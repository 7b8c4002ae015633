import { Injectable } from '@nestjs/common';
import {
  Rejection,
  canonicalJson,
  forbidden,
  isUuid,
  notFound,
  whoMay,
  within,
  type Actor,
  type CommandId,
  type Noun,
  type OrganisationId,
  type PersonId,
  type Verb,
} from '@meriden/domain';
import { AuditStore, CommandStore, IdempotencyStore, UnitOfWork, type Tx } from '@meriden/persistence';
import { Clock, sha256, uuid } from '@meriden/platform';
import { jobRow, type JobName, type Payload } from '@meriden/queue';

import { EventsService } from './delivery/events.service.js';
import { PolicyHolder } from './policy-holder.js';

/** Undoes a delivery of what was done already. */
class DoneBefore extends Error {}

/** In whose name a change is written down: a person, or the operator's own terminal in an organisation's name (no person). */
export type Doer = Readonly<{ organisationId: OrganisationId | null; personId: PersonId | null }>;

/** A job's payload without the command id, which the desk gives. */
export type JobSubject<Name extends JobName> = Omit<Payload<Name>, 'commandId'>;

/**
 * The one way a write is made: permission, one transaction with the tenant set, a replayed answer for a repeated key, the
 * audit row and the outbox row beside the change itself.
 */
@Injectable()
export class Desk {
  constructor(
    readonly uow: UnitOfWork,
    readonly clock: Clock,
    private readonly policyHolder: PolicyHolder,
    private readonly audits: AuditStore,
    private readonly commands: CommandStore,
    private readonly idempotency: IdempotencyStore,
    private readonly events: EventsService,
  ) {}

  /** @throws Rejection FORBIDDEN when the actor's role may not do this at all. */
  permit(actor: Actor, verb: Verb): void {
    if (!this.policyHolder.policy.may(actor, verb)) throw forbidden(verb, whoMay(verb));
  }

  /** Gives the object back when the actor may see it; an unknown one and another tenant's get the same refusal. */
  visible<T extends object>(actor: Actor, noun: Noun, object: T | null, path: readonly string[] = []): T {
    if (object === null || !within(this.policyHolder.policy.scope(actor, noun), object)) throw notFound(noun, path);
    return object;
  }

  /** Whether the actor sees the rows of all tenants. */
  seesAll(actor: Actor, noun: Noun): boolean {
    return this.policyHolder.policy.scope(actor, noun) === 'ALL';
  }

  /** One permitted write. */
  async write<T>(actor: Actor, verb: Verb, work: (tx: Tx) => Promise<T>): Promise<T> {
    this.permit(actor, verb);
    return this.uow.as(actor, work);
  }

  /**
   * One permitted write that is answered once: the same key and input give the stored answer again (24 hours), the same key
   * with another input is refused, and of two at the same time one waits for the other.
   */
  async writeOnce<T>(
    actor: Actor,
    verb: Verb,
    request: Readonly<{ operation: string; idempotencyKey: string; input: unknown }>,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const idempotencyKey = request.idempotencyKey.toLowerCase();
    if (!isUuid(idempotencyKey)) {
      throw new Rejection({
        code: 'FIELD_INVALID',
        message: 'The idempotency key is not a UUID.',
        rule: 'A command that creates something carries a random UUID, so that sending it twice does it once.',
        remedy: 'Make a new random UUID for each new command and repeat it only when you resend that command.',
        path: ['input', 'idempotencyKey'],
      });
    }
    const requestHash = sha256(canonicalJson({ operation: request.operation, input: request.input }));
    return this.write(actor, verb, async (tx) => {
      const key = { organisationId: actor.organisationId, personId: actor.personId, key: idempotencyKey };
      const kept = await this.idempotency.find(tx, key);
      if (kept !== null) {
        if (kept.requestHash !== requestHash) {
          throw new Rejection({
            code: 'IDEMPOTENCY_KEY_REUSED',
            message: 'This idempotency key was used for another command.',
            rule: 'One key stands for one command with one input.',
            remedy: 'Make a new UUID for the new command.',
            path: ['input', 'idempotencyKey'],
          });
        }
        return kept.answer as T;
      }
      const answer = await work(tx);
      await this.idempotency.save(tx, { ...key, requestHash, answer });
      return answer;
    });
  }

  /** The audit row of a change; ids, versions and codes only. */
  async record(
    tx: Tx,
    doer: Doer | null,
    verb: string,
    noun: string,
    objectId: string,
    detail: Readonly<Record<string, string | number | boolean | null>> = {},
  ): Promise<void> {
    await this.recordMany(tx, doer, verb, noun, [{ objectId, detail }]);
  }

  /** The audit rows of one verb on many objects, in one statement. */
  async recordMany(
    tx: Tx,
    doer: Doer | null,
    verb: string,
    noun: string,
    objects: readonly Readonly<{ objectId: string; detail?: Readonly<Record<string, string | number | boolean | null>> }>[],
  ): Promise<void> {
    const entry = { at: this.clock.now(), personId: doer?.personId ?? null, organisationId: doer?.organisationId ?? null, verb, noun };
    await this.audits.append(tx, ...objects.map(({ objectId, detail = {} }) => ({ ...entry, id: uuid(), objectId, detail })));
  }

  /** Accepts a command: its row and its outbox row commit or vanish together with the change that asked for it. */
  async dispatch<Name extends JobName>(tx: Tx, doer: Doer | null, name: Name, subject: JobSubject<Name>): Promise<CommandId> {
    const [commandId] = await this.dispatchMany(tx, doer, name, [subject]);
    return commandId as CommandId;
  }

  /** Many commands of one name, in two statements a thousand. */
  async dispatchMany<Name extends JobName>(tx: Tx, doer: Doer | null, name: Name, subjects: readonly JobSubject<Name>[]): Promise<readonly CommandId[]> {
    const commands = subjects.map((subject) => {
      const id = uuid();
      const asked = { organisationId: doer?.organisationId ?? null, personId: doer?.personId ?? null };
      return { id, kind: name, ...asked, ...jobRow(name, { ...subject, commandId: id } as Payload<Name>) };
    });
    await this.commands.acceptMany(tx, commands);
    tx.afterCommit(() => this.events.outboxWritten());
    return commands.map(({ id }) => id);
  }

  /**
   * Runs a job's effect once: the inbox row stands in the effect's own transaction, so a second delivery finds it and does
   * nothing. Returns null when the effect was there already: that delivery is rolled back, since one that came at the same moment
   * as the first has a transaction id though it wrote no row, and would be entered as if it had had an effect.
   */
  async effectOnce<T>(job: Readonly<{ name: string; commandId: CommandId }>, work: (tx: Tx) => Promise<T>): Promise<T | null> {
    try {
      return await this.uow.asSystem({ name: job.name, objectId: job.commandId }, async (tx) => {
        if (!(await this.firstTime(tx, job))) throw new DoneBefore();
        return work(tx);
      });
    } catch (error) {
      if (error instanceof DoneBefore) return null;
      throw error;
    }
  }

  /**
   * A part of an effect in a transaction of its own, before `effectOnce` ends the whole: what is written so must be the same however often it is written, since a
   * worker that dies in between leaves it to the next. `hold` takes the locks under which it is looked. Null, and nothing written, where the whole was done before.
   */
  async effectPart<T>(job: Readonly<{ name: string; commandId: CommandId }>, hold: (tx: Tx) => Promise<void>, work: (tx: Tx) => Promise<T>): Promise<T | null> {
    // Not under the command's id: the one entry of that is its effect.
    return this.uow.asSystem({ name: job.name }, async (tx) => {
      await hold(tx);
      return (await this.commands.wasDone(tx, job.commandId, job.name)) ? null : work(tx);
    });
  }

  /** Writes the inbox row and closes the command; false when that was done before. To be called inside the effect's transaction. */
  async firstTime(tx: Tx, job: Readonly<{ name: string; commandId: CommandId }>): Promise<boolean> {
    return this.commands.done(tx, job.commandId, job.name);
  }
}
