import { PROGRAMME_KINDS, type Digest, type IsoDate, type LearnerId } from '@meriden/domain';
import { learnerNumbers, vacancyNumbers, type LearnerNumbers, type VacancyNumbers } from './compile.js';
import { dayNumber } from './days.js';
import { evaluateGates, unpaidTooLong, type GateSheet } from './gates.js';
import { tieKey } from './input-hash.js';
import { EMPLOYER_TERM_CODES, POLICY, TERM_CODES, type Policy } from './policy.js';
import type { KeptPair } from './engine.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';
import type { PlacementRules, ScoringReference } from './scoring-reference.js';
import { evaluateOtherTerms, evaluateSkillTerms, fieldTerms, journeyFit, LearnerLens, levelFit, newTermValues, reciprocal, scoreOf, skillTermsOf } from './terms.js';
import { learnerTimes, mostHours, TIMES, vacancyTimes } from './times.js';
import { TopLists } from './top-lists.js';
import { Vocabulary } from './vocabulary.js';

type Groups = Map<number, Uint32Array>;

/**
 * Many learners, ready to be asked by one vacancy after another: bit sets over the learners by programme, level, entry point and
 * reach of each campus, intersected a word at a time; dates and hours from flat arrays; what skills earn from lists of who holds what; then by
 * falling bound (only the advert's words and checks at their most) the gates left and the score, until no learner left can be kept.
 * Learners put in the place of others are asked about their skills one by one, until they are so many that the lists are made anew. A place may
 * be empty: then nobody is there to be asked.
 */
export class LearnerPool {
  readonly #policy: Policy;
  readonly #vocabulary: Vocabulary;
  readonly #ids: LearnerId[];
  readonly #numbers: (LearnerNumbers | null)[];
  readonly #programmes: Groups = new Map();
  readonly #levels: Groups = new Map();
  readonly #entryPoints: Groups = new Map();
  readonly #funded: Groups = new Map();
  readonly #reach: Groups = new Map();
  readonly #consenting: Uint32Array;
  readonly #words: number;
  readonly #lens = new LearnerLens();
  readonly #values = newTermValues();
  readonly #sheet: GateSheet = { fail: 0, unknown: 0 };
  readonly #weights: Int32Array;
  readonly #employerWeights: Int32Array;
  /** By learner: a row of times; fields of the pathway, fields of interest, level, limit of the journey. By campus and learner: minutes. */
  readonly #times: Float64Array;
  readonly #traits: Int32Array;
  readonly #minutes: Int16Array;
  /** Of the vacancy that asks: its times, and by learner the most of the term of hours and what skills earn in all, by essentials and proven. */
  readonly #asked = new Float64Array(TIMES);
  readonly #hours: Int32Array;
  readonly #covered: Float64Array;
  readonly #essentials: Float64Array;
  readonly #proven: Float64Array;
  readonly #bounds: Int32Array;
  readonly #left: Int32Array;
  readonly #order: Int32Array;
  readonly #places = new Int32Array(MOST_KEY + 2);
  #holders: Holders = NOBODY;
  readonly #edited = new Set<number>();

  constructor(
    private readonly reference: ScoringReference,
    learners: readonly (ScorableLearner | null)[],
    policy: Policy = POLICY,
  ) {
    this.#policy = policy;
    this.#vocabulary = new Vocabulary(reference.graph, reference.campusIds);
    this.#ids = learners.map((learner) => learner?.id ?? '');
    this.#words = (learners.length + 31) >>> 5;
    this.#consenting = new Uint32Array(this.#words);
    this.#weights = Int32Array.from(TERM_CODES, (code) => policy.weights[code]);
    this.#employerWeights = Int32Array.from(EMPLOYER_TERM_CODES, (code) => policy.employerWeights[code]);
    const n = learners.length;
    this.#times = new Float64Array(n * TIMES);
    this.#traits = new Int32Array(n * TRAITS);
    this.#minutes = new Int16Array(n * reference.campusIds.length);
    this.#hours = new Int32Array(n);
    this.#covered = new Float64Array(n);
    this.#essentials = new Float64Array(n);
    this.#proven = new Float64Array(n);
    this.#bounds = new Int32Array(n);
    this.#left = new Int32Array(n);
    this.#order = new Int32Array(n);
    this.#numbers = learners.map((learner) => this.#compiled(learner));
    this.#numbers.forEach((_, at) => this.#file(at));
    this.#holders = holdersOf(this.#numbers, this.#vocabulary.skillCount);
  }

