import { Injectable } from '@nestjs/common';
import {
  Rejection,
  assertCanTry,
  cancelDryRun,
  notFound,
  versionConflict,
  type Actor,
  type CommandId,
  type DryRun,
  type DryRunId,
  type RoundId,
  type RoundMode,
  type RoundStage,
} from '@meriden/domain';
import { DryRunStore, RoundStore } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import type { RoundSnapshot, RoundTrial } from '@meriden/rounds';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';
import { RoundSnapshots } from './round-snapshots.js';

export type TryJob = Readonly<{ commandId: CommandId; dryRunId: DryRunId }>;
/** What the solving thread gets for a trial. */
export type Trial = Readonly<{ run: DryRun; snapshot: RoundSnapshot; secret: string }>;

/** Trials of a frozen round: an operator sees what each mode would give before anything is decided. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly desk: Desk,
    private readonly runs: DryRunStore,
    private readonly rounds: RoundStore,
    private readonly snapshots: RoundSnapshots,
    private readonly events: EventsService,
  ) {}

  /** Asks for a trial. The input is frozen with the first one, so that trial and solution are of the same bytes. */
  async start(actor: Actor, input: Readonly<{ idempotencyKey: string; roundId: RoundId; version: number; mode: RoundMode }>): Promise<DryRun> {
    const { idempotencyKey, ...request } = input;
    const run = await this.desk.writeOnce(actor, 'run a round', { operation: 'startDryRun', idempotencyKey, input: request }, async (tx) => {
      const round = this.desk.visible(actor, 'round', await this.rounds.lock(tx, input.roundId), ['input', 'roundId']);
      if (round.version !== input.version) throw versionConflict('round', round.version, input.version);
      assertCanTry(round, input.mode);
      const there = (await this.runs.ofRound(tx, round.id)).find(({ mode, state }) => mode === input.mode && (state === 'RUNNING' || state === 'DONE'));
      if (there !== undefined) {
        throw new Rejection({
          code: 'ALREADY_EXISTS',
          message: there.state === 'DONE' ? 'This round was tried out in this mode already.' : 'A dry run in this mode is under way.',
          rule: 'The input is frozen and the lottery committed to, so the same mode gives the same result again.',
          remedy: there.state === 'DONE' ? 'Look at the result that is there.' : 'Wait for it, or cancel it first.',
          path: ['input', 'mode'],
        });
      }
      const run: DryRun = {
        id: uuid(),
        roundId: round.id,
        mode: input.mode,
        state: 'RUNNING',
        stage: 'WAITING',
        askedBy: actor.personId,
        askedAt: this.desk.clock.now(),
        endedAt: null,
        learners: null,
        vacancies: null,
        inputHash: null,
        matched: null,
        rankCounts: [],
        tookMs: null,
        failure: null,
      };
      await this.runs.insert(tx, run);
      await this.desk.dispatch(tx, actor, 'try-round', { dryRunId: run.id });
      await this.desk.record(tx, actor, 'tried out', 'round', round.id, { mode: run.mode });
      return run;
    });
    this.ring(run);
    return run;
  }

  /** Ends a trial that is running; its worker finds out within a second and stops. */
  async cancel(actor: Actor, dryRunId: DryRunId): Promise<DryRun> {
    const cancelled = await this.desk.write(actor, 'run a round', async (tx) => {
      const run = this.desk.visible(actor, 'dryRun', await this.runs.lock(tx, dryRunId), ['input', 'dryRunId']);
      const next = cancelDryRun(run, this.desk.clock.now());
      await this.runs.save(tx, next);
      await this.desk.record(tx, actor, 'cancelled the dry run of', 'round', run.roundId, { mode: run.mode });
      return next;
    });
    this.ring(cancelled);
    return cancelled;
  }

  /** Takes a trial up; null when there is nothing to do any more. */
  async begin(job: TryJob): Promise<Trial | null> {
    const found = await this.desk.uow.asSystem({ name: 'try-round', objectId: job.dryRunId }, async (tx) => {
      const run = await this.runs.byId(tx, job.dryRunId);
      const round = run === null ? null : await this.rounds.byId(tx, run.roundId);
      if (run !== null && run.state === 'RUNNING' && round !== null) return { run, round };
      await this.desk.firstTime(tx, { name: 'try-round', commandId: job.commandId });
      return null;
    });
    if (found === null) return null;
    await this.progress(found.run, 'SNAPSHOT');
    return { run: found.run, ...(await this.snapshots.frozen(found.round)) };
  }

  async progress(run: DryRun, stage: RoundStage): Promise<void> {
    const told = await this.desk.uow.asSystem({ name: 'try-round', objectId: run.id }, (tx) => this.runs.progress(tx, run.id, stage));
    if (told) this.ring({ ...run, stage });
  }

  /** Whether the trial is still wanted. */
  async wanted(id: DryRunId): Promise<boolean> {
    return (await this.desk.uow.asSystem({ name: 'try-round', objectId: id }, (tx) => this.runs.byId(tx, id)))?.state === 'RUNNING';
  }

  /** Writes what a trial gave. @returns false when it was cancelled or written before: nothing is changed then. */
  async record(job: TryJob, { run, snapshot }: Trial, trial: RoundTrial, tookMs: number): Promise<boolean> {
    return this.end(job, run, async (tx, held) => {
      const people = await this.snapshots.people(tx, run.roundId);
      await this.runs.insertPlaces(
        tx,
        trial.places.flatMap(({ learner, vacancyId, rank }) => {
          const person = people.get(learner);
          return person === undefined ? [] : [{ dryRunId: run.id, learnerId: person.id, vacancyId, rank }];
        }),
      );
      const { learners, vacancies, matched, rankCounts } = trial;
      return { ...held, state: 'DONE', stage: 'DONE', learners, vacancies, matched, rankCounts, inputHash: snapshot.inputHash, tookMs };
    });
  }

  async recordFailure(job: TryJob, run: DryRun, failure: string): Promise<boolean> {
    return this.end(job, run, async (_tx, held) => ({ ...held, state: 'FAILED', failure: failure.slice(0, 500) }));
  }

  private async end(job: TryJob, run: DryRun, next: (tx: Parameters<DryRunStore['lock']>[0], held: DryRun) => Promise<DryRun>): Promise<boolean> {
    const ended = await this.desk.uow.asSystem({ name: 'try-round', objectId: run.id }, async (tx) => {
      const held = await this.runs.lock(tx, run.id);
      if (held === null) throw notFound('dry run');
      if (!(await this.desk.firstTime(tx, { name: 'try-round', commandId: job.commandId })) || held.state !== 'RUNNING') return null;
      const after = { ...(await next(tx, held)), endedAt: this.desk.clock.now() };
      await this.runs.save(tx, after);
      return after;
    });
    if (ended !== null) this.ring(ended);
    return ended !== null;
  }

  private ring({ roundId, stage }: DryRun): void {
    this.events.roundProgressed({ roundId, stage, attempt: 0 });
  }
}
