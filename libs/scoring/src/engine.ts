import { PROGRAMME_KINDS, type Digest, type IsoDate } from '@meriden/domain';
import { learnerNumbers, vacancyNumbers, type LearnerNumbers, type VacancyNumbers } from './compile.js';
import { dayNumber } from './days.js';
import { DAYS, evaluateGates, unpaidTooLong, type GateSheet } from './gates.js';
import { tieKey } from './input-hash.js';
import { EMPLOYER_TERM_CODES, POLICY, TERM_CODES, type Policy } from './policy.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';
import type { ScoringReference } from './scoring-reference.js';
import { evaluateOtherTerms, evaluateSkillTerms, LearnerLens, newTermValues, reciprocal, scoreOf } from './terms.js';
import { TopList } from './top-list.js';
import { Vocabulary } from './vocabulary.js';

/** One kept pair without reasons; `at` is the position of the other side in the list it came from. */
export type KeptPair = Readonly<{ at: number; orderKey: number }>;

/** What became of the pairs: `shut` by a gate, `bounded` by a proof that they cannot be kept, `scored` in full. */
export type PairCounts = { pairs: number; shut: number; bounded: number; scored: number };

export type EngineOptions = Readonly<{ top: number; asOf: IsoDate; digest: Digest; policy?: Policy }>;

/**
 * Exact top lists over many pairs. Gates that depend on few attributes of a learner (programme, level, entry point, funding,
 * journeys) are bit sets over the vacancies, intersected a word at a time; the rest are checked for each pair left. The skill
 * terms come first: with all other terms at their most they bound the order key, and a pair that neither side could keep is not
 * scored further. The lists equal those of scoring everything (see engine.spec.ts), in any order of input.
 *
 * Cost: O(words of the bit sets) a learner + O(needs of the vacancy) an open pair.
 */
export class Engine {
  readonly counts: PairCounts = { pairs: 0, shut: 0, bounded: 0, scored: 0 };
  readonly #policy: Policy;
  readonly #vocabulary: Vocabulary;
  readonly #vacancies: ScorableVacancy[];
  readonly #numbers: VacancyNumbers[];
  readonly #asOf: number;
  readonly #weights: Int32Array;
  readonly #employerWeights: Int32Array;
  readonly #lens = new LearnerLens();
  readonly #values = newTermValues();
  readonly #sheet: GateSheet = { fail: 0, unknown: 0 };
  readonly #open: Uint32Array;
  /** By vacancy: start, end, weekdays, hours a day (-1 = not known), total hours. */
  readonly #times: Float64Array;
  readonly #otherBound: number;
  readonly #employerOtherBound: number;
  /** Bit sets by what a learner is: rebuilt when a vacancy changes. */
  #masks = new Map<string, Uint32Array>();

  constructor(
    private readonly reference: ScoringReference,
    vacancies: readonly ScorableVacancy[],
    private readonly options: EngineOptions,
  ) {
    this.#policy = options.policy ?? POLICY;
    this.#vocabulary = new Vocabulary(reference.graph, reference.campusIds);
    this.#vacancies = [...vacancies];
    this.#numbers = vacancies.map((vacancy) => vacancyNumbers(vacancy, this.#vocabulary, reference, this.#policy));
    this.#asOf = dayNumber(options.asOf);
    this.#weights = Int32Array.from(TERM_CODES, (code) => this.#policy.weights[code]);
    this.#employerWeights = Int32Array.from(EMPLOYER_TERM_CODES, (code) => this.#policy.employerWeights[code]);
    this.#open = new Uint32Array((vacancies.length + 31) >>> 5);
    this.#times = new Float64Array(vacancies.length * TIMES);
    this.#numbers.forEach((v, at) => this.#keepTimes(at, v));
    const { weights, employerWeights } = this.#policy;
    this.#otherBound = 10_000 - weights.SKILLS;
    this.#employerOtherBound = employerWeights.HOURS + employerWeights.READINESS;
  }

