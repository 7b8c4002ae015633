import type { IsoInstant, OrganisationId, SkillId } from './ids.js';
import type { VacancyDetails } from './vacancy.js';

/**
 * About how many people, to the nearest five after a disturbance of at most `MOST_DISTURBED`: null where there are fewer than five (and
 * for some of five to seven), since so few could be told apart. Rounded and disturbed, because whoever asks twice with one must-have more would read from exact counts who
 * dropped out, and from many rounded ones, of groups that make up one another, still the exact sizes (two groups of "fewer than five" in
 * one of "about ten" are four each). None is not told from a few: in a row of questions, each a little narrower, “not none” between two
 * counts that are alike would add up to how many it was each time.
 */
export type Headcount = number | null;

/** What an employer is told about the people a vacancy would reach: disturbed and rounded counts, small ones hidden, and nobody behind them. */
export type Eligibility = Readonly<{
  /** Learners to whom no gate shuts it. */
  eligible: Headcount;
  /** Of these, how many reach half of the employer's own score. */
  wellSuited: Headcount;
  /** For each essential skill: how many more would be well suited if it were trained instead. */
  ifTrained: readonly Readonly<{ skillId: SkillId; adds: Headcount }>[];
  /** For each rule that alone shuts out more than a few learners: how many. */
  shutOutBy: readonly Readonly<{ code: string; rule: string; learners: Headcount }>[];
}>;

/** An employer asks what a vacancy would reach, while it is being written; the worker answers, and the question is forgotten in a day. */
export type EligibilityQuestion = Readonly<{
  id: string;
  organisationId: OrganisationId;
  details: VacancyDetails;
  askedAt: IsoInstant;
  answer: Eligibility | null;
  answeredAt: IsoInstant | null;
}>;

const STEP = 5;
/** The most people by which a count is off before it is rounded: the least with which no group could be worked out from all its parts. */
export const MOST_DISTURBED = 3;

/** @param disturbance whole, of −`MOST_DISTURBED` to `MOST_DISTURBED`: always the same for the same people, or asking again would level it out */
export function headcount(people: number, disturbance: number): Headcount {
  const disturbed = people < STEP ? 0 : people + disturbance;
  return disturbed < STEP ? null : Math.round(disturbed / STEP) * STEP;
}
