/** The promises a round can be run under; named in the round's rules before preferences close. */
export const MODES = ['learner-optimal', 'employer-optimal', 'robust', 'largest', 'rerun', 'score'] as const;
export type Mode = (typeof MODES)[number];

/** Notions of stability with ties, weakest first; on strict lists the three coincide. */
export const STABILITIES = ['weak', 'strong', 'super'] as const;
export type Stability = (typeof STABILITIES)[number];

/**
 * What mode `score` makes best (stability not asked, lower quotas kept): most learners; then least sum of ranks; then least
 * worst rank; then least sum of squared ranks; generous = fewest at the worst rank, then the next; greedy-largest = most learners, then most
 * first choices, then second; greedy = most first choices, then second, whatever the size.
 */
export const OBJECTIVES = ['size', 'size-cost', 'size-degree', 'size-squared', 'generous', 'greedy-largest', 'greedy'] as const;
export type Objective = (typeof OBJECTIVES)[number];

/** `none`: no matching of that notion exists. `infeasible`: the lower quotas cannot be kept. `limit`: time ran out without an answer. */
export type SolveStatus = 'solved' | 'none' | 'infeasible' | 'limit';

/** The last one in: rank on the ranker's list, and the lottery number where that rank was tied and the lottery decided. */
export type CutOff = Readonly<{ rank: number; lottery: number | null }>;

/** Openings taken (`filled`, with the `locked` ones) and the cut-off among those not locked; null when nobody is. */
export type CertificateRow = Readonly<{ id: string; capacity: number; filled: number; locked?: number; lowerQuota?: number; cutOff: CutOff | null }>;

/** A pair that would rather have each other, but for the named locks. */
export type LockBlockingPair = Readonly<{ learner: string; vacancy: string; locks: readonly string[] }>;

/**
 * Why nothing better exists. `prices`: prices on vacancies and employers (left out = 0), each a list of whole numbers, one a term of what is made best, compared at
 * the first that differs. The terms: 0, which the lower quotas alone press; 1 for a place (not in objective `greedy`); then those of the objective (guide, "Bounds and their proof").
 * Any prices prove a bound: no matching is worth more than, added up, what each learner's dearest pair is worth above its two prices, at least nothing, and for every vacancy
 * and employer price x capacity (or, in mode `score`, price x lower quota where the price is negative). `reduced`: pairs that no weakly stable matching can hold (rules in the
 * guide) are left out. A bound below nothing proves that the lower quotas cannot be kept.
 * `solver`: the integer-programming solver's word, for the size or for the learners whose place changed (then a lower bound).
 */
export type BoundProof =
  | Readonly<{ kind: 'prices'; reduced: boolean; vacancies: Prices; employers: Prices }>
  | Readonly<{ kind: 'solver'; bound: number; solver: string; of: 'size' | 'changed' }>;
export type Prices = Readonly<Record<string, readonly number[]>>;

/** Checkable without our code: what was solved, under which rules and seed, and what each place's last one in was. */
export type Certificate = Readonly<{
  format: 'placement-matching-certificate/1';
  instanceHash: string;
  mode: Mode;
  stability: Stability | null;
  objective?: Objective;
  guarantee: string;
  lottery: Readonly<{ seed: string; commitment?: string; decides: boolean }>;
  vacancies: readonly CertificateRow[];
  employers?: readonly CertificateRow[];
  groups?: readonly Readonly<{ id: string; filled: number }>[];
  lockBlocking?: readonly LockBlockingPair[];
  quotasUnmet?: readonly string[];
  proofs?: readonly BoundProof[];
}>;

/**
 * One line of `solve`. `matching`, `size`, `cost` (sum of the ranks of the placed) and `profile` (learners placed at rank
 * 1, 2, ...; no trailing zeros) are null unless solved. `bound`: proven upper bound on the size, where the mode gives one.
 */
export type SolveResult = Readonly<{
  id: string;
  mode: Mode;
  status: SolveStatus;
  stability: Stability | null;
  objective?: Objective;
  matching: Readonly<Record<string, string | null>> | null;
  size: number | null;
  bound: number | null;
  cost: number | null;
  profile: readonly number[] | null;
  /** `rerun`: learners whose vacancy differs from previousMatching, and the proven least number of them. */
  changed?: number;
  changedBound?: number;
  certificate: Certificate;
  /** Optional, for publication: why each learner did not get what she preferred; checked entry by entry when present. */
  reasons?: Readonly<Record<string, readonly Reason[]>>;
}>;

/** Why one preferred entry was not the outcome. `rank` is the learner's own rank of the entry; exactly one kind holds. */
export type Reason = Readonly<{ vacancy: string; rank: number }> &
  Readonly<
    | { kind: 'not-declared' }
    | { kind: 'not-eligible'; rule: string }
    | { kind: 'not-listed' }
    | { kind: 'locked'; locks: readonly string[] }
    | { kind: 'vacancy-full' | 'employer-full'; lastRank: number | null; yourRank: number }
    | { kind: 'lottery'; at: 'vacancy' | 'employer'; tiedRank: number; lastNumber: number; yourNumber: number }
    | { kind: 'tie'; at: 'vacancy' | 'employer'; tiedRank: number }
    | { kind: 'objective' }
  >;

/** What the checker says of a result: each violation with its place, e.g. `certificate.vacancies[3].cutOff` or `matching["Amy"]`. */
export type Verdict = Readonly<{ ok: boolean; violations: readonly Violation[] }>;
export type Violation = Readonly<{ place: string; code: string; message: string }>;
