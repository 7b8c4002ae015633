import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RoundMode, RoundStage } from '@meriden/domain';
import type { RoundPlan, RoundSnapshot, RoundTrial } from '@meriden/rounds';
import { Injectable } from '@nestjs/common';
import type { FromThread, ToThread } from './solver.thread.js';

/** The thread came to no plan by its own fault (an exception, no memory left): it would again. */
export class SolverFault extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'SolverFault';
  }
}

/** The job was taken away from this worker, or called off, while the thread ran. */
export class SolverStopped extends Error {
  constructor() {
    super('solving was stopped');
    this.name = 'SolverStopped';
  }
}

type PlanOptions = Readonly<{
  /** Ends the thread at once. */
  signal?: AbortSignal;
  /** Told before each stage; told in turn, and all before the plan is given back. */
  onStage?: (stage: RoundStage) => Promise<void>;
}>;

/** The built entry: a thread cannot be started from a source file. */
const ENTRY = new URL('./solver.thread.js', import.meta.url);

/** Solves off the event loop: a round may take minutes, and a worker that does not answer loses its jobs. */
@Injectable()
export class Solver {
  /**
   * @throws SolverFault when the computation itself fails
   * @throws SolverStopped when `signal` ended it
   */
  plan(snapshot: RoundSnapshot, secret: string, options: PlanOptions = {}): Promise<RoundPlan> {
    return this.run<RoundPlan>({ snapshot, secret }, options);
  }

  /** The same for a trial in one mode, which decides nothing. */
  trial(snapshot: RoundSnapshot, secret: string, mode: RoundMode, options: PlanOptions = {}): Promise<RoundTrial> {
    return this.run<RoundTrial>({ snapshot, secret, mode }, options);
  }

  private async run<Answer extends RoundPlan | RoundTrial>(workerData: ToThread, { signal, onStage }: PlanOptions): Promise<Answer> {
    if (!existsSync(fileURLToPath(ENTRY))) throw new SolverFault('the solving thread is not built');
    if (signal?.aborted) throw new SolverStopped();
    const thread = new Worker(ENTRY, { workerData, name: 'solver' });
    let told: Promise<void> = Promise.resolve();
    const stop = (): void => void thread.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const plan = await new Promise<Answer>((resolve, reject) => {
        thread.on('message', (message: FromThread) => {
          if (message.kind === 'plan') resolve(message.plan as Answer);
          else if (onStage !== undefined) {
            told = told.then(() => onStage(message.stage));
            // Heard below, when the plan is there; until then it is nobody's unhandled rejection, which would end the worker.
            told.catch(() => {});
          }
        });
        thread.on('error', (error) => reject(new SolverFault(error.message, error)));
        thread.on('exit', (code) => reject(signal?.aborted ? new SolverStopped() : new SolverFault(`the thread ended with code ${code} and no plan`)));
      });
      await told;
      return plan;
    } finally {
      signal?.removeEventListener('abort', stop);
      // A stage that could not be told is a fault of the database, not of the plan; it shows when the plan is saved.
      await told.catch(() => {});
      await thread.terminate();
    }
  }
}
