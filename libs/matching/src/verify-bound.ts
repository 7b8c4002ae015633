// The part of the independent checker that judges upper bounds. Shares nothing with the solvers.
import type { MatchingInstance } from './instance.js';
import type { BoundProof } from './result.js';
import type { Book } from './verify-reading.js';
import { text } from './verify-reading.js';

export type Report = (place: string, code: string, message: string) => void;

/** Pairs some stable matching might hold, by the two rules of the guide ("Pairs that cannot matter"), repeated to the end. */
function possible(book: Book): Uint8Array {
  const keep = Uint8Array.from(book.entry, (p) => (book.capacity[p]! > 0 && book.rankerCapacity[book.ranker[p]!]! > 0 ? 1 : 0));
  const push = (lists: number[][], i: number, value: number): void => void (lists[i] ??= []).push(value);
  const ascending = (list: number[] | undefined): number[] => (list ?? []).sort((a, b) => a - b);
  for (let changed = true; changed; ) {
    changed = false;
    const atVacancy: number[][] = [], atRanker: number[][] = [], firsts: number[][] = [];
    for (let s = 0; s < book.learners.length; s++) {
      const row = Array.from({ length: book.start[s + 1]! - book.start[s]! }, (_, i) => book.start[s]! + i).filter((k) => keep[k] === 1);
      const met = new Map(row.map((k) => [book.ranker[book.entry[k]!]!, book.rank[k]!]));
      for (const k of row) push(atVacancy, book.entry[k]!, book.rank[k]!);
      for (const [l, r] of met) push(atRanker, l, r);
      const best = row.filter((k) => !row.some((j) => book.level[j]! < book.level[k]!));
      if (best.length === 1) push(firsts, book.entry[best[0]!]!, book.rank[best[0]!]!);
    }
    for (const lists of [atVacancy, atRanker, firsts]) lists.forEach(ascending);
    const fits = (list: number[] | undefined, room: number, rank: number): boolean => (list?.[room] ?? Infinity) > rank;
    for (let s = 0; s < book.learners.length; s++) {
      let sure = Infinity;
      for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
        const p = book.entry[k]!, l = book.ranker[p]!;
        if (keep[k] === 1 && fits(atVacancy[p], book.capacity[p]!, book.rank[k]!) && fits(atRanker[l], book.rankerCapacity[l]!, book.rank[k]!)) sure = Math.min(sure, book.level[k]!);
      }
      for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
        const p = book.entry[k]!;
        if (keep[k] === 0 || !(book.level[k]! > sure || book.rank[k]! > (firsts[p]?.[book.capacity[p]! - 1] ?? Infinity))) continue;
        keep[k] = 0;
        changed = true;
      }
    }
  }
  return keep;
}

/** Prices prove their bound if every pair that can matter costs at least 1: then the placed pay no less than their number. */
export function checkProof(instance: MatchingInstance, book: Book, proof: BoundProof, place: string, report: Report): void {
  if (proof.kind === 'solver') return;
  const quota = new Map([...instance.vacancies, ...(book.twoLevel ? (instance.employers ?? []) : [])].map((o) => [o.id, o.lowerQuota ?? 0]));
  const lockedAt = (l: number): number => book.locked.reduce((n, count, p) => n + (book.ranker[p] === l ? count : 0), 0);
  const price = (of: Readonly<Record<string, number>>, ids: readonly string[]): Float64Array => { const given = new Map(Object.entries(of)); return Float64Array.from(ids, (id) => given.get(id) ?? 0); };
  const [learner, vacancy, employer] = [price(proof.learners, book.learners), price(proof.vacancies, book.vacancies), price(proof.employers, book.twoLevel ? book.rankers : [])];
  const worth = (prices: Float64Array, ids: readonly string[], capacity: Int32Array, locked: (i: number) => number): number =>
    prices.reduce((sum, y, i) => sum + (y > 0 ? y * Math.max(0, capacity[i]!) : y < 0 ? y * Math.max(0, quota.get(ids[i]!)! - locked(i)) : 0), 0);
  if (learner.some((y) => y < 0)) report(place, 'bound', 'a learner has a negative price');
  const bound = learner.reduce((a, b) => a + b, 0) + worth(vacancy, book.vacancies, book.capacity, (p) => book.locked[p]!) + worth(employer, book.rankers, book.rankerCapacity, lockedAt) + book.lockOf.size;
  if (bound !== proof.bound) report(place, 'bound', `the prices are worth ${bound}, not ${proof.bound}`);
  const matters = proof.reduced ? possible(book) : null;
  for (let s = 0; s < book.learners.length; s++) for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
    const p = book.entry[k]!;
    if (matters?.[k] === 0 || learner[s]! + vacancy[p]! + (employer[book.ranker[p]!] ?? 0) >= 1) continue;
    return report(place, 'bound', `the prices miss ${text(book.learners[s])} at ${text(book.vacancies[p])}`);
  }
}

