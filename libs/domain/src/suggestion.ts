import type { BasisPoints, IsoInstant, LearnerId, OrganisationId, ScoringRunId, VacancyId } from './ids.js';

export const GATE_STATES = ['PASS', 'FAIL', 'UNKNOWN'] as const;
export type GateState = (typeof GATE_STATES)[number];

/** One eligibility rule applied to one pair. UNKNOWN never hides a vacancy: it asks. `remedy` says what would change a FAIL. */
export type Gate = Readonly<{ code: string; state: GateState; rule: string; detail: string; remedy: string }>;

/** One addend of a score: `contribution` = floor(weight x value / 10,000) and the contributions add up to the score exactly. */
export type ScoreTerm = Readonly<{
  code: string;
  weight: BasisPoints;
  value: BasisPoints;
  contribution: BasisPoints;
  /** Plain-English reasons, quoting the learner's words and the employer's. */
  evidence: readonly string[];
  /** What is missing for the rest of the weight. */
  missing: readonly string[];
}>;

/** A computed, explained proposal; never a decision. Kept for the best vacancies of each learner. */
export type Suggestion = Readonly<{
  learnerId: LearnerId;
  vacancyId: VacancyId;
  /** Owner: the learner's provider. */
  organisationId: OrganisationId;
  employerId: OrganisationId;
  /** 1 = best for this learner: by `orderKey` falling, then by `tie` rising. */
  rank: number;
  /** Harmonic mean of both sides' scores; orders suggestions only, never a matching round. */
  orderKey: BasisPoints;
  /** Digest(policyVersion | learnerId | vacancyId): decides equal order keys, so that neither id nor name order does. */
  tie: string;
  score: BasisPoints;
  /** The same pair from the employer's side. */
  employerScore: BasisPoints;
  gates: readonly Gate[];
  terms: readonly ScoreTerm[];
  policyVersion: string;
  /** Digest of everything the score was computed from. */
  inputHash: string;
  scoredAt: IsoInstant;
}>;

export const SCORING_RUN_STATES = ['RUNNING', 'DONE', 'FAILED'] as const;

/** One pass over all learners and live vacancies; its chunks are counted in SQL. */
export type ScoringRun = Readonly<{
  id: ScoringRunId;
  state: (typeof SCORING_RUN_STATES)[number];
  policyVersion: string;
  learners: number;
  vacancies: number;
  /** learners x live vacancies, gated ones included. */
  pairs: number;
  chunks: number;
  chunksDone: number;
  startedAt: IsoInstant;
  endedAt: IsoInstant | null;
}>;
