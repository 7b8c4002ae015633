import type { Assignment, Market } from './market.js';
import { blockingPairs, seatingOf } from './blocking-pairs.js';
import type { RankerSide } from './reduce-pairs.js';

/**
 * The learner-optimal super-stable matching, or null if there is none (Olaosebikan and Manlove, "Super-stability in the
 * student-project allocation problem with ties", J. Comb. Optim. 2020). In it no tie mattered: it is stable however ties are broken.
 *
 * Method: a learner applies to her whole best tie at once; an over-subscribed vacancy (or employer) drops its whole last tie, a full one
 * everybody ranked strictly below it. Only pairs of no super-stable matching are deleted, so if what is left is not a super-stable
 * matching, none exists. Cost: O(total length of the lists x vacancies an employer ties a learner to). Determinism: the outcome is unique.
 */
export function superStable(market: Market, side: RankerSide): Assignment | null {
  const held = new Applications(market, side).run();
  if (held === null || blockingPairs(market, seatingOf(market, held), 'super').length > 0) return null;
  return held;
}

class Applications {
  private readonly alive: Uint8Array;
  private readonly applied: Uint8Array;
  private readonly first: Int32Array;
  private readonly appliedOf: Int32Array;
  private readonly filled: Int32Array;
  private readonly rankerFilled: Int32Array;
  private readonly vacancyEnd: Int32Array;
  private readonly rankerEnd: Int32Array;
  private readonly free: number[] = [];

  constructor(private readonly market: Market, private readonly side: RankerSide) {
    this.alive = new Uint8Array(market.entry.length).fill(1);
    this.applied = new Uint8Array(market.entry.length);
    this.first = market.start.slice(0, market.learners);
    this.appliedOf = new Int32Array(market.learners);
    this.filled = new Int32Array(market.vacancies);
    this.rankerFilled = new Int32Array(market.rankers);
    this.vacancyEnd = side.vacancyStart.slice(1);
    this.rankerEnd = market.listStart.slice(1);
    for (let p = 0; p < market.vacancies; p++) if ((market.capacity[p] as number) <= 0) this.cutVacancy(p, 0);
    for (let l = 0; l < market.rankers; l++) if ((market.rankerCapacity[l] as number) <= 0) this.cutRanker(l, 0);
  }

  run(): Assignment | null {
    const { learners, start } = this.market;
    for (let s = learners - 1; s >= 0; s--) this.free.push(s);
    while (this.free.length > 0) {
      const s = this.free.pop() as number;
      if (this.appliedOf[s] === 0) this.apply(s);
    }
    const held = new Int32Array(learners).fill(-1);
    for (let s = 0; s < learners; s++) {
      if ((this.appliedOf[s] as number) > 1) return null;
      for (let k = start[s] as number; k < (start[s + 1] as number); k++) if (this.applied[k] === 1) held[s] = k;
    }
    return held;
  }

  private apply(s: number): void {
    const { start, level, entry, ranker, capacity, rankerCapacity, rank } = this.market;
    const end = start[s + 1] as number;
    let k = this.first[s] as number;
    while (k < end && this.alive[k] === 0) k++;
    this.first[s] = k;
    for (const head = k; k < end && level[k] === level[head]; k++) {
      if (this.alive[k] === 0) continue;
      const p = entry[k] as number;
      const l = ranker[p] as number;
      if (!this.isAt(s, l)) this.rankerFilled[l]!++;
      this.applied[k] = 1;
      this.appliedOf[s]!++;
      this.filled[p]!++;
      if ((this.filled[p] as number) > (capacity[p] as number)) this.cutVacancy(p, rank[this.worstAtVacancy(p)] as number);
      if ((this.rankerFilled[l] as number) > (rankerCapacity[l] as number)) this.cutRanker(l, this.worstRankAt(l));
      if ((this.filled[p] as number) === (capacity[p] as number)) this.cutVacancy(p, (rank[this.worstAtVacancy(p)] as number) + 1);
      if ((this.rankerFilled[l] as number) === (rankerCapacity[l] as number)) this.cutRanker(l, this.worstRankAt(l) + 1);
    }
  }

  /** Whether s has an application with this ranker. */
  private isAt(s: number, l: number): boolean {
    const { start, entry, ranker } = this.market;
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) if (this.applied[k] === 1 && ranker[entry[k] as number] === l) return true;
    return false;
  }

  private worstAtVacancy(p: number): number {
    let i = (this.vacancyEnd[p] as number) - 1;
    while (this.applied[this.side.ofVacancy[i] as number] === 0) i--;
    return this.side.ofVacancy[i] as number;
  }

  private worstRankAt(l: number): number {
    let i = (this.rankerEnd[l] as number) - 1;
    for (;;) {
      const rank = this.rankIfApplied(this.market.listLearner[i] as number, l);
      if (rank > 0) return rank;
      i--;
    }
  }

  private rankIfApplied(s: number, l: number): number {
    const { start, entry, ranker, rank } = this.market;
    for (let k = start[s] as number; k < (start[s + 1] as number); k++)
      if (this.applied[k] === 1 && ranker[entry[k] as number] === l) return rank[k] as number;
    return 0;
  }

  /** Deletes the pairs of vacancy p ranked `from` or worse. */
  private cutVacancy(p: number, from: number): void {
    let end = this.vacancyEnd[p] as number;
    while (end > (this.side.vacancyStart[p] as number) && (this.market.rank[this.side.ofVacancy[end - 1] as number] as number) >= from)
      this.remove(this.side.ofVacancy[--end] as number);
    this.vacancyEnd[p] = end;
  }

  /** Deletes every pair of the ranker's learners ranked `from` or worse. */
  private cutRanker(l: number, from: number): void {
    const { listStart, listLearner, start, entry, ranker, rank } = this.market;
    let end = this.rankerEnd[l] as number;
    for (; end > (listStart[l] as number); end--) {
      const s = listLearner[end - 1] as number;
      let worse = true;
      for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
        if (ranker[entry[k] as number] !== l) continue;
        if ((rank[k] as number) < from) worse = false;
        else this.remove(k);
      }
      if (!worse) break;
    }
    this.rankerEnd[l] = end;
  }

  private remove(k: number): void {
    if (this.alive[k] === 0) return;
    this.alive[k] = 0;
    if (this.applied[k] === 0) return;
    this.applied[k] = 0;
    const s = this.side.learnerOf[k] as number;
    const p = this.market.entry[k] as number;
    const l = this.market.ranker[p] as number;
    this.filled[p]!--;
    if (!this.isAt(s, l)) this.rankerFilled[l]!--;
    if (--this.appliedOf[s]! === 0) this.free.push(s);
  }
}
