import { countOr, digest } from '../../../test/enumerator/digest.js';
import type { Matching } from '../../../test/enumerator/exhaustive.js';
import { brokenTies, matchings, sizeOf, stableMatchings, worldOf } from '../../../test/enumerator/exhaustive.js';
import { keepsQuotas, less, worth } from '../../../test/enumerator/objective.js';
import { randomInstance, reordered } from '../../../test/enumerator/random-instance.js';
import type { MatchingInstance, SolveResult } from './index.js';
import { enumerateStable, OBJECTIVES, openExplainer, solve, verifyResult } from './index.js';
import { openLottery } from './lottery.js';

const seeds = (from: number, usual: number): number[] => Array.from({ length: countOr(usual) }, (_, i) => from + i);
/** A solved result with the reasons of everybody, as it would be published. */
const published = (instance: MatchingInstance, result: SolveResult): SolveResult =>
  result.matching === null ? result : { ...result, reasons: openExplainer(instance, result, digest).reasons() };
const sorted = (all: readonly Matching[]): string[] => all.map((m) => JSON.stringify(Object.entries(m).sort())).sort();
/** Without telling where they differ, many times as fast. */
const same = (a: Matching, b: Matching): boolean => Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((learner) => a[learner] === b[learner]);

describe('enumerate', () => {
  it.each(['weak', 'strong', 'super'] as const)('finds exactly the %s-stable matchings', (stability) => {
    for (const seed of seeds(20_000_000, 700)) {
      const instance = randomInstance(seed);
      const found = enumerateStable(instance, { stability });
      expect({ seed, all: sorted(found.matchings), complete: found.complete }).toEqual({ seed, all: sorted(stableMatchings(instance, stability)), complete: true });
    }
  });

  it('stops at the limit and says so', () => {
    const instance = randomInstance(0, { tie: 0.9, learners: 5, vacancies: 4 });
    const all = enumerateStable(instance, { stability: 'weak' });
    expect(all.count).toBeGreaterThan(1);
    expect(enumerateStable(instance, { stability: 'weak', limit: 1 })).toMatchObject({ count: 1, complete: false });
    expect(enumerateStable(instance, { stability: 'weak', limit: all.count })).toMatchObject({ count: all.count, complete: true });
  });
});

describe('employer-optimal', () => {
  it('gives every learner her worst place over all stable matchings of the strict instance', () => {
    for (const seed of seeds(21_000_000, 1500)) {
      const instance = randomInstance(seed);
      const lottery = openLottery('5', digest);
      const strict = brokenTies(instance, lottery.atEmployer, lottery.ofVacancy);
      const world = worldOf(strict);
      const all = stableMatchings(strict, 'weak');
      const result = solve(instance, { mode: 'employer-optimal', digest, seed: '5' });
      const rank = (s: string, v: string | null): number => (v === null ? Infinity : world.wish(s, v)!);
      for (const s of world.learners) expect({ seed, s, rank: rank(s, result.matching![s]!) }).toEqual({ seed, s, rank: Math.max(...all.map((m) => rank(s, m[s]!))) });
      expect({ seed, ...verifyResult(instance, published(instance, result), digest) }).toEqual({ seed, ok: true, violations: [] });
    }
  });
});

describe('score', () => {
  it.each(OBJECTIVES)('%s is optimal over all matchings that keep the lower quotas', (objective) => {
    for (const seed of seeds(22_000_000, 500)) {
      const family = (['HRT-LQ', 'SPA-LQ', 'SPA-LQ-one-sided'] as const)[seed % 3]!;
      const instance = randomInstance(seed, { family, quotas: true });
      const kept = [...matchings(worldOf(instance))].filter((m) => keepsQuotas(instance, m));
      const result = solve(instance, { mode: 'score', objective, digest });
      expect({ seed, status: result.status }).toEqual({ seed, status: kept.length > 0 ? 'solved' : 'infeasible' });
      expect({ seed, ...verifyResult(instance, published(instance, result), digest) }).toEqual({ seed, ok: true, violations: [] });
      if (kept.length === 0) continue;
      const best = kept.map((m) => worth(instance, objective, m)).reduce((a, b) => (less(b, a) ? b : a));
      expect({ seed, kept: kept.some((m) => same(m, result.matching!)) }).toEqual({ seed, kept: true });
      expect({ seed, worth: worth(instance, objective, result.matching!) }).toEqual({ seed, worth: best });
      expect(JSON.stringify(solve(reordered(instance, seed), { mode: 'score', objective, digest }))).toBe(JSON.stringify(result));
    }
  });
});

describe('largest, without a solver', () => {
  it('is stable, at least two thirds of the greatest size, and bounded from above', () => {
    for (const seed of seeds(23_000_000, 1500)) {
      const instance = randomInstance(seed, { tie: 0.5, learners: 6, vacancies: 4 });
      const most = Math.max(...stableMatchings(instance, 'weak').map(sizeOf));
      const result = solve(instance, { mode: 'largest', digest });
      expect({ seed, ...verifyResult(instance, published(instance, result), digest) }).toEqual({ seed, ok: true, violations: [] });
      expect(3 * result.size!).toBeGreaterThanOrEqual(2 * most);
      expect(result.bound).toBeGreaterThanOrEqual(most);
    }
  });
});
