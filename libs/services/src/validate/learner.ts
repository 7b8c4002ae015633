import {
  ADJUSTMENTS,
  CHECK_KINDS,
  SKILL_SOURCES,
  TRAVEL_MODES,
  WEEKDAYS,
  type IsoDate,
  type LearnerProfile,
} from '@meriden/domain';
import type { ReferenceService } from '../reference.service.js';
import { addYears, checkDate, checkPeriod } from './dates.js';
import { Faults, hasUnstorable, shown } from './faults.js';

export type Enrolment = Readonly<{
  givenName: string;
  familyName: string;
  uln: string | null;
  dateOfBirth: IsoDate | null;
  academicYear: string;
  email: string | null;
  profile: LearnerProfile;
}>;

/** @throws Rejection naming every field that is wrong, its rule and the remedy. */
export function checkEnrolment(input: Enrolment, reference: ReferenceService, today: IsoDate): void {
  const faults = new Faults();
  faults.text('givenName', input.givenName, { max: 200 });
  faults.text('familyName', input.familyName, { max: 200 });
  if (input.uln !== null) {
    const uln = reference.checkUln(input.uln);
    if (!uln.ok) faults.add('ULN_INVALID', 'uln', uln.message, uln.rule, uln.remedy);
  }
  if (input.dateOfBirth !== null && checkDate(faults, 'dateOfBirth', input.dateOfBirth)) {
    const young = addYears(input.dateOfBirth, 14) > today;
    const old = addYears(input.dateOfBirth, 100) < today;
    if (young || old) {
      faults.add('OUT_OF_RANGE', 'dateOfBirth', 'This birth date makes the learner younger than 14 or older than 100.', 'Learners on these programmes are 14 to 100 years old.', 'Check the year of birth.');
    }
  }
  if (!/^20\d\d\/\d\d$/.test(input.academicYear)) {
    faults.add('FIELD_INVALID', 'academicYear', `${shown(input.academicYear)} is not an academic year.`, 'An academic year runs 1 August to 31 July and is written 2026/27.', 'Write it like 2026/27.');
  }
  if (input.email !== null) checkEmail(faults, 'email', input.email);
  profileFaults(faults, ['profile'], input.profile, reference, input.dateOfBirth, today);
  faults.refuseIfAny();
}

export function checkProfile(profile: LearnerProfile, reference: ReferenceService, dateOfBirth: IsoDate | null, today: IsoDate, root: readonly string[] = ['input']): void {
  const faults = new Faults(root);
  profileFaults(faults, ['profile'], profile, reference, dateOfBirth, today);
  faults.refuseIfAny();
}

