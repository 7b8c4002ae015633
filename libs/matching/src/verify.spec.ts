import { countOr, digest } from '../../../test/enumerator/digest.js';
import { mulberry32, randomInstance } from '../../../test/enumerator/random-instance.js';
import type { Matching } from '../../../test/enumerator/exhaustive.js';
import { matchings, worldOf } from '../../../test/enumerator/exhaustive.js';
import { keepsQuotas, less, worth } from '../../../test/enumerator/objective.js';
import type { BoundProof, MatchingInstance, Mode, Reason, SolveResult } from './index.js';
import { explainLearner, explainVacancy, OBJECTIVES, openExplainer, smallestChange, solve, verifyResult } from './index.js';

/** Two employers, ties on both sides, a lock, a verdict, an undeclared entry: every kind of reason that a stable mode can give occurs. */
const instance: MatchingInstance = {
  format: 'placement-matching-instance/1',
  id: 'every-reason',
  family: 'SPA-ST',
  learners: [
    { id: 'Amy', preferences: [['lab'], ['ward']] },
    { id: 'Ben', preferences: [['lab'], ['desk']] },
    { id: 'Cai', preferences: [['gone'], ['ward'], ['lab'], ['desk']] },
    { id: 'Dee', preferences: [['shed'], ['closed'], ['lab'], ['ward'], ['desk']] },
    { id: 'Eve', preferences: [['lab'], ['ward'], ['desk']] },
    { id: 'Fay', preferences: [['ward'], ['kit'], ['shed']] },
    { id: 'Gus', preferences: [['kit'], ['lab']] },
    { id: 'Hal', preferences: [['lab'], ['shed']] },
    { id: 'Ida', preferences: [['kit']] },
  ],
  vacancies: [
    { id: 'lab', capacity: 1, employer: 'BHIC' },
    { id: 'desk', capacity: 3, employer: 'BHIC' },
    { id: 'ward', capacity: 1, employer: 'Trust' },
    { id: 'kit', capacity: 2, employer: 'Trust' },
    { id: 'shed', capacity: 1, employer: 'Yard' },
    { id: 'closed', capacity: 0, employer: 'Yard' },
  ],
  employers: [
    { id: 'BHIC', capacity: 2, preferences: [['Amy', 'Ben', 'Dee'], ['Cai'], ['Eve'], ['Hal']] },
    { id: 'Trust', capacity: 2, preferences: [['Cai'], ['Amy'], ['Eve'], ['Gus', 'Ida'], ['Dee']] },
    { id: 'Yard', capacity: 2, preferences: [['Dee', 'Fay', 'Hal']] },
  ],
  locks: [{ learner: 'Hal', vacancy: 'shed', name: 'agreed in May' }],
  ineligible: [{ learner: 'Eve', vacancy: 'lab', rule: 'dbs-enhanced' }],
  groups: [
    { id: 'north', kind: 'campus', vacancies: ['lab', 'desk'] },
    { id: 'region', kind: 'region', vacancies: ['ward'] },
  ],
};

/** A quota takes Amy away from the vacancy she likes better, though there is room. */
const quotas: MatchingInstance = {
  format: 'placement-matching-instance/1',
  id: 'quotas',
  family: 'HRT-LQ',
  learners: [{ id: 'Amy', preferences: [['lab'], ['desk']] }, { id: 'Ben', preferences: [['lab']] }, { id: 'Cai', preferences: [['lab'], ['ward']] }],
  vacancies: [
    { id: 'lab', capacity: 3, preferences: [['Amy', 'Ben', 'Cai']] },
    { id: 'desk', capacity: 1, lowerQuota: 1, preferences: [['Amy']] },
    { id: 'ward', capacity: 1, preferences: [['Cai']] },
  ],
};

function published(mode: Mode = 'learner-optimal', of: MatchingInstance = instance): SolveResult {
  const result = solve(of, { mode, digest, seed: '3', ...(mode === 'score' ? { objective: 'size-cost' } : {}) });
  return { ...result, reasons: openExplainer(of, result, digest).reasons() };
}

const verdict = (result: SolveResult, of: MatchingInstance = instance): string[] => {
  const { ok, violations } = verifyResult(of, result, digest);
  expect(ok).toBe(violations.length === 0);
  return violations.map((v) => v.place);
};

/** A deep copy to spoil. */
const copy = (result: SolveResult): { -readonly [K in keyof SolveResult]: SolveResult[K] } => JSON.parse(JSON.stringify(result)) as SolveResult;
type Loose = Record<string, never> & { [key: string]: Loose };
const loose = (value: unknown): Loose => value as Loose;

