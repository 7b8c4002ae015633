import { CHECK_KINDS, PROGRAMME_KINDS, type Digest, type IsoDate, type LearnerId } from '@meriden/domain';
import type { Compilation } from './compilation.js';
import { learnerNumbers, vacancyNumbers, type LearnerNumbers, type VacancyNumbers } from './compile.js';
import { dayNumber } from './days.js';
import { DAYS, DBS, evaluateGates, unpaidTooLong, type GateSheet } from './gates.js';
import { tieKey } from './input-hash.js';
import { EMPLOYER_TERM_CODES, POLICY, TERM_CODES, type Policy } from './policy.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';
import type { PlacementRules, ScoringReference } from './scoring-reference.js';
import { evaluateOtherTerms, evaluateSkillTerms, fieldTerms, journeyFit, LearnerLens, levelFit, newTermValues, reciprocal, scoreOf, skillTerms } from './terms.js';
import { learnerTimes, mostHours, TIMES, vacancyTimes } from './times.js';
import { TopLists } from './top-lists.js';
import { Vocabulary } from './vocabulary.js';

/** One kept pair without reasons; `at` is the position of the other side in the list it came from. */
export type KeptPair = Readonly<{ at: number; orderKey: number }>;

/** What became of the pairs: `shut` by a gate, `bounded` by a proof that they cannot be kept, `scored` in full. */
export type PairCounts = { pairs: number; shut: number; bounded: number; scored: number };

/** `compilation`: of a scorer over the same reference and policy; what it has made ready is not made again. */
export type EngineOptions = Readonly<{ top: number; asOf: IsoDate; digest: Digest; policy?: Policy; compilation?: Compilation }>;

