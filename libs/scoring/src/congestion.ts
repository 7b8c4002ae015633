import type { BasisPoints } from '@meriden/domain';

/** Expected applicants an opening at which the factor starts to bite, and the least that is left of a pair's order key. */
const EASY = 3;
const LEAST = 5000;

/**
 * What is left of a pair's order key when many learners are shown the same vacancy, in basis points: all of it up to three
 * learners an opening, then EASY / load, never under a half. For suggestions only: a matching round takes each side's own list.
 *
 * @param shownTo learners in whose lists the vacancy stands, by the lists before this pass
 */
export function congestionFactor(shownTo: number, openings: number): BasisPoints {
  if (openings <= 0) return LEAST;
  const load = shownTo / openings;
  return load <= EASY ? 10_000 : Math.max(LEAST, Math.floor((EASY * 10_000) / load));
}

export type Listed = Readonly<{ vacancy: number; orderKey: number }>;

/**
 * Orders every learner's list anew with the vacancies' load in mind, and keeps the first `top`. The load is what the lists
 * themselves show, counted over `top` entries, twice over: one pass moves the crowd, the second sees where it went. Order of
 * learners does not matter. O(passes x entries log entries).
 *
 * @param lists for each learner, more entries than `top`, best first
 * @param openings by vacancy
 * @returns positions into the given lists
 */
export function spread(lists: readonly (readonly Listed[])[], openings: readonly number[], top: number, passes = 2): readonly (readonly number[])[] {
  let shown = lists.map((list) => list.slice(0, top).map((_, at) => at));
  const load = new Float64Array(openings.length);
  for (let pass = 0; pass < passes; pass++) {
    const count = new Float64Array(openings.length);
    shown.forEach((positions, learner) => positions.forEach((at) => count[(lists[learner]?.[at] as Listed).vacancy]!++));
    for (let v = 0; v < load.length; v++) load[v] = pass === 0 ? (count[v] as number) : ((load[v] as number) + (count[v] as number)) / 2;
    shown = lists.map((list) => {
      const keys = list.map((entry) => Math.floor((entry.orderKey * congestionFactor(load[entry.vacancy] as number, openings[entry.vacancy] ?? 0)) / 10_000));
      return list
        .map((_, at) => at)
        .sort((a, b) => (keys[b] as number) - (keys[a] as number) || a - b)
        .slice(0, top);
    });
  }
  return shown;
}

/** Gini coefficient of how often vacancies are shown: 0 = all alike, near 1 = one takes all. */
export function exposureGini(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const total = sorted.reduce((sum, n) => sum + n, 0);
  if (total === 0 || sorted.length === 0) return 0;
  const weighted = sorted.reduce((sum, n, i) => sum + (i + 1) * n, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}
