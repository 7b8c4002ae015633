import { first53Bits } from './lottery.js';
import type { Digest, InstanceLearner, MatchingInstance } from './instance.js';
import { isTwoLevel } from './instance.js';
import { MatchingError } from './matching-error.js';
import type { CertificateRow, Reason, SolveResult } from './result.js';

/**
 * What one learner is told: her outcome, and exactly one reason for each entry she strictly preferred to it, best first.
 * `best`: whether the mode promises that no stable outcome gives her a better place.
 */
export type LearnerExplanation = Readonly<{ learner: string; outcome: string | null; rank: number | null; best: boolean; reasons: readonly Reason[] }>;

/**
 * What an employer is told about one vacancy's empty openings. `same-in-every-stable-outcome` is the rural hospitals theorem: it holds
 * when whoever ranks has room left, under this lottery; `employer-full` and `full` say what bound instead.
 */
export type VacancyExplanation = Readonly<{
  vacancy: string;
  capacity: number;
  filled: number;
  empty: number;
  why: 'full' | 'employer-full' | 'same-in-every-stable-outcome' | 'not-promised-by-this-mode';
  /** Learners who list it and are listed back, and how many of them hold a place they like at least as much. */
  acceptable: number;
  placedAsWellOrBetter: number;
}>;

export type Explainer = Readonly<{
  learner: (id: string) => LearnerExplanation;
  vacancy: (id: string) => VacancyExplanation;
  /** Reasons of every learner who has any, for publication. */
  reasons: () => Record<string, readonly Reason[]>;
}>;

/**
 * Explains a solved result from its certificate and the lists alone, never from the solver's state, so that an explanation cannot
 * drift from what was published. Opening costs O(entries); each learner then O(own list).
 */
export function openExplainer(instance: MatchingInstance, result: SolveResult, digest: Digest): Explainer {
  const { matching } = result;
  if (matching === null) throw new MatchingError('contradictory', 'result.matching', 'is null, there is no outcome to explain', 'Explain a solved result');
  const facts = gather(instance, result);
  const seed = result.certificate.lottery.seed;
  const explainLearner = (id: string): LearnerExplanation => {
    const learner = facts.learners.get(id);
    if (learner === undefined) throw new MatchingError('contradictory', 'learner', `"${id}" is not declared`, 'Name a learner of the instance');
    const outcome = matching[id] ?? null;
    const got = outcome === null ? -1 : learner.preferences.findIndex((group) => group.includes(outcome));
    const preferred = got < 0 ? learner.preferences : learner.preferences.slice(0, got);
    const reasons = preferred.flatMap((group, g) =>
      [...group].sort().map((vacancy): Reason => ({ vacancy, rank: g + 1, ...reasonFor(facts, result, learner.id, vacancy, seed, digest) })),
    );
    return { learner: id, outcome, rank: got < 0 ? null : got + 1, best: result.mode === 'learner-optimal' && !facts.locks.has(id), reasons };
  };
  return {
    learner: explainLearner,
    vacancy: (id) => vacancyExplanation(instance, result, facts, id),
    reasons: () => {
      const all: [string, readonly Reason[]][] = [];
      for (const id of [...facts.learners.keys()].sort()) {
        const { reasons } = explainLearner(id);
        if (reasons.length > 0) all.push([id, reasons]);
      }
      return Object.fromEntries(all);
    },
  };
}

/** One learner; for many, open one explainer and ask it. */
export function explainLearner(instance: MatchingInstance, result: SolveResult, learnerId: string, digest: Digest): LearnerExplanation {
  return openExplainer(instance, result, digest).learner(learnerId);
}

/** One vacancy; for many, open one explainer and ask it. */
export function explainVacancy(instance: MatchingInstance, result: SolveResult, vacancyId: string, digest: Digest): VacancyExplanation {
  return openExplainer(instance, result, digest).vacancy(vacancyId);
}

type Facts = {
  learners: Map<string, InstanceLearner>;
  /** Who ranks each vacancy. */
  rankerOf: Map<string, string>;
  twoLevel: boolean;
  ranks: Map<string, Map<string, number>>;
  /** Rankers who accept everybody at rank 1 (one-sided families). */
  open: Set<string>;
  vacancyRow: Map<string, CertificateRow>;
  employerRow: Map<string, CertificateRow>;
  locks: Map<string, string>;
  locksAt: Map<string, string[]>;
  rules: Map<string, string>;
};

