/**
 * Rank alignment: for every pair (learner, entry) find the position of the learner on the list of the one who ranks the entry.
 *
 * Problem: learners' lists and employers' lists are two adjacency structures of the same pairs, read in different orders; a
 * random access per pair costs a cache miss per pair. Method: radix partition of the employers' entries by learner >> 12, which leaves each block of
 * 4,096 learners in the order of rankers; the block's pairs are brought into that order too, by a counting sort, and the two are merged ranker by
 * ranker over a table of the block's learners: nothing is searched. Cost: O(total length + rankers x blocks). Determinism: a function of its arguments.
 * Memory: 6 bytes per employer entry and per pair of a block beside the result.
 */
const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;

/**
 * @param start rows of the learners, learners + 1 offsets into `entry`
 * @param entry vacancy of each pair
 * @param ranker who ranks each vacancy (identity where vacancies rank for themselves)
 * @param listStart rows of the rankers, rankers + 1 offsets into `listLearner`
 * @param listLearner learners on each ranker's list, best first
 * @returns for every pair the 0-based position on the ranker's list, -1 where the ranker does not list the learner
 */
export function alignRanks(
  start: Int32Array,
  entry: Int32Array,
  ranker: Int32Array | null,
  listStart: Int32Array,
  listLearner: Int32Array,
): Int32Array {
  const learners = start.length - 1;
  const total = listStart[listStart.length - 1] as number;
  const blocks = (learners + BLOCK - 1) >> BLOCK_BITS;
  const offset = new Int32Array(blocks + 1);
  for (let i = 0; i < total; i++) offset[((listLearner[i] as number) >> BLOCK_BITS) + 1]!++;
  let most = 0;
  for (let b = 0; b < blocks; b++) {
    offset[b + 1]! += offset[b] as number;
    most = Math.max(most, (start[Math.min(learners, (b + 1) << BLOCK_BITS)] as number) - (start[b << BLOCK_BITS] as number));
  }
  const listed: Listed = { local: new Uint16Array(total), index: new Int32Array(total) };
  const cursor = offset.slice(0, blocks);
  for (let i = 0; i < total; i++) {
    const learner = listLearner[i] as number;
    const at = cursor[learner >> BLOCK_BITS]!++;
    listed.local[at] = learner & (BLOCK - 1);
    listed.index[at] = i;
  }
  const position = new Int32Array(entry.length);
  const pairs: Pairs = { end: new Int32Array(listStart.length), pair: new Int32Array(most), local: new Uint16Array(most) };
  const place = new Int32Array(BLOCK);
  for (let b = 0; b < blocks; b++) {
    const first = b << BLOCK_BITS;
    sortByRanker(first, Math.min(learners, first + BLOCK), start, entry, ranker, pairs);
    place.fill(-1);
    merge(listStart, listed, offset[b] as number, offset[b + 1] as number, pairs, place, position);
  }
  return position;
}

/** The employers' entries by block of learners, within a block by ranker: the learner within the block, and where the entry stands. */
type Listed = Readonly<{ local: Uint16Array; index: Int32Array }>;
/** One block's pairs by ranker: those of ranker r end before end[r]. */
type Pairs = Readonly<{ end: Int32Array; pair: Int32Array; local: Uint16Array }>;

/** Counting sort of the pairs of learners first .. last-1. */
function sortByRanker(first: number, last: number, start: Int32Array, entry: Int32Array, ranker: Int32Array | null, { end, pair, local }: Pairs): void {
  const rowEnd = start[last] as number;
  end.fill(0);
  if (ranker === null) for (let k = start[first] as number; k < rowEnd; k++) end[(entry[k] as number) + 1]!++;
  else for (let k = start[first] as number; k < rowEnd; k++) end[(ranker[entry[k] as number] as number) + 1]!++;
  for (let r = 1; r < end.length; r++) end[r]! += end[r - 1] as number;
  let k = start[first] as number;
  for (let s = first; s < last; s++) {
    for (const to = start[s + 1] as number; k < to; k++) {
      const p = entry[k] as number;
      const at = end[ranker === null ? p : (ranker[p] as number)]!++;
      pair[at] = k;
      local[at] = s - first;
    }
  }
}

/** Walks a block's entries and pairs ranker by ranker. What `place` still holds of earlier rankers lies before the list, and so says "not listed". */
function merge(listStart: Int32Array, listed: Listed, from: number, to: number, pairs: Pairs, place: Int32Array, position: Int32Array): void {
  const rankers = listStart.length - 1;
  const { local, index } = listed;
  const { end, pair, local: learnerOf } = pairs;
  let at = from;
  let j = 0;
  for (let who = 0; who < rankers; who++) {
    const whoStart = listStart[who] as number;
    const whoEnd = listStart[who + 1] as number;
    for (; at < to && (index[at] as number) < whoEnd; at++) place[local[at] as number] = index[at] as number;
    for (const pairsEnd = end[who] as number; j < pairsEnd; j++) {
      const i = place[learnerOf[j] as number] as number;
      position[pair[j] as number] = i < whoStart ? -1 : i - whoStart;
    }
  }
}
