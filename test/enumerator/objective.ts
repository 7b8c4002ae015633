// What mode `score` promises, judged on one matching at a time: the worth of an objective and the lower quotas.
import type { MatchingInstance, Objective } from '@meriden/matching';
import type { Matching } from './exhaustive.js';
import { sizeOf, worldOf } from './exhaustive.js';

/** What an objective compares, smaller first, as numbers to be compared one after another. */
export function worth(instance: MatchingInstance, objective: Objective, m: Matching): number[] {
  const world = worldOf(instance);
  const ranks = world.learners.flatMap((s) => (m[s] === null ? [] : [world.wish(s, m[s]!)!]));
  const worst = Math.max(0, ...instance.learners.map((l) => l.preferences.length));
  const at = (r: number): number => ranks.filter((x) => x === r).length;
  const upTo = Array.from({ length: worst }, (_, i) => i + 1);
  const sum = (of: (r: number) => number): number => ranks.reduce((n, r) => n + of(r), 0);
  switch (objective) {
    case 'size': return [-sizeOf(m)];
    case 'size-cost': return [-sizeOf(m), sum((r) => r)];
    case 'size-degree': return [-sizeOf(m), Math.max(0, ...ranks)];
    case 'size-squared': return [-sizeOf(m), sum((r) => r * r)];
    case 'generous': return [-sizeOf(m), ...upTo.reverse().map(at)];
    case 'greedy-largest': return [-sizeOf(m), ...upTo.map((r) => -at(r))];
    case 'greedy': return upTo.map((r) => -at(r));
  }
}

export const less = (a: number[], b: number[]): boolean => {
  const at = a.findIndex((x, i) => x !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
};

export function keepsQuotas(instance: MatchingInstance, m: Matching): boolean {
  const world = worldOf(instance);
  const placed = Object.values(m).filter((v): v is string => v !== null);
  return (
    instance.vacancies.every((v) => placed.filter((p) => p === v.id).length >= (v.lowerQuota ?? 0)) &&
    (instance.employers ?? []).every((e) => placed.filter((p) => world.ranker(p) === e.id).length >= (e.lowerQuota ?? 0))
  );
}
