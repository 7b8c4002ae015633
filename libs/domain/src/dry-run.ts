import type { DryRunId, IsoInstant, LearnerId, PersonId, RoundId, VacancyId } from './ids.js';
import { wrongState } from './rejection.js';
import type { Round, RoundStage } from './round.js';

/**
 * What a frozen round can be tried out under, before anything of it is decided: the mode that the rules promise, and the one that is
 * best for employers. Both are stable; between them lies all that stability leaves open.
 */
export const DRY_RUN_MODES = ['LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL'] as const;
export type DryRunMode = (typeof DRY_RUN_MODES)[number];

export const DRY_RUN_STATES = ['RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type DryRunState = (typeof DRY_RUN_STATES)[number];

/** A trial of a frozen round in one mode: seen by operators only, deciding nothing. */
export type DryRun = Readonly<{
  id: DryRunId;
  roundId: RoundId;
  mode: DryRunMode;
  state: DryRunState;
  stage: RoundStage;
  askedBy: PersonId;
  askedAt: IsoInstant;
  endedAt: IsoInstant | null;
  /** How many are in the frozen input. */
  learners: number | null;
  vacancies: number | null;
  inputHash: string | null;
  matched: number | null;
  /** Learners at their choice 1, 2, ...; the difference to `learners` has no place. */
  rankCounts: readonly number[];
  /** Milliseconds that solving and checking took: the best guess of how long the round itself will take. */
  tookMs: number | null;
  failure: string | null;
}>;

/** Where a dry run puts one learner. */
export type DryRunPlace = Readonly<{ dryRunId: DryRunId; learnerId: LearnerId; vacancyId: VacancyId; rank: number }>;

/** @throws Rejection STATE_WRONG before the round is frozen (its input would still move) and after it was published. */
export function assertCanTry(round: Round): void {
  if (!['FROZEN', 'FAILED', 'SOLVED'].includes(round.state)) throw wrongState('round', round.state, 'tried out', ['FROZEN', 'FAILED', 'SOLVED']);
}

export function cancelDryRun(run: DryRun, now: IsoInstant): DryRun {
  if (run.state !== 'RUNNING') throw wrongState('dry run', run.state, 'cancelled', ['RUNNING']);
  return { ...run, state: 'CANCELLED', endedAt: now };
}
