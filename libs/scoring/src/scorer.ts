import type { BasisPoints, Digest, Gate, IsoDate, LearnerId, ScoreTerm, SkillId, VacancyId } from '@meriden/domain';
import type { ReferenceData } from '@meriden/reference';
import { Compilation } from './compilation.js';
import type { LearnerNumbers, VacancyNumbers } from './compile.js';
import { dayNumber } from './days.js';
import { Engine } from './engine.js';
import { explainGates, type Pair } from './explain-gates.js';
import { explainEmployerTerms, explainTerms } from './explain-terms.js';
import { scoringReference } from './from-reference.js';
import { evaluateGates, type GateBits, type GateSheet } from './gates.js';
import { tieKey } from './input-hash.js';
import { EMPLOYER_TERM_CODES, POLICY, policyFaults, TERM_CODES, type Policy } from './policy.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';
import type { ScoringReference } from './scoring-reference.js';
import { evaluateTerms, LearnerLens, newTermValues, reciprocal, scoreOf } from './terms.js';
import { TopLists } from './top-lists.js';

/** One pair, explained. `score` is the sum of the contributions of `terms`, `employerScore` of `employerTerms`. */
export type Fit = Readonly<{
  gates: readonly Gate[];
  /** No gate fails. An UNKNOWN gate asks and does not hide. */
  eligible: boolean;
  score: BasisPoints;
  terms: readonly ScoreTerm[];
  employerScore: BasisPoints;
  employerTerms: readonly ScoreTerm[];
}>;

export type RankedFit = Fit &
  Readonly<{
    learnerId: LearnerId;
    vacancyId: VacancyId;
    /** 1 = best. */
    rank: number;
    /** Harmonic mean of both sides. */
    orderKey: BasisPoints;
    /** Decides equal order keys. */
    tie: string;
  }>;

export type RankOptions = Readonly<{ top: number; asOf: IsoDate; digest: Digest }>;

/**
 * Compares learners and vacancies. Pure: the same arguments give the same bytes on every machine, whatever was compared before.
 * What it keeps between calls is only the compiled form of the objects it was given, by identity.
 */
export type Scorer = Readonly<{
  policy: Policy;
  /** Versions of the reference data, skill graph and journey times behind every score. */
  referenceVersion: string;
  score(learner: ScorableLearner, vacancy: ScorableVacancy, asOf: IsoDate): Fit;
  /** Both scores without reasons; null when a gate fails. */
  scoreOnly(learner: ScorableLearner, vacancy: ScorableVacancy, asOf: IsoDate): Readonly<{ score: BasisPoints; employerScore: BasisPoints }> | null;
  /** Whether no gate fails. */
  gateOnly(learner: ScorableLearner, vacancy: ScorableVacancy, asOf: IsoDate): boolean;
  /** The best vacancies for a learner, explained; pairs with a failed gate are left out. */
  suggest(learner: ScorableLearner, vacancies: readonly ScorableVacancy[], options: RankOptions): readonly RankedFit[];
  /** An engine over these vacancies, for lists out of many; what scorer and engine have made ready of either side is made once. */
  engine(vacancies: readonly ScorableVacancy[], options: RankOptions): Engine;
  /** The best learners for a vacancy, explained. */
  topForVacancy(vacancy: ScorableVacancy, learners: readonly ScorableLearner[], options: RankOptions): readonly RankedFit[];
  /** The name of a skill as people read it; the id where the graph does not know it. */
  skillLabel(skillId: SkillId): string;
}>;

/** @throws RangeError when the policy's weights do not add up. */
export function createScorer(data: ReferenceData, policy: Policy = POLICY): Scorer {
  return scorerOver(scoringReference(data), policy);
}

