import type { MatchingInstance, ModelSteps, SolveOptions, SolveResult } from '@meriden/matching';
import { NO_SOLVER, solveSteps } from '@meriden/matching';
import { openHighs } from './highs-solver.js';

/** `timeLimit`: seconds for all the integer models together; left out, 60. */
export type TimeLimit = Readonly<{ timeLimit?: number }>;

/**
 * Runs a computation to the end: where it hands out an integer model, HiGHS (WebAssembly) runs it, and the computation goes on with the answer.
 * Blocks the calling thread while a model runs, so it belongs in a worker thread or the command line. The same computation gives the
 * same bytes unless the time limit strikes.
 */
export async function runExactly<T>(steps: ModelSteps<T>, { timeLimit = 60 }: TimeLimit = {}): Promise<T> {
  const deadline = performance.now() + 1000 * timeLimit;
  let step = steps.next(NO_SOLVER);
  while (step.done !== true) {
    const run = await openHighs();
    const left = (deadline - performance.now()) / 1000;
    step = steps.next(left > 0 ? run(step.value, left) : NO_SOLVER);
  }
  return step.value;
}

/** Solves an instance to the end, within the time limit. Errors: those of `solve`. */
export async function solveExactly(instance: MatchingInstance, { timeLimit, ...options }: SolveOptions & TimeLimit): Promise<SolveResult> {
  return runExactly(solveSteps(instance, options), timeLimit === undefined ? {} : { timeLimit });
}
