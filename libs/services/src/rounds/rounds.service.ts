import { Injectable } from '@nestjs/common';
import {
  Rejection,
  ROUND_MODES,
  ROUND_OBJECTIVES,
  askToSolve,
  beginSolving,
  callOffSolving,
  checkPromise,
  failRound,
  freezeRound,
  notFound,
  publishRound,
  recordSolution,
  versionConflict,
  wasCalledOff,
  wrongState,
  type Actor,
  type CommandId,
  type IsoInstant,
  type LearnerId,
  type Outcome,
  type Proposal,
  type Round,
  type RoundId,
  type RoundPromise,
  type RoundStage,
} from '@meriden/domain';
import { OutcomeStore, ProposalStore, RoundStore, SubjectRequestStore, type Tx } from '@meriden/persistence';
import { randomToken, sha256, uuid } from '@meriden/platform';
import type { RoundPlan, RoundSnapshot } from '@meriden/rounds';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';
import { RoundSnapshots } from './round-snapshots.js';
import { isIsoInstant } from '../validate/dates.js';
import { Faults } from '../validate/faults.js';

type Handle = Readonly<{ roundId: RoundId; version: number }>;
export type SolveJob = Readonly<{ commandId: CommandId; roundId: RoundId; attempt: number }>;

/** What the solving thread gets: the frozen input, the lottery's secret, and the token that lets it record an answer. */
export type Attempt = Readonly<{ roundId: RoundId; attempt: number; snapshot: RoundSnapshot; secret: string }>;

/** Rounds: open, freeze, solve, verify; a named operator publishes with a reason. */
@Injectable()
export class RoundService {
  constructor(
    private readonly desk: Desk,
    private readonly rounds: RoundStore,
    private readonly outcomes: OutcomeStore,
    private readonly proposals: ProposalStore,
    private readonly snapshots: RoundSnapshots,
    private readonly events: EventsService,
    private readonly subjects: SubjectRequestStore,
  ) {}

