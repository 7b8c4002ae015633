import type { Assignment, Market } from './market.js';
import type { RankerSide } from './reduce-pairs.js';

/**
 * Employer-oriented deferred acceptance for two-level capacities (algorithm SPA-lecturer of Abraham, Irving and Manlove, 2007), on strict lists.
 *
 * Guarantee: stable, every employer gets its best stable set of learners, and every learner her worst stable place: for comparison, not for
 * publication. Method: an employer with room offers to its best learner not yet offered, the vacancy with room she likes best; accepting
 * deletes what she likes less. Cost: O(total length of the lists x vacancies of an employer). Determinism: the outcome is unique.
 */
export function employerOptimal(market: Market, side: RankerSide): Assignment {
  const { entry, position, ranker, capacity, rankerCapacity, learners, vacancies, rankers } = market;
  const held = new Int32Array(learners).fill(-1);
  const filled = new Int32Array(vacancies);
  const rankerFilled = new Int32Array(rankers);
  /** Each vacancy offers down its list once: whoever passed has been offered it, or would now refuse it. */
  const next = side.vacancyStart.slice(0, vacancies);
  const ofRanker = Array.from({ length: rankers }, (): number[] => []);
  for (let p = 0; p < vacancies; p++) ofRanker[ranker[p] as number]!.push(p);
  const queue = Array.from({ length: rankers }, (_, l) => l);
  const waiting = new Uint8Array(rankers).fill(1);

  /** The next learner vacancy p may offer to; those who hold something they like better are passed for good. */
  const candidate = (p: number): number => {
    for (let i = next[p] as number; i < (side.vacancyStart[p + 1] as number); i++) {
      const k = side.ofVacancy[i] as number;
      const own = held[side.learnerOf[k] as number] as number;
      next[p] = i;
      if (own < 0 || k < own) return k;
    }
    next[p] = side.vacancyStart[p + 1] as number;
    return -1;
  };

  while (queue.length > 0) {
    const l = queue.pop() as number;
    waiting[l] = 0;
    while ((rankerFilled[l] as number) < (rankerCapacity[l] as number)) {
      let best = -1;
      for (const p of ofRanker[l] as number[]) {
        if ((filled[p] as number) >= (capacity[p] as number)) continue;
        const k = candidate(p);
        if (k < 0) continue;
        // The best learner first; of several vacancies for her, the one she likes best (rows are in her order).
        if (best < 0 || (position[k] as number) < (position[best] as number) || (position[k] === position[best] && k < best)) best = k;
      }
      if (best < 0) break;
      const s = side.learnerOf[best] as number;
      const left = held[s] as number;
      if (left >= 0) {
        const p = entry[left] as number;
        const other = ranker[p] as number;
        filled[p]!--;
        rankerFilled[other]!--;
        if (waiting[other] === 0 && other !== l) {
          waiting[other] = 1;
          queue.push(other);
        }
      }
      held[s] = best;
      filled[entry[best] as number]!++;
      rankerFilled[l]!++;
    }
  }
  return held;
}