  /** Puts a vacancy in the place of another: the next question sees it. O(vacancies) for the bit sets, once. */
  replaceVacancy(at: number, vacancy: ScorableVacancy): void {
    this.#vacancies[at] = vacancy;
    this.#numbers[at] = vacancyNumbers(vacancy, this.#vocabulary, this.reference, this.#policy);
    this.#keepTimes(at, this.#numbers[at] as VacancyNumbers);
    this.#masks = new Map();
  }

  #keepTimes(at: number, v: VacancyNumbers): void {
    this.#times.set([v.starts, v.ends, v.weekdays, v.weekdayCount === 0 ? -1 : v.hoursPerWeek / v.weekdayCount, v.totalHours], at * TIMES);
  }

  /** A new list of the best learners for each vacancy, to be filled by `bestFor` over many learners. */
  vacancyLists(learnerIdAt: (at: number) => string): readonly TopList<number>[] {
    return this.#vacancies.map((vacancy) => new TopList<number>(this.options.top, (at) => tieKey(this.#policy.version, learnerIdAt(at), vacancy.id, this.options.digest)));
  }

  /** The learner as integers, for callers that ask about the same one again. */
  compile(learner: ScorableLearner): LearnerNumbers {
    return learnerNumbers(learner, this.#vocabulary, this.reference, this.#policy);
  }

  /**
   * The best vacancies for a learner, best first. With `lists`, the learner (known there as `learnerAt`) is also offered to the
   * list of every vacancy.
   */
  bestFor(learner: ScorableLearner, lists: readonly TopList<number>[] | null = null, learnerAt = -1, l: LearnerNumbers = this.compile(learner)): readonly KeptPair[] {
    const best = new TopList<number>(this.options.top, (at) => tieKey(this.#policy.version, learner.id, (this.#vacancies[at] as ScorableVacancy).id, this.options.digest));
    const { rules } = this.reference;
    this.#lens.load(l, this.#vocabulary.skillCount, this.#vocabulary.nameCount);
    this.counts.pairs += this.#vacancies.length;
    let open = 0;
    if (l.consent) {
      const bits = this.#openTo(l);
      for (let word = 0; word < bits.length; word++) {
        let left = bits[word] as number;
        while (left !== 0) {
          const low = left & -left;
          left ^= low;
          const at = (word << 5) + (31 - Math.clz32(low));
          if (this.#shutByTime(l, at)) continue;
          const v = this.#numbers[at] as VacancyNumbers;
          evaluateGates(l, v, learner.id, rules, this.#policy, this.#asOf, this.#sheet);
          if (this.#sheet.fail !== 0) continue;
          open++;
          const list = lists?.[at];
          const bound = this.#bound(l, v);
          if (bound < best.floor && (list === undefined || bound < list.floor)) {
            this.counts.bounded++;
            continue;
          }
          evaluateOtherTerms(l, this.#lens, v, rules, this.#policy, this.#values);
          this.counts.scored++;
          const key = reciprocal(scoreOf(this.#values.learner, this.#weights), scoreOf(this.#values.employer, this.#employerWeights));
          best.offer(key, at);
          list?.offer(key, learnerAt);
        }
      }
    }
    this.counts.shut += this.#vacancies.length - open;
    return best.best().map(({ key, item }) => ({ at: item, orderKey: key }));
  }

  /** The order key of every vacancy for a learner, -1 where a gate shuts: a full row, nothing bounded. */
  row(learner: ScorableLearner, out: Int32Array, l: LearnerNumbers = this.compile(learner)): void {
    const { rules } = this.reference;
    this.#lens.load(l, this.#vocabulary.skillCount, this.#vocabulary.nameCount);
    for (let at = 0; at < this.#numbers.length; at++) {
      const v = this.#numbers[at] as VacancyNumbers;
      evaluateGates(l, v, learner.id, rules, this.#policy, this.#asOf, this.#sheet);
      if (this.#sheet.fail !== 0) {
        out[at] = -1;
        continue;
      }
      evaluateSkillTerms(l, this.#lens, v, this.#policy, this.#values);
      evaluateOtherTerms(l, this.#lens, v, rules, this.#policy, this.#values);
      out[at] = reciprocal(scoreOf(this.#values.learner, this.#weights), scoreOf(this.#values.employer, this.#employerWeights));
    }
  }

  /** Evaluates the skill terms and returns the most that the order key of the pair can be. */
  #bound(l: LearnerNumbers, v: VacancyNumbers): number {
    evaluateSkillTerms(l, this.#lens, v, this.#policy, this.#values);
    const { learner, employer } = this.#values;
    const score = this.#otherBound + Math.floor(((this.#weights[0] as number) * (learner[0] as number)) / 10_000);
    let employerScore = this.#employerOtherBound;
    for (let i = 0; i < 3; i++) employerScore += Math.floor(((this.#employerWeights[i] as number) * (employer[i] as number)) / 10_000);
    return reciprocal(score, employerScore);
  }

  /**
   * DATES or HOURS fails for certain: read from flat arrays, since most pairs end here. It may only say so where `evaluateGates`
   * does: unknown dates (NaN) shut nothing, and the hours that count are never more than those in reach.
   */
  #shutByTime(l: LearnerNumbers, at: number): boolean {
    const times = this.#times;
    const i = at * TIMES;
    const total = times[i + 4] as number;
    if (l.required > total) return true;
    const starts = times[i] as number;
    const ends = times[i + 1] as number;
    const perDay = times[i + 3] as number;
    if (!l.availabilityKnown || !(starts <= ends) || perDay < 0) return false;
    const shared = DAYS[l.weekdays & (times[i + 2] as number)] as number;
    if (l.to < starts || l.from > ends || shared === 0) return true;
    if (l.required === 0) return false;
    const days = Math.min(l.to, ends) - Math.max(l.from, starts) + 1;
    // One hour of slack for the rounding of a quotient that is divided in another order than in `reachableHours`.
    return (Math.min(l.hoursPerWeek, shared * perDay) * days) / 7 + 1 < l.required;
  }

  /** Vacancies that no gate of few attributes shuts to this learner. */
  #openTo(l: LearnerNumbers): Uint32Array {
    const out = this.#open;
    const fixed = this.#mask(`F|${l.programme}|${l.level}|${l.entryPoint}|${l.remoteLimit}|${[...l.funding].sort().join()}`, (v) => this.#fixedGates(l, v));
    out.set(this.#mask('anywhere', (v) => v.remoteShare >= 10_000 || v.campus < 0));
    for (let campus = 0; campus < l.minutes.length; campus++) {
      if ((l.minutes[campus] as number) > l.maxMinutes) continue;
      const there = this.#mask(`C|${campus}`, (v) => v.campus === campus);
      for (let i = 0; i < out.length; i++) out[i]! |= there[i] as number;
    }
    for (let i = 0; i < out.length; i++) out[i]! &= fixed[i] as number;
    return out;
  }

  #fixedGates(l: LearnerNumbers, v: VacancyNumbers): boolean {
    if (!v.open || v.ends < this.#asOf || v.siteFrom > v.starts) return false;
    if (v.programmes !== 0 && !(v.programmes & l.programme)) return false;
    if (v.levelFrom <= v.levelTo && (l.level < v.levelFrom || l.level > v.levelTo)) return false;
    if (v.entryPoints.length > 0 && !v.entryPoints.includes(l.entryPoint)) return false;
    if (v.fundingRequired && v.funding.length > 0 && !l.funding.some((id) => v.funding.includes(id))) return false;
    if (v.unpaid && (l.programme === APPRENTICESHIP || unpaidTooLong(v, this.reference.rules))) return false;
    return !(l.programme === T_LEVEL && v.remoteShare > l.remoteLimit);
  }

  #mask(key: string, holds: (v: VacancyNumbers) => boolean): Uint32Array {
    let bits = this.#masks.get(key);
    if (bits === undefined) {
      bits = new Uint32Array(this.#open.length);
      for (let at = 0; at < this.#numbers.length; at++) if (holds(this.#numbers[at] as VacancyNumbers)) bits[at >>> 5]! |= 1 << (at & 31);
      this.#masks.set(key, bits);
    }
    return bits;
  }
}

/** Numbers a vacancy in the flat array of times. */
const TIMES = 5;
const T_LEVEL = 1 << PROGRAMME_KINDS.indexOf('T_LEVEL');
const APPRENTICESHIP = 1 << PROGRAMME_KINDS.indexOf('APPRENTICESHIP');
