import type { Digest, RoundMode, RoundStage, VacancyId } from '@meriden/domain';
import { solveSteps, verifyResult, type ModelSteps } from '@meriden/matching';
import { solveOptions } from './round-file.js';
import type { RoundSnapshot } from './snapshot.js';

/** What a frozen round would give in one mode, under public ids; nothing to publish. */
export type RoundTrial = Readonly<{
  learners: number;
  vacancies: number;
  matched: number;
  /** Learners at their choice 1, 2, ... */
  rankCounts: readonly number[];
  places: readonly Readonly<{ learner: string; vacancyId: VacancyId; rank: number }>[];
  /** Empty, or the trial must not be shown: the independent check found a defect. */
  violations: readonly string[];
}>;

/**
 * Solves and checks a frozen round in a mode that need not be the promised one: a pure function of snapshot, secret, mode and the solver's answers. The lottery
 * is the round's own, so the trial in the promised mode is what the round will give.
 *
 * @param onStage told before each stage; the rim turns it into progress.
 */
export function* tryRound(snapshot: RoundSnapshot, secret: string, mode: RoundMode, digest: Digest, onStage: (stage: RoundStage) => void = () => undefined): ModelSteps<RoundTrial> {
  const { instance } = snapshot;
  onStage('SOLVE');
  const result = yield* solveSteps(instance, solveOptions(snapshot, mode, secret, digest));
  onStage('VERIFY');
  const { violations } = verifyResult(instance, result, digest);
  const places = instance.learners.flatMap((learner) => {
    const vacancyId = result.matching?.[learner.id] ?? null;
    const rank = vacancyId === null ? 0 : learner.preferences.findIndex((group) => group.includes(vacancyId)) + 1;
    return vacancyId === null || rank === 0 ? [] : [{ learner: learner.id, vacancyId, rank }];
  });
  const worst = places.reduce((most, { rank }) => Math.max(most, rank), 0);
  const rankCounts = Array.from({ length: worst }, (_, at) => places.filter(({ rank }) => rank === at + 1).length);
  return {
    learners: instance.learners.length,
    vacancies: instance.vacancies.length,
    matched: places.length,
    rankCounts,
    places,
    violations: violations.map((violation) => `${violation.place}: ${violation.message}`),
  };
}
