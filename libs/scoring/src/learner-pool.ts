import { PROGRAMME_KINDS, type Digest, type IsoDate } from '@meriden/domain';
import { learnerNumbers, vacancyNumbers, type LearnerNumbers, type VacancyNumbers } from './compile.js';
import { dayNumber } from './days.js';
import { DAYS, evaluateGates, type GateSheet } from './gates.js';
import { tieKey } from './input-hash.js';
import { EMPLOYER_TERM_CODES, POLICY, TERM_CODES, type Policy } from './policy.js';
import type { KeptPair } from './engine.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';
import type { ScoringReference } from './scoring-reference.js';
import { evaluateOtherTerms, evaluateSkillTerms, LearnerLens, newTermValues, reciprocal, scoreOf } from './terms.js';
import { TopLists } from './top-lists.js';
import { Vocabulary } from './vocabulary.js';

type Groups = Map<number, Uint32Array>;

/**
 * Many learners, ready to be asked by one vacancy after another: bit sets over the learners by programme, level, entry point and
 * reach of each campus, intersected a word at a time; dates and hours from flat arrays; then by falling bound (skills known, all
 * other terms at their most) the gates left and the score, until no learner left can be kept.
 */
export class LearnerPool {
  readonly #policy: Policy;
  readonly #vocabulary: Vocabulary;
  readonly #learners: ScorableLearner[];
  readonly #numbers: LearnerNumbers[];
  readonly #programmes: Groups = new Map();
  readonly #levels: Groups = new Map();
  readonly #entryPoints: Groups = new Map();
  readonly #reach: Groups = new Map();
  readonly #consenting: Uint32Array;
  readonly #words: number;
  readonly #lens = new LearnerLens();
  readonly #values = newTermValues();
  readonly #sheet: GateSheet = { fail: 0, unknown: 0 };
  readonly #weights: Int32Array;
  readonly #employerWeights: Int32Array;
  /** By learner: from, to, weekdays, hours a week, required hours, whether the rest is known. */
  readonly #times: Float64Array;
  readonly #left: Float64Array;
  readonly #otherBound: number;
  readonly #employerOtherBound: number;

  constructor(
    private readonly reference: ScoringReference,
    learners: readonly ScorableLearner[],
    policy: Policy = POLICY,
  ) {
    this.#policy = policy;
    this.#vocabulary = new Vocabulary(reference.graph, reference.campusIds);
    this.#learners = [...learners];
    this.#words = (learners.length + 31) >>> 5;
    this.#consenting = new Uint32Array(this.#words);
    this.#weights = Int32Array.from(TERM_CODES, (code) => policy.weights[code]);
    this.#employerWeights = Int32Array.from(EMPLOYER_TERM_CODES, (code) => policy.employerWeights[code]);
    this.#times = new Float64Array(learners.length * TIMES);
    this.#left = new Float64Array(learners.length);
    this.#otherBound = 10_000 - policy.weights.SKILLS;
    this.#employerOtherBound = policy.employerWeights.HOURS + policy.employerWeights.READINESS;
    this.#numbers = learners.map((learner) => learnerNumbers(learner, this.#vocabulary, reference, policy));
    this.#numbers.forEach((_, at) => this.#file(at));
  }

