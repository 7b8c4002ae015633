import { first53Bits } from './lottery.js';
import type { Digest, InstanceLearner, MatchingInstance } from './instance.js';
import { MatchingError } from './matching-error.js';
import type { NumberedLists } from './numbered-lists.js';
import { numberedLists } from './numbered-lists.js';
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
  const facts = gather(instance, result, digest);
  const explainLearner = (id: string): LearnerExplanation => {
    const s = facts.lists.learnerIndex.get(id);
    if (s === undefined) throw new MatchingError('contradictory', 'learner', `"${id}" is not declared`, 'Name a learner of the instance');
    return learnerExplanation(facts, s, matching[id] ?? null);
  };
  return {
    learner: explainLearner,
    vacancy: (id) => vacancyExplanation(facts, id),
    reasons: () => {
      const all: [string, readonly Reason[]][] = [];
      facts.lists.learnerIds.forEach((id, s) => {
        const { reasons } = learnerExplanation(facts, s, matching[id] ?? null);
        if (reasons.length > 0) all.push([id, reasons]);
      });
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

type Facts = Readonly<{
  result: SolveResult;
  lists: NumberedLists;
  /** By number: each learner as given, and the certificate's rows of vacancies and, in SPA families, of who ranks. */
  learners: readonly InstanceLearner[];
  vacancyRow: readonly (CertificateRow | undefined)[];
  rankerRow: readonly (CertificateRow | undefined)[];
  /** Names of locks, by the learner, and by place (`v` vacancy, `e` employer). */
  locks: ReadonlyMap<string, string>;
  locksAt: ReadonlyMap<string, readonly string[]>;
  rule: (learner: string, vacancy: string) => string | undefined;
  numberOf: (ranker: number, learner: string) => number;
}>;

function gather(instance: MatchingInstance, result: SolveResult, digest: Digest): Facts {
  const lists = numberedLists(instance);
  const { seed } = result.certificate.lottery;
  const byNumber = <T extends { id: string }>(all: readonly T[], index: ReadonlyMap<string, number>): T[] => {
    const found = new Array<T>(index.size);
    for (const one of all) found[index.get(one.id) as number] = one;
    return found;
  };
  const locksAt = new Map<string, string[]>();
  for (const lock of instance.locks ?? []) {
    const employer = lists.rankerIds[lists.ranker[lists.vacancyIndex.get(lock.vacancy) as number] as number];
    for (const place of lists.twoLevel ? [`v ${lock.vacancy}`, `e ${employer}`] : [`v ${lock.vacancy}`]) locksAt.set(place, [...(locksAt.get(place) ?? []), lock.name].sort());
  }
  const rules = new Map((instance.ineligible ?? []).map((v) => [JSON.stringify([v.learner, v.vacancy]), v.rule]));
  return {
    result, lists, locksAt,
    learners: byNumber(instance.learners, lists.learnerIndex),
    vacancyRow: byNumber(result.certificate.vacancies, lists.vacancyIndex),
    rankerRow: lists.twoLevel ? byNumber(result.certificate.employers ?? [], lists.rankerIndex) : [],
    locks: new Map((instance.locks ?? []).map((l) => [l.learner, l.name])),
    rule: (learner, vacancy) => (rules.size === 0 ? undefined : rules.get(JSON.stringify([learner, vacancy]))),
    numberOf: (ranker, learner) => first53Bits(digest(`${seed}|e|${lists.rankerIds[ranker]}|${learner}`)),
  };
}

/** Rank of the tie group with the vacancy, 0 if she does not list it. */
function rankOf({ preferences }: InstanceLearner, vacancy: string | null): number {
  return vacancy === null ? 0 : preferences.findIndex((group) => group.includes(vacancy)) + 1;
}

function learnerExplanation(facts: Facts, s: number, outcome: string | null): LearnerExplanation {
  const { lists, result, locks } = facts;
  const learner = facts.learners[s] as InstanceLearner;
  const got = rankOf(learner, outcome);
  const better = got === 0 ? learner.preferences.length : got - 1;
  const reasons: Reason[] = [];
  let k = lists.wished.start[s] as number;
  const end = lists.wished.start[s + 1] as number;
  for (let g = 0; g < better; g++) {
    const group = learner.preferences[g] as readonly string[];
    for (const vacancy of group.length > 1 ? [...group].sort() : group) {
      const p = lists.vacancyIndex.get(vacancy);
      // Her entry for it, among those of this tie group; entries that name undeclared ids are not there.
      let entry = k;
      while (entry < end && lists.wished.id[entry] !== p) entry++;
      const rank = g + 1;
      reasons.push(p === undefined ? { vacancy, rank, kind: 'not-declared' } : reasonFor(facts, learner.id, vacancy, rank, p, entry < end ? (lists.place[entry] as number) : -1));
    }
    while (k < end && lists.wished.rank[k] === g + 1) k++;
  }
  return { learner: learner.id, outcome, rank: got === 0 ? null : got, best: result.mode === 'learner-optimal' && !locks.has(learner.id), reasons };
}

/**
 * @param rank of her entry for the vacancy, which is number p
 * @param place where the learner stands on the list of who ranks for it, -1 if nowhere
 */
function reasonFor(facts: Facts, learner: string, vacancy: string, rank: number, p: number, place: number): Reason {
  const { result, lists } = facts;
  const rule = facts.rule(learner, vacancy);
  if (rule !== undefined) return { vacancy, rank, kind: 'not-eligible', rule };
  const lock = facts.locks.get(learner);
  if (lock !== undefined) return { vacancy, rank, kind: 'locked', locks: [lock] };
  if (place < 0) return { vacancy, rank, kind: 'not-listed' };
  const ranker = lists.ranker[p] as number;
  const yourRank = lists.listed.rank[(lists.listed.start[ranker] as number) + place] as number;
  for (const at of LEVELS) {
    const row = at === 'vacancy' ? facts.vacancyRow[p] : facts.rankerRow[ranker];
    if (row === undefined || row.filled < row.capacity) continue;
    const full = at === 'vacancy' ? 'vacancy-full' : 'employer-full';
    if (row.cutOff === null) {
      const locks = facts.locksAt.get(at === 'vacancy' ? `v ${vacancy}` : `e ${lists.rankerIds[ranker]}`);
      return locks !== undefined ? { vacancy, rank, kind: 'locked', locks } : { vacancy, rank, kind: full, lastRank: null, yourRank };
    }
    if (result.mode === 'score') return { vacancy, rank, kind: full, lastRank: row.cutOff.rank, yourRank };
    if (yourRank > row.cutOff.rank) return { vacancy, rank, kind: full, lastRank: row.cutOff.rank, yourRank };
    if (yourRank < row.cutOff.rank) continue;
    if (!result.certificate.lottery.decides) return { vacancy, rank, kind: 'tie', at, tiedRank: yourRank };
    const yourNumber = facts.numberOf(ranker, learner);
    if (row.cutOff.lottery !== null && yourNumber >= row.cutOff.lottery)
      return { vacancy, rank, kind: 'lottery', at, tiedRank: yourRank, lastNumber: row.cutOff.lottery, yourNumber };
  }
  if (result.mode === 'score') return { vacancy, rank, kind: 'objective' };
  throw new MatchingError('contradictory', `result.matching[${JSON.stringify(learner)}]`, `has no reason for not being at ${JSON.stringify(vacancy)}, so the result is not stable`, 'Run verify on it');
}

const LEVELS = ['vacancy', 'employer'] as const;

function vacancyExplanation({ result, lists, learners, locks, rule, ...facts }: Facts, id: string): VacancyExplanation {
  const p = lists.vacancyIndex.get(id);
  const row = p === undefined ? undefined : facts.vacancyRow[p];
  if (p === undefined || row === undefined) throw new MatchingError('contradictory', 'vacancy', `"${id}" is not declared`, 'Name a vacancy of the instance');
  const employer = facts.rankerRow[lists.ranker[p] as number];
  let acceptable = 0;
  let content = 0;
  learners.forEach((learner, s) => {
    const entry = lists.wished.id.subarray(0, lists.wished.start[s + 1]).indexOf(p, lists.wished.start[s]);
    if (entry < 0 || (lists.place[entry] as number) < 0 || rule(learner.id, id) !== undefined) return;
    acceptable++;
    const got = rankOf(learner, result.matching?.[learner.id] ?? null);
    if (locks.has(learner.id) || (got > 0 && got <= (lists.wished.rank[entry] as number))) content++;
  });
  const empty = row.capacity - row.filled;
  const promised = result.mode === 'learner-optimal' || result.mode === 'employer-optimal' || (result.mode === 'robust' && result.stability !== 'weak');
  const why =
    empty === 0 ? 'full'
    : employer !== undefined && employer.filled >= employer.capacity ? 'employer-full'
    : promised ? 'same-in-every-stable-outcome'
    : 'not-promised-by-this-mode';
  return { vacancy: id, capacity: row.capacity, filled: row.filled, empty, why, acceptable, placedAsWellOrBetter: content };
}
