import type { MatchingInstance, SolveResult, Stability } from '@meriden/matching';
import { MatchingError, openExplainer, verifyResult } from '@meriden/matching';
import { countOr, digest } from '../../../test/enumerator/digest.js';
import type { Matching } from '../../../test/enumerator/exhaustive.js';
import { isStable, sizeOf, stableMatchings, worldOf } from '../../../test/enumerator/exhaustive.js';
import { mulberry32, randomInstance } from '../../../test/enumerator/random-instance.js';
import { solveExactly } from './solve-exactly.js';

const seeds = (from: number, usual: number): number[] => Array.from({ length: countOr(usual) }, (_, i) => from + i);
const ties = (seed: number): { tie: number; locks: boolean } => ({ tie: 0.5, locks: seed % 5 === 0 });

/** A solved result with the reasons of everybody, as it would be published. */
const published = (instance: MatchingInstance, result: SolveResult): SolveResult =>
  result.matching === null ? result : { ...result, reasons: openExplainer(instance, result, digest).reasons() };

/** Stable matchings in the market the locks leave, each with the locked learners put back. */
function stableWithLocks(instance: MatchingInstance, stability: Stability): Matching[] {
  const locks = new Map((instance.locks ?? []).map((l) => [l.learner, l.vacancy]));
  const taken = (id: string): number => [...locks.values()].filter((v) => v === id).length;
  const owner = new Map(instance.vacancies.map((v) => [v.id, v.employer]));
  const left: MatchingInstance = {
    ...instance,
    learners: instance.learners.map((l) => (locks.has(l.id) ? { ...l, preferences: [] } : l)),
    vacancies: instance.vacancies.map((v) => ({ ...v, capacity: v.capacity - taken(v.id) })),
    ...(instance.employers ? { employers: instance.employers.map((e) => ({ ...e, capacity: e.capacity - [...locks.values()].filter((v) => owner.get(v) === e.id).length })) } : {}),
  };
  return stableMatchings(left, stability).map((m) => ({ ...m, ...Object.fromEntries(locks) }));
}

describe('exact modes, against the exhaustive enumerator', () => {
  it.each(['weak', 'strong', 'super'] as const)('robust decides %s stability', async (stability) => {
    for (const seed of seeds(10_000_000, 700)) {
      const instance = randomInstance(seed, ties(seed));
      const all = stableWithLocks(instance, stability);
      const result = await solveExactly(instance, { mode: 'robust', stability, digest });
      expect({ seed, status: result.status }).toEqual({ seed, status: all.length > 0 ? 'solved' : 'none' });
      if (result.status === 'solved') expect(all).toContainEqual(result.matching);
      expect({ seed, ...verifyResult(instance, published(instance, result), digest) }).toEqual({ seed, ok: true, violations: [] });
    }
  });

  it('robust names the strongest notion that exists', async () => {
    for (const seed of seeds(11_000_000, 300)) {
      const instance = randomInstance(seed, { tie: 0.3 });
      const result = await solveExactly(instance, { mode: 'robust', digest });
      const strongest = (['super', 'strong', 'weak'] as const).find((s) => stableMatchings(instance, s).length > 0);
      expect({ seed, status: result.status, stability: result.stability }).toEqual({ seed, status: 'solved', stability: strongest });
    }
  });

  it('largest reaches the greatest weakly stable size, and proves it', async () => {
    for (const seed of seeds(12_000_000, 1000)) {
      const instance = randomInstance(seed, { ...ties(seed), learners: 6, vacancies: 4 });
      const all = stableWithLocks(instance, 'weak');
      const result = await solveExactly(instance, { mode: 'largest', digest });
      expect({ seed, size: result.size, bound: result.bound }).toEqual({ seed, size: Math.max(...all.map(sizeOf)), bound: result.size });
      expect(all).toContainEqual(result.matching);
      expect({ seed, ...verifyResult(instance, published(instance, result), digest) }).toEqual({ seed, ok: true, violations: [] });
    }
  });

  it.each(['weak', 'strong', 'super'] as const)('rerun changes the fewest placements over all %s-stable matchings', async (stability) => {
    for (const seed of seeds(13_000_000, 500)) {
      const base = randomInstance(seed, ties(seed));
      const dice = mulberry32(seed);
      const previous: [string, string | null][] = base.learners.flatMap((l): [string, string | null][] => {
        const listed = l.preferences.flat();
        return dice() < 0.1 ? [] : [[l.id, dice() < 0.2 || listed.length === 0 ? null : listed[Math.floor(dice() * listed.length)]!]];
      });
      const instance: MatchingInstance = { ...base, previousMatching: Object.fromEntries(previous) };
      const changed = (m: Matching): number => instance.learners.filter((l) => (instance.previousMatching![l.id] ?? null) !== m[l.id]).length;
      const all = stableWithLocks(instance, stability);
      const result = await solveExactly(instance, { mode: 'rerun', stability, digest });
      expect({ seed, status: result.status }).toEqual({ seed, status: all.length > 0 ? 'solved' : 'none' });
      if (all.length === 0) continue;
      const fewest = Math.min(...all.map(changed));
      expect({ seed, changed: result.changed, bound: result.changedBound }).toEqual({ seed, changed: fewest, bound: fewest });
      expect(all).toContainEqual(result.matching);
      expect({ seed, ...verifyResult(instance, published(instance, result), digest) }).toEqual({ seed, ok: true, violations: [] });
    }
  });

  it('gives the same bytes twice', async () => {
    const instance = randomInstance(7, { tie: 0.5, learners: 8, vacancies: 5 });
    const [a, b] = [await solveExactly(instance, { mode: 'largest', digest }), await solveExactly(instance, { mode: 'largest', digest })];
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
  });

  it('refuses an unknown mode by name', async () => {
    await expect(solveExactly(randomInstance(1), { mode: 'best' as 'largest', digest })).rejects.toThrow(MatchingError);
  });

  it('keeps worldOf and isStable honest on the empty matching', () => {
    const instance = randomInstance(3);
    const world = worldOf(instance);
    const empty = Object.fromEntries(instance.learners.map((l) => [l.id, null]));
    expect(isStable(world, empty, 'weak')).toBe(stableMatchings(instance, 'weak').some((m) => sizeOf(m) === 0));
  });
});