function gather(instance: MatchingInstance, result: SolveResult): Facts {
  const twoLevel = isTwoLevel(instance);
  const ranks = new Map<string, Map<string, number>>();
  const open = new Set<string>();
  for (const owner of twoLevel ? (instance.employers ?? []) : instance.vacancies) {
    const list = new Map<string, number>();
    (owner.preferences ?? []).forEach((group, g) => group.forEach((id) => list.set(id, g + 1)));
    ranks.set(owner.id, list);
    if (instance.family === 'SPA-LQ-one-sided' && list.size === 0) open.add(owner.id);
  }
  const rankerOf = new Map(instance.vacancies.map((v) => [v.id, twoLevel ? (v.employer as string) : v.id]));
  const locksAt = new Map<string, string[]>();
  for (const lock of instance.locks ?? [])
    for (const place of twoLevel ? [`v ${lock.vacancy}`, `e ${rankerOf.get(lock.vacancy)}`] : [`v ${lock.vacancy}`])
      locksAt.set(place, [...(locksAt.get(place) ?? []), lock.name].sort());
  return {
    learners: new Map(instance.learners.map((l) => [l.id, l])),
    rankerOf,
    twoLevel,
    ranks,
    open,
    vacancyRow: new Map(result.certificate.vacancies.map((row) => [row.id, row])),
    employerRow: new Map((result.certificate.employers ?? []).map((row) => [row.id, row])),
    locks: new Map((instance.locks ?? []).map((l) => [l.learner, l.name])),
    locksAt,
    rules: new Map((instance.ineligible ?? []).map((v) => [JSON.stringify([v.learner, v.vacancy]), v.rule])),
  };
}

type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type BareReason = DistributedOmit<Reason, 'vacancy' | 'rank'>;

function reasonFor(facts: Facts, result: SolveResult, learner: string, vacancy: string, seed: string, digest: Digest): BareReason {
  const ranker = facts.rankerOf.get(vacancy);
  if (ranker === undefined) return { kind: 'not-declared' };
  const rule = facts.rules.size === 0 ? undefined : facts.rules.get(JSON.stringify([learner, vacancy]));
  if (rule !== undefined) return { kind: 'not-eligible', rule };
  const lock = facts.locks.get(learner);
  if (lock !== undefined) return { kind: 'locked', locks: [lock] };
  const yourRank = facts.open.has(ranker) ? 1 : facts.ranks.get(ranker)?.get(learner);
  if (yourRank === undefined) return { kind: 'not-listed' };
  const levels = [['vacancy', facts.vacancyRow.get(vacancy)], ['employer', facts.employerRow.get(ranker)]] as const;
  for (const [at, row] of levels) {
    if (row === undefined || row.filled < row.capacity) continue;
    const full = at === 'vacancy' ? 'vacancy-full' : 'employer-full';
    if (row.cutOff === null) {
      const locks = facts.locksAt.get(at === 'vacancy' ? `v ${vacancy}` : `e ${ranker}`);
      return locks !== undefined ? { kind: 'locked', locks } : { kind: full, lastRank: null, yourRank };
    }
    if (result.mode === 'score') return { kind: full, lastRank: row.cutOff.rank, yourRank };
    if (yourRank > row.cutOff.rank) return { kind: full, lastRank: row.cutOff.rank, yourRank };
    if (yourRank < row.cutOff.rank) continue;
    if (!result.certificate.lottery.decides) return { kind: 'tie', at, tiedRank: yourRank };
    const yourNumber = first53Bits(digest(`${seed}|e|${ranker}|${learner}`));
    if (row.cutOff.lottery !== null && yourNumber >= row.cutOff.lottery)
      return { kind: 'lottery', at, tiedRank: yourRank, lastNumber: row.cutOff.lottery, yourNumber };
  }
  if (result.mode === 'score') return { kind: 'objective' };
  throw new MatchingError('contradictory', `result.matching[${JSON.stringify(learner)}]`, `has no reason for not being at ${JSON.stringify(vacancy)}, so the result is not stable`, 'Run verify on it');
}

function vacancyExplanation(instance: MatchingInstance, result: SolveResult, facts: Facts, id: string): VacancyExplanation {
  const row = facts.vacancyRow.get(id);
  const ranker = facts.rankerOf.get(id);
  if (row === undefined || ranker === undefined) throw new MatchingError('contradictory', 'vacancy', `"${id}" is not declared`, 'Name a vacancy of the instance');
  const employer = facts.employerRow.get(ranker);
  let acceptable = 0;
  let content = 0;
  for (const learner of instance.learners) {
    const wanted = learner.preferences.findIndex((group) => group.includes(id));
    if (wanted < 0 || facts.rules.has(JSON.stringify([learner.id, id]))) continue;
    if (!facts.open.has(ranker) && !facts.ranks.get(ranker)?.has(learner.id)) continue;
    acceptable++;
    const outcome = result.matching?.[learner.id] ?? null;
    const got = outcome === null ? -1 : learner.preferences.findIndex((group) => group.includes(outcome));
    if (facts.locks.has(learner.id) || (got >= 0 && got <= wanted)) content++;
  }
  const empty = row.capacity - row.filled;
  const promised = result.mode === 'learner-optimal' || result.mode === 'employer-optimal' || (result.mode === 'robust' && result.stability !== 'weak');
  const why =
    empty === 0 ? 'full'
    : employer !== undefined && employer.filled >= employer.capacity ? 'employer-full'
    : promised ? 'same-in-every-stable-outcome'
    : 'not-promised-by-this-mode';
  return { vacancy: id, capacity: row.capacity, filled: row.filled, empty, why, acceptable, placedAsWellOrBetter: content };
}