  /** Opens a round. The lottery's secret is drawn now and only its hash is shown, before anyone ranks. */
  async open(
    actor: Actor,
    input: RoundPromise & Readonly<{ idempotencyKey: string; name: string; preferencesCloseAt: IsoInstant; replyBy: IsoInstant }>,
  ): Promise<Round> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'run a round', { operation: 'openRound', idempotencyKey, input: request }, async (tx) => {
      const now = this.desk.clock.now();
      const faults = new Faults();
      const name = faults.text('name', request.name, { min: 3, max: 200 });
      faults.oneOf('mode', request.mode, ROUND_MODES);
      if (request.objective !== null) faults.oneOf('objective', request.objective, ROUND_OBJECTIVES);
      for (const field of ['preferencesCloseAt', 'replyBy'] as const) {
        if (isIsoInstant(request[field])) continue;
        faults.add('DATE_INVALID', field, 'That is not a moment that exists.', 'A moment is written in UTC, as 2026-12-18T17:00:00.000Z.', 'Write it like 2026-12-18T17:00:00.000Z.');
      }
      faults.refuseIfAny();
      if (!(request.preferencesCloseAt > now)) {
        faults.add('DATES_REVERSED', 'preferencesCloseAt', 'Preferences would close in the past.', 'A round takes preferences for a while after it opens.', 'Choose a later moment.');
      }
      if (!(request.replyBy > request.preferencesCloseAt)) {
        faults.add('DATES_REVERSED', 'replyBy', 'Replies would be due before preferences close.', 'Replies come after the round is solved.', 'Choose a moment after the close of preferences.');
      }
      faults.refuseIfAny();
      checkPromise(request);
      if (request.previousRoundId !== null) await this.canBeKeptTo(tx, actor, request.previousRoundId);
      const secret = randomToken(32);
      const round: Round = {
        id: uuid(),
        name,
        organisationId: actor.organisationId,
        state: 'OPEN',
        mode: request.mode,
        objective: request.objective,
        previousRoundId: request.previousRoundId,
        stage: 'WAITING',
        preferencesCloseAt: request.preferencesCloseAt,
        replyBy: request.replyBy,
        lotteryCommitment: sha256(secret),
        attempt: 0,
        policyVersion: null,
        inputHash: null,
        matched: null,
        unmatched: null,
        certificateValid: null,
        solveAskedBy: null,
        solveAskedAt: null,
        publishedBy: null,
        publishReason: null,
        publishedAt: null,
        failure: null,
        version: 1,
      };
      await this.rounds.insert(tx, round, secret);
      await this.desk.record(tx, actor, 'opened', 'round', round.id, { commitment: round.lotteryCommitment });
      return round;
    });
  }

  /** A re-run keeps to an outcome that there is. */
  private async canBeKeptTo(tx: Tx, actor: Actor, previousRoundId: RoundId): Promise<void> {
    const previous = this.desk.visible(actor, 'round', await this.rounds.byId(tx, previousRoundId), ['input', 'previousRoundId']);
    if (previous.state !== 'SOLVED' && previous.state !== 'PUBLISHED') throw wrongState('round', previous.state, 'kept to', ['SOLVED', 'PUBLISHED']);
  }

  /** No preference counts from here on. */
  async freeze(actor: Actor, handle: Handle): Promise<Round> {
    return this.change(actor, handle, 'froze', async (tx, round) => {
      // Lists that are being written now come in before the round is shut; later ones are refused.
      await this.rounds.shut(tx, round.id);
      return freezeRound(round);
    });
  }

  /** Asks the worker to solve; a failed round may be asked again. */
  async solve(actor: Actor, handle: Handle): Promise<Round> {
    return this.change(actor, handle, 'asked to solve', async (tx, round) => {
      const asked = askToSolve(round, actor.personId, this.desk.clock.now());
      await this.desk.dispatch(tx, actor, 'solve-round', { roundId: round.id, attempt: round.attempt + 1 });
      return asked;
    });
  }

  /** Calls a solving off, whether a worker is at it or not: what it may still find is not recorded, and the round can be solved again. */
  async callOff(actor: Actor, handle: Handle): Promise<Round> {
    return this.change(actor, handle, 'called off the solving of', async (_tx, round) => callOffSolving(round));
  }

  /** Keeps one learner's proposal back when the round is published; the outcome itself stays visible. */
  async withhold(actor: Actor, input: Readonly<{ roundId: RoundId; learnerId: LearnerId; reason: string }>): Promise<Outcome> {
    return this.desk.write(actor, 'run a round', async (tx) => {
      const faults = new Faults();
      const reason = faults.text('reason', input.reason, { min: 10, max: 500 });
      faults.refuseIfAny();
      const round = await this.find(tx, input.roundId);
      if (round.state !== 'SOLVED') throw wrongState('round', round.state, 'changed', ['SOLVED']);
      const outcome = await this.outcomes.ofLearner(tx, round.id, input.learnerId);
      if (outcome === null) throw notFound('outcome', ['input', 'learnerId']);
      const withheld: Outcome = { ...outcome, withheld: true, withheldReason: reason };
      await this.outcomes.save(tx, withheld);
      await this.desk.record(tx, actor, 'withheld the proposal of', 'outcome', outcome.id);
      return withheld;
    });
  }

  /** Publishes a verified round: outcomes become visible, proposals go out. */
  async publish(actor: Actor, input: Handle & Readonly<{ reason: string }>): Promise<Round> {
    const faults = new Faults();
    faults.text('reason', input.reason, { max: 500 });
    faults.refuseIfAny();
    return this.change(actor, input, 'published', async (tx, round) => {
      const now = this.desk.clock.now();
      const published = publishRound(round, actor.personId, input.reason, now);
      if (round.replyBy <= now) {
        throw new Rejection({
          code: 'REPLY_TOO_LATE',
          message: `Replies to this round were due by ${round.replyBy}: its proposals would be expired when they go out.`,
          rule: 'A proposal gives the learner time to answer.',
          remedy: 'Open a new round with a later date for replies.',
          path: ['input', 'roundId'],
        });
      }
      await this.outcomes.publish(tx, round.id);
      const rows: Proposal[] = [];
      const outcomes = await this.outcomes.ofRound(tx, round.id);
      // Who asked to be forgotten after the input was frozen holds no place: nobody could answer for them.
      const erased = await this.subjects.erasedOf(tx, outcomes.map((outcome) => outcome.learnerId));
      // Who was given a place by another round in the meantime is offered no second one.
      const holding = new Set((await this.proposals.heldBeforePublishing(tx)).map(({ learnerId }) => learnerId));
      for (const outcome of outcomes) {
        if (outcome.vacancyId === null || outcome.employerId === null || outcome.withheld || erased.has(outcome.learnerId) || holding.has(outcome.learnerId)) continue;
        rows.push({
          id: uuid(),
          roundId: round.id,
          learnerId: outcome.learnerId,
          vacancyId: outcome.vacancyId,
          organisationId: outcome.organisationId,
          employerId: outcome.employerId,
          state: 'PROPOSED',
          replyBy: round.replyBy,
          answeredAt: null,
          declineReason: null,
          version: 1,
        });
      }
      await this.proposals.insertMany(tx, rows);
      return published;
    });
  }

  /** The file that anyone can check: rules, frozen input under public ids, seed, result, certificate, reasons. */
  async publishedFile(actor: Actor, roundId: RoundId): Promise<string> {
    this.desk.permit(actor, 'run a round');
    const file = await this.desk.uow.readAs(actor, (tx) => this.rounds.file(tx, roundId));
    if (file === null) throw notFound('round file');
    return file;
  }

  /**
   * Takes up one attempt: a new fencing token, then the input frozen in one snapshot. Null when there is nothing to do (the
   * round is solved already, or a newer attempt holds it).
   */
  async beginAttempt(job: SolveJob): Promise<Attempt | null> {
    const system = { name: 'solve-round', objectId: job.roundId };
    const taken = await this.desk.uow.asSystem(system, async (tx) => {
      const round = await this.rounds.lock(tx, job.roundId);
      if (round === null || !['FROZEN', 'SOLVING', 'FAILED'].includes(round.state) || wasCalledOff(round, job.attempt)) {
        // Solved already, called off, or gone: the command has nothing left to do and is closed.
        await this.desk.firstTime(tx, { name: 'solve-round', commandId: job.commandId });
        return null;
      }
      const solving = beginSolving(round);
      await this.rounds.save(tx, solving);
      await this.desk.record(tx, null, 'took up', 'round', round.id, { attempt: solving.attempt });
      return solving;
    });
    if (taken === null) return null;
    this.ring(taken);
    const { snapshot, secret } = await this.snapshots.frozen(taken);
    return { roundId: taken.id, attempt: taken.attempt, snapshot, secret };
  }

  /** Closes the command of a solving that was called off; leaves alone what a newer attempt took over. */
  async closeCalledOff(job: SolveJob): Promise<void> {
    await this.desk.uow.asSystem({ name: 'solve-round', objectId: job.roundId }, async (tx) => {
      const round = await this.rounds.byId(tx, job.roundId);
      if (round !== null && wasCalledOff(round, job.attempt)) await this.desk.firstTime(tx, { name: 'solve-round', commandId: job.commandId });
    });
  }

  /** Whether the attempt still holds the round: nobody called it off, and no newer one took it. */
  async holds(roundId: RoundId, attempt: number): Promise<boolean> {
    const round = await this.desk.uow.asSystem({ name: 'solve-round', objectId: roundId }, (tx) => this.rounds.byId(tx, roundId));
    return round?.state === 'SOLVING' && round.attempt === attempt;
  }

  /** How far the attempt is; said only while the attempt still holds the round. */
  async progress(roundId: RoundId, attempt: number, stage: RoundStage): Promise<void> {
    const told = await this.desk.uow.asSystem({ name: 'solve-round', objectId: roundId }, (tx) => this.rounds.progress(tx, roundId, attempt, stage));
    if (told) this.events.roundProgressed({ roundId, stage, attempt });
  }

  /**
   * Saves a verified plan in one transaction guarded by the fencing token.
   *
   * @returns false when a newer attempt holds the round or the plan was saved already: nothing is changed then.
   */
  async recordPlan(job: SolveJob, attempt: Attempt, plan: RoundPlan): Promise<boolean> {
    const solved = await this.desk.uow.asSystem({ name: 'solve-round' }, async (tx) => {
      const round = await this.rounds.lock(tx, attempt.roundId);
      if (round === null || round.attempt !== attempt.attempt || round.state !== 'SOLVING') return null;
      if (!(await this.desk.firstTime(tx, { name: 'solve-round', commandId: job.commandId }))) return null;
      await this.outcomes.insertMany(tx, await this.outcomeRows(tx, attempt, plan));
      await this.rounds.saveFile(tx, round.id, plan.file);
      const next = recordSolution(round, {
        policyVersion: attempt.snapshot.policyVersion,
        inputHash: plan.inputHash,
        matched: plan.matched,
        unmatched: plan.unmatched,
      });
      await this.rounds.save(tx, next);
      await this.desk.record(tx, null, 'solved', 'round', round.id, { attempt: round.attempt, matched: plan.matched, inputHash: plan.inputHash });
      return next;
    });
    if (solved !== null) this.ring(solved);
    return solved !== null;
  }

  /** A broken invariant or a plan that failed its check: the round says so and can be asked again; nothing was saved. */
  async recordFailure(job: SolveJob, attempt: number, failure: string): Promise<void> {
    const failed = await this.desk.uow.asSystem({ name: 'solve-round' }, async (tx) => {
      const round = await this.rounds.lock(tx, job.roundId);
      if (round === null || round.attempt !== attempt || round.state !== 'SOLVING') return null;
      const next = failRound(round, failure.slice(0, 500));
      await this.rounds.save(tx, next);
      await this.desk.firstTime(tx, { name: 'solve-round', commandId: job.commandId });
      await this.desk.record(tx, null, 'failed to solve', 'round', round.id, { attempt });
      return next;
    });
    if (failed !== null) this.ring(failed);
  }

  private async outcomeRows(tx: Tx, attempt: Attempt, plan: RoundPlan): Promise<Outcome[]> {
    const people = await this.snapshots.people(tx, attempt.roundId);
    const rows: Outcome[] = [];
    for (const planned of plan.outcomes) {
      const person = people.get(planned.learner);
      // Erased since the freeze: the place stays empty, nobody's record is made up.
      if (person === undefined) continue;
      rows.push({
        id: uuid(),
        roundId: attempt.roundId,
        learnerId: person.id,
        organisationId: person.organisationId,
        vacancyId: planned.vacancyId,
        employerId: planned.employerId,
        rank: planned.rank,
        reasons: planned.reasons,
        withheld: false,
        withheldReason: null,
        published: false,
      });
    }
    return rows;
  }

  private async change(
    actor: Actor,
    handle: Handle,
    verb: string,
    next: (tx: Tx, round: Round) => Promise<Round>,
  ): Promise<Round> {
    const changed = await this.desk.write(actor, 'run a round', async (tx) => {
      const round = this.desk.visible(actor, 'round', await this.rounds.lock(tx, handle.roundId), ['input', 'roundId']);
      if (round.version !== handle.version) throw versionConflict('round', round.version, handle.version);
      const after = await next(tx, round);
      await this.rounds.save(tx, after);
      await this.desk.record(tx, actor, verb, 'round', round.id, { version: after.version });
      return after;
    });
    this.ring(changed);
    return changed;
  }

  private async find(tx: Tx, roundId: RoundId): Promise<Round> {
    const round = await this.rounds.lock(tx, roundId);
    if (round === null) throw notFound('round', ['input', 'roundId']);
    return round;
  }

  private ring(round: Round): void {
    this.events.roundProgressed({ roundId: round.id, stage: round.stage, attempt: round.attempt });
  }
}