/** As `createScorer`, over look-ups drawn with an operator's own skill graph or journey times. */
export function scorerOver(reference: ScoringReference, policy: Policy = POLICY): Scorer {
  const faults = policyFaults(policy);
  if (faults.length > 0) throw new RangeError(faults.join('; '));
  const compilation = new Compilation(reference, policy);
  const { vocabulary } = compilation;
  const weights = Int32Array.from(TERM_CODES, (code) => policy.weights[code]);
  const employerWeights = Int32Array.from(EMPLOYER_TERM_CODES, (code) => policy.employerWeights[code]);
  const lens = new LearnerLens();
  const values = newTermValues();

  const numbersOf = (learner: ScorableLearner): LearnerNumbers => compilation.learner(learner);
  const numbersOfVacancy = (vacancy: ScorableVacancy): VacancyNumbers => compilation.vacancy(vacancy);
  let today: IsoDate = '';
  let todayNumber = dayNumber(today);
  const dayOf = (date: IsoDate): number => {
    if (date !== today) {
      today = date;
      todayNumber = dayNumber(date);
    }
    return todayNumber;
  };
  const sheet: GateSheet = { fail: 0, unknown: 0 };
  const gatesOf = (learner: ScorableLearner, l: LearnerNumbers, v: VacancyNumbers, asOf: number): GateBits => {
    evaluateGates(l, v, learner.id, reference.rules, policy, asOf, sheet);
    return sheet;
  };
  const look = (l: LearnerNumbers): void => lens.load(l, vocabulary.skillCount, vocabulary.nameCount);

  function explained(learner: ScorableLearner, vacancy: ScorableVacancy, l: LearnerNumbers, v: VacancyNumbers, asOf: number): Fit {
    const pair: Pair = { learner, vacancy, l, v, reference, policy, asOf };
    const bits = gatesOf(learner, l, v, asOf);
    evaluateTerms(l, lens, v, reference.rules, policy, values);
    return {
      gates: explainGates(pair, bits),
      eligible: bits.fail === 0,
      score: scoreOf(values.learner, weights),
      terms: explainTerms(pair, lens, vocabulary, values),
      employerScore: scoreOf(values.employer, employerWeights),
      employerTerms: explainEmployerTerms(pair, lens, vocabulary, values),
    };
  }

  type PairAt = (item: number) => readonly [ScorableLearner, ScorableVacancy];
  function ranked(top: TopLists, pairAt: PairAt, options: RankOptions): readonly RankedFit[] {
    const asOf = dayOf(options.asOf);
    return top.best(0).map(({ item, key }, i) => {
      const [learner, vacancy] = pairAt(item);
      const l = numbersOf(learner);
      const v = numbersOfVacancy(vacancy);
      look(l);
      return {
        ...explained(learner, vacancy, l, v, asOf),
        learnerId: learner.id,
        vacancyId: vacancy.id,
        rank: i + 1,
        orderKey: key,
        tie: tieKey(policy.version, learner.id, vacancy.id, options.digest),
      };
    });
  }

  const topList = (count: number, pairAt: PairAt, options: RankOptions): TopLists =>
    new TopLists(1, Math.min(options.top, count), (_, item) => {
      const [learner, vacancy] = pairAt(item);
      return tieKey(policy.version, learner.id, vacancy.id, options.digest);
    });

  return {
    policy,
    referenceVersion: reference.version,
    score(learner, vacancy, asOf) {
      const l = numbersOf(learner);
      const v = numbersOfVacancy(vacancy);
      look(l);
      return explained(learner, vacancy, l, v, dayOf(asOf));
    },
    scoreOnly(learner, vacancy, asOf) {
      const l = numbersOf(learner);
      const v = numbersOfVacancy(vacancy);
      if (gatesOf(learner, l, v, dayOf(asOf)).fail !== 0) return null;
      look(l);
      evaluateTerms(l, lens, v, reference.rules, policy, values);
      return { score: scoreOf(values.learner, weights), employerScore: scoreOf(values.employer, employerWeights) };
    },
    gateOnly(learner, vacancy, asOf) {
      return gatesOf(learner, numbersOf(learner), numbersOfVacancy(vacancy), dayOf(asOf)).fail === 0;
    },
    suggest(learner, offered, options) {
      const asOf = dayOf(options.asOf);
      const compiled = offered.map(numbersOfVacancy);
      const l = numbersOf(learner);
      look(l);
      const pairAt: PairAt = (item) => [learner, offered[item] as ScorableVacancy];
      const top = topList(offered.length, pairAt, options);
      offered.forEach((_, i) => {
        const v = compiled[i] as VacancyNumbers;
        if (gatesOf(learner, l, v, asOf).fail !== 0) return;
        evaluateTerms(l, lens, v, reference.rules, policy, values);
        top.offer(0, reciprocal(scoreOf(values.learner, weights), scoreOf(values.employer, employerWeights)), i);
      });
      return ranked(top, pairAt, options);
    },
    engine: (offered, options) => new Engine(reference, offered, { ...options, policy, compilation }),
    topForVacancy(vacancy, candidates, options) {
      const asOf = dayOf(options.asOf);
      const v = numbersOfVacancy(vacancy);
      const pairAt: PairAt = (item) => [candidates[item] as ScorableLearner, vacancy];
      const top = topList(candidates.length, pairAt, options);
      candidates.forEach((learner, i) => {
        const l = numbersOf(learner);
        if (gatesOf(learner, l, v, asOf).fail !== 0) return;
        look(l);
        evaluateTerms(l, lens, v, reference.rules, policy, values);
        top.offer(0, reciprocal(scoreOf(values.learner, weights), scoreOf(values.employer, employerWeights)), i);
      });
      return ranked(top, pairAt, options);
    },
    skillLabel: (skillId) => vocabulary.label(vocabulary.skill(skillId)),
  };
}
