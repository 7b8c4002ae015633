import type { CampusId, IsoInstant, PersonId, SkillId } from './ids.js';
import type { TravelMode } from './learner.js';
import { Rejection } from './rejection.js';

/**
 * What an operator may change about how scores come about, by number: every process compares the numbers before it scores and
 * draws its look-ups anew when they moved. 0 = as shipped.
 */
export type ScoringEdition = Readonly<{ aliases: number; travel: number; weights: number }>;

/** A further name of a skill: the linker knows it from the next text on. Retired ones stay, so that an old score can be read. */
export type SkillAlias = Readonly<{
  id: string;
  skillId: SkillId;
  alias: string;
  /** Why it was added, in the operator's words. */
  reason: string;
  /** Edition of the aliases that brought it, and the one that dropped it. */
  since: number;
  until: number | null;
  addedBy: PersonId;
  addedAt: IsoInstant;
  retiredBy: PersonId | null;
  retiredAt: IsoInstant | null;
}>;

/** One cell of the table of journeys: real minutes one way in place of an estimate. The newest import of a cell counts. */
export type TravelCell = Readonly<{ edition: number; outcode: string; campusId: CampusId; mode: TravelMode; minutes: number }>;

/** Where the cells of one import come from, and who brought them in: null = the operator's own terminal. */
export type TravelImport = Readonly<{ edition: number; source: string; cells: number; importedBy: PersonId | null; importedAt: IsoInstant }>;

export const WEIGHT_STATES = ['PROPOSED', 'ACTIVE', 'RETIRED', 'REJECTED'] as const;

/** What changes if these weights were used: computed over a sample before anybody approves. */
export type ShadowReport = Readonly<{
  learners: number;
  pairs: number;
  /** Mean Spearman correlation of each learner's order, in ten-thousandths (-10,000 to 10,000). */
  rankCorrelation: number;
  /** Mean share of a learner's first ten that stay among the first ten, in basis points. */
  topTenKept: number;
  /** Learners whose best suggestion changes. */
  newBest: number;
  /** Mean change of the score of the pairs, in basis points. */
  meanChange: number;
  /** The same share by programme, programmes of fewer than ten learners left out. */
  byQualification: readonly Readonly<{ qualificationId: string; learners: number; topTenKept: number }>[];
}>;

/** A version of the weights: proposed by one person with a report, approved by another. */
export type WeightVersion = Readonly<{
  number: number;
  state: (typeof WEIGHT_STATES)[number];
  /** Basis points by term; each side adds to 10,000. */
  weights: Readonly<Record<string, number>>;
  employerWeights: Readonly<Record<string, number>>;
  reason: string;
  report: ShadowReport | null;
  proposedBy: PersonId;
  proposedAt: IsoInstant;
  decidedBy: PersonId | null;
  decidedAt: IsoInstant | null;
  decisionReason: string | null;
}>;

/** @throws Rejection when the weights are not waiting, when there is no report to decide on, or when the proposer decides. */
export function assertDecidable(version: WeightVersion, by: PersonId): void {
  if (version.state !== 'PROPOSED') {
    throw new Rejection({
      code: 'STATE_WRONG',
      message: `These weights are ${version.state.toLowerCase()}.`,
      rule: 'Only proposed weights are decided on, once.',
      remedy: 'Propose them again if you want them back.',
      path: ['input', 'number'],
    });
  }
  if (version.proposedBy === by) {
    throw new Rejection({
      code: 'FORBIDDEN',
      message: 'You proposed these weights yourself.',
      rule: 'A second person approves new weights, who did not propose them.',
      remedy: 'Ask another operator to read the report and decide.',
      path: [],
    });
  }
  if (version.report === null) {
    throw new Rejection({
      code: 'STATE_WRONG',
      message: 'The shadow report of these weights is not there yet.',
      rule: 'New weights run in shadow first, with a report of who moves.',
      remedy: 'Wait for the worker to finish the report, then decide.',
      path: ['input', 'number'],
    });
  }
}
