import {
  type Adjustment,
  type Availability,
  type CampusId,
  type CheckHeld,
  type CheckKind,
  type DeliveryApproach,
  type EntryPointId,
  type FundingSourceId,
  type Hazard,
  type IsoDate,
  type Learner,
  type LearnerId,
  type LearnerSkill,
  type PayKind,
  type ProgrammeKind,
  type SkillId,
  type TravelMode,
  type Vacancy,
  type VacancyId,
  type VacancySkill,
  type Weekday,
} from '@meriden/domain';
import { birthday } from './days.js';
import type { ReferenceData } from '@meriden/reference';
import { scoringReference } from './from-reference.js';
import type { ScoringReference } from './scoring-reference.js';

/**
 * All that a score may know of a learner. There is no place in it for a name, a birth date, an age, a sex, a school, an address
 * or an outcode: a journey is minutes, and the one date about the person says from when the law treats them as an adult.
 * Free text is not in it either, only the span of it that names the skill it stands beside.
 */
export type ScorableLearner = Readonly<{
  /** Read by the tie-break digest and by the list of barred pairs, never by a term. */
  id: LearnerId;
  programmeKind: ProgrammeKind;
  /** Route of the programme (`Digital`, `Health and science` ...); null = none is recorded. */
  route: string | null;
  level: number;
  entryPointId: EntryPointId;
  fundingSourceIds: readonly FundingSourceId[];
  travel: Readonly<{
    modes: readonly TravelMode[];
    maxMinutes: number;
    /** Minutes one way by campus and mode, for every mode; null = the learner has not said where journeys start. */
    journeys: Readonly<Record<CampusId, Readonly<Partial<Record<TravelMode, number>>>>> | null;
    /** Which of them were imported, for the words of the reasons alone; absent where all are estimates. */
    imported?: Readonly<Record<CampusId, readonly TravelMode[]>>;
  }>;
  availability: Availability | null;
  /** Hours the programme still requires of a placement; null = none set. */
  requiredHours: number | null;
  /** Weekly hours promised to other placements or jobs at the same time; the law on young workers adds them up. */
  committedHoursPerWeek: number;
  skills: readonly ScorableSkill[];
  interests: readonly string[];
  checks: readonly CheckHeld[];
  adjustmentsNeeded: readonly Adjustment[];
  consentToMatching: boolean;
  /** Read by legal gates alone; null = not known. */
  eighteenOn: IsoDate | null;
}>;

/** `words` is the learner's own span of text that names the skill, or empty. */
export type ScorableSkill = Readonly<{ skillId: SkillId; source: LearnerSkill['source']; words: string }>;

export type ScorableVacancy = Readonly<{
  /** Read by the tie-break digest alone. */
  id: VacancyId;
  title: string;
  description: string;
  campusId: CampusId;
  skills: readonly VacancySkill[];
  levelFrom: number;
  levelTo: number;
  programmeKinds: readonly ProgrammeKind[];
  entryPointIds: readonly EntryPointId[];
  startsOn: IsoDate;
  endsOn: IsoDate;
  weekdays: readonly Weekday[];
  hoursPerWeek: number;
  totalHours: number;
  remoteShare: number;
  /** Openings still free; 0 shuts a gate. */
  openingsLeft: number;
  live: boolean;
  pay: PayKind;
  checksNeeded: readonly CheckKind[];
  deliveryApproach: DeliveryApproach;
  hazards: readonly Hazard[];
  adjustmentsOffered: readonly Adjustment[];
  fundingSourceIds: readonly FundingSourceId[];
  fundingRequired: boolean;
  /** The host has a young-person risk assessment; null = not recorded. */
  youngPersonAssessed: boolean | null;
  /** Pairs that a person barred, for a reason recorded elsewhere. */
  barredLearnerIds: readonly LearnerId[];
}>;

export type LearnerContext = Readonly<{
  /** Weekly hours already promised elsewhere. */
  committedHoursPerWeek?: number;
  /** The `words` of each skill, in order, where they were found before in the same version of the learner: finding them is most of the work. */
  words?: readonly string[];
}>;

/** Strips a learner's record to what a score may know. Total: whatever is missing or unknown makes a rule ask later. */
export function toScorableLearner(learner: Learner, data: ReferenceData, context: LearnerContext = {}): ScorableLearner {
  return scorableOver(learner, scoringReference(data), context);
}

