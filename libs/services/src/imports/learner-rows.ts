import { ADJUSTMENTS, CHECK_KINDS, Rejection, TRAVEL_MODES, WEEKDAYS, canonicalJson, type CheckHeld, type Learner, type LearnerProfile, type LearnerSkill } from '@meriden/domain';
import { checkOutcode } from '@meriden/reference';
import type { ReferenceService } from '../reference.service.js';
import { shown } from '../validate/faults.js';
import { checkEnrolment, type Enrolment } from '../validate/learner.js';
import { filled, type Cells, type Column } from './columns.js';

const column = (name: string, words: string, example: string, needed = false): Column => ({ name, words, example, needed });

/** A provider's list of learners. Nothing is asked that matching or the law does not need: no address, no sex, no ethnicity, no support needs. */
export const LEARNER_COLUMNS: readonly Column[] = [
  column('givenName', 'first name', 'Maya', true),
  column('familyName', 'surname', 'Quillmereby', true),
  column('uln', 'unique learner number, 10 digits; empty when not known: the birth date must then be given', '9276308686'),
  column('dateOfBirth', 'birth date, for the legal rules about young workers', '2008-03-01'),
  column('academicYear', 'like 2026/27', '2026/27', true),
  column('email', 'address the learner will sign in with; read for new learners only', 'maya@learners.example'),
  column('qualification', 'key or LARS code of what is studied', '60358324', true),
  column('level', 'RQF level 1 to 8; empty: that of the qualification', '3'),
  column('entryPoint', 'key of the entry point', 'school-leaver-t-level', true),
  column('fundingSources', 'keys, separated by |', ''),
  column('outcode', 'first half of the home postcode; of a whole postcode only that half is kept', 'B29'),
  column('travelModes', `of ${TRAVEL_MODES.join(', ')}, separated by |`, 'WALK|BUS'),
  column('maxTravelMinutes', 'minutes one way, 5 to 180; empty: 60', '60'),
  column('availableFrom', 'first day the learner can be on placement; with the three columns beside it, or none of the four', '2027-01-11'),
  column('availableTo', 'last such day', '2027-07-16'),
  column('weekdays', `of ${WEEKDAYS.join(', ')}, separated by |`, 'MON|TUE|WED'),
  column('hoursPerWeek', 'hours a week, 1 to 48 (40 under 18)', '24'),
  column('requiredHours', 'hours of placement the programme requires; empty: those of the qualification', '315'),
  column('skills', 'names or keys of skills, separated by |; added to the profile, never taken out of it', 'CAD|soldering'),
  column('interests', 'keys of skill clusters, separated by |', 'device-engineering'),
  column('checks', `of ${CHECK_KINDS.join(', ')}, separated by |; with an expiry after a colon`, 'DBS_BASIC:2027-12-31'),
  column('adjustmentsNeeded', `of ${ADJUSTMENTS.join(', ')}, separated by |`, ''),
  column('consentToMatching', 'yes where the learner agreed that suggestions are computed; empty: no', 'yes'),
];

export type LearnerRow = Readonly<{
  row: number;
  /** As a new learner. */
  enrolment: Enrolment;
  /** What the file says of the profile; the rest of `enrolment.profile` is what a new learner begins with. */
  given: Partial<LearnerProfile>;
}>;

const IMPORTED = 'In the record of the provider.';

/** One row, checked like an enrolment. Null when `cells.errors` says why not. */
export function readLearner(cells: Cells, reference: ReferenceService, today: string): LearnerRow | null {
  const { qualifications } = reference.data;
  const wanted = cells.text('qualification') ?? '';
  const qualificationId = qualifications.idByLarsCode.get(wanted.toUpperCase()) ?? wanted;
  const qualification = qualifications.byId.get(qualificationId);
  const given = filled<LearnerProfile>({
    qualificationId,
    level: cells.integer('level') ?? qualification?.level ?? null,
    entryPointId: cells.text('entryPoint'),
    fundingSourceIds: cells.list('fundingSources'),
    outcode: outcode(cells),
    travelModes: cells.listOf('travelModes', TRAVEL_MODES),
    maxTravelMinutes: cells.integer('maxTravelMinutes'),
    availability: availability(cells),
    requiredHours: cells.integer('requiredHours'),
    skills: skills(cells, reference),
    interests: cells.list('interests'),
    checks: checks(cells),
    adjustmentsNeeded: cells.listOf('adjustmentsNeeded', ADJUSTMENTS),
    consentToMatching: cells.yes('consentToMatching'),
  });
  const [uln, dateOfBirth] = [number(cells, reference), cells.date('dateOfBirth')];
  if (cells.errors.length === 0 && uln === null && dateOfBirth === null) {
    cells.fault('dateOfBirth', 'FIELD_REQUIRED', 'A learner without a ULN needs a birth date, so that the same file a second time finds the same learner.');
  }
  if (cells.errors.length > 0) return null;
  const profile: LearnerProfile = {
    qualificationId,
    // Where the qualification is unknown that is told, not a level that follows from it.
    level: qualification?.level ?? 1,
    entryPointId: '',
    fundingSourceIds: [],
    outcode: null,
    travelModes: [],
    maxTravelMinutes: 60,
    availability: null,
    requiredHours: qualification?.placementHoursMin ?? null,
    skills: [],
    interests: [],
    checks: [],
    adjustmentsNeeded: [],
    consentToMatching: false,
    ...given,
  };
  const enrolment: Enrolment = {
    givenName: cells.text('givenName') ?? '',
    familyName: cells.text('familyName') ?? '',
    uln,
    dateOfBirth,
    academicYear: cells.text('academicYear') ?? '',
    email: cells.text('email')?.toLowerCase() ?? null,
    profile,
  };
  try {
    checkEnrolment(enrolment, reference, today);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    cells.refusals(error, learnerColumn);
    return null;
  }
  return { row: cells.row, enrolment, given };
}

