import { CHECK_KINDS, HAZARDS, PROGRAMME_KINDS, type CheckKind, type LearnerId } from '@meriden/domain';
import type { LearnerNumbers, VacancyNumbers } from './compile.js';
import type { Policy } from './policy.js';
import { DBS_KINDS, type PlacementRules } from './scoring-reference.js';

/** Every eligibility rule, in the order in which it is told. */
export const GATE_CODES = [
  'CONSENT',
  'OPEN',
  'BARRED',
  'PROGRAMME',
  'LEVEL',
  'ENTRY_POINT',
  'FUNDING',
  'PAY',
  'DATES',
  'HOURS',
  'REMOTE',
  'YOUNG_HOURS',
  'NIGHT_WORK',
  'HAZARDS',
  'CHECKS',
  'TRAVEL',
  'ADJUSTMENTS',
  'SITE',
] as const;
export type GateCode = (typeof GATE_CODES)[number];

/** Two bit sets over GATE_CODES; a gate in neither is passed. */
export type GateBits = Readonly<{ fail: number; unknown: number }>;
/** Where `evaluateGates` writes: one is used again for many pairs. */
export type GateSheet = { fail: number; unknown: number };

const at = Object.fromEntries(GATE_CODES.map((code, i) => [code, 1 << i])) as Record<GateCode, number>;
export const bitOf = (code: GateCode): number => at[code];

const hazard = (name: (typeof HAZARDS)[number]): number => 1 << HAZARDS.indexOf(name);
const NIGHT = hazard('NIGHT_WORK');
const RADIATION = hazard('IONISING_RADIATION');
/** Work that nobody under 18 may do on a placement. */
export const NEVER_WHEN_YOUNG = NIGHT | RADIATION;
/** Conditions rather than bars from 16: allowed for training under supervision once the risk is assessed for a young person. */
const CONDITIONAL = hazard('BIOLOGICAL_AGENTS') | hazard('HAZARDOUS_SUBSTANCES');
/** Kinds of DBS check, in a mask over CHECK_KINDS. */
export const DBS = DBS_KINDS.reduce((bits, kind) => bits | (1 << CHECK_KINDS.indexOf(kind)), 0);

const T_LEVEL = 1 << PROGRAMME_KINDS.indexOf('T_LEVEL');
const APPRENTICESHIP = 1 << PROGRAMME_KINDS.indexOf('APPRENTICESHIP');

/** Weekdays in a mask of seven bits. */
export const DAYS = Uint8Array.from({ length: 128 }, (_, mask) => [0, 1, 2, 3, 4, 5, 6].filter((d) => (mask >> d) & 1).length);

/**
 * Hours of this placement that the learner's own days and weeks can reach, rounded down; the whole of it when the learner has
 * not said. Whole weeks by days / 7, weekly hours by the shared weekdays' part of the vacancy's week.
 */
export function reachableHours(l: LearnerNumbers, v: VacancyNumbers): number {
  if (!l.availabilityKnown) return v.totalHours;
  const days = Math.min(l.to, v.ends) - Math.max(l.from, v.starts) + 1;
  if (!(days > 0)) return 0;
  const shared = v.weekdayCount === 0 ? 0 : ((DAYS[l.weekdays & v.weekdays] as number) / v.weekdayCount) * v.hoursPerWeek;
  return Math.min(v.totalHours, Math.floor((Math.min(l.hoursPerWeek, shared) * days) / 7));
}

/** Hours that count towards the programme: for a T Level some approaches count only in part. */
export function countableHours(l: LearnerNumbers, v: VacancyNumbers, rules: PlacementRules, reachable: number): number {
  if (l.programme !== T_LEVEL) return reachable;
  const fixed = rules.approachHours[v.approach];
  const share = rules.approachShare[v.approach];
  let cap = fixed ?? Infinity;
  if (share) cap = Math.min(cap, Math.floor((l.required * share[0]) / share[1]));
  return Math.min(reachable, cap);
}

/** Checks of the vacancy that the learner still lacks: at all, and so late that they cannot be had before the start. */
export function checksLacking(l: LearnerNumbers, v: VacancyNumbers, policy: Policy, asOf: number): { lacking: number; late: number } {
  let lacking = 0;
  let late = 0;
  for (let kind = 0; kind < CHECK_KINDS.length; kind++) {
    const bit = 1 << kind;
    if (!(v.checks & bit)) continue;
    // Good means: still good on the day the placement starts.
    if ((l.checks[kind] as number) >= v.starts) continue;
    lacking |= bit;
    if (asOf + policy.checkLeadDays[CHECK_KINDS[kind] as CheckKind] > v.starts) late |= bit;
  }
  return { lacking, late };
}

function anyShared(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (b.includes(a[i] as number)) return true;
  return false;
}

