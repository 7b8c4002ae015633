import { Logger } from '@meriden/platform';
import type { HandlersOf, JobRun, Payload } from '@meriden/queue';
import { RoundService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';
import { Solver, SolverFault } from './solver.js';
import { Tries } from './tries.js';

/** Jobs of the queue `rounds`: solved in a thread, saved only when the independent check found nothing. */
@Injectable()
export class RoundsProcessor {
  readonly handlers: HandlersOf<'rounds'>;

  constructor(
    @Inject(RoundService) private readonly rounds: RoundService,
    @Inject(Solver) private readonly solver: Solver,
    @Inject(Logger) private readonly logger: Logger,
    @Inject(Tries) tries: Tries,
  ) {
    this.handlers = { 'solve-round': tries.counted((job, run) => this.solve(job, run)) };
  }

  private async solve(job: Payload<'solve-round'>, { signal }: JobRun): Promise<void> {
    const attempt = await this.rounds.beginAttempt(job);
    if (attempt === null) return;
    const { roundId, attempt: token } = attempt;
    const about = { roundId, attempt: token };
    try {
      const plan = await this.solver.plan(attempt.snapshot, attempt.secret, {
        signal,
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
      // The same input gives the same fault: the round says so at once instead of failing four times more.
      if (!(error instanceof SolverFault)) throw error;
      this.logger.defect('solving failed', { ...about, error });
      await this.rounds.recordFailure(job, token, `Solving failed: ${error.message}`);
    }
  }
}