/**
 * The record after the import of a row: the file's word for what it says, the old one for the rest. Skills are added, since the
 * learner's own words beside them are not the file's to take away.
 */
export function mergedLearner(stored: Learner, { enrolment, given }: LearnerRow): Learner {
  const { givenName, familyName, uln, dateOfBirth, academicYear } = enrolment;
  const known = new Set(stored.skills.map((skill) => skill.skillId));
  const skills = [...stored.skills, ...(given.skills ?? []).filter((skill) => !known.has(skill.skillId))];
  return { ...stored, ...given, skills, givenName, familyName, uln: uln ?? stored.uln, dateOfBirth: dateOfBirth ?? stored.dateOfBirth, academicYear };
}

/** The fields of a record in which two states of it differ, by column. */
export function changedColumns(before: Learner, after: Learner): readonly string[] {
  const names = Object.keys(after).filter((name) => canonicalJson(after[name as keyof Learner]) !== canonicalJson(before[name as keyof Learner]));
  return [...new Set(names.map((name) => learnerColumn(['input', name]) ?? name))];
}

const NAMES: Readonly<Record<string, string>> = { qualificationId: 'qualification', entryPointId: 'entryPoint', fundingSourceIds: 'fundingSources', from: 'availableFrom', to: 'availableTo', availability: 'availableFrom' };

/** `['input', 'profile', 'availability', 'from']` stands in the column `availableFrom`. */
export function learnerColumn(path: readonly string[]): string | null {
  const [, ...rest] = path;
  const inner = rest[0] === 'profile' ? rest.slice(1) : rest;
  const name = inner[0] === 'availability' && inner[1] !== undefined ? inner[1] : inner[0];
  return name === undefined ? null : (NAMES[name] ?? name);
}

function number(cells: Cells, reference: ReferenceService): string | null {
  const text = cells.text('uln');
  if (text === null) return null;
  const checked = reference.checkUln(text);
  if (checked.ok) return checked.value;
  cells.fault('uln', 'ULN_INVALID', `${checked.message} ${checked.rule} ${checked.remedy}`);
  return null;
}

function outcode(cells: Cells): string | null {
  const text = cells.text('outcode');
  if (text === null) return null;
  const checked = checkOutcode(text);
  if (checked.ok) return checked.value;
  cells.fault('outcode', 'POSTCODE_INVALID', `${checked.message} ${checked.rule} ${checked.remedy}`);
  return null;
}

function availability(cells: Cells): LearnerProfile['availability'] {
  const [from, to, weekdays, hoursPerWeek] = [cells.date('availableFrom'), cells.date('availableTo'), cells.listOf('weekdays', WEEKDAYS), cells.integer('hoursPerWeek')];
  const four = ['availableFrom', 'availableTo', 'weekdays', 'hoursPerWeek'];
  const empty = four.filter((name) => cells.text(name) === null);
  if (empty.length > 0 && empty.length < 4) cells.fault(empty[0] as string, 'FIELD_REQUIRED', `${empty.join(', ')} ${empty.length === 1 ? 'is' : 'are'} empty. Give all four of ${four.join(', ')}, or none.`);
  return from === null || to === null || weekdays === null || hoursPerWeek === null ? null : { from, to, weekdays, hoursPerWeek };
}

function checks(cells: Cells): readonly CheckHeld[] | null {
  return (
    cells.list('checks')?.flatMap((entry) => {
      const [name = '', expiresOn = null] = entry.split(':').map((part) => part.trim());
      const kind = CHECK_KINDS.find((known) => known === name.toUpperCase().replace(/[\s-]+/g, '_'));
      if (kind !== undefined) return [{ kind, expiresOn }];
      cells.fault('checks', 'FIELD_INVALID', `checks holds ${shown(entry)}. It takes ${CHECK_KINDS.join(', ')}, with an expiry like DBS_BASIC:2027-12-31.`);
      return [];
    }) ?? null
  );
}

function skills(cells: Cells, reference: ReferenceService): readonly LearnerSkill[] | null {
  const entries = cells.list('skills');
  if (entries === null) return null;
  const ids = entries.flatMap((entry) => {
    const found = reference.skillCalled(entry);
    if (found !== null) return [found];
    cells.fault('skills', 'REFERENCE_UNKNOWN', `No such skill: ${shown(entry)}. A skill comes from the reference data: look it up and use its name or key.`);
    return [];
  });
  return [...new Set(ids)].map((skillId) => ({ skillId, evidence: IMPORTED, source: 'STATED' }));
}
