// How the independent checker reads an instance: its own codec, shared by the parts of the checker and by nothing else.
import type { MatchingInstance } from './instance.js';

/** Pairs as rows of learners: what checkStable needs, in integers. Smaller `level` and `rank` are better, equal is a tie. */
export type CheckRows = Readonly<{
  start: Int32Array; entry: Int32Array; level: Int32Array; rank: Int32Array;
  ranker: Int32Array; capacity: Int32Array; rankerCapacity: Int32Array;
}>;

/** Stands for no place, or a place off the lists. */
export const WORST = 0x7fff_ffff;
/** Canonical JSON. */
export const text = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${text(v)}`).join(',')}}`;
};
export const same = (a: unknown, b: unknown): boolean => text(a ?? null) === text(b ?? null);
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export type Book = CheckRows & { learners: string[]; vacancies: string[]; rankers: string[]; learnerAt: Map<string, number>; vacancyAt: Map<string, number>; twoLevel: boolean; lists: Map<number, number>[]; open: boolean[]; lockOf: Map<number, string>; locked: Int32Array; refused: Map<string, string> };

/** Reads the instance into rows of mutually acceptable pairs; locks leave their openings in place unless `subtract`. */
export function read(instance: MatchingInstance, subtract: boolean): Book {
  const twoLevel = instance.family.startsWith('SPA') || (instance.family === 'RERUN' && instance.vacancies.length > 0 && instance.vacancies.every((v) => !v.preferences));
  const owners = twoLevel ? [...(instance.employers ?? [])] : [...instance.vacancies];
  const learnersInOrder = [...instance.learners].sort((a, b) => compare(a.id, b.id));
  const vacanciesInOrder = [...instance.vacancies].sort((a, b) => compare(a.id, b.id));
  owners.sort((a, b) => compare(a.id, b.id));
  const learnerAt = new Map(learnersInOrder.map((l, i) => [l.id, i]));
  const vacancyAt = new Map(vacanciesInOrder.map((v, i) => [v.id, i]));
  const ownerAt = new Map(owners.map((o, i) => [o.id, i]));
  const open = owners.map((o) => instance.family === 'SPA-LQ-one-sided' && !(o.preferences ?? []).some((g) => g.length > 0));
  const lists = owners.map((o) => {
    const list = new Map<number, number>();
    (o.preferences ?? []).forEach((group, g) => { for (const id of group) { const s = learnerAt.get(id); if (s !== undefined) list.set(s, g + 1); } });
    return list;
  });
  const refused = new Map((instance.ineligible ?? []).map((v) => [text([v.learner, v.vacancy]), v.rule]));
  const lockOf = new Map((instance.locks ?? []).map((l) => [learnerAt.get(l.learner)!, l.vacancy]));
  const capacity = Int32Array.from(vacanciesInOrder, (v) => v.capacity);
  const ranker = Int32Array.from(vacanciesInOrder, (v, i) => (twoLevel ? ownerAt.get(v.employer!)! : i));
  const rankerCapacity = Int32Array.from(owners, (o) => o.capacity);
  const locked = new Int32Array(capacity.length);
  for (const id of lockOf.values()) {
    const p = vacancyAt.get(id)!;
    locked[p]!++;
    if (subtract) { capacity[p]!--; rankerCapacity[ranker[p]!]!--; }
  }
  const start = new Int32Array(learnersInOrder.length + 1);
  const entry: number[] = [], level: number[] = [], rank: number[] = [];
  learnersInOrder.forEach((learner, s) => {
    if (!(subtract && lockOf.has(s))) learner.preferences.forEach((group, g) => {
      for (const id of group) {
        const p = vacancyAt.get(id);
        if (p === undefined) continue;
        const r = open[ranker[p]!] ? 1 : lists[ranker[p]!]!.get(s);
        if (r === undefined || (refused.size > 0 && refused.has(text([learner.id, id])))) continue;
        entry.push(p); level.push(g + 1); rank.push(r);
      }
    });
    start[s + 1] = entry.length;
  });
  return {
    start, entry: Int32Array.from(entry), level: Int32Array.from(level), rank: Int32Array.from(rank), ranker, capacity, rankerCapacity, twoLevel, lists, open, lockOf, locked, refused,
    learners: learnersInOrder.map((l) => l.id), vacancies: vacanciesInOrder.map((v) => v.id), rankers: owners.map((o) => o.id), learnerAt, vacancyAt,
  };
}

