import type { Outcome } from './certify.js';
import { certify } from './certify.js';
import type { EncodedInstance } from './encode-instance.js';
import { encodeInstance } from './encode-instance.js';
import type { Digest, MatchingInstance } from './instance.js';
import { learnerOptimal } from './learner-optimal.js';
import { openLottery } from './lottery.js';
import { MatchingError } from './matching-error.js';
import type { Mode, Objective, SolveResult, Stability } from './result.js';
import { MODES, OBJECTIVES, STABILITIES } from './result.js';

/**
 * How to solve. `seed`: decimal or hex text of the committed lottery; left out, the instance's own `lottery.seed`, else "0".
 * `stability` is asked by `robust` (one notion instead of the cascade), `rerun`; `objective` by `score` (default `size`).
 */
export type SolveOptions = Readonly<{
  mode: Mode;
  digest: Digest;
  seed?: string;
  stability?: Stability;
  objective?: Objective;
}>;

/**
 * Solves an instance that passed parseInstance (or was built to the same rules). A pure function of instance and options:
 * the order of entries in the instance does not matter. Linear in the lists for `learner-optimal`.
 * Errors: MatchingError for unknown options, and for groups with quotas or links, which no mode honours yet.
 */
export function solve(instance: MatchingInstance, options: SolveOptions): SolveResult {
  checkOptions(instance, options);
  const lottery = openLottery(options.seed ?? instance.lottery?.seed ?? '0', options.digest);
  const encoded = encodeInstance(instance, lottery);
  return certify(instance, encoded, outcomeOf(encoded, options), lottery, options.digest);
}

function outcomeOf(encoded: EncodedInstance, options: SolveOptions): Outcome {
  switch (options.mode) {
    case 'learner-optimal':
      return {
        mode: 'learner-optimal',
        status: 'solved',
        stability: 'weak',
        guarantee: 'Stable. No stable outcome under this lottery gives any learner a better place; stating true preferences is safe for learners.',
        held: learnerOptimal(encoded.market),
        byLottery: true,
        bound: null,
      };
    default:
      throw new MatchingError('unsupported', 'mode', `${options.mode} is not built yet`, 'Use learner-optimal');
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
  const group = (instance.groups ?? []).findIndex((g) => g.upperQuota !== undefined || (g.reserved ?? []).length > 0);
  if (group >= 0)
    throw new MatchingError('unsupported', `groups[${group}]`, 'sets a quota, and no mode keeps group quotas yet', 'Leave the quota out; groups are then counted only');
  if ((instance.links ?? []).length > 0)
    throw new MatchingError('unsupported', 'links', 'tie placements together, and no mode keeps links yet', 'Solve without links');
}
