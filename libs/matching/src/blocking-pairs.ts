import type { Market } from './market.js';
import type { Stability } from './result.js';

/** Who sits where: vacancy (-1 none), her rank of it, and her rank at its ranker; off-list places carry OFF_LIST ranks. */
export type Seating = Readonly<{ vacancy: Int32Array; level: Int32Array; rank: Int32Array }>;
export const OFF_LIST = 0x7fff_ffff;

/** The seating of an assignment of pairs. */
export function seatingOf(market: Market, held: Int32Array): Seating {
  const vacancy = new Int32Array(market.learners).fill(-1);
  const level = new Int32Array(market.learners).fill(OFF_LIST);
  const rank = new Int32Array(market.learners).fill(OFF_LIST);
  for (let s = 0; s < market.learners; s++) {
    const k = held[s] as number;
    if (k < 0) continue;
    vacancy[s] = market.entry[k] as number;
    level[s] = market.level[k] as number;
    rank[s] = market.rank[k] as number;
  }
  return { vacancy, level, rank };
}

/**
 * Every blocking pair of a seating under a notion, as (learner, pair) in row order. O(total length of the lists).
 * Definitions: weak, strong and super stability of SPA-ST (matching guide, "What stable means").
 */
export function blockingPairs(market: Market, seating: Seating, stability: Stability): [learner: number, pair: number][] {
  const { start, entry, level, rank, ranker, capacity, rankerCapacity } = market;
  const at = openings(market, seating);
  const found: [number, number][] = [];
  for (let s = 0; s < market.learners; s++) {
    const mine = seating.vacancy[s] as number;
    const atRanker = mine < 0 ? -1 : (ranker[mine] as number);
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      const p = entry[k] as number;
      const l = ranker[p] as number;
      const wish = (level[k] as number) - (seating.level[s] as number);
      if (p === mine || wish > 0 || (wish === 0 && stability === 'weak')) continue;
      const roomHere = (at.filled[p] as number) < (capacity[p] as number);
      const roomThere = (at.rankerFilled[l] as number) < (rankerCapacity[l] as number);
      // How the one who decides compares s with the worst she could replace: > 0 the worst is worse, 0 they tie.
      const margin = ((roomHere ? at.rankerWorst[l] : at.worst[p]) as number) - (rank[k] as number);
      const wins = stability === 'weak' || (stability === 'strong' && wish === 0) ? margin > 0 : margin >= 0;
      const stays = atRanker === l;
      const blocks = roomHere
        ? stability === 'strong' && wish === 0
          ? !stays && (roomThere || wins)
          : roomThere || stays || wins
        : wins;
      if (blocks) found.push([s, k]);
    }
  }
  return found;
}

type Openings = { filled: Int32Array; worst: Int32Array; rankerFilled: Int32Array; rankerWorst: Int32Array };

function openings(market: Market, seating: Seating): Openings {
  const at: Openings = {
    filled: new Int32Array(market.vacancies),
    worst: new Int32Array(market.vacancies).fill(-1),
    rankerFilled: new Int32Array(market.rankers),
    rankerWorst: new Int32Array(market.rankers).fill(-1),
  };
  for (let s = 0; s < market.learners; s++) {
    const p = seating.vacancy[s] as number;
    if (p < 0) continue;
    const l = market.ranker[p] as number;
    const rank = seating.rank[s] as number;
    at.filled[p]!++;
    at.rankerFilled[l]!++;
    if (rank > (at.worst[p] as number)) at.worst[p] = rank;
    if (rank > (at.rankerWorst[l] as number)) at.rankerWorst[l] = rank;
  }
  return at;
}
