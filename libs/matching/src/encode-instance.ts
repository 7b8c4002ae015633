import { alignRanks } from './align-ranks.js';
import type { InstanceLock, MatchingInstance, TieGroups } from './instance.js';
import { isTwoLevel } from './instance.js';
import type { Lottery } from './lottery.js';
import type { Market } from './market.js';

/** An instance as integers, with the way back. Ids are numbered in code-unit order, so file order cannot leak into a result. */
export type EncodedInstance = Readonly<{
  market: Market;
  learnerIds: readonly string[];
  vacancyIds: readonly string[];
  rankerIds: readonly string[];
  learnerIndex: ReadonlyMap<string, number>;
  vacancyIndex: ReadonlyMap<string, number>;
  rankerIndex: ReadonlyMap<string, number>;
  locks: readonly InstanceLock[];
  /** 1 for each pair whose learner shares her rank at the ranker with another mutually acceptable learner. */
  tiedAtRanker: Uint8Array;
}>;

type Rows = { start: Int32Array; id: Int32Array; rank: Int32Array };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function numbered(ids: string[]): Map<string, number> {
  ids.sort(byText);
  const index = new Map<string, number>();
  for (let i = 0; i < ids.length; i++) index.set(ids[i] as string, i);
  return index;
}

/** Flattens tie groups into rows of (id, rank); undeclared ids are left out and keep their place in the ranks. */
function rowsOf(lists: readonly (TieGroups | null)[], index: ReadonlyMap<string, number>): Rows {
  let total = 0;
  for (const groups of lists) if (groups !== null) for (const group of groups) total += group.length;
  const start = new Int32Array(lists.length + 1);
  const id = new Int32Array(total);
  const rank = new Int32Array(total);
  let at = 0;
  for (let i = 0; i < lists.length; i++) {
    const groups = lists[i] ?? [];
    for (let g = 0; g < groups.length; g++) {
      for (const name of groups[g] as readonly string[]) {
        const k = index.get(name);
        if (k === undefined) continue;
        id[at] = k;
        rank[at++] = g + 1;
      }
    }
    start[i + 1] = at;
  }
  return { start, id: id.subarray(0, at), rank: rank.subarray(0, at) };
}

/** One-sided families: the employer accepts everybody who lists one of its vacancies, all in one tie. */
function everybodyWhoLists(learnerRows: Rows, ranker: Int32Array, wanted: Uint8Array, rankers: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const lastSeen = new Int32Array(rankers).fill(-1);
  for (let s = 0; s + 1 < learnerRows.start.length; s++) {
    for (let k = learnerRows.start[s] as number; k < (learnerRows.start[s + 1] as number); k++) {
      const r = ranker[learnerRows.id[k] as number] as number;
      if (wanted[r] !== 1 || lastSeen[r] === s) continue;
      lastSeen[r] = s;
      const list = found.get(r);
      if (list === undefined) found.set(r, [s]);
      else list.push(s);
    }
  }
  return found;
}

function rankerRows(instance: MatchingInstance, rankerIds: readonly string[], learnerIndex: ReadonlyMap<string, number>, learnerRows: Rows, ranker: Int32Array): Rows {
  const twoLevel = isTwoLevel(instance);
  const owners: readonly { id: string; preferences?: TieGroups }[] = twoLevel ? (instance.employers ?? []) : instance.vacancies;
  const ownerById = new Map(owners.map((o) => [o.id, o]));
  const open = new Uint8Array(rankerIds.length);
  const lists = rankerIds.map((id, r) => {
    const preferences = ownerById.get(id)?.preferences ?? [];
    if (instance.family === 'SPA-LQ-one-sided' && preferences.length === 0) open[r] = 1;
    return preferences;
  });
  const rows = rowsOf(lists, learnerIndex);
  if (!open.includes(1)) return rows;
  const everybody = everybodyWhoLists(learnerRows, ranker, open, rankerIds.length);
  const start = new Int32Array(rankerIds.length + 1);
  const id: number[] = [];
  const rank: number[] = [];
  for (let r = 0; r < rankerIds.length; r++) {
    if (open[r] === 1) {
      for (const s of everybody.get(r) ?? []) {
        id.push(s);
        rank.push(1);
      }
    } else {
      for (let i = rows.start[r] as number; i < (rows.start[r + 1] as number); i++) {
        id.push(rows.id[i] as number);
        rank.push(rows.rank[i] as number);
      }
    }
    start[r + 1] = id.length;
  }
  return { start, id: Int32Array.from(id), rank: Int32Array.from(rank) };
}

