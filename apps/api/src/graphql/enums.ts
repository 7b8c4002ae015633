import {
  DRY_RUN_STATES,
  ADJUSTMENTS,
  CHECK_KINDS,
  DELIVERY_APPROACHES,
  GATE_STATES,
  HAZARDS,
  ORGANISATION_ROLES,
  PAY_KINDS,
  PLACEMENT_STATES,
  PROGRAMME_KINDS,
  PROPOSAL_STATES,
  REJECTION_CODES,
  ROLES,
  ROUND_MODES,
  ROUND_OBJECTIVES,
  ROUND_STAGES,
  ROUND_STATES,
  SCORING_RUN_STATES,
  SESSION_KINDS,
  SKILL_NEEDS,
  SKILL_SOURCES,
  SUBJECT_REQUEST_KINDS,
  SUBJECT_REQUEST_STATES,
  TRAVEL_MODES,
  VACANCY_STATES,
  WEEKDAYS,
  type RejectionCode,
} from '@meriden/domain';
import { registerEnumType } from '@nestjs/graphql';
import { REJECTION_CODE_WORDS } from './rejection-code-words.js';

type EnumRef<T extends string> = Readonly<{ [Value in T]: Value }>;

/** A const tuple of the domain as an enum of the schema; the compiler asks for one description a value. */
export function domainEnum<T extends string>(
  name: string,
  values: readonly T[],
  description: string,
  words: Readonly<Record<T, string>>,
): EnumRef<T> {
  const ref = Object.fromEntries(values.map((value) => [value, value])) as EnumRef<T>;
  const valuesMap = Object.fromEntries(values.map((value) => [value, { description: words[value] }])) as Record<T, { description: string }>;
  registerEnumType(ref, { name, description, valuesMap });
  return ref;
}

export const RoleEnum = domainEnum('Role', ROLES, 'What a member may be in an organisation.', {
  LEARNER: 'A learner, who sees and ranks for themselves.',
  EMPLOYER: 'Staff of an employer that hosts placements.',
  PROVIDER_STAFF: 'Staff of a college, training provider or university.',
  REGION: 'The funder or overseer, who sees aggregates only.',
  OPERATOR: 'Whoever runs the service and its matching rounds.',
});

export const OrganisationRoleEnum = domainEnum('OrganisationRole', ORGANISATION_ROLES, 'A role that an organisation plays; one can play several.', {
  PROVIDER: 'Teaches learners and owns their records.',
  EMPLOYER: 'Hosts placements and posts vacancies for them.',
  FUNDER: 'Pays for programmes or oversees the region.',
  OPERATOR: 'Runs this service for everybody else in it.',
});

export const SessionKindEnum = domainEnum('SessionKind', SESSION_KINDS, 'How a session is carried from one request to the next.', {
  COOKIE: 'For people in a browser: set as a cookie that scripts cannot read.',
  BEARER: 'For programs: sent as `Authorization: Bearer TOKEN`.',
});

export const TravelModeEnum = domainEnum('TravelMode', TRAVEL_MODES, 'A way to travel to a placement and back.', {
  WALK: 'On foot all the way to the site.',
  CYCLE: 'By bicycle all the way to the site.',
  BUS: 'By bus or tram, with the walk at both ends.',
  RAIL: 'By train, with the walk at both ends.',
  CAR: 'By car, driving or being driven there.',
});

export const WeekdayEnum = domainEnum('Weekday', WEEKDAYS, 'A day of the working week or the weekend.', {
  MON: 'Monday, the first day of the week.',
  TUE: 'Tuesday, the second day of the week.',
  WED: 'Wednesday, the third day of the week.',
  THU: 'Thursday, the fourth day of the week.',
  FRI: 'Friday, the fifth day of the week.',
  SAT: 'Saturday, the first day of the weekend.',
  SUN: 'Sunday, the second day of the weekend.',
});

export const CheckKindEnum = domainEnum('CheckKind', CHECK_KINDS, 'A check that a site can need before someone starts.', {
  DBS_BASIC: 'Criminal record check: unspent convictions only.',
  DBS_STANDARD: 'Criminal record check: spent and unspent convictions, filtered.',
  DBS_ENHANCED: 'Criminal record check with police information, for work with children or patients.',
  OCCUPATIONAL_HEALTH: 'Fitness and immunisation clearance; the outcome, never the diagnosis.',
  RIGHT_TO_WORK: 'Proof of the right to work, for paid placements.',
  MANDATORY_TRAINING: 'Training that the site demands, such as infection control.',
});

