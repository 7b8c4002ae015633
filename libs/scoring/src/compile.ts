import {
  ADJUSTMENTS,
  CHECK_KINDS,
  HAZARDS,
  PROGRAMME_KINDS,
  TRAVEL_MODES,
  WEEKDAYS,
  type TravelMode,
} from '@meriden/domain';
import { birthday, dayNumber } from './days.js';
import type { Policy } from './policy.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';
import type { ScoringReference } from './scoring-reference.js';
import type { Vocabulary } from './vocabulary.js';
import { tellingWords } from './skills/words.js';

/** A learner as integers. Positions are of one `Vocabulary`; days are day numbers; NaN = not known, so every comparison fails. */
export type LearnerNumbers = Readonly<{
  programme: number;
  route: string;
  /** Remote share in basis points that counts towards the learner's T Level. */
  remoteLimit: number;
  level: number;
  entryPoint: number;
  funding: Int32Array;
  from: number;
  to: number;
  availabilityKnown: boolean;
  weekdays: number;
  hoursPerWeek: number;
  committedHours: number;
  /** Hours the programme requires, 0 = none set. */
  required: number;
  /** Last good day of each check, by CHECK_KINDS: -1 = not held. */
  checks: Float64Array;
  adjustments: number;
  consent: boolean;
  /** Day of the 18th and 16th birthday; NaN = not known. */
  eighteen: number;
  sixteen: number;
  maxMinutes: number;
  /** Quickest minutes by campus position with the learner's own modes: -1 = not known. */
  minutes: Int16Array;
  /** Index of that mode in TRAVEL_MODES. */
  mode: Int8Array;
  /** Skill position, credit, position in `skills` of the learner's skill it comes from, flat triples, positions ascending. */
  credits: Int32Array;
  /** Basis points of evidence by position in `skills`. */
  evidence: Int32Array;
  interests: number;
  pathway: number;
  words: Int32Array;
}>;

export type VacancyNumbers = Readonly<{
  programmes: number;
  levelFrom: number;
  levelTo: number;
  entryPoints: Int32Array;
  funding: Int32Array;
  fundingRequired: boolean;
  starts: number;
  ends: number;
  weekdays: number;
  weekdayCount: number;
  hoursPerWeek: number;
  totalHours: number;
  remoteShare: number;
  open: boolean;
  unpaid: boolean;
  checks: number;
  approach: ScorableVacancy['deliveryApproach'];
  hazards: number;
  adjustments: number;
  campus: number;
  /** First day the site can be worked at: -Infinity = open now, NaN = not known. */
  siteFrom: number;
  assessed: boolean;
  /** Null when no pair is barred. */
  barred: ReadonlySet<string> | null;
  /** Skill position and weight (need x idf), flat pairs: essentials first, then optionals. */
  needs: Int32Array;
  essentialCount: number;
  needSum: number;
  essentialSum: number;
  /** Cluster position and weight, flat pairs, over essential, optional and trained skills. */
  clusters: Int32Array;
  clusterSum: number;
  words: Int32Array;
}>;

