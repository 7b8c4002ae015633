import type { IsoInstant, OrganisationId, SkillId } from './ids.js';
import type { VacancyDetails } from './vacancy.js';

/**
 * About how many people, to the nearest five: null where there are fewer than five, since so few could be told apart. Rounded, because
 * whoever asks twice with one must-have more would read from exact counts who dropped out. None is not told from a few: in a row of
 * questions, each a little narrower, “not none” between two counts that are alike would add up to how many it was each time.
 */
export type Headcount = number | null;

/** What an employer is told about the people a vacancy would reach: rounded counts, small ones hidden, and nobody behind them. */
export type Eligibility = Readonly<{
  /** Learners to whom no gate shuts it. */
  eligible: Headcount;
  /** Of these, how many reach half of the employer's own score. */
  wellSuited: Headcount;
  /** For each essential skill: how many more would be well suited if it were trained instead. */
  ifTrained: readonly Readonly<{ skillId: SkillId; adds: Headcount }>[];
  /** For each rule that alone shuts out five learners or more: how many. */
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

export const headcount = (n: number): Headcount => (n < STEP ? null : Math.round(n / STEP) * STEP);
