import type { EntryPointId, FundingSourceId, IsoDate, LearnerId, OrganisationId, PersonId, QualificationId, SkillId } from './ids.js';

export const TRAVEL_MODES = ['WALK', 'CYCLE', 'BUS', 'RAIL', 'CAR'] as const;
export type TravelMode = (typeof TRAVEL_MODES)[number];

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const CHECK_KINDS = [
  'DBS_BASIC',
  'DBS_STANDARD',
  'DBS_ENHANCED',
  'OCCUPATIONAL_HEALTH',
  'RIGHT_TO_WORK',
  'MANDATORY_TRAINING',
] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

/** What a workplace can be asked to provide; needs are stated as adjustments, never as a diagnosis. */
export const ADJUSTMENTS = ['STEP_FREE', 'HEARING_SUPPORT', 'VISION_SUPPORT', 'QUIET_SPACE', 'FLEXIBLE_HOURS', 'SIGN_LANGUAGE'] as const;
export type Adjustment = (typeof ADJUSTMENTS)[number];

/** How a skill got into a profile, weakest last; evidence quotes the learner's own words. */
export const SKILL_SOURCES = ['ASSESSED', 'CERTIFICATE', 'STATED'] as const;
export type LearnerSkill = Readonly<{
  skillId: SkillId;
  evidence: string;
  source: (typeof SKILL_SOURCES)[number];
}>;

/** Outcome and expiry only: the diagnosis or the disclosure is never stored. */
export type CheckHeld = Readonly<{ kind: CheckKind; expiresOn: IsoDate | null }>;

export type Availability = Readonly<{
  from: IsoDate;
  to: IsoDate;
  weekdays: readonly Weekday[];
  /** Hours a week the learner can give, 1 to 48. */
  hoursPerWeek: number;
}>;

/** The part of a learner's record that the learner edits and that scores read. Names and birth date are not in it. */
export type LearnerProfile = Readonly<{
  qualificationId: QualificationId;
  /** RQF level being studied, 1 to 8. */
  level: number;
  entryPointId: EntryPointId;
  fundingSourceIds: readonly FundingSourceId[];
  /** First half of the home postcode, for journey times only; null = not given. */
  outcode: string | null;
  travelModes: readonly TravelMode[];
  /** Minutes one way, 5 to 180. */
  maxTravelMinutes: number;
  availability: Availability | null;
  /** Hours the programme requires of a placement; null = none set. */
  requiredHours: number | null;
  skills: readonly LearnerSkill[];
  /** Skill clusters the learner says they want to work in, such as `imaging`. */
  interests: readonly string[];
  checks: readonly CheckHeld[];
  adjustmentsNeeded: readonly Adjustment[];
  /** Whether suggestions may be computed and shown at all. */
  consentToMatching: boolean;
}>;

export type Learner = LearnerProfile &
  Readonly<{
    id: LearnerId;
    /** The provider that owns the record. */
    organisationId: OrganisationId;
    personId: PersonId | null;
    givenName: string;
    familyName: string;
    uln: string | null;
    /** Used for the legal rules about young workers alone. */
    dateOfBirth: IsoDate | null;
    academicYear: string;
    version: number;
  }>;
