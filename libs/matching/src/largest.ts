import { cutProof } from './bound-proof.js';
import type { Outcome } from './certify.js';
import { components } from './components.js';
import type { EncodedInstance } from './encode-instance.js';
import type { ModelSteps } from './integer-model.js';
import { largeStable } from './large-stable.js';
import type { Assignment, Market } from './market.js';
import { rankerSide, reducePairs } from './reduce-pairs.js';
import type { BoundProof } from './result.js';
import { sizeBound } from './size-bound.js';
import { stableModel } from './stable-model.js';

/** Name printed beside bounds that rest on the solver's word. */
const SOLVER = 'HiGHS';

/**
 * The greatest number of learners a weakly stable matching can place (MAX-SPA-ST: NP-hard with ties).
 *
 * A 3/2-approximation first; then an upper bound by flow, over all pairs and, if that leaves a gap, over the pairs a stable matching can
 * hold; where a component still has a gap, an integer model decides it. The result carries the bound reached and its proof.
 */
export function* largestOutcome(encoded: EncodedInstance): ModelSteps<Outcome> {
  const { market, locks } = encoded;
  const held = largeStable(market);
  const everything = new Uint8Array(market.entry.length).fill(1);
  const plain = sizeBound(market, everything, held);
  let size = count(held);
  if (size === plain.bound) return outcome(held, plain.bound + locks.length, [cutProof(encoded, plain, false)]);

  const side = rankerSide(market);
  const keep = reducePairs(market, side);
  const reduced = sizeBound(market, keep, held);
  const proof = reduced.bound < plain.bound ? cutProof(encoded, reduced, true) : cutProof(encoded, plain, false);
  if (size === reduced.bound) return outcome(held, size + locks.length, [proof]);

  const best = held.slice();
  let bound = 0;
  for (const learners of components(market, keep)) bound += yield* closeGap(market, side, keep, learners, best);
  size = count(best);
  bound = Math.max(size, Math.min(bound, reduced.bound));
  const proofs: BoundProof[] = bound === reduced.bound ? [proof] : [proof, { kind: 'solver', bound: bound + locks.length, solver: SOLVER, of: 'size' }];
  return outcome(best, bound + locks.length, proofs);
}

/** Solves one component to the end if it can; writes the better assignment into `best` and returns the component's bound. */
function* closeGap(market: Market, side: ReturnType<typeof rankerSide>, keep: Uint8Array, learners: readonly number[], best: Assignment): ModelSteps<number> {
  const own = new Uint8Array(keep.length);
  let size = 0;
  for (const s of learners) {
    if ((best[s] as number) >= 0) size++;
    own.set(keep.subarray(market.start[s] as number, market.start[s + 1] as number), market.start[s] as number);
  }
  const only = new Int32Array(market.learners).fill(-1);
  for (const s of learners) only[s] = best[s] as number;
  const { bound } = sizeBound(market, own, only);
  if (size === bound) return bound;
  const gain = new Float64Array(keep.length).fill(1);
  const { model, read } = stableModel(market, side, keep, learners, 'weak', { gain, offset: 0 }, best);
  const answer = yield model;
  if (answer.values !== null) {
    const found = best.slice();
    read(answer.values, found);
    if (learners.reduce((n, s) => n + ((found[s] as number) >= 0 ? 1 : 0), 0) > size) best.set(found);
  }
  return Math.min(bound, Math.floor(answer.bound + 1e-6));
}

const count = (held: Assignment): number => held.reduce((n, k) => n + (k >= 0 ? 1 : 0), 0);

function outcome(held: Assignment, bound: number, proofs: readonly BoundProof[]): Outcome {
  return {
    mode: 'largest',
    status: 'solved',
    stability: 'weak',
    guarantee: 'Weakly stable. At least two thirds of the greatest size, and the greatest where size equals bound. Not strategy-proof: a learner may gain by stating other preferences.',
    held,
    byLottery: false,
    bound,
    proofs,
  };
}