/** Applies every rule to one pair and writes what fails and what is not known. O(1) but for the lists of funds and entry points. */
export function evaluateGates(l: LearnerNumbers, v: VacancyNumbers, learnerId: LearnerId, rules: PlacementRules, policy: Policy, asOf: number, sheet: GateSheet): void {
  let fail = 0;
  let unknown = 0;

  if (!l.consent) fail |= at.CONSENT;
  if (!v.open || v.ends < asOf) fail |= at.OPEN;
  if (v.barred !== null && v.barred.has(learnerId)) fail |= at.BARRED;
  if (v.programmes === 0) unknown |= at.PROGRAMME;
  else if (!(v.programmes & l.programme)) fail |= at.PROGRAMME;
  if (!(v.levelFrom <= v.levelTo) || !(l.level > 0)) unknown |= at.LEVEL;
  else if (l.level < v.levelFrom || l.level > v.levelTo) fail |= at.LEVEL;
  if (v.entryPoints.length === 0) unknown |= at.ENTRY_POINT;
  else if (!v.entryPoints.includes(l.entryPoint)) fail |= at.ENTRY_POINT;
  if (v.fundingRequired) {
    if (v.funding.length === 0) unknown |= at.FUNDING;
    else if (!anyShared(l.funding, v.funding)) fail |= at.FUNDING;
  }
  if (v.unpaid) {
    if (l.programme === APPRENTICESHIP || unpaidTooLong(v, rules)) fail |= at.PAY;
    else if (l.required === 0) unknown |= at.PAY;
  }

  if (!(v.starts <= v.ends) || !l.availabilityKnown || v.weekdayCount === 0) unknown |= at.DATES;
  else if (l.to < v.starts || l.from > v.ends || !(l.weekdays & v.weekdays)) fail |= at.DATES;

  if (l.required > 0) {
    const whole = countableHours(l, v, rules, v.totalHours);
    if (whole < l.required) fail |= at.HOURS;
    else if (unknown & at.DATES) unknown |= at.HOURS;
    else if (countableHours(l, v, rules, reachableHours(l, v)) < l.required) fail |= at.HOURS;
  }
  if (l.programme === T_LEVEL && v.remoteShare > l.remoteLimit) fail |= at.REMOTE;

  if (!(l.eighteen <= v.starts)) {
    const young = youngWorkerGates(l, v, rules);
    // A rule that only bites under 18 is asked about where the age is not known.
    if (l.eighteen > v.starts) fail |= young.shut;
    else unknown |= young.shut;
    fail |= young.fail;
    unknown |= young.unknown;
  }
  if (v.checks !== 0) {
    const { lacking, late } = checksLacking(l, v, policy, asOf);
    if ((lacking & DBS && l.sixteen > v.starts) || late) fail |= at.CHECKS;
    else if (lacking) unknown |= at.CHECKS;
  }

  const minutes = v.campus < 0 ? -1 : (l.minutes[v.campus] as number);
  if (v.remoteShare < 10_000) {
    if (minutes < 0) unknown |= at.TRAVEL;
    else if (minutes > l.maxMinutes) fail |= at.TRAVEL;
  }
  // Never a refusal: an employer owes a reasonable adjustment whether or not it was advertised (Equality Act 2010, s. 20).
  if (l.adjustments & ~v.adjustments) unknown |= at.ADJUSTMENTS;
  if (!(v.siteFrom <= v.starts)) {
    if (v.siteFrom > v.starts) fail |= at.SITE;
    else unknown |= at.SITE;
  }
  sheet.fail = fail;
  sheet.unknown = unknown;
}

/** Unpaid work experience outside the exemption of reg. 53, by its length alone. */
export const unpaidTooLong = (v: VacancyNumbers, rules: PlacementRules): boolean => v.ends - v.starts > Math.floor((rules.unpaidMonths * 366) / 12);

/** `shut` only if under 18; `fail` and `unknown` whatever the age turns out to be. */
function youngWorkerGates(l: LearnerNumbers, v: VacancyNumbers, rules: PlacementRules): Readonly<{ shut: number; fail: number; unknown: number }> {
  let shut = 0;
  const daily = v.weekdayCount === 0 ? 0 : v.hoursPerWeek / v.weekdayCount;
  if (v.hoursPerWeek + l.committedHours > rules.youngHoursAWeek || daily > rules.youngHoursADay) shut |= at.YOUNG_HOURS;
  if (v.hazards === 0) return { shut, fail: 0, unknown: 0 };
  if (v.hazards & NIGHT) shut |= at.NIGHT_WORK;
  if (v.hazards & RADIATION) return { shut: shut | at.HAZARDS, fail: 0, unknown: 0 };
  if (!(v.hazards & CONDITIONAL)) return { shut, fail: 0, unknown: 0 };
  if (l.sixteen > v.starts) return { shut, fail: at.HAZARDS, unknown: 0 };
  return { shut, fail: 0, unknown: v.assessed ? 0 : at.HAZARDS };
}
