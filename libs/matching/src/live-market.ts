import type { DeferredAcceptance } from './learner-optimal.js';
import { openDeferredAcceptance, proposeAll } from './learner-optimal.js';
import type { Assignment, Market } from './market.js';

const NEVER_FULL = 0x7fff_ffff;

/**
 * A solved market that is kept and changed in place: learners come and go, openings are added and cut, and only what the change touches moves.
 *
 * Guarantees. Inserting continues deferred acceptance: exactly the learner-optimal outcome of all present, if there were only insertions; O(proposals made).
 * Withdrawing, and adding openings, run a vacancy chain (Blum, Roth and Rothblum, J. Econ. Theory 76, 1997): the outcome is stable, and only
 * learners on the chain move; nobody present gets a worse place, except that openings added at one vacancy of a full employer may let in a learner the
 * employer likes better than its worst. Cutting openings rejects the worst, who then come again as
 * if new: stable. Cost of a chain: a scan of the employer's list a move. Determinism: a function of the sequence of changes.
 *
 * @example a lock is a withdrawal of the learner and an opening less at vacancy and employer.
 */
export class LiveMarket {
  private readonly market: Market;
  private readonly state: DeferredAcceptance;
  private readonly present: Uint8Array;
  private readonly ofRanker: readonly (readonly number[])[];

  /** Solves for the learners given as present (1); left out, for all. The market's own capacities are not changed. */
  constructor(market: Market, present?: Uint8Array) {
    this.market = { ...market, capacity: market.capacity.slice(), rankerCapacity: market.rankerCapacity.slice() };
    this.state = openDeferredAcceptance(this.market);
    this.present = present?.slice() ?? new Uint8Array(market.learners).fill(1);
    const ofRanker = Array.from({ length: market.rankers }, (): number[] => []);
    for (let p = 0; p < market.vacancies; p++) ofRanker[market.ranker[p] as number]!.push(p);
    this.ofRanker = ofRanker;
    for (let s = 0; s < market.learners; s++) if (this.present[s] === 1) proposeAll(this.state, s, s + 1);
  }

  /** The pair each learner holds, -1 for none; a view that changes with the market. */
  get held(): Assignment {
    return this.state.held;
  }

  /** A learner comes: she proposes down her list. */
  insert(learner: number): void {
    if (this.present[learner] === 1) return;
    this.present[learner] = 1;
    this.state.next[learner] = this.market.start[learner] as number;
    proposeAll(this.state, learner, learner + 1);
  }

  /** A learner goes; the opening she leaves is offered along a chain. */
  withdraw(learner: number): void {
    if (this.present[learner] !== 1) return;
    this.present[learner] = 0;
    const k = this.state.held[learner] as number;
    this.state.next[learner] = this.market.start[learner + 1] as number;
    if (k < 0) return;
    this.leave(learner);
    this.settle(this.market.ranker[this.market.entry[k] as number] as number);
  }

  /** Sets the openings of a vacancy (of one that ranks for itself, its whole capacity). O(openings of the market) to lay out. */
  setCapacity(vacancy: number, capacity: number): void {
    const { market, state } = this;
    const ranker = market.ranker[vacancy] as number;
    while ((state.size[vacancy] as number) > capacity) this.reject(state.heapLearner[state.heapStart[vacancy] as number] as number);
    market.capacity[vacancy] = capacity;
    if (!market.twoLevel) market.rankerCapacity[ranker] = capacity;
    this.layOut();
    this.settle(ranker);
  }

  /** Sets how many learners an employer takes over all its vacancies. */
  setEmployerCapacity(employer: number, capacity: number): void {
    const { market, state } = this;
    if (!market.twoLevel) throw new RangeError('In this market vacancies rank for themselves: use setCapacity');
    while ((state.filled[employer] as number) > capacity) this.reject(this.worstAt(employer));
    market.rankerCapacity[employer] = capacity;
    this.refreshThreshold(employer);
    this.settle(employer);
  }

  private readonly rejected: number[] = [];

  /** Offers what is free as if the rejected were gone, which leaves a stable market; then they come back, one by one. */
  private settle(ranker: number): void {
    this.offer(ranker);
    for (let s = this.rejected.pop(); s !== undefined; s = this.rejected.pop()) this.insert(s);
  }

  private reject(learner: number): void {
    this.leave(learner);
    this.present[learner] = 0;
    this.rejected.push(learner);
  }

  /** Takes a learner out of her place; she would go on with the next pair of her list. */
  private leave(learner: number): void {
    const { state, market } = this;
    const k = state.held[learner] as number;
    const p = market.entry[k] as number;
    const base = state.heapStart[p] as number;
    const size = --state.size[p]!;
    let at = base;
    while (state.heapLearner[at] !== learner) at++;
    state.heapPosition[at] = state.heapPosition[base + size] as number;
    state.heapLearner[at] = state.heapLearner[base + size] as number;
    this.heapify(base, size);
    state.held[learner] = -1;
    state.next[learner] = k + 1;
    if (!market.twoLevel) return;
    const r = market.ranker[p] as number;
    const mine = market.position[k] as number;
    state.bits[(state.bitStart[r] as number) + (mine >> 5)]! &= ~(1 << (mine & 31));
    state.filled[r]!--;
    this.refreshThreshold(r);
  }

