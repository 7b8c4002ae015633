import type { Market } from './market.js';

/** Pairs seen from the rankers' side. */
export type RankerSide = Readonly<{
  /** Rows of the vacancies: the pairs of vacancy p, best first, are ofVacancy[vacancyStart[p] .. vacancyStart[p+1]-1]. */
  vacancyStart: Int32Array;
  ofVacancy: Int32Array;
  /** Learner of each pair. */
  learnerOf: Int32Array;
}>;

/** Transposes the learners' rows; each vacancy's pairs come in its ranker's strict order. O(pairs + list entries). */
export function rankerSide(market: Market): RankerSide {
  const { start, entry, vacancies, learners } = market;
  const pairs = entry.length;
  const learnerOf = new Int32Array(pairs);
  const vacancyStart = new Int32Array(vacancies + 1);
  for (let s = 0; s < learners; s++)
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      learnerOf[k] = s;
      vacancyStart[(entry[k] as number) + 1]!++;
    }
  for (let p = 0; p < vacancies; p++) vacancyStart[p + 1]! += vacancyStart[p] as number;
  const ofVacancy = new Int32Array(pairs);
  const cursor = vacancyStart.slice(0, vacancies);
  for (let k = 0; k < pairs; k++) ofVacancy[cursor[entry[k] as number]!++] = k;
  const { position } = market;
  for (let p = 0; p < vacancies; p++)
    ofVacancy.subarray(vacancyStart[p] as number, vacancyStart[p + 1] as number).sort((a, b) => (position[a] as number) - (position[b] as number));
  return { vacancyStart, ofVacancy, learnerOf };
}

/**
 * Removes pairs that no weakly stable matching holds and that can never block one (after Irving and Manlove, "Finding large
 * stable matchings", 2009; Delorme et al., EJOR 277, 2019; carried to two levels). Two rules, repeated until nothing changes:
 *
 * - a learner whose rank leaves room at vacancy p and its ranker even if everybody ranked at least as high came is never placed worse
 *   than p: her strictly worse pairs go;
 * - a vacancy that is the only first choice of as many learners as it has openings is filled at least as well as by those: pairs ranked strictly worse go.
 *
 * Since strongly and super-stable matchings are weakly stable, the reduction holds for every notion. O(pairs) a pass; at most `passes`.
 * @returns for every pair 1 if kept
 */
export function reducePairs(market: Market, side: RankerSide, passes = 40): Uint8Array {
  const { entry, ranker, capacity, rankerCapacity } = market;
  const keep = new Uint8Array(entry.length);
  for (let k = 0; k < keep.length; k++) {
    const p = entry[k] as number;
    keep[k] = (capacity[p] as number) > 0 && (rankerCapacity[ranker[p] as number] as number) > 0 ? 1 : 0;
  }
  for (let pass = 0; pass < passes; pass++) {
    const cut = cutWorsePairs(market, side, keep) + fillByFirstChoices(market, side, keep);
    if (cut === 0) break;
  }
  return keep;
}

/** For each ranker (or vacancy) the greatest rank at which everybody kept up to it still fits. */
function safeRanks(market: Market, side: RankerSide, keep: Uint8Array): { vacancy: Int32Array; ranker: Int32Array } {
  const { capacity, rankerCapacity, ranker, rank, listStart, listLearner, start, entry } = market;
  const vacancySafe = new Int32Array(market.vacancies);
  for (let p = 0; p < market.vacancies; p++) {
    vacancySafe[p] = lastFitting(side.vacancyStart[p] as number, side.vacancyStart[p + 1] as number, capacity[p] as number, (i) => {
      const k = side.ofVacancy[i] as number;
      return keep[k] === 1 ? (rank[k] as number) : -1;
    });
  }
  if (!market.twoLevel) return { vacancy: vacancySafe, ranker: vacancySafe };
  const rankOf = (l: number, s: number): number => {
    for (let k = start[s] as number; k < (start[s + 1] as number); k++)
      if (keep[k] === 1 && ranker[entry[k] as number] === l) return rank[k] as number;
    return -1;
  };
  const rankerSafe = new Int32Array(market.rankers);
  for (let l = 0; l < market.rankers; l++)
    rankerSafe[l] = lastFitting(listStart[l] as number, listStart[l + 1] as number, rankerCapacity[l] as number, (i) => rankOf(l, listLearner[i] as number));
  return { vacancy: vacancySafe, ranker: rankerSafe };
}

/** Greatest rank g such that at most `room` members have rank <= g; members come in rank order, -1 marks those gone. */
function lastFitting(from: number, to: number, room: number, rankAt: (i: number) => number): number {
  let fits = 0;
  let count = 0;
  let current = 0;
  for (let i = from; i < to; i++) {
    const g = rankAt(i);
    if (g < 0) continue;
    if (g !== current) {
      fits = current;
      current = g;
    }
    if (++count > room) return fits;
  }
  return 0x7fff_ffff;
}

function cutWorsePairs(market: Market, side: RankerSide, keep: Uint8Array): number {
  const { start, entry, level, rank, ranker } = market;
  const safe = safeRanks(market, side, keep);
  let cut = 0;
  for (let s = 0; s < market.learners; s++) {
    let sure = 0x7fff_ffff;
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      if (keep[k] !== 1) continue;
      if ((level[k] as number) > sure) {
        keep[k] = 0;
        cut++;
        continue;
      }
      const p = entry[k] as number;
      const g = rank[k] as number;
      if (sure === 0x7fff_ffff && g <= (safe.vacancy[p] as number) && g <= (safe.ranker[ranker[p] as number] as number)) sure = level[k] as number;
    }
  }
  return cut;
}

function fillByFirstChoices(market: Market, side: RankerSide, keep: Uint8Array): number {
  const { start, entry, level, rank, capacity } = market;
  const sole = new Uint8Array(entry.length);
  for (let s = 0; s < market.learners; s++) {
    let first = -1;
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      if (keep[k] !== 1) continue;
      if (first < 0) {
        first = k;
        sole[k] = 1;
        continue;
      }
      if (level[k] === level[first]) sole[first] = 0;
      break;
    }
  }
  let cut = 0;
  for (let p = 0; p < market.vacancies; p++) {
    let found = 0;
    let limit = 0x7fff_ffff;
    for (let i = side.vacancyStart[p] as number; i < (side.vacancyStart[p + 1] as number); i++) {
      const k = side.ofVacancy[i] as number;
      if (keep[k] !== 1) continue;
      if ((rank[k] as number) > limit) {
        keep[k] = 0;
        cut++;
      } else if (sole[k] === 1 && ++found === (capacity[p] as number)) limit = rank[k] as number;
    }
  }
  return cut;
}