  /** Puts a learner in the place of another: the next question sees it. */
  replaceLearner(at: number, learner: ScorableLearner): void {
    for (const groups of [this.#programmes, this.#levels, this.#entryPoints, this.#reach]) for (const bits of groups.values()) bits[at >>> 5]! &= ~(1 << (at & 31));
    this.#consenting[at >>> 5]! &= ~(1 << (at & 31));
    this.#learners[at] = learner;
    this.#numbers[at] = learnerNumbers(learner, this.#vocabulary, this.reference, this.#policy);
    this.#file(at);
  }

  /** The best learners for a vacancy, best first; `at` is their position in the list given. */
  bestFor(vacancy: ScorableVacancy, options: Readonly<{ top: number; asOf: IsoDate; digest: Digest }>): readonly KeptPair[] {
    const v = vacancyNumbers(vacancy, this.#vocabulary, this.reference, this.#policy);
    const asOf = dayNumber(options.asOf);
    const best = new TopLists(1, Math.min(options.top, this.#learners.length), (_, at) => tieKey(this.#policy.version, (this.#learners[at] as ScorableLearner).id, vacancy.id, options.digest));
    const count = this.#boundPairs(v);
    const left = this.#left.subarray(0, count).sort();
    for (let i = count - 1; i >= 0; i--) {
      const bound = Math.floor((left[i] as number) / SLOTS);
      if (bound < (best.floors[0] as number)) break;
      const at = (left[i] as number) - bound * SLOTS;
      const l = this.#numbers[at] as LearnerNumbers;
      evaluateGates(l, v, (this.#learners[at] as ScorableLearner).id, this.reference.rules, this.#policy, asOf, this.#sheet);
      if (this.#sheet.fail !== 0) continue;
      this.#lens.loadNeeds(l, v, this.#vocabulary.skillCount);
      this.#lens.loadWords(l, v, this.#vocabulary.nameCount);
      evaluateSkillTerms(l, this.#lens, v, this.#policy, this.#values);
      evaluateOtherTerms(l, this.#lens, v, this.reference.rules, this.#policy, this.#values);
      best.offer(0, reciprocal(scoreOf(this.#values.learner, this.#weights), scoreOf(this.#values.employer, this.#employerWeights)), at);
    }
    return best.best(0).map(({ key, item }) => ({ at: item, orderKey: key }));
  }

  /** Writes the learners that bit sets, dates and hours leave, each with the most that its order key can be; returns how many. */
  #boundPairs(v: VacancyNumbers): number {
    const bits = this.#openTo(v);
    const { learner, employer } = this.#values;
    let count = 0;
    for (let word = 0; word < bits.length; word++) {
      let open = bits[word] as number;
      while (open !== 0) {
        const low = open & -open;
        open ^= low;
        const at = (word << 5) + (31 - Math.clz32(low));
        if (this.#shutByTime(v, at)) continue;
        const l = this.#numbers[at] as LearnerNumbers;
        this.#lens.loadNeeds(l, v, this.#vocabulary.skillCount);
        evaluateSkillTerms(l, this.#lens, v, this.#policy, this.#values);
        const score = this.#otherBound + Math.floor(((this.#weights[0] as number) * (learner[0] as number)) / 10_000);
        let employerScore = this.#employerOtherBound;
        for (let term = 0; term < 3; term++) employerScore += Math.floor(((this.#employerWeights[term] as number) * (employer[term] as number)) / 10_000);
        this.#left[count++] = reciprocal(score, employerScore) * SLOTS + at;
      }
    }
    return count;
  }

  /** DATES or HOURS fails for certain; only where `evaluateGates` says so too (see `Engine`). */
  #shutByTime(v: VacancyNumbers, at: number): boolean {
    const times = this.#times;
    const i = at * TIMES;
    const required = times[i + 4] as number;
    if (required > v.totalHours) return true;
    if (times[i + 5] === 0 || !(v.starts <= v.ends) || v.weekdayCount === 0) return false;
    const from = times[i] as number;
    const to = times[i + 1] as number;
    const shared = DAYS[(times[i + 2] as number) & v.weekdays] as number;
    if (to < v.starts || from > v.ends || shared === 0) return true;
    if (required === 0) return false;
    const days = Math.min(to, v.ends) - Math.max(from, v.starts) + 1;
    return (Math.min(times[i + 3] as number, (shared * v.hoursPerWeek) / v.weekdayCount) * days) / 7 + 1 < required;
  }

  #openTo(v: VacancyNumbers): Uint32Array {
    const bits = Uint32Array.from(this.#consenting);
    if (v.programmes !== 0) this.#keep(bits, this.#programmes, PROGRAMME_KINDS.map((_, i) => 1 << i).filter((kind) => v.programmes & kind));
    if (v.levelFrom <= v.levelTo) this.#keep(bits, this.#levels, [...this.#levels.keys()].filter((level) => !(level < v.levelFrom || level > v.levelTo)));
    if (v.entryPoints.length > 0) this.#keep(bits, this.#entryPoints, [...v.entryPoints]);
    if (v.remoteShare < 10_000 && v.campus >= 0) this.#keep(bits, this.#reach, [v.campus]);
    return bits;
  }

  #keep(bits: Uint32Array, groups: Groups, keys: readonly number[]): void {
    const any = keys.map((key) => groups.get(key)).filter((group) => group !== undefined);
    for (let i = 0; i < bits.length; i++) {
      let union = 0;
      for (const group of any) union |= group[i] as number;
      bits[i]! &= union;
    }
  }

  #file(at: number): void {
    const l = this.#numbers[at] as LearnerNumbers;
    this.#times.set([l.from, l.to, l.weekdays, l.hoursPerWeek, l.required, l.availabilityKnown ? 1 : 0], at * TIMES);
    const mark = (groups: Groups, key: number): void => {
      let bits = groups.get(key);
      if (bits === undefined) groups.set(key, (bits = new Uint32Array(this.#words)));
      bits[at >>> 5]! |= 1 << (at & 31);
    };
    if (l.consent) this.#consenting[at >>> 5]! |= 1 << (at & 31);
    mark(this.#programmes, l.programme);
    mark(this.#levels, l.level);
    mark(this.#entryPoints, l.entryPoint);
    l.minutes.forEach((minutes, campus) => {
      if (minutes <= l.maxMinutes) mark(this.#reach, campus);
    });
  }
}

/** Numbers a learner in the flat array of times, and the most learners of a pool. */
const TIMES = 6;
const SLOTS = 2 ** 32;
