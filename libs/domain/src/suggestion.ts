import type { BasisPoints, IsoDate, IsoInstant, LearnerId, OrganisationId, ScoringRunId, VacancyId } from './ids.js';

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
  /** 1 = best for this learner: by `orderKey` falling, then by `fitKey` falling, then by `tie` rising. */
  rank: number;
  /** Harmonic mean of both sides' scores: decides which vacancies are suggested. */
  fitKey: BasisPoints;
  /** What is left of `fitKey` where many learners are shown the same few openings; 10,000 = all of it. */
  congestion: BasisPoints;
  /** floor(fitKey x congestion / 10,000): the order in which they are suggested; never used by a matching round. */
  orderKey: BasisPoints;
  /** Digest(policyVersion | learnerId | vacancyId): decides equal order keys, so that neither id nor name order does. */
  tie: string;
  score: BasisPoints;
  /** The same pair from the employer's side. */
  employerScore: BasisPoints;
  gates: readonly Gate[];
  terms: readonly ScoreTerm[];
  policyVersion: string;
  /** Digest of everything the score was computed from: of the next five, joined. */
  inputHash: string;
  /** Digests of the learner, the vacancy and the policy as the scorer saw them; the texts behind them are kept, for replay. */
  learnerHash: string;
  vacancyHash: string;
  policyHash: string;
  /** Edition of reference data, skill graph, aliases and journey times. */
  referenceVersion: string;
  /** The day on which the rules were applied. */
  asOf: IsoDate;
  scoredAt: IsoInstant;
  /** Why it was computed then. */
  cause: ScoreCause;
}>;

/** What made a score be computed: the profile changed, the vacancy changed, or the whole region was scored. */
export const SCORE_CAUSES = ['PROFILE', 'VACANCY', 'REGION'] as const;
export type ScoreCause = (typeof SCORE_CAUSES)[number];

/** A suggestion as it was before another took its place: kept, so that both versions can be read and replayed. */
export type PastSuggestion = Suggestion &
  Readonly<{
    id: string;
    supersededAt: IsoInstant;
    supersededBecause: ScoreCause;
    /** The vacancy left the list altogether; otherwise a newer version stands in its place. */
    left: boolean;
  }>;

/** One side of a score, or the policy, as the scorer saw it: canonical JSON under its own digest. */
export const SCORING_INPUT_KINDS = ['LEARNER', 'VACANCY', 'POLICY'] as const;
export type ScoringInput = Readonly<{
  hash: string;
  kind: (typeof SCORING_INPUT_KINDS)[number];
  /** Whose data it is; null for a vacancy and for the policy. */
  learnerId: LearnerId | null;
  organisationId: OrganisationId | null;
  body: string;
}>;

/** How evenly a scoring run shows vacancies to learners. Counts are over the first ten of each list. */
export type Exposure = Readonly<{
  /** Gini coefficients over live vacancies, in basis points: by fit alone, and as shown. */
  giniByFit: BasisPoints;
  giniShown: BasisPoints;
  /** Live vacancies that nobody is shown. */
  neverShown: number;
  /** Share of everything shown that goes to the most shown tenth of vacancies. */
  topTenthShare: BasisPoints;
  /** Learners with three suggestions or more, and with none. */
  learnersWithThree: number;
  learnersWithNone: number;
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
  /** Null until the run is done. */
  exposure: Exposure | null;
  startedAt: IsoInstant;
  endedAt: IsoInstant | null;
}>;