/** Learners' rows without what eligibility refused and without the rows of locked learners. */
function openRows(instance: MatchingInstance, rows: Rows, learnerIndex: ReadonlyMap<string, number>, vacancyIndex: ReadonlyMap<string, number>): Rows {
  const verdicts = instance.ineligible ?? [];
  const locks = instance.locks ?? [];
  if (verdicts.length === 0 && locks.length === 0) return rows;
  const refused = new Set<number>();
  const vacancies = vacancyIndex.size;
  for (const v of verdicts) {
    const s = learnerIndex.get(v.learner);
    const p = vacancyIndex.get(v.vacancy);
    if (s !== undefined && p !== undefined) refused.add(s * vacancies + p);
  }
  const locked = new Set(locks.map((l) => learnerIndex.get(l.learner)));
  const start = new Int32Array(rows.start.length);
  const id = new Int32Array(rows.id.length);
  const rank = new Int32Array(rows.id.length);
  let at = 0;
  for (let s = 0; s + 1 < rows.start.length; s++) {
    for (let k = rows.start[s] as number; k < (rows.start[s + 1] as number) && !locked.has(s); k++) {
      if (refused.has(s * vacancies + (rows.id[k] as number))) continue;
      id[at] = rows.id[k] as number;
      rank[at++] = rows.rank[k] as number;
    }
    start[s + 1] = at;
  }
  return { start, id: id.subarray(0, at), rank: rank.subarray(0, at) };
}

/** Sorts id[from, to) by a lottery number, then by id (ids are numbered in code-unit order). */
function sortByNumber(from: number, to: number, id: Int32Array, number: (id: number) => number): void {
  const order = Array.from(id.subarray(from, to), (one) => ({ id: one, number: number(one) }));
  order.sort((a, b) => a.number - b.number || a.id - b.id);
  order.forEach((one, i) => {
    id[from + i] = one.id;
  });
}

/** Puts each learner's own ties into lottery order; calls the lottery for actual ties only. */
function breakLearnersTies(rows: Rows, learnerIds: readonly string[], vacancyIds: readonly string[], lottery: Lottery): void {
  for (let s = 0; s + 1 < rows.start.length; s++) {
    const end = rows.start[s + 1] as number;
    for (let from = rows.start[s] as number; from < end; ) {
      let to = from + 1;
      while (to < end && rows.rank[to] === rows.rank[from]) to++;
      if (to - from > 1) sortByNumber(from, to, rows.id, (v) => lottery.ofVacancy(learnerIds[s] as string, vacancyIds[v] as string));
      from = to;
    }
  }
}

/** Keeps the mutual entries of each ranker's list and puts its ties into lottery order. */
function strictLists(rows: Rows, mutual: Uint8Array, rankerIds: readonly string[], learnerIds: readonly string[], lottery: Lottery): Rows & { tied: Uint8Array } {
  const start = new Int32Array(rows.start.length);
  const id = new Int32Array(rows.id.length);
  const rank = new Int32Array(rows.id.length);
  const tied = new Uint8Array(rows.id.length);
  let at = 0;
  for (let r = 0; r + 1 < rows.start.length; r++) {
    const rowStart = at;
    for (let i = rows.start[r] as number; i < (rows.start[r + 1] as number); i++) {
      if (mutual[i] !== 1) continue;
      id[at] = rows.id[i] as number;
      rank[at++] = rows.rank[i] as number;
    }
    for (let from = rowStart; from < at; ) {
      let to = from + 1;
      while (to < at && rank[to] === rank[from]) to++;
      if (to - from > 1) {
        sortByNumber(from, to, id, (s) => lottery.atEmployer(rankerIds[r] as string, learnerIds[s] as string));
        tied.fill(1, from, to);
      }
      from = to;
    }
    start[r + 1] = at;
  }
  return { start, id: id.subarray(0, at), rank: rank.subarray(0, at), tied };
}

