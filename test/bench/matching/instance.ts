// The bench market as an instance file, with ties: each entry joins its predecessor with the given probability (drawn after the market).
import type { MatchingInstance } from '@meriden/matching';
import { mulberry32 } from '../../enumerator/random-instance.js';
import { benchMarket } from './market.js';

export type InstanceShape = Readonly<{ n: number; spa: boolean; tie: number; longest?: number; seed?: number }>;

const name = (prefix: string, i: number): string => `${prefix}${String(i).padStart(7, '0')}`;

/** `longest` cuts the learners' lists; the employers keep only those who still list them. */
export function benchInstance({ n, spa, tie, longest = Infinity, seed = 42 }: InstanceShape): MatchingInstance {
  const market = benchMarket(n, spa, seed);
  const dice = mulberry32(seed + 1);
  const tied = (ids: readonly string[]): string[][] => {
    const groups: string[][] = [];
    for (const id of ids) {
      if (groups.length > 0 && dice() < tie) groups[groups.length - 1]!.push(id);
      else groups.push([id]);
    }
    return groups;
  };
  const wanted = Array.from({ length: market.rankers }, () => new Set<number>());
  const learners = Array.from({ length: n }, (_, s) => {
    const row = [...market.entry.subarray(market.start[s], Math.min(market.start[s + 1]!, market.start[s]! + longest))];
    for (const v of row) wanted[market.ranker[v]!]!.add(s);
    return { id: name('s', s), preferences: tied(row.map((v) => name('v', v))) };
  });
  const ranked = (r: number): string[][] =>
    tied([...market.listLearner.subarray(market.listStart[r], market.listStart[r + 1])].filter((s) => wanted[r]!.has(s)).map((s) => name('s', s)));
  return {
    format: 'placement-matching-instance/1',
    id: `bench-${spa ? 'spa' : 'hr'}-${n}-${tie}-${seed}`,
    family: spa ? 'SPA-ST' : 'HRT',
    learners,
    vacancies: Array.from(market.capacity, (capacity, v) => ({ id: name('v', v), capacity, ...(spa ? { employer: name('e', market.ranker[v]!) } : { preferences: ranked(v) }) })),
    ...(spa ? { employers: Array.from(market.rankerCapacity, (capacity, r) => ({ id: name('e', r), capacity, preferences: ranked(r) })) } : {}),
  };
}
