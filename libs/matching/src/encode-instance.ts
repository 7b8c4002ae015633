import type { InstanceLock, MatchingInstance } from './instance.js';
import type { Lottery } from './lottery.js';
import type { Market } from './market.js';
import type { NumberedLists, Rows } from './numbered-lists.js';
import { numberedLists } from './numbered-lists.js';

/** An instance as integers, with the way back. */
export type EncodedInstance = Pick<NumberedLists, 'learnerIds' | 'vacancyIds' | 'rankerIds' | 'learnerIndex' | 'vacancyIndex' | 'rankerIndex'> &
  Readonly<{
    market: Market;
    locks: readonly InstanceLock[];
    /** 1 for each pair whose learner shares her rank at the ranker with another mutually acceptable learner. */
    tiedAtRanker: Uint8Array;
  }>;

/**
 * Drops what is not mutually acceptable, takes locks out and breaks ties by the committed lottery. O(entries log entries); one digest per tied
 * entry, none for strict lists. The instance must have passed parseInstance.
 * @param lists the numbers of the instance's lists, where the caller has them from one with the same lists
 */
export function encodeInstance(instance: MatchingInstance, lottery: Lottery, lists: NumberedLists = numberedLists(instance)): EncodedInstance {
  const { twoLevel, learnerIds, vacancyIds, rankerIds, learnerIndex, vacancyIndex, rankerIndex, ranker, listed } = lists;
  const locks = instance.locks ?? [];
  const capacity = new Int32Array(vacancyIds.length);
  const rankerCapacity = new Int32Array(rankerIds.length);
  for (const v of instance.vacancies) capacity[vacancyIndex.get(v.id) as number] = v.capacity;
  if (twoLevel) for (const e of instance.employers ?? []) rankerCapacity[rankerIndex.get(e.id) as number] = e.capacity;
  else rankerCapacity.set(capacity);
  for (const lock of locks) {
    const p = vacancyIndex.get(lock.vacancy) as number;
    capacity[p]!--;
    rankerCapacity[ranker[p] as number]!--;
  }

  const rows = mutualRows(instance, lists);
  breakLearnersTies(rows, learnerIds, vacancyIds, lottery);
  const strict = strictLists(listed, rows.place, rankerIds, learnerIds, lottery);
  const pairs = rows.id.length;
  const rank = new Int32Array(pairs);
  const position = new Int32Array(pairs);
  const tiedAtRanker = new Uint8Array(pairs);
  for (let k = 0; k < pairs; k++) {
    const i = rows.place[k] as number;
    rank[k] = listed.rank[i] as number;
    position[k] = strict.position[i] as number;
    tiedAtRanker[k] = strict.tied[i] as number;
  }
  const market: Market = {
    learners: learnerIds.length, vacancies: vacancyIds.length, rankers: rankerIds.length, twoLevel,
    start: rows.start, entry: rows.id, level: rows.rank, rank, position,
    capacity, ranker, rankerCapacity, listStart: strict.start, listLearner: strict.id,
  };
  return { market, learnerIds, vacancyIds, rankerIds, learnerIndex, vacancyIndex, rankerIndex, locks, tiedAtRanker };
}

/** Rows whose entries know, in `place`, where on the other side's rows the same pair stands. */
type MutualRows = Rows & Readonly<{ place: Int32Array }>;

