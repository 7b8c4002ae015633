import { countOr, digest } from '../../../test/enumerator/digest.js';
import { mulberry32, randomInstance } from '../../../test/enumerator/random-instance.js';
import { blockingPairs, seatingOf } from './blocking-pairs.js';
import { encodeInstance } from './encode-instance.js';
import { LiveMarket } from './index.js';
import { learnerOptimal } from './learner-optimal.js';
import { openLottery } from './lottery.js';
import type { Market } from './market.js';

/** The strict market as its own kind of "as given": ranks are positions, levels are places in the row. */
function strictMarket(seed: number): Market {
  const { market } = encodeInstance(randomInstance(seed, { learners: 8, vacancies: 4, tie: 0.3, capacity: 3 }), openLottery('1', digest));
  const level = market.level.slice();
  for (let s = 0; s < market.learners; s++) for (let k = market.start[s]!; k < market.start[s + 1]!; k++) level[k] = k;
  return { ...market, level, rank: market.position };
}

/** The market without the absent learners' entries, for a solve from nothing. */
function only(market: Market, present: Uint8Array): Market {
  const start = new Int32Array(market.learners + 1);
  const kept: number[] = [];
  for (let s = 0; s < market.learners; s++) {
    if (present[s] === 1) for (let k = market.start[s]!; k < market.start[s + 1]!; k++) kept.push(k);
    start[s + 1] = kept.length;
  }
  const take = (values: Int32Array): Int32Array => Int32Array.from(kept, (k) => values[k]!);
  return { ...market, start, entry: take(market.entry), level: take(market.level), rank: take(market.rank), position: take(market.position) };
}

const vacancyOf = (market: Market, held: Int32Array): number[] => Array.from(held, (k) => (k < 0 ? -1 : market.entry[k]!));

describe('a live market', () => {
  it('after insertions in any order is exactly the learner-optimal outcome', () => {
    for (let seed = 0; seed < countOr(1500); seed++) {
      const market = strictMarket(seed);
      const live = new LiveMarket(market, new Uint8Array(market.learners));
      for (let i = 0; i < market.learners; i++) live.insert((i * 5 + seed) % market.learners);
      expect({ seed, at: vacancyOf(market, live.held) }).toEqual({ seed, at: vacancyOf(market, learnerOptimal(market)) });
    }
  });

  it('stays stable through withdrawals, returns and changes of capacity, and a chain hurts nobody', () => {
    for (let seed = 0; seed < countOr(400); seed++) {
      const dice = mulberry32(seed);
      const market = strictMarket(seed + 50_000);
      const live = new LiveMarket(market);
      const present = new Uint8Array(market.learners).fill(1);
      const capacity = market.capacity.slice();
      const rankerCapacity = market.rankerCapacity.slice();
      for (let step = 0; step < 8; step++) {
        const before = live.held.slice();
        const what = Math.floor(dice() * 4);
        const s = Math.floor(dice() * market.learners);
        const p = Math.floor(dice() * market.vacancies);
        const room = Math.floor(dice() * 4);
        let helps = false;
        if (what === 0) {
          live.withdraw(s);
          present[s] = 0;
          helps = true;
        } else if (what === 1) {
          live.insert(s);
          present[s] = 1;
        } else if (what === 2 || !market.twoLevel) {
          helps = room >= capacity[p]! && !market.twoLevel;
          live.setCapacity(p, room);
          capacity[p] = room;
          if (!market.twoLevel) rankerCapacity[p] = room;
        } else {
          const r = market.ranker[p]!;
          helps = room >= rankerCapacity[r]!;
          live.setEmployerCapacity(r, room);
          rankerCapacity[r] = room;
        }
        const now = only({ ...market, capacity, rankerCapacity }, present);
        const held = Int32Array.from(live.held, (k, t) => {
          if (k < 0) return -1;
          for (let j = now.start[t]!; j < now.start[t + 1]!; j++) if (now.entry[j] === market.entry[k]) return j;
          throw new Error('an absent learner holds a place');
        });
        expect({ seed, step, what, blocking: blockingPairs(now, seatingOf(now, held), 'weak') }).toEqual({ seed, step, what, blocking: [] });
        const filled = new Int32Array(market.vacancies);
        const rankerFilled = new Int32Array(market.rankers);
        for (const k of held) if (k >= 0) { filled[now.entry[k]!]!++; rankerFilled[now.ranker[now.entry[k]!]!]!++; }
        expect(filled.every((n, v) => n <= capacity[v]!) && rankerFilled.every((n, r) => n <= rankerCapacity[r]!)).toBe(true);
        if (helps) for (let t = 0; t < market.learners; t++) if (t !== s || what !== 0) expect(before[t]! < 0 || (live.held[t]! >= 0 && live.held[t]! <= before[t]!)).toBe(true);
      }
    }
  });
});
