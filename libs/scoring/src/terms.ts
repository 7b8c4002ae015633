import { CHECK_KINDS } from '@meriden/domain';
import type { LearnerNumbers, VacancyNumbers } from './compile.js';
import { countableHours, reachableHours } from './gates.js';
import { EMPLOYER_TERM_CODES, TERM_CODES, type Policy } from './policy.js';
import type { PlacementRules } from './scoring-reference.js';

/** Values of the terms of both sides in basis points, in the order of TERM_CODES and EMPLOYER_TERM_CODES. */
export type TermValues = Readonly<{ learner: Int32Array; employer: Int32Array }>;

export const newTermValues = (): TermValues => ({
  learner: new Int32Array(TERM_CODES.length),
  employer: new Int32Array(EMPLOYER_TERM_CODES.length),
});

/** A learner spread over all positions, so that a pair costs one look-up for each thing the vacancy asks. */
export class LearnerLens {
  #credit = new Uint16Array(0);
  #from = new Int32Array(0);
  #words = new Uint8Array(0);
  #loaded: LearnerNumbers | null = null;

  /** O(size of the learner): clears what the one before left. */
  load(l: LearnerNumbers, skillCount: number, nameCount: number): void {
    if (this.#loaded) {
      const { credits, words } = this.#loaded;
      for (let i = 0; i < credits.length; i += 3) this.#credit[credits[i] as number] = 0;
      for (let i = 0; i < words.length; i++) this.#words[words[i] as number] = 0;
    }
    if (this.#credit.length < skillCount) {
      this.#credit = new Uint16Array(skillCount * 2);
      this.#from = new Int32Array(skillCount * 2);
    }
    if (this.#words.length < nameCount) this.#words = new Uint8Array(nameCount * 2);
    const { credits, words } = l;
    for (let i = 0; i < credits.length; i += 3) {
      const position = credits[i] as number;
      this.#credit[position] = credits[i + 1] as number;
      this.#from[position] = credits[i + 2] as number;
    }
    for (let i = 0; i < words.length; i++) this.#words[words[i] as number] = 1;
    this.#loaded = l;
  }

  /** Only what this vacancy asks about: nothing is cleared, so a lens that was loaded so answers for that vacancy alone. O(needs log credits). */
  loadNeeds(l: LearnerNumbers, v: VacancyNumbers, skillCount: number): void {
    if (this.#credit.length < skillCount) {
      this.#credit = new Uint16Array(skillCount * 2);
      this.#from = new Int32Array(skillCount * 2);
    }
    const { credits } = l;
    for (let i = 0; i < v.needs.length; i += 2) {
      const position = v.needs[i] as number;
      let low = 0;
      let high = credits.length / 3 - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((credits[middle * 3] as number) < position) low = middle + 1;
        else high = middle;
      }
      const found = high >= 0 && credits[low * 3] === position;
      this.#credit[position] = found ? (credits[low * 3 + 1] as number) : 0;
      this.#from[position] = found ? (credits[low * 3 + 2] as number) : 0;
    }
  }