/** Learners' rows without one-sided entries, without what eligibility refused and without the rows of locked learners. */
function mutualRows(instance: MatchingInstance, { wished, place, ranker, listed, learnerIndex, vacancyIndex }: NumberedLists): MutualRows {
  const vacancies = vacancyIndex.size;
  const refused = new Set<number>();
  for (const v of instance.ineligible ?? []) {
    const s = learnerIndex.get(v.learner);
    const p = vacancyIndex.get(v.vacancy);
    if (s !== undefined && p !== undefined) refused.add(s * vacancies + p);
  }
  const none = refused.size === 0;
  const locked = new Set((instance.locks ?? []).map((l) => learnerIndex.get(l.learner)));
  const start = new Int32Array(wished.start.length);
  const id = new Int32Array(wished.id.length);
  const rank = new Int32Array(wished.id.length);
  const at = new Int32Array(wished.id.length);
  let pairs = 0;
  for (let s = 0; s + 1 < start.length; s++) {
    const end = locked.has(s) ? -1 : (wished.start[s + 1] as number);
    for (let k = wished.start[s] as number; k < end; k++) {
      const p = wished.id[k] as number;
      if ((place[k] as number) < 0 || (!none && refused.has(s * vacancies + p))) continue;
      id[pairs] = p;
      rank[pairs] = wished.rank[k] as number;
      at[pairs++] = (listed.start[ranker[p] as number] as number) + (place[k] as number);
    }
    start[s + 1] = pairs;
  }
  return { start, id: id.subarray(0, pairs), rank: rank.subarray(0, pairs), place: at.subarray(0, pairs) };
}

/** Puts each learner's own ties into lottery order; calls the lottery for actual ties only. */
function breakLearnersTies({ start, id, rank, place }: MutualRows, learnerIds: readonly string[], vacancyIds: readonly string[], lottery: Lottery): void {
  for (let s = 0; s + 1 < start.length; s++) {
    const end = start[s + 1] as number;
    for (let from = start[s] as number; from < end; ) {
      let to = from + 1;
      while (to < end && rank[to] === rank[from]) to++;
      if (to - from > 1) sortByNumber(from, to, id, place, (v) => lottery.ofVacancy(learnerIds[s] as string, vacancyIds[v] as string));
      from = to;
    }
  }
}

/** Sorts id[from, to) by a lottery number, then by id (ids are numbered in code-unit order), and what goes with each along with it. */
function sortByNumber(from: number, to: number, id: Int32Array, along: Int32Array, number: (id: number) => number): void {
  const order = Array.from(id.subarray(from, to), (one, i) => ({ id: one, number: number(one), along: along[from + i] as number }));
  order.sort((a, b) => a.number - b.number || a.id - b.id);
  order.forEach((one, i) => {
    id[from + i] = one.id;
    along[from + i] = one.along;
  });
}

/**
 * Keeps the entries of each ranker's list that some pair stands on and puts its ties into lottery order: rows `start` and `id`. For each entry of the list
 * as given, `position` is its place in the new row, and `tied` says whether it had company at its rank.
 */
function strictLists(listed: Rows, pairs: Int32Array, rankerIds: readonly string[], learnerIds: readonly string[], lottery: Lottery): { start: Int32Array; id: Int32Array; position: Int32Array; tied: Uint8Array } {
  const total = listed.id.length;
  const mutual = new Uint8Array(total);
  for (let k = 0; k < pairs.length; k++) mutual[pairs[k] as number] = 1;
  const start = new Int32Array(listed.start.length);
  const id = new Int32Array(total);
  const origin = new Int32Array(total);
  const position = new Int32Array(total);
  const tied = new Uint8Array(total);
  let at = 0;
  for (let r = 0; r + 1 < start.length; r++) {
    const rowStart = at;
    for (let i = listed.start[r] as number; i < (listed.start[r + 1] as number); i++) {
      if (mutual[i] !== 1) continue;
      id[at] = listed.id[i] as number;
      origin[at++] = i;
    }
    for (let from = rowStart; from < at; ) {
      const rank = listed.rank[origin[from] as number];
      let to = from + 1;
      while (to < at && listed.rank[origin[to] as number] === rank) to++;
      if (to - from > 1) {
        for (let i = from; i < to; i++) tied[origin[i] as number] = 1;
        sortByNumber(from, to, id, origin, (s) => lottery.atEmployer(rankerIds[r] as string, learnerIds[s] as string));
      }
      from = to;
    }
    for (let i = rowStart; i < at; i++) position[origin[i] as number] = i - rowStart;
    start[r + 1] = at;
  }
  return { start, id: id.subarray(0, at), position, tied };
}
