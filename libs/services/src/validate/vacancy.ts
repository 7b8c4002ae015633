import {
  ADJUSTMENTS,
  CHECK_KINDS,
  DELIVERY_APPROACHES,
  HAZARDS,
  PAY_KINDS,
  PROGRAMME_KINDS,
  SKILL_NEEDS,
  WEEKDAYS,
  type VacancyDetails,
} from '@meriden/domain';
import type { ReferenceService } from '../reference.service.js';
import { checkPeriod, isIsoDate, weeksBetween } from './dates.js';
import { Faults } from './faults.js';

/** @throws Rejection naming every field that is wrong, its rule and the remedy. */
export function checkVacancy(details: VacancyDetails, reference: ReferenceService): void {
  const faults = new Faults(['input', 'details']);
  faults.text('title', details.title, { max: 200 });
  faults.text('description', details.description, { max: 10_000 });
  faults.known('campusId', details.campusId, reference.hasCampus(details.campusId), 'campus');
  faults.integer('openings', details.openings, 1, 500, 'openings');
  faults.integer('levelFrom', details.levelFrom, 1, 8, '(RQF level)');
  faults.integer('levelTo', details.levelTo, 1, 8, '(RQF level)');
  if (details.levelTo < details.levelFrom) {
    faults.add('OUT_OF_RANGE', 'levelTo', `The highest level ${details.levelTo} is below the lowest ${details.levelFrom}.`, 'Levels are given lowest first.', 'Swap them.');
  }
  enumerations(faults, details, reference);
  skills(faults, details, reference);
  time(faults, details);
  pay(faults, details);
  faults.refuseIfAny();
}

function enumerations(faults: Faults, details: VacancyDetails, reference: ReferenceService): void {
  const lists = [
    ['programmeKinds', details.programmeKinds, PROGRAMME_KINDS],
    ['weekdays', details.weekdays, WEEKDAYS],
    ['checksNeeded', details.checksNeeded, CHECK_KINDS],
    ['hazards', details.hazards, HAZARDS],
    ['adjustmentsOffered', details.adjustmentsOffered, ADJUSTMENTS],
  ] as const;
  for (const [name, values, allowed] of lists) {
    faults.distinct(name, values, 20);
    values.slice(0, 40).forEach((value, i) => faults.oneOf([name, i], value, allowed as readonly string[]));
  }
  faults.oneOf('deliveryApproach', details.deliveryApproach, DELIVERY_APPROACHES);
  if (details.programmeKinds.length === 0) {
    faults.add('FIELD_REQUIRED', 'programmeKinds', 'No programme is accepted.', 'A vacancy accepts at least one kind of programme.', 'Choose the programmes whose learners you can take.');
  }
  faults.distinct('entryPointIds', details.entryPointIds, 20);
  faults.distinct('fundingSourceIds', details.fundingSourceIds, 20);
  details.entryPointIds.slice(0, 40).forEach((id, i) => faults.known(['entryPointIds', i], id, reference.hasEntryPoint(id), 'entry point'));
  details.fundingSourceIds.slice(0, 40).forEach((id, i) => faults.known(['fundingSourceIds', i], id, reference.hasFundingSource(id), 'funding source'));
}

function skills(faults: Faults, details: VacancyDetails, reference: ReferenceService): void {
  faults.distinct('skills', details.skills.map((s) => s.skillId), 60);
  details.skills.slice(0, 120).forEach((skill, i) => {
    faults.known(['skills', i, 'skillId'], skill.skillId, reference.hasSkill(skill.skillId), 'skill');
    faults.oneOf(['skills', i, 'need'], skill.need, SKILL_NEEDS);
  });
}

function time(faults: Faults, details: VacancyDetails): void {
  checkPeriod(faults, ['startsOn', 'endsOn'], details.startsOn, details.endsOn);
  faults.integer('hoursPerWeek', details.hoursPerWeek, 1, 48, 'hours a week');
  faults.integer('totalHours', details.totalHours, 1, 2_500, 'hours');
  faults.integer('remoteShare', details.remoteShare, 0, 10_000, 'basis points');
  if (!isIsoDate(details.startsOn) || !isIsoDate(details.endsOn) || details.endsOn < details.startsOn) return;
  const reachable = weeksBetween(details.startsOn, details.endsOn) * details.hoursPerWeek;
  if (details.totalHours > reachable) {
    faults.add(
      'OUT_OF_RANGE',
      'totalHours',
      `${details.totalHours} hours do not fit: ${details.hoursPerWeek} a week over these dates give ${reachable} at most.`,
      'The hours of a placement fit into its dates.',
      'Lengthen the dates, raise the hours a week, or lower the total.',
    );
  }
}

const LOWEST_HOURLY_PENCE = 500;
const UNPAID_WEEKS_AT_MOST = 53;

function pay(faults: Faults, details: VacancyDetails): void {
  faults.oneOf('pay', details.pay, PAY_KINDS);
  const rule = 'Unpaid work experience is lawful only where a UK further or higher education course requires it, for one year at most; otherwise pay is stated (National Minimum Wage Regulations 2015, reg. 53).';
  if (details.pay === 'PAID') {
    if (details.hourlyPence === null) {
      faults.add('PAY_UNLAWFUL', 'hourlyPence', 'A paid vacancy names no pay.', rule, 'Give the pay in pence an hour.');
    } else faults.integer('hourlyPence', details.hourlyPence, LOWEST_HOURLY_PENCE, 20_000, 'pence an hour');
    return;
  }
  if (details.hourlyPence !== null) {
    faults.add('PAY_UNLAWFUL', 'hourlyPence', 'An unpaid vacancy names pay.', rule, 'Remove the pay, or mark the vacancy as paid.');
  }
  if (isIsoDate(details.startsOn) && isIsoDate(details.endsOn) && weeksBetween(details.startsOn, details.endsOn) > UNPAID_WEEKS_AT_MOST) {
    faults.add('PAY_UNLAWFUL', 'endsOn', 'An unpaid placement of more than a year.', rule, 'Shorten it to a year, or pay for it.');
  }
}
