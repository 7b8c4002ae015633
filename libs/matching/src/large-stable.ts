import type { Assignment, Market } from './market.js';

/**
 * A weakly stable matching of at least two thirds of the greatest size, with ties and two-level capacities.
 *
 * Method: Cooper and Manlove, "A 3/2-approximation algorithm for the student-project allocation problem" (SEA 2018), the two-level form of
 * Király's promotion (2013). A learner who exhausts her list is promoted once and tries again, then beating unpromoted learners of the same
 * rank; among tied entries she first tries those with room, and a learner who could still move to such a tied entry gives way.
 * Ties left open are settled by the lottery order in `entry` and `position`. Cost: O(pairs x log capacity), plus a scan of the
 * employer's vacancies where an employer is full. Determinism: learners propose in numbered order, always the same result.
 * It is not strategy-proof: knowing the others' lists, a learner may gain by naming other preferences.
 */
export function largeStable(market: Market): Assignment {
  const run = new Promotion(market);
  run.proposeAll();
  run.moveWithinEmployers();
  return run.held;
}

/** Keys compare (rank, unpromoted, position): one double, whose part above POSITIONS is what a strict preference looks at. */
const POSITIONS = 2 ** 31;

class Promotion {
  readonly held: Assignment;
  private readonly promoted: Uint8Array;
  private readonly removed: Uint8Array;
  private readonly group: Int32Array;
  private readonly filled: Int32Array;
  private readonly rankerFilled: Int32Array;
  /** Learners now at each vacancy, in a heap by key, worst first. */
  private readonly heapStart: Int32Array;
  private readonly heapKey: Float64Array;
  private readonly heapLearner: Int32Array;
  private readonly ofRanker: readonly (readonly number[])[];
  /** Learners who might give way, newest last; checked when read. */
  private readonly waveringAtVacancy: (number[] | undefined)[];
  private readonly waveringAtRanker: (number[] | undefined)[];
  private readonly queue: number[] = [];

  constructor(private readonly market: Market) {
    const { learners, vacancies, rankers, capacity, entry } = market;
    this.held = new Int32Array(learners).fill(-1);
    this.promoted = new Uint8Array(learners);
    this.removed = new Uint8Array(entry.length);
    this.group = market.start.slice(0, learners);
    this.filled = new Int32Array(vacancies);
    this.rankerFilled = new Int32Array(rankers);
    const wanted = new Int32Array(vacancies);
    for (let k = 0; k < entry.length; k++) wanted[entry[k] as number]!++;
    this.heapStart = new Int32Array(vacancies + 1);
    for (let p = 0; p < vacancies; p++)
      this.heapStart[p + 1] = (this.heapStart[p] as number) + Math.max(0, Math.min(wanted[p] as number, capacity[p] as number));
    this.heapKey = new Float64Array(this.heapStart[vacancies] as number);
    this.heapLearner = new Int32Array(this.heapStart[vacancies] as number);
    const ofRanker = Array.from({ length: rankers }, (): number[] => []);
    for (let p = 0; p < vacancies; p++) ofRanker[market.ranker[p] as number]!.push(p);
    this.ofRanker = ofRanker;
    this.waveringAtVacancy = new Array<number[] | undefined>(vacancies);
    this.waveringAtRanker = new Array<number[] | undefined>(rankers);
  }

  proposeAll(): void {
    for (let s = 0; s < this.market.learners; s++) {
      this.queue.push(s);
      while (this.queue.length > 0) this.propose(this.queue.pop() as number);
    }
  }

  private propose(s: number): void {
    const { entry, ranker, capacity, rankerCapacity } = this.market;
    for (;;) {
      const k = this.favourite(s);
      if (k < 0) {
        if (this.promoted[s] === 1) return;
        this.promoted[s] = 1;
        this.group[s] = this.market.start[s] as number;
        for (let i = this.market.start[s] as number; i < (this.market.start[s + 1] as number); i++) this.removed[i] = 0;
        continue;
      }
      const p = entry[k] as number;
      const l = ranker[p] as number;
      const vacancyFull = (this.filled[p] as number) >= (capacity[p] as number);
      if (!vacancyFull && (this.rankerFilled[l] as number) < (rankerCapacity[l] as number)) {
        this.take(s, k);
        return;
      }
      const leaves = vacancyFull ? this.whoLeaves(s, k, this.waveringAtVacancy[p], [p]) : this.whoLeaves(s, k, this.waveringAtRanker[l], this.ofRanker[l] as readonly number[]);
      if (leaves < 0) {
        this.removed[k] = 1;
        continue;
      }
      this.take(s, k);
      this.queue.push(leaves);
      return;
    }
  }

  /** Best remaining tie group; in it a pair with room at both levels if there is one, else the first. */
  private favourite(s: number): number {
    const { start, level } = this.market;
    const end = start[s + 1] as number;
    let from = this.group[s] as number;
    while (from < end) {
      let first = -1;
      let to = from;
      for (; to < end && level[to] === level[from]; to++) {
        if (this.removed[to] === 1) continue;
        if (this.hasRoom(to)) return to;
        if (first < 0) first = to;
      }
      if (first >= 0) return first;
      this.group[s] = from = to;
    }
    return -1;
  }