export function checkEmail(faults: Faults, path: string, email: string): void {
  if (email.length <= 254 && !hasUnstorable(email) && /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+\.[^\s@<>"',;:\\.]+$/.test(email)) return;
  faults.add('FIELD_INVALID', path, 'That is not an e-mail address.', 'An e-mail address has one @ and a domain, at most 254 characters.', 'Write it like name@college.example.');
}

function profileFaults(outer: Faults, at: readonly string[], profile: LearnerProfile, reference: ReferenceService, dateOfBirth: IsoDate | null, today: IsoDate): void {
  const path = (...rest: (string | number)[]): string[] => [...at, ...rest.map(String)];
  outer.known(path('qualificationId'), profile.qualificationId, reference.hasQualification(profile.qualificationId), 'qualification');
  outer.known(path('entryPointId'), profile.entryPointId, reference.hasEntryPoint(profile.entryPointId), 'entry point');
  outer.integer(path('level'), profile.level, 1, 8, '(RQF level)');
  profile.fundingSourceIds.forEach((id, i) => outer.known(path('fundingSourceIds', i), id, reference.hasFundingSource(id), 'funding source'));
  if (profile.outcode !== null && !reference.hasOutcode(profile.outcode)) {
    const wellFormed = /^[A-Z]{1,2}\d[A-Z\d]?$/.test(profile.outcode);
    outer.add(
      wellFormed ? 'OUTCODE_UNKNOWN' : 'POSTCODE_INVALID',
      path('outcode'),
      `${shown(profile.outcode)} is not an outcode this region knows.`,
      'An outcode is the first half of a postcode, such as B29; journey times are worked out from it and nothing else is.',
      'Give the first half of the home postcode, or leave it out.',
    );
  }
  profile.travelModes.forEach((mode, i) => outer.oneOf(path('travelModes', i), mode, TRAVEL_MODES));
  outer.integer(path('maxTravelMinutes'), profile.maxTravelMinutes, 5, 180, 'minutes one way');
  if (profile.requiredHours !== null) outer.integer(path('requiredHours'), profile.requiredHours, 1, 2000, 'hours');
  availabilityFaults(outer, path('availability'), profile, dateOfBirth, today);
  if (profile.skills.length > 100) {
    outer.add('TOO_MANY_ENTRIES', path('skills'), `The profile lists ${profile.skills.length} skills.`, 'At most 100 skills.', 'Keep the skills you can show evidence of.');
  }
  const seen = new Set<string>();
  for (const name of ['fundingSourceIds', 'travelModes', 'interests', 'adjustmentsNeeded'] as const) outer.distinct(path(name), profile[name], 20);
  outer.distinct(path('checks'), profile.checks.map((check) => check.kind), 20);
  if (profile.availability !== null) outer.distinct(path('availability', 'weekdays'), profile.availability.weekdays, 7);
  profile.skills.slice(0, 200).forEach((skill, i) => {
    outer.known(path('skills', i, 'skillId'), skill.skillId, reference.hasSkill(skill.skillId), 'skill');
    outer.oneOf(path('skills', i, 'source'), skill.source, SKILL_SOURCES);
    outer.text(path('skills', i, 'evidence'), skill.evidence, { min: 0, max: 500 });
    if (seen.has(skill.skillId)) {
      outer.add('DUPLICATE_ENTRY', path('skills', i, 'skillId'), 'This skill stands twice.', 'Each skill stands once.', 'Remove the second entry.');
    }
    seen.add(skill.skillId);
  });
  profile.interests.forEach((id, i) => outer.known(path('interests', i), id, reference.hasCluster(id), 'skill cluster'));
  profile.checks.forEach((check, i) => {
    outer.oneOf(path('checks', i, 'kind'), check.kind, CHECK_KINDS);
    if (check.expiresOn !== null) checkDate(outer, path('checks', i, 'expiresOn'), check.expiresOn);
  });
  profile.adjustmentsNeeded.forEach((adjustment, i) => outer.oneOf(path('adjustmentsNeeded', i), adjustment, ADJUSTMENTS));
}

function availabilityFaults(faults: Faults, at: readonly string[], profile: LearnerProfile, dateOfBirth: IsoDate | null, today: IsoDate): void {
  const availability = profile.availability;
  if (availability === null) return;
  checkPeriod(faults, [[...at, 'from'], [...at, 'to']], availability.from, availability.to);
  availability.weekdays.forEach((day, i) => faults.oneOf([...at, 'weekdays', i], day, WEEKDAYS));
  faults.integer([...at, 'hoursPerWeek'], availability.hoursPerWeek, 1, 48, 'hours a week');
  const under18 = dateOfBirth !== null && addYears(dateOfBirth, 18) > today;
  if (under18 && availability.hoursPerWeek > 40) {
    faults.add(
      'YOUNG_WORKER_HOURS',
      [...at, 'hoursPerWeek'],
      `A learner under 18 cannot work ${availability.hoursPerWeek} hours a week.`,
      'Under 18: at most 8 hours a day and 40 hours a week over all employers (Working Time Regulations 1998, reg. 5A).',
      'Give 40 hours a week or fewer.',
    );
  }
}