/** Prices that nobody worked out; some negative. */
function randomPrices(of: MatchingInstance, dice: () => number, negative: boolean, reduced = false): BoundProof {
  const some = (ids: readonly { id: string }[] = []): Record<string, number[]> =>
    Object.fromEntries(ids.filter(() => dice() < 0.7).map(({ id }) => [id, Array.from({ length: 8 }, () => Math.floor(dice() * 5) - (negative ? 2 : 0))]));
  return { kind: 'prices', reduced, vacancies: some(of.vacancies), employers: some(of.employers) };
}

describe('the checker', () => {
  it('accepts what the solver wrote', () => {
    expect(verdict(published())).toEqual([]);
    expect(verdict(published('largest'))).toEqual([]);
    expect(verdict(published('score', quotas), quotas)).toEqual([]);
  });

  it('meets every kind of reason in these examples, and refuses each one when it is flipped into any other or in any part', () => {
    const seen = new Set<string>();
    for (const [of, good] of [[instance, published()], [instance, published('largest')], [quotas, published('score', quotas)]] as const) {
      for (const [learner, reasons] of Object.entries(good.reasons!)) {
        const place = (i: number): string => `reasons[${JSON.stringify(learner)}][${i}]`;
        reasons.forEach((reason, i) => {
          seen.add(reason.kind);
          const spoil = (change: (one: Loose) => void): string[] => {
            const bad = copy(good);
            change(loose(bad.reasons)[learner]![i]!);
            return verdict(bad, of);
          };
          const { vacancy, rank } = reason;
          const others: Reason[] = [
            { vacancy, rank, kind: 'not-declared' }, { vacancy, rank, kind: 'not-eligible', rule: 'dbs-enhanced' }, { vacancy, rank, kind: 'not-listed' },
            { vacancy, rank, kind: 'locked', locks: ['agreed in May'] }, { vacancy, rank, kind: 'vacancy-full', lastRank: 1, yourRank: 1 },
            { vacancy, rank, kind: 'employer-full', lastRank: 1, yourRank: 1 }, { vacancy, rank, kind: 'lottery', at: 'vacancy', tiedRank: 1, lastNumber: 1, yourNumber: 2 },
            { vacancy, rank, kind: 'tie', at: 'vacancy', tiedRank: 1 }, { vacancy, rank, kind: 'objective' },
          ];
          for (const other of others.filter((o) => o.kind !== reason.kind)) {
            const bad = copy(good);
            (bad.reasons as Record<string, Reason[]>)[learner]![i] = other;
            expect(verdict(bad, of)).toContain(place(i));
          }
          for (const key of Object.keys(reason).filter((one) => one !== 'kind')) {
            const told = loose(reason)[key] as unknown;
            const other = typeof told === 'number' ? told + 1 : told === null ? 1 : Array.isArray(told) ? [...told, 'x'] : told === 'vacancy' ? 'employer' : 'vacancy';
            expect(spoil((one) => { one[key] = other as never; })).toContain(place(i));
          }
        });
        const short = copy(good);
        loose(short.reasons)[learner] = reasons.slice(1) as never;
        expect(verdict(short, of)).toContain(`reasons[${JSON.stringify(learner)}]`);
      }
    }
    expect([...seen].sort()).toEqual(['employer-full', 'locked', 'lottery', 'not-declared', 'not-eligible', 'not-listed', 'objective', 'tie', 'vacancy-full']);
  });

  it('refuses an outcome that was touched, naming the place', () => {
    const good = published();
    const ids = Object.keys(good.matching!);
    for (const a of ids) {
      if (good.matching![a] !== null) expect(verdict({ ...good, matching: { ...good.matching, [a]: null } })).toContain(`matching[${JSON.stringify(a)}]`);
      for (const b of ids) {
        if (a >= b || good.matching![a] === good.matching![b]) continue;
        const places = verdict({ ...good, matching: { ...good.matching, [a]: good.matching![b]!, [b]: good.matching![a]! } });
        expect(places.some((p) => p.startsWith('matching['))).toBe(true);
      }
      const rest = Object.fromEntries(Object.entries(good.matching!).filter(([id]) => id !== a));
      expect(verdict({ ...good, matching: rest })).toContain(`matching[${JSON.stringify(a)}]`);
    }
    expect(verdict({ ...good, matching: { ...good.matching, Zoe: 'lab' } })).toContain('matching["Zoe"]');
    expect(verdict({ ...good, matching: { ...good.matching, Amy: 'nowhere' } })).toContain('matching["Amy"]');
    expect(verdict({ ...good, matching: { ...good.matching, Hal: null } })).toContain('matching["Hal"]');
    const full = ids.filter((id) => good.matching![id] === 'lab' || (instance.learners.find((l) => l.id === id)!.preferences.flat().includes('lab') && id !== 'Hal'));
    expect(verdict({ ...good, matching: { ...good.matching, ...Object.fromEntries(full.map((id) => [id, 'lab'])) } })).toContain('certificate.vacancies[3]');
  });

  it('refuses a figure, a cut-off, a count, the seed, the hash or the mode that was touched', () => {
    const good = published();
    const spoil = (change: (bad: Loose) => void): string[] => {
      const bad = copy(good);
      change(loose(bad));
      return verdict(bad);
    };
    expect(spoil((b) => { b['size'] = 9 as never; })).toContain('size');
    expect(spoil((b) => { b['cost'] = 9 as never; })).toContain('cost');
    expect(spoil((b) => { b['profile'] = [9] as never; })).toContain('profile');
    expect(spoil((b) => { b['id'] = 'x' as never; })).toContain('id');
    expect(spoil((b) => { b['bound'] = 9 as never; })).toContain('bound');
    expect(spoil((b) => { b['stability'] = b['certificate']!['stability'] = null as never; })).toContain('stability');
    expect(spoil((b) => { b['changedBound'] = 0 as never; })).toContain('changedBound');
    expect(spoil((b) => { b['certificate']!['employers'] = undefined as never; })).toContain('certificate.employers');
    expect(spoil((b) => { b['certificate']!['instanceHash'] = 'f' as never; })).toContain('certificate.instanceHash');
    expect(spoil((b) => { b['certificate']!['lottery']!['seed'] = '4' as never; }).length).toBeGreaterThan(0);
    expect(spoil((b) => { b['certificate']!['lottery']!['decides'] = false as never; }).length).toBeGreaterThan(0);
    expect(spoil((b) => { b['certificate']!['mode'] = 'largest' as never; })).toContain('certificate.mode');
    expect(spoil((b) => { b['certificate']!['lockBlocking'] = [{ learner: 'Amy', vacancy: 'ward', locks: [] }] as never; })).toContain('certificate.lockBlocking');
    good.certificate.vacancies.forEach((row, i) => {
      expect(spoil((b) => { b['certificate']!['vacancies']![i]!['filled'] = (row.filled + 1) as never; }).some((p) => p.startsWith(`certificate.vacancies[${i}]`))).toBe(true);
      expect(spoil((b) => { b['certificate']!['vacancies']![i]!['cutOff'] = { rank: 7, lottery: null } as never; })).toContain(`certificate.vacancies[${i}].cutOff`);
    });
    good.certificate.employers!.forEach((row, i) => {
      if (row.cutOff === null) return;
      const bent = { rank: row.cutOff.rank, lottery: (row.cutOff.lottery ?? 0) + 1 };
      expect(spoil((b) => { b['certificate']!['employers']![i]!['cutOff'] = bent as never; })).toContain(`certificate.employers[${i}].cutOff`);
    });
    expect(spoil((b) => { b['certificate']!['groups']![0]!['filled'] = 9 as never; })).toContain('certificate.groups[0].filled');
    expect(spoil((b) => { b['certificate']!['quotasUnmet'] = ['lab'] as never; })).toContain('certificate.quotasUnmet');
    expect(spoil((b) => { b['certificate']!['format'] = 'x' as never; })).toContain('certificate.format');
    expect(verdict({} as SolveResult)).toContain('result');
  });

  it('counts again the lower quotas that an outcome leaves unmet', () => {
    const short = solve(quotas, { mode: 'learner-optimal', digest });
    expect(short.certificate.quotasUnmet).toEqual(['desk']);
    expect(verdict(short, quotas)).toEqual([]);
    const { quotasUnmet, ...hushed } = short.certificate;
    expect(quotasUnmet).toHaveLength(1);
    expect(verdict({ ...short, certificate: hushed }, quotas)).toContain('certificate.quotasUnmet');
    const scored = published('score', quotas);
    expect(verdict({ ...scored, matching: { ...scored.matching, Amy: 'lab' } }, quotas)).toContain('certificate.quotasUnmet');
  });

  it('refuses an end without an outcome that the mode cannot have, or that nothing proves', () => {
    const none = (result: SolveResult, status: SolveResult['status']): SolveResult => {
      const { reasons, ...rest } = result;
      expect(reasons).toBeDefined();
      return { ...rest, status, matching: null, size: null, bound: null, cost: null, profile: null };
    };
    for (const status of ['none', 'infeasible', 'limit'] as const) {
      expect(verdict(none(published(), status))).toContain('status');
      expect(verdict({ ...published(), status })).toContain('status');
    }
    expect(verdict(none(published('score', quotas), 'none'), quotas)).toContain('status');
    // The quotas can be kept, so no prices say that they cannot.
    expect(verdict(none(published('score', quotas), 'infeasible'), quotas)).toContain('certificate.proofs');
    const closed = { ...quotas, learners: quotas.learners.filter((l) => l.id !== 'Amy') };
    const infeasible = solve(closed, { mode: 'score', digest });
    expect(infeasible.status).toBe('infeasible');
    expect(verdict(infeasible, closed)).toEqual([]);
    expect(verdict({ ...infeasible, certificate: { ...infeasible.certificate, proofs: [] } }, closed)).toContain('certificate.proofs');
  });

  it('refuses the result when a preference, a capacity or a rank in the instance was changed', () => {
    const good = published();
    const swapped = { ...instance, learners: instance.learners.map((l) => (l.id === 'Ben' ? { ...l, preferences: [['desk'], ['lab']] } : l)) };
    const larger = { ...instance, vacancies: instance.vacancies.map((v) => (v.id === 'lab' ? { ...v, capacity: 2 } : v)) };
    const ranked = { ...instance, employers: instance.employers!.map((e) => (e.id === 'Trust' ? { ...e, preferences: [...e.preferences!].reverse() } : e)) };
    for (const changed of [swapped, larger, ranked]) expect(verdict(good, changed)).toContain('certificate.instanceHash');
  });

  it('refuses bounds that their proof does not carry, whatever prices are put in its place', () => {
    for (let seed = 0; seed < countOr(300); seed++) {
      const one = randomInstance(seed, { tie: 0.5, learners: 6 });
      const result = solve(one, { mode: 'largest', digest });
      expect({ seed, ...verifyResult(one, result, digest) }).toMatchObject({ seed, ok: true });
      const lower = { ...result, bound: result.bound! - 1 };
      expect(verdict(lower, one)).toContain('bound');
      expect(verdict({ ...lower, certificate: { ...result.certificate, proofs: [] } }, one)).toContain('bound');
      for (let i = 0; i < 3; i++) {
        const proofs = [randomPrices(one, mulberry32(10 * seed + i), i > 0)];
        // Not one pair is left out, so that these are true bounds: none lies below what is reached.
        const place = verdict({ ...result, bound: result.size! - 1, certificate: { ...result.certificate, proofs } }, one);
        expect(place).toContain('bound');
        expect(place).not.toContain('certificate.proofs');
      }
    }
  });

  it.each(OBJECTIVES)('refuses every outcome that is worse by %s, whatever prices are put in its place', (objective) => {
    let worse = 0;
    for (let seed = 0; seed < countOr(40); seed++) {
      const one = randomInstance(seed, { family: seed % 2 === 0 ? 'SPA-LQ' : 'HRT-LQ', quotas: true, learners: 4, vacancies: 3 });
      const best = solve(one, { mode: 'score', objective, digest });
      if (best.matching === null) continue;
      const optimal = (matching: Matching, proofs = best.certificate.proofs!): boolean =>
        !verifyResult(one, { ...best, matching, certificate: { ...best.certificate, proofs } }, digest).violations.some((v) => ['objective', 'below-quota', 'over-capacity'].includes(v.code));
      const all = [...matchings(worldOf(one))];
      const some = all.filter((_, i) => i % Math.ceil(all.length / 10) === 0);
      for (const matching of some) {
        const good = keepsQuotas(one, matching) && !less(worth(one, objective, best.matching), worth(one, objective, matching));
        expect({ seed, matching, optimal: optimal(matching) }).toEqual({ seed, matching, optimal: good });
        if (!good && worse++ % 5 === 0) expect({ seed, matching, optimal: optimal(matching, [randomPrices(one, mulberry32(worse), true, worse % 2 === 0)]) }).toEqual({ seed, matching, optimal: false });
      }
    }
    expect(worse).toBeGreaterThan(100);
  });

  it('leaves no pair out for the sake of stability where stability is not asked', () => {
    const one: MatchingInstance = {
      format: 'placement-matching-instance/1',
      id: 'two-for-one',
      family: 'HRT-LQ',
      learners: [{ id: 's1', preferences: [['v1'], ['v2']] }, { id: 's2', preferences: [['v1']] }],
      vacancies: [{ id: 'v1', capacity: 1, preferences: [['s1'], ['s2']] }, { id: 'v2', capacity: 1, preferences: [['s1']] }],
    };
    const best = solve(one, { mode: 'score', objective: 'size-cost', digest });
    expect(best.size).toBe(2);
    for (const reduced of [false, true]) {
      const proofs: BoundProof[] = [{ kind: 'prices', reduced, vacancies: { v1: [0, 1] }, employers: {} }];
      const { violations } = verifyResult(one, { ...best, matching: { s1: 'v1', s2: null }, certificate: { ...best.certificate, proofs } }, digest);
      expect(violations.map(({ code }) => code)).toContain('objective');
    }
  });

  it('catches every random spoiling of a random outcome', () => {
    for (let seed = 0; seed < countOr(1000); seed++) {
      const dice = mulberry32(seed);
      const one = randomInstance(seed, { locks: seed % 3 === 0 });
      const result = solve(one, { mode: 'learner-optimal', digest });
      const learner = one.learners[Math.floor(dice() * one.learners.length)]!.id;
      const places = [null, ...one.vacancies.map((v) => v.id)].filter((v) => v !== result.matching![learner]);
      const other = places[Math.floor(dice() * places.length)] ?? null;
      expect({ seed, ok: verifyResult(one, { ...result, matching: { ...result.matching, [learner]: other } }, digest).ok }).toEqual({ seed, ok: false });
    }
  });
});