  private hasRoom(k: number): boolean {
    const { entry, ranker, capacity, rankerCapacity } = this.market;
    const p = entry[k] as number;
    const l = ranker[p] as number;
    return (this.filled[p] as number) < (capacity[p] as number) && (this.rankerFilled[l] as number) < (rankerCapacity[l] as number);
  }

  /** Takes a wavering learner out, or the worst if the newcomer is strictly preferred; returns her, or -1 if the newcomer is refused. */
  private whoLeaves(s: number, k: number, wavering: number[] | undefined, vacancies: readonly number[]): number {
    while (wavering !== undefined && wavering.length > 0) {
      const t = wavering[wavering.length - 1] as number;
      const own = this.held[t] as number;
      if (own >= 0 && vacancies.includes(this.market.entry[own] as number) && this.couldMove(t)) {
        this.release(t);
        return t;
      }
      wavering.pop();
    }
    let worst = -1;
    let worstKey = -1;
    for (const p of vacancies) {
      if ((this.filled[p] as number) === 0) continue;
      const top = this.heapKey[this.heapStart[p] as number] as number;
      if (top > worstKey) {
        worstKey = top;
        worst = this.heapLearner[this.heapStart[p] as number] as number;
      }
    }
    if (worst < 0 || Math.floor(this.key(s, k) / POSITIONS) >= Math.floor(worstKey / POSITIONS)) return -1;
    this.removed[this.held[worst] as number] = 1;
    this.release(worst);
    return worst;
  }

  private key(s: number, k: number): number {
    const unpromoted = this.promoted[s] === 1 ? 0 : 1;
    return ((this.market.rank[k] as number) * 2 + unpromoted) * POSITIONS + (this.market.position[k] as number);
  }

  /** Whether a tied entry of her own still has room at both levels. Once filled, such an entry never has room again. */
  private couldMove(t: number): boolean {
    const { start, level } = this.market;
    const own = this.held[t] as number;
    for (let k = own - 1; k >= (start[t] as number) && level[k] === level[own]; k--) if (this.hasRoom(k)) return true;
    for (let k = own + 1; k < (start[t + 1] as number) && level[k] === level[own]; k++) if (this.hasRoom(k)) return true;
    return false;
  }

  private take(s: number, k: number): void {
    const p = this.market.entry[k] as number;
    const l = this.market.ranker[p] as number;
    const base = this.heapStart[p] as number;
    let at = this.filled[p]!++;
    this.rankerFilled[l]!++;
    const key = this.key(s, k);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((this.heapKey[base + up] as number) >= key) break;
      this.heapKey[base + at] = this.heapKey[base + up] as number;
      this.heapLearner[base + at] = this.heapLearner[base + up] as number;
      at = up;
    }
    this.heapKey[base + at] = key;
    this.heapLearner[base + at] = s;
    this.held[s] = k;
    if (!this.couldMove(s)) return;
    (this.waveringAtVacancy[p] ??= []).push(s);
    (this.waveringAtRanker[l] ??= []).push(s);
  }

  private release(s: number): void {
    const p = this.market.entry[this.held[s] as number] as number;
    const base = this.heapStart[p] as number;
    const size = --this.filled[p]!;
    this.rankerFilled[this.market.ranker[p] as number]!--;
    this.held[s] = -1;
    let at = 0;
    while (this.heapLearner[base + at] !== s) at++;
    const key = this.heapKey[base + size] as number;
    const learner = this.heapLearner[base + size] as number;
    while (at > 0 && (this.heapKey[base + ((at - 1) >> 1)] as number) < key) {
      const up = (at - 1) >> 1;
      this.heapKey[base + at] = this.heapKey[base + up] as number;
      this.heapLearner[base + at] = this.heapLearner[base + up] as number;
      at = up;
    }
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && (this.heapKey[base + down + 1] as number) > (this.heapKey[base + down] as number)) down++;
      if ((this.heapKey[base + down] as number) <= key) break;
      this.heapKey[base + at] = this.heapKey[base + down] as number;
      this.heapLearner[base + at] = this.heapLearner[base + down] as number;
      at = down;
    }
    this.heapKey[base + at] = key;
    this.heapLearner[base + at] = learner;
  }

  /** Last step of the paper: a learner who prefers another vacancy of her own employer with room moves there; each move may free the next. */
  moveWithinEmployers(): void {
    const { start, entry, ranker, capacity, level, learners, twoLevel } = this.market;
    if (!twoLevel) return;
    for (let moved = true; moved; ) {
      moved = false;
      for (let s = 0; s < learners; s++) {
        const own = this.held[s] as number;
        if (own < 0) continue;
        const l = ranker[entry[own] as number] as number;
        for (let k = start[s] as number; k < own && (level[k] as number) < (level[own] as number); k++) {
          const p = entry[k] as number;
          if (ranker[p] !== l || (this.filled[p] as number) >= (capacity[p] as number)) continue;
          this.release(s);
          this.take(s, k);
          moved = true;
          break;
        }
      }
    }
  }
}
