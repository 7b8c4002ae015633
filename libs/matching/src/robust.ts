import { blockingPairs, seatingOf } from './blocking-pairs.js';
import type { Outcome } from './certify.js';
import { components } from './components.js';
import type { ModelSteps } from './integer-model.js';
import { learnerOptimal } from './learner-optimal.js';
import type { Assignment, Market } from './market.js';
import { rankerSide, reducePairs } from './reduce-pairs.js';
import type { Stability } from './result.js';
import { stableModel } from './stable-model.js';
import { superStable } from './super-stable.js';

const GUARANTEE: Record<Stability, string> = {
  super: 'Super-stable: stable however ties are broken, so no lottery mattered.',
  strong: 'Strongly stable: nobody gains by an exchange that leaves the other side no worse off.',
  weak: 'Weakly stable, ties broken by the committed lottery; the best stable outcome for every learner under it.',
};

/**
 * The strongest notion of stability that exists, or the one asked for, decided exactly. Super: linear-time deletion. Strong: an integer
 * model, whose relaxation is nearly always whole. Weak: always exists, by deferred acceptance under the lottery.
 */
export function* robustOutcome(market: Market, asked: Stability | undefined): ModelSteps<Outcome> {
  const outcome = (stability: Stability, status: Outcome['status'], held: Assignment | null, undecided = false): Outcome => ({
    mode: 'robust',
    status,
    stability,
    guarantee: status === 'none' ? `No matching of this notion exists (${stability}).` : undecided ? `${GUARANTEE.weak} Whether a strongly stable one exists was not decided in the time given.` : GUARANTEE[stability],
    held,
    byLottery: stability === 'weak',
    bound: null,
  });
  if (asked === undefined || asked === 'super') {
    const held = superStable(market, rankerSide(market));
    if (held !== null || asked === 'super') return outcome('super', held === null ? 'none' : 'solved', held);
  }
  if (asked === undefined || asked === 'strong') {
    const answer = yield* stronglyStable(market);
    if (answer === 'limit') return asked === undefined ? outcome('weak', 'solved', learnerOptimal(market), true) : outcome('strong', 'limit', null);
    if (answer !== null) return outcome('strong', 'solved', answer);
    if (asked === 'strong') return outcome('strong', 'none', null);
  }
  return outcome('weak', 'solved', learnerOptimal(market));
}

/** A strongly stable matching with the least sum of ranks, null if none exists, 'limit' if nobody could tell. */
function* stronglyStable(market: Market): ModelSteps<Assignment | null | 'limit'> {
  // Often the lottery's outcome already is one; that costs nothing to see.
  const byLottery = learnerOptimal(market);
  if (blockingPairs(market, seatingOf(market, byLottery), 'strong').length === 0) return byLottery;
  const side = rankerSide(market);
  const keep = reducePairs(market, side);
  const gain = Float64Array.from(market.level, (level) => -level);
  const held = new Int32Array(market.learners).fill(-1);
  for (const learners of components(market, keep)) {
    const { model, read } = stableModel(market, side, keep, learners, 'strong', { gain, offset: 0 }, null);
    const answer = yield model;
    if (answer.status === 'infeasible') return null;
    if (answer.values === null) return 'limit';
    read(answer.values, held);
  }
  return held;
}
