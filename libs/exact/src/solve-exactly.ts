import type { IntegerModel, MatchingInstance, SolveOptions, SolveResult } from '@meriden/matching';
import { NO_SOLVER, solveSteps } from '@meriden/matching';
import { openHighs } from './highs-solver.js';

export type ExactOptions = SolveOptions & Readonly<{ /** Seconds for all the integer models of one instance together; left out, 60. */ timeLimit?: number }>;

/**
 * Solves an instance to the end: where matching prepares an integer model, HiGHS (WebAssembly) runs it, and matching finishes the result.
 * Blocks the calling thread while a model runs, so it belongs in a worker thread or the command line. The same instance and options
 * give the same bytes unless the time limit strikes. Errors: those of `solve`.
 */
export async function solveExactly(instance: MatchingInstance, options: ExactOptions): Promise<SolveResult> {
  const steps = solveSteps(instance, options);
  const deadline = performance.now() + 1000 * (options.timeLimit ?? 60);
  let step = steps.next(NO_SOLVER);
  while (step.done !== true) {
    const model: IntegerModel = step.value;
    const run = await openHighs();
    const left = (deadline - performance.now()) / 1000;
    step = steps.next(left > 0 ? run(model, left) : NO_SOLVER);
  }
  return step.value;
}
