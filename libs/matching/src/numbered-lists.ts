import { alignRanks } from './align-ranks.js';
import type { MatchingInstance, TieGroups } from './instance.js';
import { isTwoLevel } from './instance.js';

/** Entries of row i are start[i] .. start[i+1]-1: whom the entry names, and the 1-based rank of its tie group in the list as given. */
export type Rows = Readonly<{ start: Int32Array; id: Int32Array; rank: Int32Array }>;

/** Where a list names an id a second time: the number of the list's owner, the tie group, the place in the group. */
export type Repetition = Readonly<{ owner: number; group: number; member: number }>;

/**
 * The lists of an instance in integers, as given: before eligibility, locks and the lottery. Ids are numbered in code-unit order, so file order cannot
 * leak into a result; entries that name undeclared ids are left out and keep their place in the ranks.
 */
export type NumberedLists = Readonly<{
  twoLevel: boolean;
  learnerIds: readonly string[];
  vacancyIds: readonly string[];
  rankerIds: readonly string[];
  learnerIndex: ReadonlyMap<string, number>;
  vacancyIndex: ReadonlyMap<string, number>;
  rankerIndex: ReadonlyMap<string, number>;
  /** Who ranks for each vacancy. */
  ranker: Int32Array;
  /** Learners' rows of vacancies, and rankers' rows of learners. */
  wished: Rows;
  listed: Rows;
  /** For each entry of `wished` its learner's place in the row of whoever ranks there, from 0; -1 where she is not listed. */
  place: Int32Array;
  repeated: Readonly<{ learners: Repetition | null; rankers: Repetition | null }>;
}>;

const remembered = new WeakMap<MatchingInstance, NumberedLists>();

/**
 * Numbers the lists; once an instance, for reading, solving and explaining need the same numbers of it, and finding them is most of their work. The
 * ids must be unique and the employers declared. O(entries + ids log ids).
 */
export function numberedLists(instance: MatchingInstance): NumberedLists {
  let lists = remembered.get(instance);
  if (lists === undefined) {
    lists = number(instance);
    remembered.set(instance, lists);
  }
  return lists;
}

function number(instance: MatchingInstance): NumberedLists {
  const twoLevel = isTwoLevel(instance);
  const learnerIds = instance.learners.map((l) => l.id);
  const vacancyIds = instance.vacancies.map((v) => v.id);
  const learnerIndex = numbered(learnerIds);
  const vacancyIndex = numbered(vacancyIds);
  const rankerIds = twoLevel ? (instance.employers ?? []).map((e) => e.id) : vacancyIds;
  const rankerIndex = twoLevel ? numbered(rankerIds) : vacancyIndex;
  const ranker = new Int32Array(vacancyIds.length);
  for (const v of instance.vacancies) {
    const p = vacancyIndex.get(v.id) as number;
    ranker[p] = twoLevel ? (rankerIndex.get(v.employer as string) as number) : p;
  }
  const wished = rowsOf(inOrder(instance.learners, learnerIndex), vacancyIndex);
  const owners = inOrder(twoLevel ? (instance.employers ?? []) : instance.vacancies, rankerIndex);
  const said = rowsOf(owners, learnerIndex);
  const listed = instance.family === 'SPA-LQ-one-sided' ? withOpenHouses(said.rows, owners, wished.rows, ranker) : said.rows;
  return {
    twoLevel, learnerIds, vacancyIds, rankerIds, learnerIndex, vacancyIndex, rankerIndex, ranker, wished: wished.rows, listed,
    place: alignRanks(wished.rows.start, wished.rows.id, twoLevel ? ranker : null, listed.start, listed.id),
    repeated: { learners: wished.repeated, rankers: said.repeated },
  };
}

/** Sorts the ids and says where each stands. */
function numbered(ids: string[]): Map<string, number> {
  ids.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const index = new Map<string, number>();
  for (let i = 0; i < ids.length; i++) index.set(ids[i] as string, i);
  return index;
}

function inOrder(owners: readonly { id: string; preferences?: TieGroups }[], index: ReadonlyMap<string, number>): TieGroups[] {
  const lists = new Array<TieGroups>(owners.length);
  for (const { id, preferences } of owners) lists[index.get(id) as number] = preferences ?? [];
  return lists;
}

function rowsOf(lists: readonly TieGroups[], index: ReadonlyMap<string, number>): { rows: Rows; repeated: Repetition | null } {
  let total = 0;
  for (const groups of lists) for (let g = 0; g < groups.length; g++) total += groups[g]!.length;
  const start = new Int32Array(lists.length + 1);
  const id = new Int32Array(total);
  const rank = new Int32Array(total);
  const lastIn = new Int32Array(index.size).fill(-1);
  let repeated: Repetition | null = null;
  let at = 0;
  for (let owner = 0; owner < lists.length; owner++) {
    const groups = lists[owner] as TieGroups;
    let undeclared: Set<string> | null = null;
    for (let group = 0; group < groups.length; group++) {
      const members = groups[group] as readonly string[];
      for (let member = 0; member < members.length; member++) {
        const name = members[member] as string;
        const k = index.get(name);
        if (k === undefined ? (undeclared ??= new Set()).has(name) : lastIn[k] === owner) repeated ??= { owner, group, member };
        if (k === undefined) undeclared!.add(name);
        else {
          lastIn[k] = owner;
          id[at] = k;
          rank[at++] = group + 1;
        }
      }
    }
    start[owner + 1] = at;
  }
  return { rows: { start, id: id.subarray(0, at), rank: rank.subarray(0, at) }, repeated };
}

/** One-sided families: an employer who names nobody takes everybody who lists one of its vacancies, all in one tie. */
function withOpenHouses(rows: Rows, lists: readonly TieGroups[], wished: Rows, ranker: Int32Array): Rows {
  const everybody = lists.map((groups): number[] | null => (groups.every((group) => group.length === 0) ? [] : null));
  for (let s = 0; s + 1 < wished.start.length; s++)
    for (let k = wished.start[s] as number; k < (wished.start[s + 1] as number); k++) {
      const list = everybody[ranker[wished.id[k] as number] as number];
      if (list && list[list.length - 1] !== s) list.push(s);
    }
  const start = new Int32Array(rows.start.length);
  for (let r = 0; r < lists.length; r++)
    start[r + 1] = (start[r] as number) + (everybody[r]?.length ?? (rows.start[r + 1] as number) - (rows.start[r] as number));
  const id = new Int32Array(start[lists.length] as number);
  const rank = new Int32Array(id.length).fill(1);
  for (let r = 0; r < lists.length; r++) {
    id.set(everybody[r] ?? rows.id.subarray(rows.start[r], rows.start[r + 1]), start[r]);
    if (everybody[r] === null) rank.set(rows.rank.subarray(rows.start[r], rows.start[r + 1]), start[r]);
  }
  return { start, id, rank };
}
