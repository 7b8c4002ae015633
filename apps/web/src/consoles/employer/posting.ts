import type { VariablesOf } from '../../gql/graphql.js';
import type { Fault } from '../../ui/error-summary.js';
import type { HireVacancy, POST_VACANCY } from './documents.js';
import { t } from './words.js';

export type Details = VariablesOf<typeof POST_VACANCY>['input']['details'];

export const PROGRAMMES = ['T_LEVEL', 'HTQ', 'HNC_HND', 'APPRENTICESHIP', 'DEGREE', 'OTHER'] as const;
export const CHECKS = ['DBS_BASIC', 'DBS_STANDARD', 'DBS_ENHANCED', 'OCCUPATIONAL_HEALTH', 'RIGHT_TO_WORK', 'MANDATORY_TRAINING'] as const;
export const HAZARDS = ['IONISING_RADIATION', 'BIOLOGICAL_AGENTS', 'HAZARDOUS_SUBSTANCES', 'NIGHT_WORK'] as const;
export const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export const STEPS = ['role', 'needs', 'terms', 'check'] as const;
export type Step = (typeof STEPS)[number];

/** What the form holds: the details with lists of plain keys. */
export type Posting = {
  title: string;
  description: string;
  programmeKinds: string[];
  levelFrom: number;
  levelTo: number;
  must: string[];
  nice: string[];
  teach: string[];
  checksNeeded: string[];
  hazards: string[];
  campusId: string;
  openings: number;
  startsOn: string;
  endsOn: string;
  weekdays: string[];
  hoursPerWeek: number;
  totalHours: number;
  pay: 'PAID' | 'UNPAID_REQUIRED_BY_COURSE';
  pounds: number;
};

export const BLANK: Posting = {
  title: '', description: '', programmeKinds: ['T_LEVEL'], levelFrom: 3, levelTo: 3, must: [], nice: [], teach: [], checksNeeded: [], hazards: [],
  campusId: '', openings: 1, startsOn: '', endsOn: '', weekdays: ['TUE', 'WED', 'THU'], hoursPerWeek: 21, totalHours: 315, pay: 'UNPAID_REQUIRED_BY_COURSE', pounds: 12.21,
};

/** A posting that begins like an earlier vacancy; the dates are asked anew. */
export function postingLike(vacancy: HireVacancy): Posting {
  const keys = (need: string): string[] => vacancy.skills.flatMap((each) => (each.need === need && each.skill !== null ? [each.skill.key] : []));
  return {
    ...BLANK, title: vacancy.title, description: vacancy.description, programmeKinds: [...vacancy.programmeKinds], levelFrom: vacancy.levelFrom, levelTo: vacancy.levelTo,
    must: keys('ESSENTIAL'), nice: keys('OPTIONAL'), teach: keys('WILL_TRAIN'), checksNeeded: [...vacancy.checksNeeded], hazards: [...vacancy.hazards],
    campusId: vacancy.campus?.key ?? '', openings: vacancy.openings, weekdays: [...vacancy.weekdays], hoursPerWeek: vacancy.hoursPerWeek, totalHours: vacancy.totalHours,
    pay: vacancy.pay, pounds: vacancy.hourlyPence === null ? BLANK.pounds : vacancy.hourlyPence / 100, startsOn: vacancy.startsOn, endsOn: vacancy.endsOn,
  };
}

export function detailsOf(posting: Posting): Details {
  const among = <T extends string>(all: readonly T[], chosen: readonly string[]): T[] => all.filter((each) => chosen.includes(each));
  const need = (keys: readonly string[], kind: 'ESSENTIAL' | 'OPTIONAL' | 'WILL_TRAIN') => keys.map((skillId) => ({ skillId, need: kind }));
  return {
    title: posting.title.trim(), description: posting.description.trim(), campusId: posting.campusId,
    skills: [...need(posting.must, 'ESSENTIAL'), ...need(posting.nice, 'OPTIONAL'), ...need(posting.teach, 'WILL_TRAIN')],
    levelFrom: posting.levelFrom, levelTo: posting.levelTo, programmeKinds: among(PROGRAMMES, posting.programmeKinds), entryPointIds: [],
    startsOn: posting.startsOn, endsOn: posting.endsOn, weekdays: among(DAYS, posting.weekdays), hoursPerWeek: posting.hoursPerWeek, totalHours: posting.totalHours,
    remoteShare: 0, openings: posting.openings, pay: posting.pay, hourlyPence: posting.pay === 'PAID' ? Math.round(posting.pounds * 100) : null,
    checksNeeded: among(CHECKS, posting.checksNeeded), deliveryApproach: 'ON_SITE', hazards: among(HAZARDS, posting.hazards), adjustmentsOffered: [], fundingSourceIds: [], fundingRequired: false,
  };
}

const REQUIRED: Readonly<Record<Step, readonly (readonly [keyof Posting, string])[]>> = {
  role: [['title', t('post.titleField')], ['description', t('post.description')]],
  needs: [],
  terms: [['campusId', t('post.campus')], ['startsOn', t('post.from')], ['endsOn', t('post.to')]],
  check: [],
};

/** What a step still lacks. The service checks everything again, and names the law where it refuses. */
export function gapsOf(step: Step, posting: Posting): readonly Fault[] {
  const missing = REQUIRED[step].filter(([field]) => String(posting[field]).trim() === '').map(([field, what]) => ({ message: t('post.required', { what }), field }));
  if (step !== 'terms') return missing;
  return [
    ...missing,
    ...(posting.startsOn !== '' && posting.endsOn !== '' && posting.endsOn < posting.startsOn ? [{ message: t('post.reversed'), field: 'endsOn' }] : []),
    ...(posting.weekdays.length === 0 ? [{ message: t('post.noDays'), field: 'days' }] : []),
  ];
}

const DAY_MS = 86_400_000;
/** Hours that fit between the dates at so many a week; null until both dates stand. */
export function hoursThatFit({ startsOn, endsOn, hoursPerWeek }: Posting): number | null {
  if (startsOn === '' || endsOn === '' || endsOn < startsOn) return null;
  const days = (Date.parse(endsOn) - Date.parse(startsOn)) / DAY_MS + 1;
  return Math.floor((days / 7) * hoursPerWeek);
}
