import type { DryRunId, IsoInstant, LearnerId, PersonId, RoundId, VacancyId } from './ids.js';
import { Rejection, wrongState } from './rejection.js';
import type { Round, RoundMode, RoundStage } from './round.js';

export const DRY_RUN_STATES = ['RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type DryRunState = (typeof DRY_RUN_STATES)[number];

/** A trial of a frozen round in one mode: seen by operators only, deciding nothing. */
export type DryRun = Readonly<{
  id: DryRunId;
  roundId: RoundId;
  mode: RoundMode;
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

/** Modes that need nothing beside the round's input: each round can be tried out in them for comparison. */
const FOR_COMPARISON: readonly RoundMode[] = ['LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL', 'ROBUST', 'LARGEST'];

/**
 * A frozen round can be tried out, before anything of it is decided, in the mode that its rules promise and in those that need no more
 * than its input. Between the best for learners and the best for employers lies all that stability leaves open.
 *
 * @throws Rejection STATE_WRONG before the round is frozen (its input would still move) and after it was published
 */
export function assertCanTry(round: Round, mode: RoundMode): void {
  if (!['FROZEN', 'FAILED', 'SOLVED'].includes(round.state)) throw wrongState('round', round.state, 'tried out', ['FROZEN', 'FAILED', 'SOLVED']);
  if (mode === round.mode || FOR_COMPARISON.includes(mode)) return;
  throw new Rejection({
    code: 'FIELD_INVALID',
    message: `This round cannot be tried out in mode ${mode}.`,
    rule: 'A re-run needs a round to keep to, and an objective belongs to the rules: only a round that promises them can be tried out in them.',
    remedy: `Choose the promised mode ${round.mode}, or one of ${FOR_COMPARISON.join(', ')}.`,
    path: ['input', 'mode'],
  });
}

export function cancelDryRun(run: DryRun, now: IsoInstant): DryRun {
  if (run.state !== 'RUNNING') throw wrongState('dry run', run.state, 'cancelled', ['RUNNING']);
  return { ...run, state: 'CANCELLED', endedAt: now };
}
