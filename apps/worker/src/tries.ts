import { Rejection } from '@meriden/domain';
import { Logger } from '@meriden/platform';
import { LOCK_LOST, WORKER_STOPS, type JobRun } from '@meriden/queue';
import { ReconcilerService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';

/** A worker lives that says so: the try did not kill it. Should a command itself keep its worker too busy to hold the lock, fifty such tries are enough. */
const SPARED: readonly unknown[] = [WORKER_STOPS, LOCK_LOST];

/** Pauses double up to this one: half a minute in all. What is not back by then stays counted. */
const LAST_WAIT_MS = 12_800;

type Work<P> = (payload: P, run: JobRun) => Promise<void>;

/**
 * Stands before every handler. A try is counted in SQL before it begins, so that one which kills the process is counted too;
 * a command that is done or parked is not tried; what the rules refuse is parked at once, for no repetition changes a rule.
 * Every other fault goes back to the queue, which tries again later; where it was not the command's own (a server went away, this worker
 * was told to stop, or lost the job's lock because it had no time on a busy machine) the count is taken back.
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
      // Taken back as the word comes: work that does not listen to it ends with the process, and throws nothing.
      let stopped: Promise<void> | null = null;
      const stop = (): void => void (SPARED.includes(run.signal.reason) && (stopped ??= this.takeBack(commandId)));
      run.signal.addEventListener('abort', stop);
      try {
        await work(payload, run);
      } catch (error) {
        if (!(error instanceof Rejection)) {
          if (run.signal.aborted) stop();
          if (stopped === null && this.commands.wasInterrupted(error)) await this.takeBack(commandId);
          throw error;
        }
        this.logger.warn('command parked: refused', { jobId: run.jobId, commandId, refusals: error.refusals.map((refusal) => refusal.code) });
        await this.commands.park(commandId, `Refused: ${error.refusals.map((refusal) => refusal.code).join(', ')}.`);
      } finally {
        run.signal.removeEventListener('abort', stop);
        await stopped;
      }
    };
  }

  /** The server that went away may be the one that counts: once at once, then beside the work until it answers, for half a minute. */
  private async takeBack(commandId: string, waitMs = 200): Promise<void> {
    await this.commands.interrupted(commandId).catch((error: unknown) => {
      this.logger.debug('a try could not be taken back yet', { commandId, error });
      if (waitMs <= LAST_WAIT_MS) setTimeout(() => void this.takeBack(commandId, waitMs * 2), waitMs).unref();
    });
  }
}
