import { FlowNetwork } from './flow-network.js';
import type { Assignment, Market } from './market.js';

/** No matching of the kept pairs is larger than `bound`: every one of them touches the cut, and the cut is worth the bound. */
export type SizeBound = Readonly<{ bound: number; learners: readonly number[]; vacancies: readonly number[]; rankers: readonly number[] }>;

/**
 * Greatest number of learners that can be placed within the capacities, by maximum flow from a known assignment; stability is not asked,
 * so it bounds every notion from above. The minimum cut is the proof (König, two-level). O(pairs sqrt(nodes)), near O(pairs) from a good start.
 */
export function sizeBound(market: Market, keep: Uint8Array, held: Assignment): SizeBound {
  const { learners, vacancies, rankers, start, entry, ranker, capacity, rankerCapacity } = market;
  const source = learners + vacancies + rankers;
  const sink = source + 1;
  const network = new FlowNetwork(sink + 1);
  const filled = new Int32Array(vacancies);
  const rankerFilled = new Int32Array(rankers);
  let flow = 0;
  for (let s = 0; s < learners; s++) {
    const own = held[s] as number;
    if (own >= 0) {
      flow++;
      filled[entry[own] as number]!++;
      rankerFilled[ranker[entry[own] as number] as number]!++;
    }
    network.arc(source, s, 1, own >= 0 ? 1 : 0);
    for (let k = start[s] as number; k < (start[s + 1] as number); k++)
      if (keep[k] === 1) network.arc(s, learners + (entry[k] as number), 1, k === own ? 1 : 0);
  }
  for (let p = 0; p < vacancies; p++)
    network.arc(learners + p, learners + vacancies + (ranker[p] as number), Math.max(0, capacity[p] as number), filled[p] as number);
  for (let l = 0; l < rankers; l++)
    network.arc(learners + vacancies + l, sink, Math.max(0, rankerCapacity[l] as number), rankerFilled[l] as number);
  network.seal();
  const bound = flow + network.augment(source, sink);
  const reached = network.levels(source);
  const inCut: SizeBound = { bound, learners: [], vacancies: [], rankers: [] };
  const into = (list: readonly number[]): number[] => list as number[];
  for (let s = 0; s < learners; s++)
    if (reached[s] === -1 && hasKept(market, keep, s)) into(inCut.learners).push(s);
  for (let l = 0; l < rankers; l++) if (reached[learners + vacancies + l] !== -1) into(inCut.rankers).push(l);
  for (let p = 0; p < vacancies; p++)
    if (reached[learners + p] !== -1 && reached[learners + vacancies + (ranker[p] as number)] === -1) into(inCut.vacancies).push(p);
  return inCut;
}

function hasKept(market: Market, keep: Uint8Array, s: number): boolean {
  for (let k = market.start[s] as number; k < (market.start[s + 1] as number); k++) if (keep[k] === 1) return true;
  return false;
}
