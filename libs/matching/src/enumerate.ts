import { blockingPairs, seatingOf } from './blocking-pairs.js';
import { encodeInstance } from './encode-instance.js';
import type { MatchingInstance } from './instance.js';
import type { Market } from './market.js';
import { MatchingError } from './matching-error.js';
import { rankerSide, reducePairs } from './reduce-pairs.js';
import type { Stability } from './result.js';

/** All stable matchings of a small instance; `complete` is false when `limit` cut the list or `steps` the search short. */
export type Enumeration = Readonly<{ id: string; count: number; complete: boolean; matchings: readonly Readonly<Record<string, string | null>>[] }>;

/** Search steps after which an instance counts as not small. */
const MOST_STEPS = 20_000_000;

/**
 * Every stable matching of a notion, in a fixed order (learners by id, their places best first). Depth-first over the learners' possible pairs,
 * cutting a branch as soon as some learner's better pair can no longer be kept from blocking. Exponential: for small instances.
 * Locks hold in every matching. The instance must have passed parseInstance.
 */
export function enumerateStable(instance: MatchingInstance, options: Readonly<{ stability: Stability; limit?: number }>): Enumeration {
  const limit = options.limit ?? Infinity;
  if (!(limit > 0)) throw new MatchingError('unknown-option', 'limit', `is ${limit}`, 'Ask for at least 1');
  const encoded = encodeInstance(instance, { seed: '', atEmployer: () => 0, ofVacancy: () => 0 });
  const search = new Search(encoded.market, options.stability, limit);
  search.place(0);
  const fixed = encoded.locks.map((lock) => [lock.learner, lock.vacancy] as const);
  const matchings = search.found.map((held) =>
    Object.fromEntries([
      ...encoded.learnerIds.map((id, s) => [id, (held[s] as number) < 0 ? null : encoded.vacancyIds[encoded.market.entry[held[s] as number] as number]!] as const),
      ...fixed,
    ]),
  );
  return { id: instance.id, count: matchings.length, complete: !search.stopped, matchings };
}

class Search {
  readonly found: Int32Array[] = [];
  stopped = false;
  private steps = 0;
  private readonly keep: Uint8Array;
  private readonly held: Int32Array;
  private readonly filled: Int32Array;
  private readonly rankerFilled: Int32Array;
  /** Who ranks in each vacancy and ranker: learners that are there or may still come, by pair. */
  private readonly hopeful: Uint8Array;
  private readonly ofVacancy: number[][];
  private readonly ofRanker: number[][];
  private readonly learnerOf: Int32Array;

  constructor(private readonly market: Market, private readonly stability: Stability, private readonly limit: number) {
    const side = rankerSide(market);
    this.learnerOf = side.learnerOf;
    this.keep = reducePairs(market, side);
    this.held = new Int32Array(market.learners).fill(-1);
    this.filled = new Int32Array(market.vacancies);
    this.rankerFilled = new Int32Array(market.rankers);
    this.hopeful = this.keep.slice();
    this.ofVacancy = Array.from({ length: market.vacancies }, () => []);
    this.ofRanker = Array.from({ length: market.rankers }, () => []);
    this.keep.forEach((kept, k) => {
      if (kept !== 1) return;
      const p = market.entry[k] as number;
      this.ofVacancy[p]!.push(k);
      this.ofRanker[market.ranker[p] as number]!.push(k);
    });
  }

  place(s: number): void {
    if (this.stopped) return;
    if (++this.steps > MOST_STEPS) {
      this.stopped = true;
      return;
    }
    const { market } = this;
    if (s === market.learners) {
      if (blockingPairs(market, seatingOf(market, this.held), this.stability).length > 0) return;
      if (this.found.length >= this.limit) this.stopped = true;
      else this.found.push(this.held.slice());
      return;
    }
    const from = market.start[s] as number;
    const to = market.start[s + 1] as number;
    const hopes = this.hopeful.slice(from, to);
    for (let k = from; k <= to; k++) {
      if (k < to && (this.keep[k] !== 1 || !this.hasRoom(k))) continue;
      for (let j = from; j < to; j++) this.hopeful[j] = j === k ? 1 : 0;
      this.seat(s, k < to ? k : -1, 1);
      if (this.canStillHold(s)) this.place(s + 1);
      this.seat(s, k < to ? k : -1, -1);
    }
    this.hopeful.set(hopes, from);
  }

  private hasRoom(k: number): boolean {
    const p = this.market.entry[k] as number;
    const l = this.market.ranker[p] as number;
    return (this.filled[p] as number) < (this.market.capacity[p] as number) && (this.rankerFilled[l] as number) < (this.market.rankerCapacity[l] as number);
  }

  private seat(s: number, k: number, by: 1 | -1): void {
    if (k < 0) return;
    const p = this.market.entry[k] as number;
    this.held[s] = by === 1 ? k : -1;
    this.filled[p]! += by;
    this.rankerFilled[this.market.ranker[p] as number]! += by;
  }

  /** For every pair a placed learner strictly prefers: could the vacancy or its ranker still fill up with learners good enough? */
  private canStillHold(last: number): boolean {
    const { start, level, entry, ranker, rank, capacity, rankerCapacity } = this.market;
    const slack = this.stability === 'weak' ? 0 : 1;
    for (let s = 0; s <= last; s++) {
      const own = this.held[s] as number;
      for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
        if (this.keep[k] !== 1) continue;
        if (own >= 0 && (level[k] as number) >= (level[own] as number)) break;
        const p = entry[k] as number;
        const l = ranker[p] as number;
        const enough = (rank[k] as number) - slack;
        if (this.couldCome(this.ofVacancy[p] as number[], enough) < (capacity[p] as number) && this.couldCome(this.ofRanker[l] as number[], enough) < (rankerCapacity[l] as number))
          return false;
      }
    }
    return true;
  }

  private couldCome(pairs: readonly number[], rank: number): number {
    let count = 0;
    let lastLearner = -1;
    for (const k of pairs) {
      if (this.hopeful[k] !== 1 || (this.market.rank[k] as number) > rank || this.learnerOf[k] === lastLearner) continue;
      lastLearner = this.learnerOf[k] as number;
      count++;
    }
    return count;
  }
}
