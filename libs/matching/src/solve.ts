import { certify } from './certify.js';
import type { Outcome } from './certify.js';
import { encodeInstance } from './encode-instance.js';
import type { EncodedInstance } from './encode-instance.js';
import { employerOptimal } from './employer-optimal.js';
import type { Digest, MatchingInstance } from './instance.js';
import type { ModelSteps } from './integer-model.js';
import { withoutSolver } from './integer-model.js';
import { largestOutcome } from './largest.js';
import { learnerOptimal } from './learner-optimal.js';
import { openLottery } from './lottery.js';
import { MatchingError } from './matching-error.js';
import { rankerSide } from './reduce-pairs.js';
import { rerunOutcome } from './rerun.js';
import type { Mode, Objective, SolveResult, Stability } from './result.js';
import { MODES, OBJECTIVES, STABILITIES } from './result.js';
import { robustOutcome } from './robust.js';
import { scoreOutcome } from './score.js';

/**
 * How to solve. `seed`: text of the committed lottery; left out, the instance's own `lottery.seed`, else "0". `stability`: for
 * `robust` the one notion to decide instead of the cascade, for `rerun` the notion to keep (default weak). `objective`: for `score`, default `size`.
 */
export type SolveOptions = Readonly<{
  mode: Mode;
  digest: Digest;
  seed?: string;
  stability?: Stability;
  objective?: Objective;
}>;

/**
 * Solves an instance that passed parseInstance (or was built to the same rules). A pure function of instance, options and the
 * solver's answers: the order of entries in the instance does not matter. Errors: MatchingError for unknown options, and for
 * groups with quotas or links, which no mode honours yet.
 */
export function* solveSteps(instance: MatchingInstance, options: SolveOptions): ModelSteps<SolveResult> {
  checkOptions(instance, options);
  const lottery = openLottery(options.seed ?? instance.lottery?.seed ?? '0', options.digest);
  const encoded = encodeInstance(instance, lottery);
  const outcome = yield* outcomeOf(instance, encoded, options);
  return certify(instance, encoded, outcome, lottery, options.digest);
}

/**
 * The same without an integer-programming solver: complete for `learner-optimal`, `employer-optimal` and `score`; elsewhere what only a solver could
 * prove is left open, as the status `limit` or a bound above the size says. Linear in the lists for `learner-optimal`.
 */
export function solve(instance: MatchingInstance, options: SolveOptions): SolveResult {
  return withoutSolver(solveSteps(instance, options));
}

function* outcomeOf(instance: MatchingInstance, encoded: EncodedInstance, options: SolveOptions): ModelSteps<Outcome> {
  const { market } = encoded;
  switch (options.mode) {
    case 'learner-optimal':
      return {
        mode: 'learner-optimal',
        status: 'solved',
        stability: 'weak',
        guarantee: 'Stable. No stable outcome under this lottery gives any learner a better place; stating true preferences is safe for learners.',
        held: learnerOptimal(market),
        byLottery: true,
        bound: null,
      };
    case 'employer-optimal':
      return {
        mode: 'employer-optimal',
        status: 'solved',
        stability: 'weak',
        guarantee: 'Stable. Every employer has its best stable set of learners under this lottery, and every learner her worst stable place: for comparison only.',
        held: employerOptimal(market, rankerSide(market)),
        byLottery: true,
        bound: null,
      };
    case 'robust':
      return yield* robustOutcome(market, options.stability);
    case 'largest':
      return yield* largestOutcome(encoded);
    case 'rerun':
      return yield* rerunOutcome(instance, encoded, options.stability ?? 'weak');
    case 'score':
      return scoreOutcome(instance, encoded, options.objective ?? 'size');
  }
}

function checkOptions(instance: MatchingInstance, options: SolveOptions): void {
  const known = (place: string, value: string | undefined, values: readonly string[]): void => {
    if (value !== undefined && !values.includes(value))
      throw new MatchingError('unknown-option', place, `"${value}" is unknown`, `Use one of ${values.join(', ')}`);
  };
  known('mode', options.mode, MODES);
  known('stability', options.stability, STABILITIES);
  known('objective', options.objective, OBJECTIVES);
  if (options.mode === 'rerun' && instance.previousMatching === undefined)
    throw new MatchingError('malformed', 'previousMatching', 'is absent', 'A rerun needs the matching before the change');
  const group = (instance.groups ?? []).findIndex((g) => g.upperQuota !== undefined || (g.reserved ?? []).length > 0);
  if (group >= 0)
    throw new MatchingError('unsupported', `groups[${group}]`, 'sets a quota, and no mode keeps group quotas yet', 'Leave the quota out; groups are then counted only');
  if ((instance.links ?? []).length > 0)
    throw new MatchingError('unsupported', 'links', 'tie placements together, and no mode keeps links yet', 'Solve without links');
}