const bit = (position: number): number => (position < 0 ? 0 : 1 << position);
const mask = (items: readonly string[], all: readonly string[]): number => items.reduce((bits, item) => bits | bit(all.indexOf(item)), 0);
const whole = (value: number | null | undefined, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.floor(value) : fallback;

/** Pathway clusters by route of the programme: our reading of the routes against the clusters of the MedTech taxonomy. */
const ROUTE_CLUSTERS: Readonly<Record<string, readonly string[]>> = {
  Digital: ['ai-data', 'digital-health'],
  'Health and science': ['diagnostics-lab', 'immunology', 'imaging', 'therapeutics', 'clinical-research'],
  'Engineering and manufacturing': ['wearables-electronics', 'device-engineering', 'clinical-engineering'],
};

export function learnerNumbers(learner: ScorableLearner, vocabulary: Vocabulary, reference: ScoringReference, policy: Policy): LearnerNumbers {
  const held = learner.availability;
  const eighteen = dayNumber(learner.eighteenOn);
  const skills = learner.skills.map((skill) => vocabulary.skill(skill.skillId));
  const clusterOf = (position: number): number => vocabulary.cluster(position);
  const route = learner.route === null ? [] : (ROUTE_CLUSTERS[learner.route] ?? []);
  const { minutes, mode } = quickest(learner, vocabulary);
  return {
    programme: bit(PROGRAMME_KINDS.indexOf(learner.programmeKind)),
    route: learner.route ?? '',
    remoteLimit: reference.rules.remoteShare[learner.route ?? ''] ?? reference.rules.remoteShare[''] ?? 10_000,
    level: whole(learner.level, Number.NaN),
    entryPoint: vocabulary.name(learner.entryPointId),
    funding: Int32Array.from(learner.fundingSourceIds, (id) => vocabulary.name(id)),
    from: dayNumber(held?.from),
    to: dayNumber(held?.to),
    availabilityKnown: held !== null && dayNumber(held.from) <= dayNumber(held.to),
    weekdays: mask(held?.weekdays ?? [], WEEKDAYS),
    hoursPerWeek: whole(held?.hoursPerWeek, 0),
    committedHours: Math.max(0, whole(learner.committedHoursPerWeek, 0)),
    required: Math.max(0, whole(learner.requiredHours ?? (learner.programmeKind === 'T_LEVEL' ? reference.rules.tLevelHours : 0), 0)),
    checks: Float64Array.from(CHECK_KINDS, (kind) =>
      learner.checks.reduce((best, check) => {
        if (check.kind !== kind) return best;
        const until = check.expiresOn === null ? Infinity : dayNumber(check.expiresOn);
        return until > best ? until : best;
      }, -1),
    ),
    adjustments: mask(learner.adjustmentsNeeded, ADJUSTMENTS),
    consent: learner.consentToMatching,
    eighteen,
    sixteen: dayNumber(birthday(learner.eighteenOn, -2)),
    maxMinutes: whole(learner.travel.maxMinutes, 0),
    minutes,
    mode,
    credits: creditTriples(skills, reference, policy),
    evidence: Int32Array.from(learner.skills, (skill) => policy.sourceCredit[skill.source] ?? 0),
    interests: learner.interests.reduce((bits, name) => bits | bit(vocabulary.clusterNamed(name)), 0),
    pathway: [...route.map((name) => vocabulary.clusterNamed(name)), ...skills.map(clusterOf)].reduce((bits, c) => bits | bit(c), 0),
    words: wordSet(
      learner.skills.map((skill, i) => `${vocabulary.label(skills[i] as number)} ${skill.words}`),
      vocabulary,
    ),
  };
}

function quickest(learner: ScorableLearner, vocabulary: Vocabulary): { minutes: Int16Array; mode: Int8Array } {
  const minutes = new Int16Array(vocabulary.campusIds.length).fill(-1);
  const mode = new Int8Array(vocabulary.campusIds.length).fill(-1);
  const journeys = learner.travel.journeys;
  if (journeys === null) return { minutes, mode };
  vocabulary.campusIds.forEach((campusId, at) => {
    TRAVEL_MODES.forEach((travelMode: TravelMode, m) => {
      const taken = journeys[campusId]?.[travelMode];
      if (taken === undefined || !(taken >= 0) || !learner.travel.modes.includes(travelMode)) return;
      if (mode[at] === -1 || taken < (minutes[at] as number)) {
        minutes[at] = Math.min(32_000, Math.ceil(taken));
        mode[at] = m;
      }
    });
  });
  return { minutes, mode };
}

/**
 * What each skill of the graph is worth when it is asked for: 10,000 if the learner has it, else the nearest of the learner's
 * skills gives at most the neighbour cap times the similarity. The best single one counts, so saying a thing twice gains nothing.
 */
function creditTriples(skills: readonly number[], reference: ScoringReference, policy: Policy): Int32Array {
  const near = skills.map((position) => reference.graph.neighbours(position));
  // Position, credit turned round and skill in one number of 53 bits: sorted, the first of each position is the best, the earliest skill among equals.
  const packed = new Float64Array(skills.length + near.reduce((sum, list) => sum + list.length / 2, 0));
  let count = 0;
  skills.forEach((position, from) => {
    packed[count++] = (position * CREDITS + (FULL - 10_000)) * HOLDERS + from;
    const list = near[from] as Int32Array;
    for (let i = 0; i < list.length; i += 2) packed[count++] = ((list[i] as number) * CREDITS + (FULL - Math.floor((policy.neighbourCap * (list[i + 1] as number)) / 10_000))) * HOLDERS + from;
  });
  packed.sort();
  const triples = new Int32Array(count * 3);
  let end = 0;
  let last = -1;
  for (let i = 0; i < count; i++) {
    const rest = Math.floor((packed[i] as number) / HOLDERS);
    const position = Math.floor(rest / CREDITS);
    if (position === last) continue;
    last = position;
    triples[end] = position;
    triples[end + 1] = FULL - (rest - position * CREDITS);
    triples[end + 2] = (packed[i] as number) - rest * HOLDERS;
    end += 3;
  }
  return triples.slice(0, end);
}
const FULL = 16_383;
const CREDITS = 2 ** 14;
const HOLDERS = 2 ** 18;

function wordSet(texts: readonly string[], vocabulary: Vocabulary): Int32Array {
  const words = new Set<number>();
  for (const text of texts) for (const word of vocabulary.tellingWords(text)) words.add(word);
  return Int32Array.from(words).sort();
}

export function vacancyNumbers(vacancy: ScorableVacancy, vocabulary: Vocabulary, reference: ScoringReference, policy: Policy): VacancyNumbers {
  const campus = reference.campus(vacancy.campusId);
  const needs: number[] = [];
  const clusters = new Map<number, number>();
  const seen = new Set<number>();
  let essentialSum = 0;
  let needSum = 0;
  for (const need of ['ESSENTIAL', 'OPTIONAL', 'WILL_TRAIN'] as const) {
    for (const skill of vacancy.skills) {
      const position = vocabulary.skill(skill.skillId);
      if (skill.need !== need || seen.has(position)) continue;
      seen.add(position);
      const share = need === 'ESSENTIAL' ? policy.essentialWeight : policy.optionalWeight;
      const weight = share * vocabulary.idf(position);
      const cluster = vocabulary.cluster(position);
      if (cluster >= 0) clusters.set(cluster, (clusters.get(cluster) ?? 0) + weight);
      if (need === 'WILL_TRAIN') continue;
      needs.push(position, weight);
      needSum += weight;
      if (need === 'ESSENTIAL') essentialSum += weight;
    }
  }
  const starts = dayNumber(vacancy.startsOn);
  const ends = dayNumber(vacancy.endsOn);
  return {
    programmes: mask(vacancy.programmeKinds, PROGRAMME_KINDS),
    levelFrom: vacancy.levelFrom > 0 ? whole(vacancy.levelFrom, Number.NaN) : Number.NaN,
    levelTo: vacancy.levelTo > 0 ? whole(vacancy.levelTo, Number.NaN) : Number.NaN,
    entryPoints: Int32Array.from(vacancy.entryPointIds, (id) => vocabulary.name(id)),
    funding: Int32Array.from(vacancy.fundingSourceIds, (id) => vocabulary.name(id)),
    fundingRequired: vacancy.fundingRequired,
    starts: starts <= ends ? starts : Number.NaN,
    ends: starts <= ends ? ends : Number.NaN,
    weekdays: mask(vacancy.weekdays, WEEKDAYS),
    weekdayCount: new Set(vacancy.weekdays).size,
    hoursPerWeek: Math.max(0, whole(vacancy.hoursPerWeek, 0)),
    totalHours: Math.max(0, whole(vacancy.totalHours, 0)),
    remoteShare: Math.min(10_000, Math.max(0, whole(vacancy.remoteShare, 0))),
    open: vacancy.live && vacancy.openingsLeft > 0,
    unpaid: vacancy.pay === 'UNPAID_REQUIRED_BY_COURSE',
    // Right to work is asked of people who are paid, of nobody else.
    checks: mask(vacancy.pay === 'PAID' ? vacancy.checksNeeded : vacancy.checksNeeded.filter((kind) => kind !== 'RIGHT_TO_WORK'), CHECK_KINDS),
    approach: vacancy.deliveryApproach,
    hazards: mask(vacancy.hazards, HAZARDS),
    adjustments: mask(vacancy.adjustmentsOffered, ADJUSTMENTS),
    campus: vocabulary.campusIds.indexOf(vacancy.campusId),
    siteFrom: campus === null ? Number.NaN : campus.open ? -Infinity : dayNumber(campus.opensOn),
    assessed: vacancy.youngPersonAssessed === true,
    barred: vacancy.barredLearnerIds.length === 0 ? null : new Set(vacancy.barredLearnerIds),
    needs: Int32Array.from(needs),
    essentialCount: vacancy.skills.length === 0 ? 0 : countEssentials(vacancy),
    needSum,
    essentialSum,
    clusters: Int32Array.from([...clusters].sort((a, b) => a[0] - b[0]).flat()),
    clusterSum: [...clusters.values()].reduce((a, b) => a + b, 0),
    words: Int32Array.from(tellingWords(`${vacancy.title} ${vacancy.description}`, policy.textWords), (word) => vocabulary.name(word)),
  };
}

const countEssentials = (vacancy: ScorableVacancy): number =>
  new Set(vacancy.skills.filter((skill) => skill.need === 'ESSENTIAL').map((skill) => skill.skillId)).size;
