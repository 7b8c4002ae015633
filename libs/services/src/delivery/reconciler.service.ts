import { Injectable } from '@nestjs/common';
import { failRound } from '@meriden/domain';
import { CommandStore, DryRunStore, IdempotencyStore, ImportStore, OutboxStore, RoundStore, ScoringRunStore, serverWentAway, type Command, type Tx } from '@meriden/persistence';
import { JobOutbox, type Payload } from '@meriden/queue';
import { Desk } from '../desk.js';

/** Tries a command may use up before it is parked: a job that kills its worker each time must not take the others with it. */
const TRIES = 5;
/** Tries of a command that may end because a server went away; the pauses between them grow, so this is hours of servers that come and go. */
const INTERRUPTIONS = 50;
const OVERDUE_SECONDS = 5;
const BATCH = 300;

/**
 * Repairs what the queue forgot: a command that was sent and is not done is sent again, later each time. PostgreSQL knows
 * what is due; Redis only rings the bell.
 */
@Injectable()
export class ReconcilerService {
  constructor(
    private readonly desk: Desk,
    private readonly outbox: OutboxStore,
    private readonly commands: CommandStore,
    private readonly jobs: JobOutbox,
    private readonly rounds: RoundStore,
    private readonly idempotency: IdempotencyStore,
    private readonly runs: ScoringRunStore,
    private readonly trials: DryRunStore,
    private readonly imports: ImportStore,
  ) {}

  /** Sends again what was sent, is not done and whose back-off has run out; returns how many. */
  async sweep(): Promise<number> {
    return this.desk.uow.asSystem({ name: 'reconciler' }, async (tx) => {
      const rows = await this.outbox.undoneOlderThan(tx, OVERDUE_SECONDS, BATCH);
      if (rows.length === 0) return 0;
      const { sent } = await this.jobs.send(rows);
      await this.outbox.markSent(tx, sent);
      return sent.length;
    });
  }

  /**
   * Counts a try before the work starts, in a transaction of its own, so that a crash is counted too.
   *
   * @returns false when the command is done or parked: the job is then dropped.
   */
  async begin(commandId: string): Promise<boolean> {
    return this.desk.uow.asSystem({ name: 'begin', objectId: commandId }, async (tx) => {
      const command = await this.commands.byId(tx, commandId);
      if (command === null || command.state !== 'ACCEPTED') return false;
      const attempts = await this.commands.bumpAttempt(tx, commandId);
      if (attempts <= TRIES) return true;
      await this.parkIn(tx, command, `Parked after ${TRIES} tries, none of which came to an end.`);
      return false;
    });
  }

  /** Whether a try ended because a server it needs went away, and not by anything in the command. */
  wasInterrupted(fault: unknown): boolean {
    return serverWentAway(fault);
  }

  /**
   * Takes back the count of a try that was cut short by something else, so that innocent work is not parked because servers restarted five
   * times. Not without end: what always meets a server that is away, or sends it away, is parked too.
   */
  async interrupted(commandId: string): Promise<void> {
    await this.desk.uow.asSystem({ name: 'interrupted', objectId: commandId }, async (tx) => {
      const times = await this.commands.interrupted(tx, commandId);
      if (times < INTERRUPTIONS) return;
      const command = await this.commands.byId(tx, commandId);
      if (command !== null) await this.parkIn(tx, command, `Parked after ${times} tries that were cut short: a server went away, a worker stopped or a lock ran out.`);
    });
  }

  /** Forgets answers that were kept for repeated commands, after a day; returns how many. */
  async purgeAnswers(): Promise<number> {
    return this.desk.uow.asSystem({ name: 'purge-answers' }, (tx) => this.idempotency.purge(tx));
  }

  /** What is accepted and not done: how many, the age of the oldest in seconds (null = none), and how many are parked. */
  async backlog(): Promise<Readonly<{ accepted: number; dead: number; oldestSeconds: number | null }>> {
    return this.desk.uow.asSystem({ name: 'reconciler' }, async (tx) => ({
      ...(await this.commands.counts(tx)),
      oldestSeconds: await this.outbox.oldestUndoneAge(tx),
    }));
  }

  /** Parks a command that can never succeed, with the reason; an operator may start it again. */
  async park(commandId: string, reason: string): Promise<void> {
    await this.desk.uow.asSystem({ name: 'park', objectId: commandId }, async (tx) => {
      const command = await this.commands.byId(tx, commandId);
      if (command !== null) await this.parkIn(tx, command, reason);
    });
  }

  /** Clears away files and reports of imports that are over; returns how many. */
  async purgeImports(): Promise<number> {
    return this.desk.uow.asSystem({ name: 'purge imports' }, (tx) => this.imports.purge(tx));
  }

  /** What waits for the command must not wait for ever: a round whose solving is parked has failed and can be asked again, and so has a scoring run. */
  private async parkIn(tx: Tx, command: Command, reason: string): Promise<void> {
    if (!(await this.commands.dead(tx, command.id, reason))) return;
    if (command.kind === 'score-region' || command.kind === 'score-chunk' || command.kind === 'spread-run') {
      await this.runs.finish(tx, (command.payload as Payload<'score-region'>).runId, 'FAILED', this.desk.clock.now());
    }
    if (command.kind === 'try-round') {
      const trial = await this.trials.lock(tx, (command.payload as Payload<'try-round'>).dryRunId);
      if (trial?.state === 'RUNNING') await this.trials.save(tx, { ...trial, state: 'FAILED', failure: reason, endedAt: this.desk.clock.now() });
    }
    if (command.kind !== 'solve-round') return;
    const round = await this.rounds.lock(tx, (command.payload as Payload<'solve-round'>).roundId);
    if (round?.state === 'SOLVING') await this.rounds.save(tx, failRound(round, reason));
  }
}
