import { countOr, digest } from '../../../test/enumerator/digest.js';
import type { Matching } from '../../../test/enumerator/exhaustive.js';
import { brokenTies, stableMatchings, worldOf } from '../../../test/enumerator/exhaustive.js';
import { mulberry32, randomInstance, reordered } from '../../../test/enumerator/random-instance.js';
import type { MatchingInstance, SolveResult } from './index.js';
import { openExplainer, solve, verifyResult } from './index.js';
import { openLottery } from './lottery.js';

const seedsOf = (from: number, usual: number): number[] => Array.from({ length: countOr(usual) }, (_, i) => from + i);

/** The instance with the lottery's numbers written into the lists: the strict problem that was really solved. */
function strictly(instance: MatchingInstance, seed: string): MatchingInstance {
  const lottery = openLottery(seed, digest);
  return brokenTies(instance, lottery.atEmployer, lottery.ofVacancy);
}

describe('learner-optimal, against the exhaustive enumerator', () => {
  it('gives every learner her best place over all stable matchings of the strict instance', () => {
    for (const seed of seedsOf(0, 2000)) {
      const instance = randomInstance(seed);
      const result = solve(instance, { mode: 'learner-optimal', digest, seed: '7' });
      const strict = strictly(instance, '7');
      const all = stableMatchings(strict, 'weak');
      const world = worldOf(strict);
      const best: Record<string, string | null> = {};
      for (const s of world.learners)
        best[s] = all.map((m) => m[s] ?? null).reduce((a, b) => (a === null ? b : b === null ? a : world.wish(s, a)! <= world.wish(s, b)! ? a : b), null as string | null);
      expect({ seed, matching: result.matching }).toEqual({ seed, matching: best });
      expect({ seed, ...verifyResult(instance, result, digest) }).toEqual({ seed, ok: true, violations: [] });
    }
  });

  it('does not depend on the order of entries in the file, to the byte', () => {
    for (const seed of seedsOf(1_000_000, 500)) {
      const instance = randomInstance(seed, { locks: seed % 2 === 0 });
      const other = reordered(instance, seed + 1);
      expect(JSON.stringify(solve(other, { mode: 'learner-optimal', digest }))).toBe(JSON.stringify(solve(instance, { mode: 'learner-optimal', digest })));
    }
  });

  it('places the same learners and fills undersubscribed employers alike in every stable matching (rural hospitals)', () => {
    for (const seed of seedsOf(2_000_000, 500)) {
      const instance = strictly(randomInstance(seed), '1');
      const all = stableMatchings(instance, 'weak');
      const placed = (m: Matching): string => Object.keys(m).filter((s) => m[s] !== null).sort().join();
      expect(new Set(all.map(placed)).size).toBe(1);
      const result = solve(instance, { mode: 'learner-optimal', digest });
      for (const row of result.certificate.employers ?? result.certificate.vacancies) {
        if (row.filled >= row.capacity) continue;
        const world = worldOf(instance);
        for (const m of all) expect(Object.values(m).filter((v) => v !== null && world.ranker(v) === row.id).length).toBe(row.filled);
      }
    }
  });

  it('is the top of a lattice: taking each learner\'s better (or worse) place of two stable matchings is stable again', () => {
    for (const seed of seedsOf(3_000_000, 250)) {
      const instance = strictly(randomInstance(seed, { learners: 6, vacancies: 4 }), '1');
      const world = worldOf(instance);
      const all = stableMatchings(instance, 'weak');
      const known = new Set(all.map((m) => JSON.stringify(world.learners.map((s) => m[s]))));
      const rank = (s: string, v: string | null): number => (v === null ? Infinity : world.wish(s, v)!);
      for (const a of all)
        for (const b of all)
          for (const better of [true, false])
            expect(known).toContain(JSON.stringify(world.learners.map((s) => (rank(s, a[s]!) < rank(s, b[s]!) === better ? a[s] : b[s]))));
    }
  });

  it('rewards no learner for stating other preferences than her own', () => {
    for (const seed of seedsOf(4_000_000, 500)) {
      const instance = randomInstance(seed, { tie: 0.3 });
      const dice = mulberry32(seed);
      const liar = instance.learners[Math.floor(dice() * instance.learners.length)]!;
      const ranked = (result: SolveResult): number => {
        const got = result.matching![liar.id] ?? null;
        const at = got === null ? -1 : liar.preferences.findIndex((g) => g.includes(got));
        return at < 0 ? Infinity : at;
      };
      const honest = ranked(solve(instance, { mode: 'learner-optimal', digest }));
      const ids = liar.preferences.flat();
      for (let i = 0; i < 4; i++) {
        const preferences = [...ids].sort(() => dice() - 0.5).slice(0, 1 + Math.floor(dice() * ids.length)).map((v) => [v]);
        const lie = { ...instance, learners: instance.learners.map((l) => (l === liar ? { ...l, preferences } : l)) };
        expect(ranked(solve(lie, { mode: 'learner-optimal', digest }))).toBeGreaterThanOrEqual(honest);
      }
    }
  });

  it('keeps locks, and its certificate and reasons pass the checker', () => {
    for (const seed of seedsOf(5_000_000, 1000)) {
      const instance = randomInstance(seed, { locks: true });
      const result = solve(instance, { mode: 'learner-optimal', digest });
      for (const lock of instance.locks!) expect(result.matching![lock.learner]).toBe(lock.vacancy);
      const reasons = openExplainer(instance, result, digest).reasons();
      expect({ seed, ...verifyResult(instance, { ...result, reasons }, digest) }).toEqual({ seed, ok: true, violations: [] });
    }
  });
});