export const AdjustmentEnum = domainEnum('Adjustment', ADJUSTMENTS, 'What a workplace can be asked to provide; never a diagnosis.', {
  STEP_FREE: 'Every place needed can be reached without steps.',
  HEARING_SUPPORT: 'Loop, captions or similar support for hearing.',
  VISION_SUPPORT: 'Magnifier, screen reader or similar support for sight.',
  QUIET_SPACE: 'A quiet room that can be used when needed.',
  FLEXIBLE_HOURS: 'Start, finish and breaks can be moved.',
  SIGN_LANGUAGE: 'British Sign Language interpreting at work.',
});

export const SkillSourceEnum = domainEnum('SkillSource', SKILL_SOURCES, 'How a skill got into a profile, strongest first.', {
  ASSESSED: 'A teacher or assessor has confirmed the skill.',
  CERTIFICATE: 'A certificate or qualification shows the skill.',
  STATED: 'The learner says so in their own words.',
});

export const SkillNeedEnum = domainEnum('SkillNeed', SKILL_NEEDS, 'How much a vacancy needs one skill.', {
  ESSENTIAL: 'Needed on the first day of the placement.',
  OPTIONAL: 'Useful on the first day, but not needed.',
  WILL_TRAIN: 'The employer teaches it during the placement.',
});

export const ProgrammeKindEnum = domainEnum('ProgrammeKind', PROGRAMME_KINDS, 'A kind of programme that learners are on.', {
  T_LEVEL: 'T Level: two years at level 3 with at least 315 hours of placement.',
  HTQ: 'Higher technical qualification at level 4 or 5.',
  HNC_HND: 'Higher National Certificate or Diploma, level 4 or 5.',
  APPRENTICESHIP: 'Paid work with training against an occupational standard.',
  DEGREE: 'Bachelor or higher degree at a university.',
  OTHER: 'Any other programme that includes a placement.',
});

export const PayKindEnum = domainEnum('PayKind', PAY_KINDS, 'Whether a placement is paid, and if not, why that is lawful.', {
  PAID: 'Paid by the hour, at a stated rate.',
  UNPAID_REQUIRED_BY_COURSE: 'Unpaid because a UK further or higher education course requires it (NMW Regulations 2015, reg. 53).',
});

export const DeliveryApproachEnum = domainEnum('DeliveryApproach', DELIVERY_APPROACHES, 'How the hours of a placement are delivered.', {
  ON_SITE: 'In person at the campus or site throughout.',
  HYBRID: 'Partly in person and partly remote.',
  SMALL_TEAM_PROJECT: 'A project for a small team of learners, up to a third of the hours.',
  WORK_TASTER: 'A taster of at most 35 hours.',
  SKILLS_HUB: 'At a hub that stands in for a workplace.',
  SUPPLY_CHAIN: 'Across several employers of one supply chain.',
});

export const HazardEnum = domainEnum('Hazard', HAZARDS, 'A workplace risk that bars or limits people under 18.', {
  IONISING_RADIATION: 'Work near X-rays, radiotherapy or other ionising radiation.',
  BIOLOGICAL_AGENTS: 'Work with infectious or otherwise harmful biological agents.',
  HAZARDOUS_SUBSTANCES: 'Work with toxic or otherwise harmful substances.',
  NIGHT_WORK: 'Work between 10 pm and 6 am.',
});

export const VacancyStateEnum = domainEnum('VacancyState', VACANCY_STATES, 'Where a vacancy stands in its life.', {
  DRAFT: 'Seen by the employer alone and matched with nobody.',
  LIVE: 'Published: suggested to learners and open to be ranked.',
  CLOSED: 'No longer suggested; what was agreed stays agreed.',
});

export const GateStateEnum = domainEnum('GateState', GATE_STATES, 'The outcome of one eligibility rule for one pair.', {
  PASS: 'The rule is met by this learner and vacancy.',
  FAIL: 'The rule is not met; the remedy says what would change it.',
  UNKNOWN: 'Something needed for the rule is not known; it asks, and hides nothing.',
});

export const ScoringRunStateEnum = domainEnum('ScoringRunState', SCORING_RUN_STATES, 'Where a scoring run of the region stands.', {
  RUNNING: 'Some of its chunks are still to be done.',
  DONE: 'Every pair has been evaluated and stored.',
  FAILED: 'It was given up; the last suggestions stand.',
});

