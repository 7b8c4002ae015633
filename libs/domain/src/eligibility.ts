import type { IsoInstant, OrganisationId, SkillId } from './ids.js';
import type { VacancyDetails } from './vacancy.js';

/**
 * About how many people: blurred, in steps of five; null where there are fewer than five, or where the blur leaves fewer. Rounded ones alone
 * would not do: whoever asks for groups that make up one another works the exact sizes out (two of "fewer than five" in one of "about ten"
 * are four each), and whoever asks for hundreds of unions takes the mean of any blur that is drawn anew for each. None is not told from a few.
 */
export type Headcount = number | null;

/** What an employer is told about the people a vacancy would reach: blurred and rounded counts, small ones hidden, and nobody behind them. */
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

/**
 * @param people how many there are
 * @param blurred what they come to when each counts as the blur says
 */
export const headcount = (people: number, blurred: number): Headcount => (people < STEP || blurred < STEP ? null : Math.round(blurred / STEP) * STEP);
