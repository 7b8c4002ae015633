import { type Adjustment, type CheckKind, type Weekday } from './learner.js';
import type { CampusId, EntryPointId, FundingSourceId, IsoDate, OrganisationId, SkillId, VacancyId } from './ids.js';
import { wrongState } from './rejection.js';

export const VACANCY_STATES = ['DRAFT', 'LIVE', 'CLOSED'] as const;
export type VacancyState = (typeof VACANCY_STATES)[number];

export const SKILL_NEEDS = ['ESSENTIAL', 'OPTIONAL', 'WILL_TRAIN'] as const;
export type SkillNeed = (typeof SKILL_NEEDS)[number];
export type VacancySkill = Readonly<{ skillId: SkillId; need: SkillNeed }>;

export const PROGRAMME_KINDS = ['T_LEVEL', 'HTQ', 'HNC_HND', 'APPRENTICESHIP', 'DEGREE', 'OTHER'] as const;
export type ProgrammeKind = (typeof PROGRAMME_KINDS)[number];

/** Unpaid is lawful only where a UK further or higher education course requires it, for a year at most (NMW Regulations 2015, reg. 53). */
export const PAY_KINDS = ['PAID', 'UNPAID_REQUIRED_BY_COURSE'] as const;
export type PayKind = (typeof PAY_KINDS)[number];

export const DELIVERY_APPROACHES = ['ON_SITE', 'HYBRID', 'SMALL_TEAM_PROJECT', 'WORK_TASTER', 'SKILLS_HUB', 'SUPPLY_CHAIN'] as const;
export type DeliveryApproach = (typeof DELIVERY_APPROACHES)[number];

/** Workplace risks that bar or limit people under 18 (Management of Health and Safety at Work Regulations 1999, reg. 19). */
export const HAZARDS = ['IONISING_RADIATION', 'BIOLOGICAL_AGENTS', 'HAZARDOUS_SUBSTANCES', 'NIGHT_WORK'] as const;
export type Hazard = (typeof HAZARDS)[number];

export type VacancyDetails = Readonly<{
  title: string;
  description: string;
  campusId: CampusId;
  skills: readonly VacancySkill[];
  /** RQF levels accepted, lowest and highest, 1 to 8. */
  levelFrom: number;
  levelTo: number;
  programmeKinds: readonly ProgrammeKind[];
  entryPointIds: readonly EntryPointId[];
  startsOn: IsoDate;
  endsOn: IsoDate;
  weekdays: readonly Weekday[];
  hoursPerWeek: number;
  /** Hours over the whole placement. */
  totalHours: number;
  /** Ten-thousandth parts of the hours that may be remote. */
  remoteShare: number;
  openings: number;
  pay: PayKind;
  /** Pence an hour; null exactly when unpaid. */
  hourlyPence: number | null;
  checksNeeded: readonly CheckKind[];
  deliveryApproach: DeliveryApproach;
  hazards: readonly Hazard[];
  adjustmentsOffered: readonly Adjustment[];
  fundingSourceIds: readonly FundingSourceId[];
  /** A funder's written rule; empty = none. Only learners with one of these funding sources are eligible. */
  fundingRequired: boolean;
}>;

export type Vacancy = VacancyDetails &
  Readonly<{
    id: VacancyId;
    /** The employer that owns it. */
    organisationId: OrganisationId;
    state: VacancyState;
    version: number;
  }>;

const TRANSITIONS = {
  published: { from: ['DRAFT'], to: 'LIVE' },
  closed: { from: ['DRAFT', 'LIVE'], to: 'CLOSED' },
} as const satisfies Record<string, { from: readonly VacancyState[]; to: VacancyState }>;

function move(vacancy: Vacancy, verb: keyof typeof TRANSITIONS): Vacancy {
  const { from, to } = TRANSITIONS[verb];
  if (!(from as readonly VacancyState[]).includes(vacancy.state)) throw wrongState('vacancy', vacancy.state, verb, from);
  return { ...vacancy, state: to, version: vacancy.version + 1 };
}

export const publishVacancy = (vacancy: Vacancy): Vacancy => move(vacancy, 'published');
export const closeVacancy = (vacancy: Vacancy): Vacancy => move(vacancy, 'closed');

/** New details on a draft or live vacancy. */
export function reviseVacancy(vacancy: Vacancy, details: VacancyDetails): Vacancy {
  if (vacancy.state === 'CLOSED') throw wrongState('vacancy', vacancy.state, 'revised', ['DRAFT', 'LIVE']);
  return { ...vacancy, ...details, version: vacancy.version + 1 };
}