/**
 * Exact top lists over many pairs. Gates that depend on few attributes of a learner (programme, level, entry point, funding,
 * journeys) are bit sets over the vacancies, intersected a word at a time. What most pairs end at, dates and hours, and what
 * bounds them, skills and journey, lies in flat arrays, so that a pair which is not kept never touches its vacancy. The pairs left are taken
 * by falling bound (all other terms at their most): a pair that neither side could keep is neither checked further nor scored. The
 * lists equal those of scoring everything (see engine.spec.ts), in any order of input.
 *
 * Cost: O(words of the bit sets + p log p) a learner with p pairs left by bit sets, dates and hours, + O(needs) each of these.
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
  /** A row of times by vacancy, and that of the learner who asks. */
  readonly #times: Float64Array;
  readonly #own = new Float64Array(TIMES);
  /** Needs and fields of all vacancies one after another; by vacancy: where its needs begin and essentials end, both sums, campus (-1 unknown, -2 anywhere), kind,
   * where its fields begin, their sum, levels from and to. */
  #needs: Int32Array = new Int32Array(0);
  #fields: Int32Array = new Int32Array(0);
  #shape: Int32Array = new Int32Array(0);
  /** Of the pairs left: bound and vacancy in one number, and the skill terms. */
  readonly #left: Float64Array;
  readonly #skillValues: Int32Array;
  #travel = new Int32Array(0);
  readonly #best: TopLists;
  #asking: LearnerId = '';
  /** Bit sets by what a learner is: rebuilt when a vacancy changes. */
  #masks = new Map<string, Uint32Array>();

  constructor(
    private readonly reference: ScoringReference,
    vacancies: readonly ScorableVacancy[],
    private readonly options: EngineOptions,
  ) {
    this.#policy = options.policy ?? POLICY;
    this.#vocabulary = options.compilation?.vocabulary ?? new Vocabulary(reference.graph, reference.campusIds);
    this.#vacancies = [...vacancies];
    this.#numbers = vacancies.map((vacancy) => this.#compiled(vacancy));
    this.#asOf = dayNumber(options.asOf);
    this.#weights = Int32Array.from(TERM_CODES, (code) => this.#policy.weights[code]);
    this.#employerWeights = Int32Array.from(EMPLOYER_TERM_CODES, (code) => this.#policy.employerWeights[code]);
    this.#open = new Uint32Array((vacancies.length + 31) >>> 5);
    this.#times = new Float64Array(vacancies.length * TIMES);
    this.#numbers.forEach((v, at) => this.#keepTimes(at, v));
    this.#best = new TopLists(1, Math.min(options.top, vacancies.length), (_, at) => tieKey(this.#policy.version, this.#asking, (this.#vacancies[at] as ScorableVacancy).id, options.digest));
    this.#left = new Float64Array(vacancies.length);
    this.#skillValues = new Int32Array(vacancies.length * SKILL_TERMS);
    this.#keepShapes();
  }

  /** Puts a vacancy in the place of another: the next question sees it. O(vacancies) for the bit sets, once. */
  replaceVacancy(at: number, vacancy: ScorableVacancy): void {
    this.#vacancies[at] = vacancy;
    this.#numbers[at] = this.#compiled(vacancy);
    this.#keepTimes(at, this.#numbers[at] as VacancyNumbers);
    this.#keepShapes();
    this.#masks = new Map();
  }

  #keepShapes(): void {
    const { needs, fields, shape } = shapesOf(this.#numbers, (v) => kindOf(v, this.reference.rules, this.#policy, this.#asOf));
    this.#needs = needs;
    this.#fields = fields;
    this.#shape = shape;
  }

  #keepTimes(at: number, v: VacancyNumbers): void {
    this.#times.set(vacancyTimes(v, this.reference.rules), at * TIMES);
  }

  /** New lists of the best learners, one for each vacancy, to be filled by `bestFor` over many learners. */
  vacancyLists(learnerIdAt: (at: number) => string): TopLists {
    const ids = this.#vacancies.map((vacancy) => vacancy.id);
    return new TopLists(ids.length, this.options.top, (list, at) => tieKey(this.#policy.version, learnerIdAt(at), ids[list] as string, this.options.digest));
  }

  /** The learner as integers, for callers that ask about the same one again. */
  compile(learner: ScorableLearner): LearnerNumbers {
    return this.options.compilation?.learner(learner) ?? learnerNumbers(learner, this.#vocabulary, this.reference, this.#policy);
  }

  #compiled(vacancy: ScorableVacancy): VacancyNumbers {
    return this.options.compilation?.vacancy(vacancy) ?? vacancyNumbers(vacancy, this.#vocabulary, this.reference, this.#policy);
  }

  /**
   * The best vacancies for a learner, best first. With `lists`, the learner (known there as `learnerAt`) is also offered to the
   * list of every vacancy.
   */
  bestFor(learner: ScorableLearner, lists: TopLists | null = null, learnerAt = -1, l: LearnerNumbers = this.compile(learner)): readonly KeptPair[] {
    const best = this.#best;
    best.clear(0);
    this.#asking = learner.id;
    const { rules } = this.reference;
    this.#lens.load(l, this.#vocabulary.skillCount, this.#vocabulary.nameCount);
    this.counts.pairs += this.#vacancies.length;
    const count = l.consent ? this.#boundPairs(l) : 0;
    const left = this.#left.subarray(0, count).sort();
    let shut = this.#vacancies.length - count;
    for (let i = count - 1; i >= 0; i--) {
      const bound = Math.floor((left[i] as number) / SLOTS);
      const at = (left[i] as number) - bound * SLOTS;
      if (bound < (best.floors[0] as number) && (lists === null || bound < (lists.floors[at] as number))) {
        // Without lists to fill, every pair after this one is bounded as well.
        if (lists === null) {
          this.counts.bounded += i + 1;
          break;
        }
        this.counts.bounded++;
        continue;
      }
      const v = this.#numbers[at] as VacancyNumbers;
      if (!this.#surelyOpen(l, at)) {
        evaluateGates(l, v, learner.id, rules, this.#policy, this.#asOf, this.#sheet);
        if (this.#sheet.fail !== 0) {
          shut++;
          continue;
        }
      }
      this.#recallSkillTerms(at);
      evaluateOtherTerms(l, this.#lens, v, rules, this.#policy, this.#values);
      this.counts.scored++;
      const key = reciprocal(scoreOf(this.#values.learner, this.#weights), scoreOf(this.#values.employer, this.#employerWeights));
      best.offer(0, key, at);
      lists?.offer(at, key, learnerAt);
    }
    this.counts.shut += shut;
    return best.best(0).map(({ key, item }) => ({ at: item, orderKey: key }));
  }

  /** Writes the pairs that bit sets, dates and hours leave, each with the most that its order key can be; returns how many. */
  #boundPairs(l: LearnerNumbers): number {
    const bits = this.#openTo(l);
    if (this.#travel.length !== l.minutes.length) this.#travel = new Int32Array(l.minutes.length);
    for (let campus = 0; campus < l.minutes.length; campus++) this.#travel[campus] = journeyFit(l.minutes[campus] as number, l.maxMinutes, this.#policy);
    this.#own.set(learnerTimes(l));
    const { youngHoursAWeek } = this.reference.rules;
    let count = 0;
    for (let word = 0; word < bits.length; word++) {
      let open = bits[word] as number;
      while (open !== 0) {
        const low = open & -open;
        open ^= low;
        const at = (word << 5) + (31 - Math.clz32(low));
        const hours = mostHours(this.#own, 0, this.#times, at * TIMES, youngHoursAWeek, this.#policy.neutral);
        if (hours < 0) continue;
        const campus = this.#shape[at * SHAPE + 4] as number;
        const travel = campus >= 0 ? (this.#travel[campus] as number) : campus === ANYWHERE ? 10_000 : 0;
        this.#left[count++] = this.#bound(l, at, travel, hours) * SLOTS + at;
      }
    }
    return count;
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

  /** Evaluates and keeps the skill terms and returns the most that the order key of the pair can be: all but the words of the advert and checks are in it as they are. */
  #bound(l: LearnerNumbers, at: number, travel: number, hours: number): number {
    const shape = this.#shape;
    const i = at * SHAPE;
    skillTerms(l, this.#lens, this.#needs, shape[i] as number, shape[i + 1] as number, shape[i + SHAPE] as number, shape[i + 2] as number, shape[i + 3] as number, this.#policy, this.#values);
    fieldTerms(l.pathway, l.interests, this.#fields, shape[i + 6] as number, shape[i + SHAPE + 6] as number, shape[i + 7] as number, this.#policy, this.#values);
    const { learner, employer } = this.#values;
    const kept = at * SKILL_TERMS;
    this.#skillValues[kept] = learner[0] as number;
    for (let term = 0; term < 3; term++) this.#skillValues[kept + 1 + term] = employer[term] as number;
    learner[1] = travel;
    learner[4] = hours;
    employer[3] = hours;
    learner[5] = levelFit(l.level, shape[i + 8] as number, shape[i + 9] as number, this.#policy);
    learner[6] = 10_000;
    employer[4] = 10_000;
    return reciprocal(scoreOf(learner, this.#weights), scoreOf(employer, this.#employerWeights));
  }

  #recallSkillTerms(at: number): void {
    const kept = at * SKILL_TERMS;
    this.#values.learner[0] = this.#skillValues[kept] as number;
    for (let term = 0; term < 3; term++) this.#values.employer[term] = this.#skillValues[kept + 1 + term] as number;
  }

  /**
   * No gate fails for certain, of a pair that bit sets, dates and hours left: nobody barred, the site open by the start, time enough for all checks (from
   * 16 where one is a DBS), nothing in it for the law on young workers (or the learner 18 by then), and hours in reach with one to spare for rounding. Otherwise `evaluateGates` says.
   */
  #surelyOpen(l: LearnerNumbers, at: number): boolean {
    const i = at * TIMES;
    const times = this.#times;
    const kind = this.#shape[at * SHAPE + 5] as number;
    if (!(kind & PLAIN)) return false;
    const starts = times[i] as number;
    if (kind & FROM_SIXTEEN && l.sixteen > starts) return false;
    if (!(l.eighteen <= starts) && !(kind & SAFE_WHEN_YOUNG && (times[i + 5] as number) + l.committedHours <= this.reference.rules.youngHoursAWeek)) return false;
    if (l.required === 0) return true;
    const ends = times[i + 1] as number;
    const perDay = times[i + 3] as number;
    if (!(kind & COUNTS_IN_FULL) || !l.availabilityKnown || !(starts <= ends) || perDay < 0) return false;
    const shared = DAYS[l.weekdays & (times[i + 2] as number)] as number;
    const days = Math.min(l.to, ends) - Math.max(l.from, starts) + 1;
    return (times[i + 4] as number) >= l.required && (Math.min(l.hoursPerWeek, shared * perDay) * days) / 7 - 1 >= l.required;
  }

  /** Vacancies that no gate of few attributes shuts to this learner. */
  #openTo(l: LearnerNumbers): Uint32Array {
    const out = this.#open;
    const fixed = [
      this.#mask('always', (v) => this.#openToAnyone(v)),
      this.#mask(`programme|${l.programme}|${l.remoteLimit}`, (v) => this.#programmeFits(l, v)),
      this.#mask(`level|${l.level}`, (v) => !(v.levelFrom <= v.levelTo && (l.level < v.levelFrom || l.level > v.levelTo))),
      this.#mask(`entry point|${l.entryPoint}`, (v) => v.entryPoints.length === 0 || v.entryPoints.includes(l.entryPoint)),
      this.#mask(`funding|${[...l.funding].sort().join()}`, (v) => !(v.fundingRequired && v.funding.length > 0 && !l.funding.some((id) => v.funding.includes(id)))),
    ];
    out.set(this.#mask('anywhere', (v) => v.remoteShare >= 10_000 || v.campus < 0));
    for (let campus = 0; campus < l.minutes.length; campus++) {
      if ((l.minutes[campus] as number) > l.maxMinutes) continue;
      const there = this.#mask(`C|${campus}`, (v) => v.campus === campus);
      for (let i = 0; i < out.length; i++) out[i]! |= there[i] as number;
    }
    for (const bits of fixed) for (let i = 0; i < out.length; i++) out[i]! &= bits[i] as number;
    return out;
  }

  #openToAnyone(v: VacancyNumbers): boolean {
    return v.open && !(v.ends < this.#asOf) && !(v.siteFrom > v.starts);
  }

  #programmeFits(l: LearnerNumbers, v: VacancyNumbers): boolean {
    if (v.programmes !== 0 && !(v.programmes & l.programme)) return false;
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

/** Needs and fields of all vacancies in one array each, and where each vacancy's lie. One row more than vacancies, for the end of the last. */
function shapesOf(vacancies: readonly VacancyNumbers[], kindOf: (v: VacancyNumbers) => number): { needs: Int32Array; fields: Int32Array; shape: Int32Array } {
  const needs = new Int32Array(vacancies.reduce((sum, v) => sum + v.needs.length, 0));
  const fields = new Int32Array(vacancies.reduce((sum, v) => sum + v.clusters.length, 0));
  const shape = new Int32Array((vacancies.length + 1) * SHAPE);
  let from = 0;
  let field = 0;
  vacancies.forEach((v, at) => {
    needs.set(v.needs, from);
    fields.set(v.clusters, field);
    const levels = v.levelFrom <= v.levelTo ? [v.levelFrom, v.levelTo] : NO_LEVELS;
    shape.set([from, from + v.essentialCount * 2, v.needSum, v.essentialSum, v.remoteShare >= 10_000 ? ANYWHERE : v.campus, kindOf(v), field, v.clusterSum, ...levels], at * SHAPE);
    from += v.needs.length;
    field += v.clusters.length;
  });
  shape[vacancies.length * SHAPE] = from;
  shape[vacancies.length * SHAPE + 6] = field;
  return { needs, fields, shape };
}

/** What of its gates can be told from the vacancy alone: see `#surelyOpen`. */
function kindOf(v: VacancyNumbers, rules: PlacementRules, policy: Policy, asOf: number): number {
  let kind = 0;
  const late = CHECK_KINDS.some((check, i) => v.checks & (1 << i) && asOf + policy.checkLeadDays[check] > v.starts);
  const longDays = v.weekdayCount > 0 && v.hoursPerWeek / v.weekdayCount > rules.youngHoursADay;
  if (v.barred === null && !late && v.siteFrom <= v.starts) kind |= PLAIN;
  if (v.checks & DBS) kind |= FROM_SIXTEEN;
  if (v.hazards === 0 && v.weekdayCount > 0 && !longDays) kind |= SAFE_WHEN_YOUNG;
  if (rules.approachHours[v.approach] === undefined && rules.approachShare[v.approach] === undefined) kind |= COUNTS_IN_FULL;
  return kind;
}
const PLAIN = 1;
const SAFE_WHEN_YOUNG = 2;
const COUNTS_IN_FULL = 4;
const FROM_SIXTEEN = 8;
/** Levels that nobody has: those of a vacancy whose own are not known. */
const NO_LEVELS = [1, 0] as const;

/** Numbers a vacancy in the flat array of shapes, skill terms kept a pair, and the most vacancies of an engine. */
const SHAPE = 10;
const SKILL_TERMS = 4;
const SLOTS = 2 ** 32;
/** The campus of work that is done from anywhere. */
const ANYWHERE = -2;
const T_LEVEL = 1 << PROGRAMME_KINDS.indexOf('T_LEVEL');
const APPRENTICESHIP = 1 << PROGRAMME_KINDS.indexOf('APPRENTICESHIP');
