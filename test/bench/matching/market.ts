// The market of the matching bench: n learners, about n/12 vacancies, popularity skewed, merit shared; see section "Measured" of docs/guide-matching.md.
// The C++ reference generates the same numbers in the same order, so both can be compared by a hash of the outcome.
import type { Market } from '@meriden/matching';
import { mulberry32 } from '../../enumerator/random-instance.js';

export type BenchMarket = Omit<Market, 'rank' | 'position' | 'level'>;

function hashed(employer: number, learner: number): number {
  let h = Math.imul(employer + 1, 0x9e3779b1) ^ Math.imul(learner + 1, 0x85ebca6b);
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  h ^= h >>> 16;
  return (h >>> 0) / 4294967296;
}

type Preferences = Readonly<{ start: Int32Array; entry: Int32Array; ranker: Int32Array; listStart: Int32Array; listLearner: Int32Array }>;

/** mulberry32 (seed 42 in the tables) drawn in this order: capacities, merits, lists, vacancy keys. `spa`: employers own five vacancies each. */
export function benchMarket(n: number, spa: boolean, seed = 42): BenchMarket {
  const u = mulberry32(seed);
  const m = Math.max(25, Math.floor(n / 12 + 0.5));
  const capacity = new Int32Array(m);
  for (let v = 0; v < m; v++) capacity[v] = 5 + Math.floor(16 * u());
  const merit = new Float64Array(n);
  for (let s = 0; s < n; s++) merit[s] = u();
  const start = new Int32Array(n + 1);
  const growing = new Int32Array(20 * n);
  const seen = new Int32Array(m).fill(-1);
  let at = 0;
  for (let s = 0; s < n; s++) {
    const length = 10 + Math.floor(11 * u());
    for (let i = 0; i < length; ) {
      const x = u();
      const v = Math.floor(m * x * Math.sqrt(x));
      if (seen[v] === s) continue;
      seen[v] = s;
      growing[at++] = v;
      i++;
    }
    start[s + 1] = at;
  }
  const entry = growing.slice(0, at);
  const rankers = spa ? Math.floor((m + 4) / 5) : m;
  const ranker = Int32Array.from({ length: m }, (_, v) => (spa ? Math.floor(v / 5) : v));
  const rankerCapacity = new Int32Array(rankers);
  for (let v = 0; v < m; v++) rankerCapacity[ranker[v]!]! += capacity[v]!;
  if (spa) for (let r = 0; r < rankers; r++) rankerCapacity[r] = Math.floor(0.85 * rankerCapacity[r]!);
  const lists = rankedLists({ start, entry, ranker, rankers, merit, spa, u });
  return { learners: n, vacancies: m, rankers, twoLevel: spa, start, entry, capacity, ranker, rankerCapacity, ...lists };
}

function rankedLists(of: { start: Int32Array; entry: Int32Array; ranker: Int32Array; rankers: number; merit: Float64Array; spa: boolean; u: () => number }): Pick<Preferences, 'listStart' | 'listLearner'> {
  const { start, entry, ranker, rankers, merit, spa, u } = of;
  const listStart = new Int32Array(rankers + 1);
  const last = new Int32Array(rankers).fill(-1);
  const n = merit.length;
  for (let s = 0; s < n; s++)
    for (let k = start[s]!; k < start[s + 1]!; k++) {
      const r = ranker[entry[k]!]!;
      if (last[r] === s) continue;
      last[r] = s;
      listStart[r + 1]!++;
    }
  for (let r = 0; r < rankers; r++) listStart[r + 1]! += listStart[r]!;
  const listLearner = new Int32Array(listStart[rankers]!);
  const key = new Float64Array(listLearner.length);
  const cursor = listStart.slice(0, rankers);
  last.fill(-1);
  for (let s = 0; s < n; s++)
    for (let k = start[s]!; k < start[s + 1]!; k++) {
      const r = ranker[entry[k]!]!;
      if (last[r] === s) continue;
      last[r] = s;
      const i = cursor[r]!++;
      listLearner[i] = s;
      key[i] = merit[s]! + (spa ? hashed(r, s) : u());
    }
  for (let r = 0; r < rankers; r++) {
    const from = listStart[r]!;
    const order = Array.from({ length: listStart[r + 1]! - from }, (_, i) => from + i).sort((a, b) => key[b]! - key[a]! || listLearner[a]! - listLearner[b]!);
    listLearner.set(order.map((i) => listLearner[i]!), from);
  }
  return { listStart, listLearner };
}
