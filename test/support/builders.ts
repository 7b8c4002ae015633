import type { Learner, Organisation, Vacancy } from '@meriden/domain';

/**
 * Builders: a whole, valid object with nothing remarkable about it; a test states what matters to it and nothing else.
 * Ids are readable UUIDs counted per noun: `id('learner', 3)`.
 */
const NOUN_DIGITS = { organisation: '0a', person: '0b', membership: '0c', session: '0d', learner: '1a', vacancy: '2a', round: '3a' } as const;

export function id(noun: keyof typeof NOUN_DIGITS, n = 1): string {
  return `${NOUN_DIGITS[noun]}000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function anOrganisation(with_: Partial<Organisation> = {}): Organisation {
  return { id: id('organisation'), name: 'Test College (fictional)', roles: ['PROVIDER'], ukprn: null, odsCode: null, fictional: true, roundCapacity: null, version: 1, ...with_ };
}

/** A learner of 18 on a T Level, free all week, who can reach the campus of `aVacancy` and has what it asks. */
export function aLearner(with_: Partial<Learner> = {}): Learner {
  return {
    id: id('learner'),
    organisationId: id('organisation'),
    personId: null,
    givenName: 'Maya',
    familyName: 'Quillmereby (demo)',
    uln: '9276308686',
    dateOfBirth: '2008-03-01',
    academicYear: '2026/27',
    version: 1,
    qualificationId: 'tl-61005162',
    level: 3,
    entryPointId: 'school-leaver-t-level',
    fundingSourceIds: [],
    outcode: 'B29',
    travelModes: ['BUS', 'RAIL'],
    maxTravelMinutes: 60,
    availability: { from: '2027-01-04', to: '2027-07-30', weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'], hoursPerWeek: 36 },
    requiredHours: 315,
    skills: [
      { skillId: 'cad', evidence: 'Assessed on my course: CAD software.', source: 'ASSESSED' },
      { skillId: 'prototyping', evidence: 'I built a splint in the makerspace.', source: 'STATED' },
    ],
    interests: ['device-engineering'],
    checks: [{ kind: 'RIGHT_TO_WORK', expiresOn: null }],
    adjustmentsNeeded: [],
    consentToMatching: true,
    ...with_,
  };
}

/** A live T Level placement of 350 hours at BHIC for two. */
export function aVacancy(with_: Partial<Vacancy> = {}): Vacancy {
  return {
    id: id('vacancy'),
    organisationId: id('organisation', 2),
    state: 'LIVE',
    version: 1,
    title: 'Prototype workshop technician',
    description: 'Make and finish parts for device prototypes. Demonstration data.',
    campusId: 'bhic',
    skills: [
      { skillId: 'cad', need: 'ESSENTIAL' },
      { skillId: 'prototyping', need: 'ESSENTIAL' },
      { skillId: 'laser-cutting', need: 'OPTIONAL' },
      { skillId: 'iso-13485', need: 'WILL_TRAIN' },
    ],
    levelFrom: 2,
    levelTo: 4,
    programmeKinds: ['T_LEVEL', 'HTQ'],
    entryPointIds: ['school-leaver-t-level', 'post-t-level-htq'],
    startsOn: '2027-02-08',
    endsOn: '2027-04-16',
    weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
    hoursPerWeek: 35,
    totalHours: 350,
    remoteShare: 0,
    openings: 2,
    pay: 'UNPAID_REQUIRED_BY_COURSE',
    hourlyPence: null,
    checksNeeded: [],
    deliveryApproach: 'ON_SITE',
    hazards: [],
    adjustmentsOffered: ['STEP_FREE'],
    fundingSourceIds: [],
    fundingRequired: false,
    ...with_,
  };
}