export const RoundStateEnum = domainEnum('RoundState', ROUND_STATES, 'Where a matching round stands in its life.', {
  OPEN: 'Preferences can be given and changed until the deadline.',
  FROZEN: 'Preferences are closed and the round waits to be solved.',
  SOLVING: 'A worker is computing and checking the outcome.',
  SOLVED: 'The outcome is checked and waits for a named operator.',
  PUBLISHED: 'Outcomes are visible and proposals can be answered.',
  FAILED: 'The last attempt failed; it can be solved again.',
});

export const RoundModeEnum = domainEnum('RoundMode', ROUND_MODES, 'Which stable outcome a round computes; part of its published rules.', {
  LEARNER_OPTIMAL: 'The stable outcome that is best for every learner at once; telling the truth is safe.',
  EMPLOYER_OPTIMAL: 'The stable outcome that is best for employers and worst for learners; for comparison.',
  ROBUST: 'Stable in the strongest sense that exists with ties: super, else strong, else weak.',
  LARGEST: 'Places as many as a stable outcome can, with a proven bound; not safe from tactics.',
  RERUN: 'Stable after changes, with the fewest learners moved from the round it keeps to.',
  SCORE: 'Stability is not asked: the outcome that is best by the named objective.',
});
export const RoundObjectiveEnum = domainEnum('RoundObjective', ROUND_OBJECTIVES, 'What a round of mode `SCORE` makes best.', {
  SIZE: 'As many learners with a place as can be.',
  SIZE_COST: 'As many as can be, then the least sum of choice numbers.',
  SIZE_DEGREE: 'As many as can be, then the best worst choice.',
  SIZE_SQUARED: 'As many as can be, then the least sum of squared choice numbers.',
  GENEROUS: 'As many as can be, then the fewest at the worst choice, and so upwards.',
  GREEDY_LARGEST: 'As many as can be, then the most first choices, then second ones.',
  GREEDY: 'The most first choices, then second ones, however many are placed.',
});

export const DryRunStateEnum = domainEnum('DryRunState', DRY_RUN_STATES, 'Where a dry run stands in its life.', {
  RUNNING: 'It waits for a worker, or one is at it.',
  DONE: 'Its result was checked and can be looked at.',
  FAILED: 'It came to no result; the reason says why.',
  CANCELLED: 'An operator ended it before it was done.',
});
export const RoundStageEnum = domainEnum('RoundStage', ROUND_STAGES, 'What a worker is doing with a round right now.', {
  WAITING: 'Nothing has been started for this round yet.',
  SNAPSHOT: 'Freezing and hashing the input of the round.',
  SOLVE: 'Computing the matching from the frozen input.',
  VERIFY: 'Checking the matching with independent code.',
  EXPLAIN: 'Working out one reason for each better choice.',
  SAVE: 'Storing outcomes and proposals in one transaction.',
  DONE: 'Finished; the outcome is stored and checked.',
});

export const ProposalStateEnum = domainEnum('ProposalState', PROPOSAL_STATES, 'Where the place proposed by a round stands.', {
  PROPOSED: 'The learner has not answered it yet.',
  ACCEPTED: 'The learner took the place that was proposed.',
  DECLINED: 'The learner refused the place, with a reason.',
  EXPIRED: 'Nobody answered in the time printed on it.',
});

export const PlacementStateEnum = domainEnum('PlacementState', PLACEMENT_STATES, 'Where an agreed placement stands.', {
  AGREED: 'Accepted by the learner and not yet begun.',
  STARTED: 'The learner has begun at the site.',
  COMPLETED: 'All required hours of it are done.',
  WITHDRAWN: 'It was ended before its hours were done.',
});

export const SubjectRequestKindEnum = domainEnum('SubjectRequestKind', SUBJECT_REQUEST_KINDS, 'What can be asked about one’s own data.', {
  ACCESS: 'A copy of everything that is held.',
  ERASURE: 'That everything be erased that law lets go.',
});

export const SubjectRequestStateEnum = domainEnum('SubjectRequestState', SUBJECT_REQUEST_STATES, 'How far such a request has come.', {
  ACCEPTED: 'Taken, and not answered yet; minutes as a rule.',
  DONE: 'Answered: the copy waits, or the data are erased.',
  REFUSED: 'Not done, for a reason that is told.',
});

export const RejectionCodeEnum = domainEnum(
  'RejectionCode',
  Object.keys(REJECTION_CODES) as RejectionCode[],
  'Why a caller may not do a thing now. Closed list: a program can branch on it.',
  REJECTION_CODE_WORDS,
);
