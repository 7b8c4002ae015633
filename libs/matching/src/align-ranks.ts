/**
 * Rank alignment: for every pair (learner, entry) find the position of the learner on the list of the one who ranks the entry.
 *
 * Problem: learners' lists and employers' lists are two adjacency structures of the same pairs, read in different orders; a
 * random access per pair costs a cache miss per pair. Method: radix partition of the employers' entries by learner >> 12, then
 * each block of 4,096 learners is matched inside the cache: short rows by looking through them, the pairs of a block with a
 * long row ranker by ranker, for looking through long rows would be quadratic. Cost: O(total length + rankers x
 * blocks with long rows). Determinism: a function of its arguments. Memory: 6 bytes per employer entry beside the result.
 */
const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;
/** Rows up to this length are looked through. */
const SHORT = 64;

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
  const position = new Int32Array(entry.length).fill(-1);
  const offset = new Int32Array(blocks + 1);
  for (let i = 0; i < total; i++) offset[((listLearner[i] as number) >> BLOCK_BITS) + 1]!++;
  for (let b = 0; b < blocks; b++) offset[b + 1]! += offset[b] as number;
  const local = new Uint16Array(total);
  const index = new Int32Array(total);
  const cursor = offset.slice(0, blocks);
  for (let i = 0; i < total; i++) {
    const learner = listLearner[i] as number;
    const at = cursor[learner >> BLOCK_BITS]!++;
    local[at] = learner & (BLOCK - 1);
    index[at] = i;
  }
  let owner = new Int32Array(0);
  for (let b = 0; b < blocks; b++) {
    const first = b << BLOCK_BITS;
    const last = Math.min(learners, first + BLOCK);
    const rowBase = start[first] as number;
    const rowEnd = start[last] as number;
    let base = 0;
    let owners = entry;
    if (ranker !== null) {
      if (owner.length < rowEnd - rowBase) owner = new Int32Array(Math.max(rowEnd - rowBase, owner.length * 2));
      for (let k = rowBase; k < rowEnd; k++) owner[k - rowBase] = ranker[entry[k] as number] as number;
      owners = owner;
      base = rowBase;
    }
    let longest = 0;
    for (let s = first; s < last; s++) longest = Math.max(longest, (start[s + 1] as number) - (start[s] as number));
    const match = longest <= SHORT ? matchBlock : matchLongRows;
    match(first, offset[b] as number, offset[b + 1] as number, base, start, owners, listStart, local, index, position, ranker === null);
  }
  return position;
}

/** Within one block the pairs come in the order of rankers, so the ranker of a pair is found by walking, not by searching. */
function matchBlock(
  firstLearner: number,
  from: number,
  to: number,
  base: number,
  start: Int32Array,
  owners: Int32Array,
  listStart: Int32Array,
  local: Uint16Array,
  index: Int32Array,
  position: Int32Array,
  single: boolean,
): void {
  let who = 0;
  let whoEnd = listStart[1] as number;
  let whoStart = 0;
  for (let at = from; at < to; at++) {
    const i = index[at] as number;
    while (i >= whoEnd) {
      who++;
      whoStart = whoEnd;
      whoEnd = listStart[who + 1] as number;
    }
    const learner = firstLearner + (local[at] as number);
    const end = (start[learner + 1] as number) - base;
    for (let k = (start[learner] as number) - base; k < end; k++) {
      if (owners[k] !== who) continue;
      position[k + base] = i - whoStart;
      if (single) break;
    }
  }
}

/** The same for rows of any length: the block's pairs ranker by ranker, beside a table of the places on that ranker's list. */
function matchLongRows(
  firstLearner: number,
  from: number,
  to: number,
  base: number,
  start: Int32Array,
  owners: Int32Array,
  listStart: Int32Array,
  local: Uint16Array,
  index: Int32Array,
  position: Int32Array,
): void {
  const lastLearner = Math.min(start.length - 1, firstLearner + BLOCK);
  const rankers = listStart.length - 1;
  const { end, pair, learnerOf } = byRanker(firstLearner, lastLearner, base, start, owners, rankers);
  const place = new Int32Array(BLOCK).fill(-1);
  for (let at = from, who = 0, j = 0; who < rankers; who++) {
    const listed = at;
    const whoStart = listStart[who] as number;
    const whoEnd = listStart[who + 1] as number;
    for (; at < to && (index[at] as number) < whoEnd; at++) place[local[at] as number] = (index[at] as number) - whoStart;
    for (; j < (end[who] as number); j++) position[pair[j] as number] = place[learnerOf[j] as number] as number;
    for (let i = listed; i < at; i++) place[local[i] as number] = -1;
  }
}

/** The pairs of a block sorted by ranker (those of ranker r end before `end[r]`), with the learner of each within the block. One counting sort. */
function byRanker(first: number, last: number, base: number, start: Int32Array, owners: Int32Array, rankers: number): { end: Int32Array; pair: Int32Array; learnerOf: Uint16Array } {
  const rowBase = start[first] as number;
  const rowEnd = start[last] as number;
  const end = new Int32Array(rankers + 1);
  for (let k = rowBase; k < rowEnd; k++) end[(owners[k - base] as number) + 1]!++;
  for (let r = 0; r < rankers; r++) end[r + 1]! += end[r] as number;
  const pair = new Int32Array(rowEnd - rowBase);
  const learnerOf = new Uint16Array(rowEnd - rowBase);
  for (let s = first; s < last; s++)
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      const at = end[owners[k - base] as number]!++;
      pair[at] = k;
      learnerOf[at] = s - first;
    }
  return { end, pair, learnerOf };
}