/**
 * Numbers the ids, drops what is not mutually acceptable, takes locks out and breaks ties by the committed lottery.
 * O(entries log entries); one digest per tied entry, none for strict lists. The instance must have passed parseInstance.
 */
export function encodeInstance(instance: MatchingInstance, lottery: Lottery): EncodedInstance {
  const twoLevel = isTwoLevel(instance);
  const learnerIds = instance.learners.map((l) => l.id);
  const vacancyIds = instance.vacancies.map((v) => v.id);
  const learnerIndex = numbered(learnerIds);
  const vacancyIndex = numbered(vacancyIds);
  const rankerIds = twoLevel ? (instance.employers ?? []).map((e) => e.id) : vacancyIds;
  const rankerIndex = twoLevel ? numbered(rankerIds as string[]) : vacancyIndex;

  const capacity = new Int32Array(vacancyIds.length);
  const ranker = new Int32Array(vacancyIds.length);
  const rankerCapacity = new Int32Array(rankerIds.length);
  for (const v of instance.vacancies) {
    const p = vacancyIndex.get(v.id) as number;
    capacity[p] = v.capacity;
    ranker[p] = twoLevel ? (rankerIndex.get(v.employer as string) as number) : p;
  }
  if (twoLevel) for (const e of instance.employers ?? []) rankerCapacity[rankerIndex.get(e.id) as number] = e.capacity;
  else rankerCapacity.set(capacity);
  for (const lock of instance.locks ?? []) {
    const p = vacancyIndex.get(lock.vacancy) as number;
    const r = ranker[p] as number;
    capacity[p]!--;
    rankerCapacity[r]!--;
  }

  const preferences: (TieGroups | null)[] = new Array<TieGroups | null>(learnerIds.length).fill(null);
  for (const l of instance.learners) preferences[learnerIndex.get(l.id) as number] = l.preferences;
  const wished = openRows(instance, rowsOf(preferences, vacancyIndex), learnerIndex, vacancyIndex);
  const lists = rankerRows(instance, rankerIds, learnerIndex, wished, ranker);
  const listed = alignRanks(wished.start, wished.id, twoLevel ? ranker : null, lists.start, lists.id);
  const rows = keepMutual(wished, listed);
  breakLearnersTies(rows, learnerIds, vacancyIds, lottery);

  const mutual = new Uint8Array(lists.id.length);
  for (let k = 0; k < wished.id.length; k++)
    if ((listed[k] as number) >= 0) mutual[(lists.start[ranker[wished.id[k] as number] as number] as number) + (listed[k] as number)] = 1;
  const strict = strictLists(lists, mutual, rankerIds, learnerIds, lottery);
  const position = alignRanks(rows.start, rows.id, twoLevel ? ranker : null, strict.start, strict.id);
  const rank = new Int32Array(position.length);
  const tiedAtRanker = new Uint8Array(position.length);
  for (let k = 0; k < rank.length; k++) {
    const i = (strict.start[ranker[rows.id[k] as number] as number] as number) + (position[k] as number);
    rank[k] = strict.rank[i] as number;
    tiedAtRanker[k] = strict.tied[i] as number;
  }
  const market: Market = {
    learners: learnerIds.length, vacancies: vacancyIds.length, rankers: rankerIds.length, twoLevel,
    start: rows.start, entry: rows.id, level: rows.rank, rank, position,
    capacity, ranker, rankerCapacity, listStart: strict.start, listLearner: strict.id,
  };
  return { market, learnerIds, vacancyIds, rankerIds, learnerIndex, vacancyIndex, rankerIndex, locks: instance.locks ?? [], tiedAtRanker };
}

function keepMutual(rows: Rows, listed: Int32Array): Rows {
  const start = new Int32Array(rows.start.length);
  const id = new Int32Array(rows.id.length);
  const rank = new Int32Array(rows.id.length);
  let at = 0;
  for (let s = 0; s + 1 < rows.start.length; s++) {
    for (let k = rows.start[s] as number; k < (rows.start[s + 1] as number); k++) {
      if ((listed[k] as number) < 0) continue;
      id[at] = rows.id[k] as number;
      rank[at++] = rows.rank[k] as number;
    }
    start[s + 1] = at;
  }
  return { start, id: id.subarray(0, at), rank: rank.subarray(0, at) };
}
