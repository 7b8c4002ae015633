import type { LearnerNumbers, VacancyNumbers } from './compile.js';
import { DAYS, NEVER_WHEN_YOUNG } from './gates.js';
import type { PlacementRules } from './scoring-reference.js';

/** Numbers in a row of times, of a learner as of a vacancy. */
export const TIMES = 8;

/** From, to, weekdays, hours a week, hours required, whether dates are known, day of the 18th birthday, hours given elsewhere. */
export const learnerTimes = (l: LearnerNumbers): readonly number[] => [l.from, l.to, l.weekdays, l.hoursPerWeek, l.required, l.availabilityKnown ? 1 : 0, l.eighteen, l.committedHours];

/** Start, end, weekdays, hours a day (-1 = not known), hours in all, hours a week, whether nobody under 18 may do it, 0. */
export const vacancyTimes = (v: VacancyNumbers, rules: PlacementRules): readonly number[] => {
  const perDay = v.weekdayCount === 0 ? -1 : v.hoursPerWeek / v.weekdayCount;
  return [v.starts, v.ends, v.weekdays, perDay, v.totalHours, v.hoursPerWeek, perDay > rules.youngHoursADay || v.hazards & NEVER_WHEN_YOUNG ? 1 : 0, 0];
};

/**
 * The most that the term of hours can be for row i of learners and row j of vacancies, or -1 where DATES, HOURS or a rule on young workers fails for certain: from
 * flat arrays, since most pairs end here. It may only say -1 where `evaluateGates` shuts: unknown dates (NaN) shut nothing, and the
 * hours that count are never more than those in reach.
 */
export function mostHours(learners: Float64Array, i: number, vacancies: Float64Array, j: number, youngHoursAWeek: number, neutral: number): number {
  const total = vacancies[j + 4] as number;
  const required = learners[i + 4] as number;
  if (required > total) return -1;
  const starts = vacancies[j] as number;
  const ends = vacancies[j + 1] as number;
  if ((learners[i + 6] as number) > starts && (vacancies[j + 6] === 1 || (vacancies[j + 5] as number) + (learners[i + 7] as number) > youngHoursAWeek)) return -1;
  if (learners[i + 5] === 0 || !(starts <= ends)) return neutral;
  const from = learners[i] as number;
  const to = learners[i + 1] as number;
  const perDay = vacancies[j + 3] as number;
  const shared = DAYS[(learners[i + 2] as number) & (vacancies[j + 2] as number)] as number;
  if (perDay >= 0 && (to < starts || from > ends || shared === 0)) return -1;
  const days = Math.min(to, ends) - Math.max(from, starts) + 1;
  // One hour of slack for the rounding of a quotient that is divided in another order than in `reachableHours`.
  const reach = perDay < 0 || days <= 0 ? 1 : (Math.min(learners[i + 3] as number, shared * perDay) * days) / 7 + 1;
  if (required > 0) return perDay >= 0 && reach < required ? -1 : 10_000;
  return total === 0 ? neutral : Math.min(10_000, Math.floor((reach * 10_000) / total));
}