  /** As `loadNeeds`, the words of the advert. */
  loadWords(l: LearnerNumbers, v: VacancyNumbers, nameCount: number): void {
    if (this.#words.length < nameCount) this.#words = new Uint8Array(nameCount * 2);
    for (let i = 0; i < v.words.length; i++) this.#words[v.words[i] as number] = 0;
    for (let i = 0; i < v.words.length; i++) if (holds(l.words, v.words[i] as number)) this.#words[v.words[i] as number] = 1;
  }

  /** 0 to 10,000. */
  credit(position: number): number {
    return this.#credit[position] ?? 0;
  }

  /** Which of the learner's skills earns the credit at this position. */
  from(position: number): number {
    return this.#from[position] as number;
  }

  has(word: number): boolean {
    return this.#words[word] === 1;
  }
}

/** By halving, in ascending numbers. */
function holds(sorted: Int32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}

/**
 * The values of every term for one pair. Each is monotone: more skills, more hours, a shorter journey never lowers it.
 * O(needs + words + clusters of the vacancy).
 */
export function evaluateTerms(l: LearnerNumbers, lens: LearnerLens, v: VacancyNumbers, rules: PlacementRules, policy: Policy, out: TermValues): void {
  evaluateSkillTerms(l, lens, v, policy, out);
  evaluateOtherTerms(l, lens, v, rules, policy, out);
}

/** The terms that look at skills: first in a search, since they bound the whole from above. */
export function evaluateSkillTerms(l: LearnerNumbers, lens: LearnerLens, v: VacancyNumbers, policy: Policy, out: TermValues): void {
  skillTerms(l, lens, v.needs, 0, v.essentialCount * 2, v.needs.length, v.needSum, v.essentialSum, policy, out);
}

/** As `evaluateSkillTerms`, over needs that lie among those of other vacancies: from `from` to `essentialEnd` to `end`. */
export function skillTerms(l: LearnerNumbers, lens: LearnerLens, needs: Int32Array, from: number, essentialEnd: number, end: number, needSum: number, essentialSum: number, policy: Policy, out: TermValues): void {
  let covered = 0;
  let essentials = 0;
  let proven = 0;
  for (let i = from; i < end; i += 2) {
    const credit = lens.credit(needs[i] as number);
    if (credit === 0) continue;
    const earned = (needs[i + 1] as number) * credit;
    covered += earned;
    if (i < essentialEnd) essentials += earned;
    if (credit === 10_000) proven += Math.floor((earned * (l.evidence[lens.from(needs[i] as number)] as number)) / 10_000);
  }
  skillTermsOf(covered, essentials, proven, needSum, essentialSum, policy, out);
}

/** The skill terms by what was earned: over all needs, over essentials, and of that what is proven. */
export function skillTermsOf(covered: number, essentials: number, proven: number, needSum: number, essentialSum: number, policy: Policy, out: TermValues): void {
  const b = out.employer;
  const optionalSum = needSum - essentialSum;
  out.learner[0] = needSum === 0 ? policy.neutral : Math.floor(covered / needSum);
  b[0] = essentialSum === 0 ? policy.neutral : Math.floor(essentials / essentialSum);
  b[1] = optionalSum === 0 ? policy.neutral : Math.floor((covered - essentials) / optionalSum);
  b[2] = needSum === 0 ? policy.neutral : Math.floor(proven / needSum);
}

export function evaluateOtherTerms(l: LearnerNumbers, lens: LearnerLens, v: VacancyNumbers, rules: PlacementRules, policy: Policy, out: TermValues): void {
  const a = out.learner;
  const b = out.employer;
  a[1] = travelValue(l, v, policy);

  fieldTerms(l.pathway, l.interests, v.clusters, 0, v.clusters.length, v.clusterSum, policy, out);

  const hours = hoursValue(l, v, rules, policy);
  a[4] = hours;
  b[3] = hours;
  a[5] = levelFit(l.level, v.levelFrom, v.levelTo, policy);

  const { words } = v;
  let shared = 0;
  for (let i = 0; i < words.length; i++) if (lens.has(words[i] as number)) shared++;
  a[6] = words.length === 0 ? 0 : Math.floor((shared * 10_000) / words.length);
  b[4] = readinessValue(l, v);
}

/** The terms of fields of work, over fields that lie among those of other vacancies. */
export function fieldTerms(pathway: number, interests: number, fields: Int32Array, from: number, end: number, sum: number, policy: Policy, out: TermValues): void {
  const a = out.learner;
  if (sum === 0) {
    a[2] = policy.neutral;
    a[3] = policy.neutral;
    return;
  }
  let near = 0;
  let liked = 0;
  for (let i = from; i < end; i += 2) {
    const bit = 1 << (fields[i] as number);
    if (pathway & bit) near += fields[i + 1] as number;
    if (interests & bit) liked += fields[i + 1] as number;
  }
  a[2] = Math.floor((near * 10_000) / sum);
  a[3] = Math.floor((liked * 10_000) / sum);
}

function travelValue(l: LearnerNumbers, v: VacancyNumbers, policy: Policy): number {
  return v.remoteShare >= 10_000 ? 10_000 : journeyValue(l, v.campus, policy);
}

/** The travel term of work at a campus, by its position; -1 = not known. */
const journeyValue = (l: LearnerNumbers, campus: number, policy: Policy): number => journeyFit(campus < 0 ? -1 : (l.minutes[campus] as number), l.maxMinutes, policy);

/** The travel term by minutes, -1 = not known, and the learner's limit. */
export function journeyFit(minutes: number, limit: number, policy: Policy): number {
  if (minutes < 0 || minutes > limit) return 0;
  if (minutes <= policy.easyTravelMinutes) return 10_000;
  return Math.floor(((limit - minutes) * 10_000) / (limit - policy.easyTravelMinutes));
}

/** Hours in reach against the hours required, or against the whole placement where no programme sets a number. */
function hoursValue(l: LearnerNumbers, v: VacancyNumbers, rules: PlacementRules, policy: Policy): number {
  if (!l.availabilityKnown || !(v.starts <= v.ends)) return policy.neutral;
  const needed = l.required > 0 ? l.required : v.totalHours;
  if (needed === 0) return policy.neutral;
  return Math.min(10_000, Math.floor((countableHours(l, v, rules, reachableHours(l, v)) * 10_000) / needed));
}

/** The term of the level: nothing outside what is accepted, less for each level of stretch beyond one. */
export function levelFit(level: number, from: number, to: number, policy: Policy): number {
  if (!(level >= from && level <= to)) return 0;
  return Math.max(0, 10_000 - policy.stretchStep * Math.max(0, to - level - 1));
}

function readinessValue(l: LearnerNumbers, v: VacancyNumbers): number {
  if (v.checks === 0) return 10_000;
  let asked = 0;
  let held = 0;
  for (let kind = 0; kind < CHECK_KINDS.length; kind++) {
    if (!(v.checks & (1 << kind))) continue;
    asked++;
    if ((l.checks[kind] as number) >= v.starts) held++;
  }
  return Math.floor((held * 10_000) / asked);
}

/** Basis points of one side: the sum of its contributions, each rounded down, which is what makes the sum exact. */
export function scoreOf(values: Int32Array, weights: Int32Array): number {
  let score = 0;
  for (let i = 0; i < weights.length; i++) score += part(weights[i] as number, values[i] as number);
  return score;
}

/** The contribution of one term. */
export const part = (weight: number, value: number): number => Math.floor((weight * value) / 10_000);

/** Harmonic mean of both sides, rounded down: high only when both are. */
export const reciprocal = (a: number, b: number): number => (a + b === 0 ? 0 : Math.floor((2 * a * b) / (a + b)));