  #compiled(learner: ScorableLearner | null): LearnerNumbers | null {
    return learner === null ? null : learnerNumbers(learner, this.#vocabulary, this.reference, this.#policy);
  }

  /** Puts a learner, or nobody, in the place of another: the next question sees it. */
  replaceLearner(at: number, learner: ScorableLearner | null): void {
    for (const groups of [this.#programmes, this.#levels, this.#entryPoints, this.#funded, this.#reach]) for (const bits of groups.values()) bits[at >>> 5]! &= ~(1 << (at & 31));
    this.#consenting[at >>> 5]! &= ~(1 << (at & 31));
    this.#ids[at] = learner?.id ?? '';
    this.#numbers[at] = this.#compiled(learner);
    this.#file(at);
    this.#edited.add(at);
  }

  /** Every learner whom no gate shuts out, in the order of the list given, with what orders the pair. */
  openTo(vacancy: ScorableVacancy, asOf: IsoDate): readonly KeptPair[] {
    const v = vacancyNumbers(vacancy, this.#vocabulary, this.reference, this.#policy);
    const day = dayNumber(asOf);
    const count = opensToSome(v, this.reference.rules, day) ? this.#boundPairs(v) : 0;
    const pairs: KeptPair[] = [];
    for (const at of this.#left.subarray(0, count)) {
      const orderKey = this.#orderKey(v, at, day);
      if (orderKey >= 0) pairs.push({ at, orderKey });
    }
    return pairs;
  }

  /** The best learners for a vacancy, best first; `at` is their position in the list given. */
  bestFor(vacancy: ScorableVacancy, options: Readonly<{ top: number; asOf: IsoDate; digest: Digest }>): readonly KeptPair[] {
    const v = vacancyNumbers(vacancy, this.#vocabulary, this.reference, this.#policy);
    const asOf = dayNumber(options.asOf);
    const best = new TopLists(1, Math.min(options.top, this.#ids.length), (_, at) => tieKey(this.#policy.version, this.#ids[at] as LearnerId, vacancy.id, options.digest));
    const count = opensToSome(v, this.reference.rules, asOf) ? this.#boundPairs(v) : 0;
    const order = this.#byFallingBound(count);
    for (let i = 0; i < count; i++) {
      const at = order[i] as number;
      if ((this.#bounds[at] as number) < (best.floors[0] as number)) break;
      const key = this.#orderKey(v, at, asOf);
      if (key >= 0) best.offer(0, key, at);
    }
    return best.best(0).map(({ key, item }) => ({ at: item, orderKey: key }));
  }

  /** What orders the pair, -1 where a gate shuts it. */
  #orderKey(v: VacancyNumbers, at: number, asOf: number): number {
    const l = this.#numbers[at] as LearnerNumbers;
    evaluateGates(l, v, this.#ids[at] as LearnerId, this.reference.rules, this.#policy, asOf, this.#sheet);
    if (this.#sheet.fail !== 0) return -1;
    this.#lens.loadNeeds(l, v, this.#vocabulary.skillCount);
    this.#lens.loadWords(l, v, this.#vocabulary.nameCount);
    evaluateSkillTerms(l, this.#lens, v, this.#policy, this.#values);
    evaluateOtherTerms(l, this.#lens, v, this.reference.rules, this.#policy, this.#values);
    return reciprocal(scoreOf(this.#values.learner, this.#weights), scoreOf(this.#values.employer, this.#employerWeights));
  }

  /** Writes the learners that bit sets, dates and hours leave, each with the most that its order key can be; returns how many. */
  #boundPairs(v: VacancyNumbers): number {
    if (this.#edited.size > MOST_EDITED) {
      this.#holders = holdersOf(this.#numbers, this.#vocabulary.skillCount);
      this.#edited.clear();
    }
    const bits = this.#openTo(v);
    this.#keepInTime(v, bits);
    this.#earn(v, bits);
    const { learner, employer } = this.#values;
    const n = this.#numbers.length;
    let count = 0;
    for (let word = 0; word < bits.length; word++) {
      let open = bits[word] as number;
      while (open !== 0) {
        const low = open & -open;
        open ^= low;
        const at = (word << 5) + (31 - Math.clz32(low));
        const i = at * TRAITS;
        skillTermsOf(this.#covered[at] as number, this.#essentials[at] as number, this.#proven[at] as number, v.needSum, v.essentialSum, this.#policy, this.#values);
        fieldTerms(this.#traits[i] as number, this.#traits[i + 1] as number, v.clusters, 0, v.clusters.length, v.clusterSum, this.#policy, this.#values);
        learner[1] = v.remoteShare >= 10_000 ? 10_000 : v.campus < 0 ? 0 : journeyFit(this.#minutes[v.campus * n + at] as number, this.#traits[i + 3] as number, this.#policy);
        learner[4] = this.#hours[at] as number;
        employer[3] = this.#hours[at] as number;
        learner[5] = levelFit(this.#traits[i + 2] as number, v.levelFrom, v.levelTo, this.#policy);
        learner[6] = 10_000;
        employer[4] = 10_000;
        this.#bounds[at] = reciprocal(scoreOf(learner, this.#weights), scoreOf(employer, this.#employerWeights));
        this.#left[count++] = at;
      }
    }
    return count;
  }

  /** The learners left by falling bound, sorted by counting: bounds are basis points. */
  #byFallingBound(count: number): Int32Array {
    const places = this.#places.fill(0);
    for (let i = 0; i < count; i++) places[MOST_KEY - (this.#bounds[this.#left[i] as number] as number) + 1]!++;
    for (let key = 0; key <= MOST_KEY; key++) places[key + 1]! += places[key] as number;
    for (let i = 0; i < count; i++) this.#order[places[MOST_KEY - (this.#bounds[this.#left[i] as number] as number)]!++] = this.#left[i] as number;
    return this.#order;
  }

  /** Takes out of the bits who is shut by dates, hours or age for certain, and keeps the most of the term of hours of the others. */
  #keepInTime(v: VacancyNumbers, bits: Uint32Array): void {
    const { rules } = this.reference;
    this.#asked.set(vacancyTimes(v, rules));
    for (let word = 0; word < bits.length; word++) {
      let open = bits[word] as number;
      while (open !== 0) {
        const low = open & -open;
        open ^= low;
        const at = (word << 5) + (31 - Math.clz32(low));
        const hours = mostHours(this.#times, at * TIMES, this.#asked, 0, rules.youngHoursAWeek, this.#policy.neutral);
        if (hours < 0) bits[word]! ^= low;
        this.#hours[at] = hours;
        this.#covered[at] = 0;
        this.#essentials[at] = 0;
        this.#proven[at] = 0;
      }
    }
  }

  /** What the skills of the learners in the bits earn: as `skillTerms`, skill by skill. */
  #earn(v: VacancyNumbers, bits: Uint32Array): void {
    const { start, who, worth } = this.#holders;
    const listed = Uint32Array.from(bits);
    for (const at of this.#edited) listed[at >>> 5]! &= ~(1 << (at & 31));
    for (let i = 0; i < v.needs.length; i += 2) {
      const position = v.needs[i] as number;
      const weight = v.needs[i + 1] as number;
      const essential = i < v.essentialCount * 2;
      for (let p = start[position] ?? 0; p < (start[position + 1] ?? 0); p++) {
        const at = who[p] as number;
        if ((((listed[at >>> 5] as number) >>> (at & 31)) & 1) === 0) continue;
        const credit = (worth[p] as number) & CREDIT;
        const earned = weight * credit;
        this.#covered[at]! += earned;
        if (essential) this.#essentials[at]! += earned;
        if (credit === 10_000) this.#proven[at]! += Math.floor((earned * ((worth[p] as number) >>> CREDIT_BITS)) / 10_000);
      }
    }
    for (const at of this.#edited) if (((bits[at >>> 5] as number) >>> (at & 31)) & 1) this.#earnOne(v, at);
  }

  #earnOne(v: VacancyNumbers, at: number): void {
    const l = this.#numbers[at] as LearnerNumbers;
    this.#lens.loadNeeds(l, v, this.#vocabulary.skillCount);
    for (let i = 0; i < v.needs.length; i += 2) {
      const credit = this.#lens.credit(v.needs[i] as number);
      const earned = (v.needs[i + 1] as number) * credit;
      this.#covered[at]! += earned;
      if (i < v.essentialCount * 2) this.#essentials[at]! += earned;
      if (credit === 10_000) this.#proven[at]! += Math.floor((earned * (l.evidence[this.#lens.from(v.needs[i] as number)] as number)) / 10_000);
    }
  }

  #openTo(v: VacancyNumbers): Uint32Array {
    const bits = Uint32Array.from(this.#consenting);
    const kinds = PROGRAMME_KINDS.map((_, i) => 1 << i).filter((kind) => (v.programmes === 0 || v.programmes & kind) && !(v.unpaid && kind === APPRENTICESHIP));
    if (kinds.length < PROGRAMME_KINDS.length) this.#keep(bits, this.#programmes, kinds);
    if (v.levelFrom <= v.levelTo) this.#keep(bits, this.#levels, [...this.#levels.keys()].filter((level) => !(level < v.levelFrom || level > v.levelTo)));
    if (v.entryPoints.length > 0) this.#keep(bits, this.#entryPoints, [...v.entryPoints]);
    if (v.fundingRequired && v.funding.length > 0) this.#keep(bits, this.#funded, [...v.funding]);
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
    const l = this.#numbers[at];
    if (l == null) return;
    this.#times.set(learnerTimes(l), at * TIMES);
    this.#traits.set([l.pathway, l.interests, l.level > 0 ? l.level : 0, l.maxMinutes], at * TRAITS);
    const mark = (groups: Groups, key: number): void => {
      let bits = groups.get(key);
      if (bits === undefined) groups.set(key, (bits = new Uint32Array(this.#words)));
      bits[at >>> 5]! |= 1 << (at & 31);
    };
    if (l.consent) this.#consenting[at >>> 5]! |= 1 << (at & 31);
    mark(this.#programmes, l.programme);
    mark(this.#levels, l.level);
    mark(this.#entryPoints, l.entryPoint);
    for (const id of l.funding) mark(this.#funded, id);
    l.minutes.forEach((minutes, campus) => {
      this.#minutes[campus * this.#numbers.length + at] = minutes;
      if (minutes <= l.maxMinutes) mark(this.#reach, campus);
    });
  }
}

/** False where a gate shuts the vacancy to everybody. */
const opensToSome = (v: VacancyNumbers, rules: PlacementRules, asOf: number): boolean => v.open && !(v.ends < asOf) && !(v.siteFrom > v.starts) && !(v.unpaid && unpaidTooLong(v, rules));

/** Who holds what: the learners of skill position p and what it is worth to them lie from `start[p]` to `start[p + 1]`. Worth: credit, and above it the evidence. */
type Holders = Readonly<{ start: Int32Array; who: Int32Array; worth: Int32Array }>;

function holdersOf(learners: readonly (LearnerNumbers | null)[], skillCount: number): Holders {
  const start = new Int32Array(skillCount + 1);
  for (const l of learners) for (let i = 0; i < (l?.credits.length ?? 0); i += 3) start[(l?.credits[i] as number) + 1]!++;
  for (let position = 0; position < skillCount; position++) start[position + 1]! += start[position] as number;
  const next = start.slice();
  const who = new Int32Array(start[skillCount] as number);
  const worth = new Int32Array(who.length);
  learners.forEach((l, at) => {
    if (l === null) return;
    const { credits, evidence } = l;
    for (let i = 0; i < credits.length; i += 3) {
      const p = next[credits[i] as number]!++;
      who[p] = at;
      worth[p] = (credits[i + 1] as number) | ((evidence[credits[i + 2] as number] as number) << CREDIT_BITS);
    }
  });
  return { start, who, worth };
}

/** Bits of a credit or an evidence of up to 10,000. */
const CREDIT_BITS = 14;
const CREDIT = (1 << CREDIT_BITS) - 1;
const NOBODY: Holders = { start: new Int32Array(1), who: new Int32Array(0), worth: new Int32Array(0) };
/** Learners asked one by one before the lists are made anew. */
const MOST_EDITED = 1000;
/** The highest order key, in basis points. */
const MOST_KEY = 10_000;
/** Numbers a learner in the flat array of traits. */
const TRAITS = 4;
const APPRENTICESHIP = 1 << PROGRAMME_KINDS.indexOf('APPRENTICESHIP');