describe('explanations', () => {
  it('give exactly one reason for each entry strictly preferred to the outcome', () => {
    for (let seed = 0; seed < countOr(1000); seed++) {
      const one = randomInstance(seed, { locks: seed % 4 === 0 });
      const result = solve(one, { mode: 'learner-optimal', digest });
      const explainer = openExplainer(one, result, digest);
      for (const { id, preferences } of one.learners) {
        const { outcome, reasons, rank } = explainer.learner(id);
        const at = preferences.findIndex((g) => outcome !== null && g.includes(outcome));
        expect(rank).toBe(at < 0 ? null : at + 1);
        expect(reasons.map((r) => r.vacancy)).toEqual(preferences.slice(0, at < 0 ? undefined : at).flatMap((g) => [...g].sort()));
      }
    }
  });

  it('name the worst rank that would have been enough, and whether one opening more would', () => {
    const result = published();
    // Ben and Amy tie at BHIC; whoever lost the lottery needs only to be ranked ahead of that tie.
    const loser = result.matching!['Amy'] === 'lab' ? 'Ben' : 'Amy';
    const change = smallestChange(instance, result, loser, 'lab', digest);
    expect(change.rankAheadOf).toBe(1);
    for (let seed = 0; seed < countOr(200); seed++) {
      const one = randomInstance(seed, { tie: 0.3 });
      const solved = solve(one, { mode: 'learner-optimal', digest });
      for (const { learner, reasons } of one.learners.map((l) => openExplainer(one, solved, digest).learner(l.id)))
        for (const reason of reasons.filter((r) => r.kind === 'vacancy-full' || r.kind === 'employer-full')) {
          const { rankAheadOf } = smallestChange(one, solved, learner, reason.vacancy, digest);
          if (reason.kind === 'vacancy-full' && reason.lastRank !== null) expect(rankAheadOf === null || rankAheadOf <= reason.yourRank).toBe(true);
        }
    }
  });

  it('tell an employer whether an opening stays empty in every stable outcome', () => {
    const explainer = openExplainer(instance, published(), digest);
    expect(explainVacancy(instance, published(), 'kit', digest)).toEqual(explainer.vacancy('kit'));
    expect(explainLearner(instance, published(), 'Dee', digest)).toEqual(explainer.learner('Dee'));
    expect(explainer.vacancy('kit')).toMatchObject({ vacancy: 'kit', capacity: 2 });
    const all = instance.vacancies.map((v) => explainer.vacancy(v.id));
    expect(all.filter((v) => v.empty > 0).every((v) => v.why === 'employer-full' || v.why === 'same-in-every-stable-outcome')).toBe(true);
    expect(all.find((v) => v.vacancy === 'lab')!.why).toBe('full');
  });
});
