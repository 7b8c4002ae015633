import { ADJUSTMENTS, CHECK_KINDS, DELIVERY_APPROACHES, HAZARDS, PAY_KINDS, PROGRAMME_KINDS, Rejection, SKILL_NEEDS, WEEKDAYS, type VacancyDetails, type VacancySkill, type VacancyState } from '@meriden/domain';
import type { ReferenceService } from '../reference.service.js';
import { shown } from '../validate/faults.js';
import { checkVacancy } from '../validate/vacancy.js';
import type { Cells, Column } from './columns.js';

const column = (name: string, words: string, example: string, needed = false): Column => ({ name, words, example, needed });
const many = (allowed: readonly string[]): string => `of ${allowed.join(', ')}, separated by |`;

export const VACANCY_COLUMNS: readonly Column[] = [
  column('title', 'what the work is called; with campus and first day it tells one vacancy from another', 'Device test assistant', true),
  column('description', 'plain text about the work', 'Test devices and write down what you find.', true),
  column('campus', 'key of the campus', 'bhic', true),
  column('skills', `names or keys, separated by |; with ${SKILL_NEEDS.join(', ')} after a colon, else OPTIONAL`, 'CAD:ESSENTIAL|soldering:WILL_TRAIN'),
  column('levelFrom', 'lowest RQF level accepted', '3', true),
  column('levelTo', 'highest RQF level accepted', '5', true),
  column('programmeKinds', many(PROGRAMME_KINDS), 'T_LEVEL|HTQ', true),
  column('entryPoints', 'keys of entry points, separated by |; empty: all', ''),
  column('startsOn', 'first day', '2027-01-11', true),
  column('endsOn', 'last day', '2027-06-25', true),
  column('weekdays', many(WEEKDAYS), 'MON|TUE|WED', true),
  column('hoursPerWeek', 'hours a week, 1 to 48', '21', true),
  column('totalHours', 'hours over the whole placement', '315', true),
  column('remotePercent', 'share of the hours that may be remote, in per cent; empty: 0', '0'),
  column('openings', 'learners it can take', '2', true),
  column('pay', `one of ${PAY_KINDS.join(', ')}`, 'PAID', true),
  column('hourlyPence', 'pay in pence an hour, exactly where it is paid', '1300'),
  column('checksNeeded', many(CHECK_KINDS), ''),
  column('deliveryApproach', `one of ${DELIVERY_APPROACHES.join(', ')}; empty: ON_SITE`, 'ON_SITE'),
  column('hazards', many(HAZARDS), ''),
  column('adjustmentsOffered', many(ADJUSTMENTS), 'STEP_FREE'),
  column('fundingSources', 'keys, separated by |', ''),
  column('fundingRequired', 'yes only where a funder’s written rule admits its own learners alone', 'no'),
  column('state', 'LIVE to show it to learners at once, DRAFT to keep it; empty: DRAFT', 'DRAFT'),
];

export type VacancyRow = Readonly<{ row: number; details: VacancyDetails; state: Exclude<VacancyState, 'CLOSED'> }>;

/** One row, checked like a posted vacancy. Null when `cells.errors` says why not. */
export function readVacancy(cells: Cells, reference: ReferenceService): VacancyRow | null {
  const remotePercent = cells.integer('remotePercent') ?? 0;
  const details = {
    title: cells.text('title') ?? '',
    description: cells.text('description') ?? '',
    campusId: cells.text('campus')?.toLowerCase() ?? '',
    skills: skills(cells, reference),
    levelFrom: cells.integer('levelFrom') ?? 0,
    levelTo: cells.integer('levelTo') ?? 0,
    programmeKinds: cells.listOf('programmeKinds', PROGRAMME_KINDS) ?? [],
    entryPointIds: cells.list('entryPoints') ?? [],
    startsOn: cells.date('startsOn') ?? '',
    endsOn: cells.date('endsOn') ?? '',
    weekdays: cells.listOf('weekdays', WEEKDAYS) ?? [],
    hoursPerWeek: cells.integer('hoursPerWeek') ?? 0,
    totalHours: cells.integer('totalHours') ?? 0,
    remoteShare: remotePercent * 100,
    openings: cells.integer('openings') ?? 0,
    pay: cells.oneOf('pay', PAY_KINDS) ?? 'PAID',
    hourlyPence: cells.integer('hourlyPence'),
    checksNeeded: cells.listOf('checksNeeded', CHECK_KINDS) ?? [],
    deliveryApproach: cells.oneOf('deliveryApproach', DELIVERY_APPROACHES) ?? 'ON_SITE',
    hazards: cells.listOf('hazards', HAZARDS) ?? [],
    adjustmentsOffered: cells.listOf('adjustmentsOffered', ADJUSTMENTS) ?? [],
    fundingSourceIds: cells.list('fundingSources') ?? [],
    fundingRequired: cells.yes('fundingRequired') ?? false,
  } satisfies VacancyDetails;
  const state = cells.oneOf('state', ['DRAFT', 'LIVE'] as const) ?? 'DRAFT';
  if (cells.errors.length > 0) return null;
  try {
    checkVacancy(details, reference);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    cells.refusals(error, vacancyColumn);
    return null;
  }
  return { row: cells.row, details, state };
}

/** Two vacancies of one employer with the same key are one. */
export const vacancyKey = ({ title, campusId, startsOn }: Pick<VacancyDetails, 'title' | 'campusId' | 'startsOn'>): string =>
  JSON.stringify([title.trim().toLowerCase().replace(/\s+/g, ' '), campusId, startsOn]);

const NAMES: Readonly<Record<string, string>> = { campusId: 'campus', entryPointIds: 'entryPoints', fundingSourceIds: 'fundingSources', remoteShare: 'remotePercent' };

/** `['input', 'details', 'campusId']` stands in the column `campus`. */
export function vacancyColumn(path: readonly string[]): string | null {
  const name = path[1] === 'details' ? path[2] : path[1];
  return name === undefined ? null : (NAMES[name] ?? name);
}

function skills(cells: Cells, reference: ReferenceService): readonly VacancySkill[] {
  return (cells.list('skills') ?? []).flatMap((entry) => {
    const [name = '', said = 'OPTIONAL'] = entry.split(':').map((part) => part.trim());
    const need = SKILL_NEEDS.find((known) => known === said.toUpperCase().replace(/[\s-]+/g, '_'));
    const skillId = reference.skillCalled(name);
    if (need !== undefined && skillId !== null) return [{ skillId, need }];
    if (skillId === null) cells.fault('skills', 'REFERENCE_UNKNOWN', `No such skill: ${shown(name)}. A skill comes from the reference data: look it up and use its name or key.`);
    if (need === undefined) cells.fault('skills', 'FIELD_INVALID', `skills holds ${shown(entry)}. After the colon stands one of ${SKILL_NEEDS.join(', ')}.`);
    return [];
  });
}