/** As `toScorableLearner`, over look-ups drawn with an operator's own skill graph or journey times. */
export function scorableOver(learner: Learner, reference: ScoringReference, context: LearnerContext = {}): ScorableLearner {
  const qualification = reference.qualification(learner.qualificationId);
  const imported = learner.outcode === null ? undefined : reference.imported(learner.outcode);
  return {
    id: learner.id,
    programmeKind: qualification?.programmeKind ?? 'OTHER',
    route: qualification?.route ?? null,
    level: known(learner.level),
    entryPointId: learner.entryPointId,
    fundingSourceIds: learner.fundingSourceIds,
    travel: {
      modes: learner.travelModes,
      maxMinutes: known(learner.maxTravelMinutes),
      journeys: learner.outcode === null ? null : reference.journeys(learner.outcode),
      ...(imported !== undefined && { imported }),
    },
    availability: learner.availability === null ? null : { ...learner.availability, hoursPerWeek: known(learner.availability.hoursPerWeek) },
    requiredHours: learner.requiredHours === null ? (qualification?.placementHours ?? null) : known(learner.requiredHours),
    committedHoursPerWeek: known(context.committedHoursPerWeek ?? 0),
    skills: learner.skills.map((skill, at) => ({
      skillId: skill.skillId,
      source: skill.source,
      words: context.words?.[at] ?? ownWords(skill, reference),
    })),
    interests: learner.interests,
    checks: learner.checks,
    adjustmentsNeeded: learner.adjustmentsNeeded,
    consentToMatching: learner.consentToMatching,
    eighteenOn: birthday(learner.dateOfBirth, 18),
  };
}

/** What to say of where the minutes of a journey come from. */
export const journeySource = ({ travel }: ScorableLearner, campusId: CampusId, mode: TravelMode): string => (travel.imported?.[campusId]?.includes(mode) ? 'imported time' : 'estimate');

/** The span of the learner's own text that names the skill; empty when none does. */
function ownWords({ skillId, evidence }: LearnerSkill, reference: ScoringReference): string {
  return evidence === '' ? '' : reference.wordsFor(evidence.slice(0, LONGEST_EVIDENCE), skillId);
}

const LONGEST_EVIDENCE = 4_000;

/** What is no number is not known; 0 stands for it, and the rules that need it ask. */
const known = (value: number): number => (Number.isFinite(value) ? value : 0);

export type VacancyContext = Readonly<{
  /** Openings not yet taken; all of them when left out. */
  openingsLeft?: number;
  youngPersonAssessed?: boolean | null;
  barredLearnerIds?: readonly LearnerId[];
}>;

/** The part of a vacancy that a score reads, with what is known of the employer's capacity. */
export function toScorableVacancy(vacancy: Vacancy, context: VacancyContext = {}): ScorableVacancy {
  return {
    id: vacancy.id,
    title: vacancy.title,
    description: vacancy.description,
    campusId: vacancy.campusId,
    skills: vacancy.skills,
    levelFrom: known(vacancy.levelFrom),
    levelTo: known(vacancy.levelTo),
    programmeKinds: vacancy.programmeKinds,
    entryPointIds: vacancy.entryPointIds,
    startsOn: vacancy.startsOn,
    endsOn: vacancy.endsOn,
    weekdays: vacancy.weekdays,
    hoursPerWeek: known(vacancy.hoursPerWeek),
    totalHours: known(vacancy.totalHours),
    remoteShare: known(vacancy.remoteShare),
    openingsLeft: known(context.openingsLeft ?? vacancy.openings),
    live: vacancy.state === 'LIVE',
    pay: vacancy.pay,
    checksNeeded: vacancy.checksNeeded,
    deliveryApproach: vacancy.deliveryApproach,
    hazards: vacancy.hazards,
    adjustmentsOffered: vacancy.adjustmentsOffered,
    fundingSourceIds: vacancy.fundingSourceIds,
    fundingRequired: vacancy.fundingRequired,
    youngPersonAssessed: context.youngPersonAssessed ?? null,
    barredLearnerIds: context.barredLearnerIds ?? [],
  };
}
