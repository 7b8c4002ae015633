import { Rejection } from '@meriden/domain';
import { Logger } from '@meriden/platform';
import type { JobRun } from '@meriden/queue';
import { ReconcilerService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';

type Work<P> = (payload: P, run: JobRun) => Promise<void>;

/**
 * Stands before every handler. A try is counted in SQL before it begins, so that one which kills the process is counted too;
 * a command that is done or parked is not tried; what the rules refuse is parked at once, for no repetition changes a rule.
 * Every other fault goes back to the queue, which tries again later.
 */
@Injectable()
export class Tries {
  constructor(
    @Inject(ReconcilerService) private readonly commands: ReconcilerService,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  counted<P extends Readonly<{ commandId: string }>>(work: Work<P>): Work<P> {
    return async (payload, run) => {
      const { commandId } = payload;
      if (!(await this.commands.begin(commandId))) {
        this.logger.debug('job dropped: its command is done or parked', { jobId: run.jobId, commandId });
        return;
      }
      try {
        await work(payload, run);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        this.logger.warn('command parked: refused', { jobId: run.jobId, commandId, refusals: error.refusals.map((refusal) => refusal.code) });
        await this.commands.park(commandId, `Refused: ${error.refusals.map((refusal) => refusal.code).join(', ')}.`);
      }
    };
  }
}