  /** Seats a learner whose place is known to be free. */
  private seat(learner: number, k: number): void {
    const { state, market } = this;
    const p = market.entry[k] as number;
    const base = state.heapStart[p] as number;
    const size = state.size[p]!++;
    state.heapPosition[base + size] = market.position[k] as number;
    state.heapLearner[base + size] = learner;
    this.heapify(base, size + 1);
    state.held[learner] = k;
    state.next[learner] = k + 1;
    if (!market.twoLevel) return;
    const r = market.ranker[p] as number;
    const mine = market.position[k] as number;
    state.bits[(state.bitStart[r] as number) + (mine >> 5)]! |= 1 << (mine & 31);
    state.filled[r]!++;
    this.refreshThreshold(r);
  }

  /** Vacancies are small: sorting worst first is a heap, too. */
  private heapify(base: number, size: number): void {
    const { heapPosition, heapLearner } = this.state;
    for (let i = base + 1; i < base + size; i++) {
      const key = heapPosition[i] as number;
      const learner = heapLearner[i] as number;
      let j = i;
      for (; j > base && (heapPosition[j - 1] as number) < key; j--) {
        heapPosition[j] = heapPosition[j - 1] as number;
        heapLearner[j] = heapLearner[j - 1] as number;
      }
      heapPosition[j] = key;
      heapLearner[j] = learner;
    }
  }

  private worstAt(employer: number): number {
    let worst = -1;
    let at = -1;
    for (const p of this.ofRanker[employer] as readonly number[]) {
      if ((this.state.size[p] as number) === 0) continue;
      const base = this.state.heapStart[p] as number;
      if ((this.state.heapPosition[base] as number) <= worst) continue;
      worst = this.state.heapPosition[base] as number;
      at = this.state.heapLearner[base] as number;
    }
    return at;
  }

  private refreshThreshold(r: number): void {
    const { state, market } = this;
    if (!market.twoLevel) return;
    if ((market.rankerCapacity[r] as number) <= 0) state.threshold[r] = -1;
    else if ((state.filled[r] as number) < (market.rankerCapacity[r] as number)) state.threshold[r] = NEVER_FULL;
    else state.threshold[r] = market.position[state.held[this.worstAt(r)] as number] as number;
  }

  /** Offers the free openings of a ranker to its best learner who wants one, then those she leaves, and so on. */
  private offer(ranker: number): void {
    const open = [ranker];
    for (let r = open.pop(); r !== undefined; r = open.pop()) {
      for (let taker = this.bestTaker(r); taker !== null; taker = this.bestTaker(r)) {
        const left = this.state.held[taker.learner] as number;
        if (left >= 0) {
          const other = this.market.ranker[this.market.entry[left] as number] as number;
          this.leave(taker.learner);
          if (other !== r && !open.includes(other)) open.push(other);
        }
        const { twoLevel, rankerCapacity } = this.market;
        if (twoLevel && (this.state.filled[r] as number) >= (rankerCapacity[r] as number)) this.reject(this.worstAt(r));
        this.seat(taker.learner, taker.pair);
      }
    }
  }

  /**
   * The best learner on the ranker's list with a free opening there that she prefers to her place, and the one she likes best. A full ranker
   * takes its own learners, who only move, and those it likes better than its worst.
   */
  private bestTaker(r: number): { learner: number; pair: number } | null {
    const { market, state } = this;
    const roomAtRanker = !market.twoLevel || (state.filled[r] as number) < (market.rankerCapacity[r] as number);
    if (!(this.ofRanker[r] as readonly number[]).some((p) => (state.size[p] as number) < (market.capacity[p] as number))) return null;
    for (let i = market.listStart[r] as number; i < (market.listStart[r + 1] as number); i++) {
      const s = market.listLearner[i] as number;
      if (this.present[s] !== 1) continue;
      const own = state.held[s] as number;
      const outside = own < 0 || market.ranker[market.entry[own] as number] !== r;
      if (!roomAtRanker && outside && i - (market.listStart[r] as number) > (state.threshold[r] as number)) continue;
      const end = own < 0 ? (market.start[s + 1] as number) : own;
      for (let k = market.start[s] as number; k < end; k++) {
        const p = market.entry[k] as number;
        if (market.ranker[p] === r && (state.size[p] as number) < (market.capacity[p] as number)) return { learner: s, pair: k };
      }
    }
    return null;
  }

  /** Lays the heaps out again for the present capacities. */
  private layOut(): void {
    const { state, market } = this;
    const fresh = openDeferredAcceptance(market);
    for (let p = 0; p < market.vacancies; p++) {
      const from = state.heapStart[p] as number;
      const to = fresh.heapStart[p] as number;
      for (let i = 0; i < (state.size[p] as number); i++) {
        fresh.heapPosition[to + i] = state.heapPosition[from + i] as number;
        fresh.heapLearner[to + i] = state.heapLearner[from + i] as number;
      }
    }
    state.heapStart = fresh.heapStart;
    state.heapPosition = fresh.heapPosition;
    state.heapLearner = fresh.heapLearner;
  }
}
