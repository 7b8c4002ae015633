import { Logger } from '@meriden/platform';
import type { HandlersOf, JobRun, Payload } from '@meriden/queue';
import { DryRunService, RoundService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';
import { Solver, SolverFault, SolverStopped } from './solver.js';
import { Tries } from './tries.js';

/** How often a running computation is asked whether anybody still wants it, in milliseconds. */
const LOOK_MS = 500;

/** Jobs of the queue `rounds`: solved in a thread, saved only when the independent check found nothing. */
@Injectable()
export class RoundsProcessor {
  readonly handlers: HandlersOf<'rounds'>;

  constructor(
    @Inject(RoundService) private readonly rounds: RoundService,
    @Inject(DryRunService) private readonly trials: DryRunService,
    @Inject(Solver) private readonly solver: Solver,
    @Inject(Logger) private readonly logger: Logger,
    @Inject(Tries) tries: Tries,
  ) {
    this.handlers = { 'solve-round': tries.counted((job, run) => this.solve(job, run)), 'try-round': tries.counted((job, run) => this.tryOut(job, run)) };
  }

  private async solve(job: Payload<'solve-round'>, { signal }: JobRun): Promise<void> {
    const attempt = await this.rounds.beginAttempt(job);
    if (attempt === null) return;
    const { roundId, attempt: token } = attempt;
    const about = { roundId, attempt: token };
    const wanted = new Wanted(signal, () => this.rounds.holds(roundId, token));
    try {
      const plan = await this.solver.plan(attempt.snapshot, attempt.secret, {
        signal: wanted.signal,
        onStage: (stage) => this.rounds.progress(roundId, token, stage),
      });
      if (plan.violations.length > 0) {
        this.logger.defect('a plan failed its check and was not saved', { ...about, violations: plan.violations.length, first: plan.violations[0] });
        return await this.rounds.recordFailure(job, token, `The independent check found ${plan.violations.length} faults, first: ${plan.violations[0]}`);
      }
      await this.rounds.progress(roundId, token, 'SAVE');
      if (await this.rounds.recordPlan(job, attempt, plan)) this.logger.info('round solved', { ...about, matched: plan.matched, unmatched: plan.unmatched });
      else this.logger.info('a newer attempt holds the round; this plan was dropped', about);
    } catch (error) {
      if (error instanceof SolverStopped && wanted.calledOff) {
        this.logger.info('solving was called off', about);
        // Closes the command where the round is free again; where a newer attempt holds it, that one's command counts.
        await this.rounds.closeCalledOff(job);
        return;
      }
      // The same input gives the same fault: the round says so at once instead of failing four times more.
      if (!(error instanceof SolverFault)) throw error;
      this.logger.defect('solving failed', { ...about, error });
      await this.rounds.recordFailure(job, token, `Solving failed: ${error.message}`);
    } finally {
      wanted.end();
    }
  }

  private async tryOut(job: Payload<'try-round'>, { signal }: JobRun): Promise<void> {
    const trial = await this.trials.begin(job);
    if (trial === null) return;
    const { run, snapshot, secret } = trial;
    const about = { roundId: run.roundId, dryRunId: run.id, mode: run.mode };
    const wanted = new Wanted(signal, () => this.trials.wanted(run.id));
    const began = performance.now();
    try {
      const result = await this.solver.trial(snapshot, secret, run.mode, { signal: wanted.signal, onStage: (stage) => this.trials.progress(run, stage) });
      if (result.violations.length > 0) {
        this.logger.defect('a trial failed its check and was not saved', { ...about, violations: result.violations.length, first: result.violations[0] });
        await this.trials.recordFailure(job, run, `The independent check found ${result.violations.length} faults, first: ${result.violations[0]}`);
        return;
      }
      await this.trials.record(job, trial, result, Math.round(performance.now() - began));
    } catch (error) {
      if (error instanceof SolverStopped && wanted.calledOff) {
        this.logger.info('a dry run was cancelled', about);
        await this.trials.begin(job);
        return;
      }
      if (!(error instanceof SolverFault)) throw error;
      this.logger.defect('a dry run failed', { ...about, error });
      await this.trials.recordFailure(job, run, `Solving failed: ${error.message}`);
    } finally {
      wanted.end();
    }
  }
}

/** Ends a computation when its job is taken away, or when nobody wants its answer any more. */
class Wanted {
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal;
  calledOff = false;

  constructor(taken: AbortSignal, still: () => Promise<boolean>) {
    this.signal = AbortSignal.any([taken, this.#stop.signal]);
    let asking = false;
    this.#timer = setInterval(() => {
      if (asking) return;
      asking = true;
      // A database that does not answer is no reason to stop: what is computed is recorded under its token, or not at all.
      void still().then(
        (wanted) => {
          asking = false;
          if (wanted) return;
          this.calledOff = true;
          this.#stop.abort();
        },
        () => (asking = false),
      );
    }, LOOK_MS);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
