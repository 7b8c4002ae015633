import { canonicalJson, type Digest, type OrganisationId, type OutcomeReason, type RoundStage, type VacancyId } from '@meriden/domain';
import { openExplainer, solveSteps, type ModelSteps } from '@meriden/matching';
import { tellReason } from './reasons.js';
import { ROUND_FILE_FORMAT, lotterySeed, solveOptions, verifyRound, type RoundFile } from './round-file.js';
import type { RoundSnapshot } from './snapshot.js';

/** One learner's part of a plan, under the public id. */
export type PlannedOutcome = Readonly<{
  learner: string;
  vacancyId: VacancyId | null;
  employerId: OrganisationId | null;
  /** Position of the tie group in the learner's list, from 1. */
  rank: number | null;
  reasons: readonly OutcomeReason[];
}>;

export type RoundPlan = Readonly<{
  inputHash: string;
  matched: number;
  unmatched: number;
  outcomes: readonly PlannedOutcome[];
  /** The file to publish, canonical JSON. */
  file: string;
  /** Empty, or the plan must not be kept: the independent check found a defect. */
  violations: readonly string[];
}>;

/**
 * Solves, certifies, explains and checks a frozen round: a pure function of snapshot, secret and the solver's answers, so that an attempt
 * killed anywhere reruns to the same bytes (unless the solver's time ran out). Linear in the lists where the mode is.
 *
 * @param onStage told before each stage; the rim turns it into progress.
 */
export function* planRound(snapshot: RoundSnapshot, secret: string, digest: Digest, onStage: (stage: RoundStage) => void = () => undefined): ModelSteps<RoundPlan> {
  const { instance, roundId, inputHash } = snapshot;
  const seed = lotterySeed(secret, roundId, inputHash, digest);
  onStage('SOLVE');
  const solved = yield* solveSteps(instance, solveOptions(snapshot, snapshot.mode, secret, digest));
  onStage('EXPLAIN');
  const reasons = solved.matching === null ? {} : openExplainer(instance, solved, digest).reasons();
  const result = { ...solved, reasons };
  const file: RoundFile = {
    format: ROUND_FILE_FORMAT,
    roundId,
    name: snapshot.name,
    mode: snapshot.mode,
    ...(snapshot.objective && { objective: snapshot.objective }),
    frozenAt: snapshot.frozenAt,
    asOf: snapshot.asOf,
    policyVersion: snapshot.policyVersion,
    inputHash,
    lottery: { commitment: snapshot.commitment, secret, seed },
    instance,
    result,
  };
  onStage('VERIFY');
  const verdict = verifyRound(file, digest);
  const employerOf = new Map(instance.vacancies.map((vacancy) => [vacancy.id, vacancy.employer ?? null]));
  const outcomes = instance.learners.map((learner): PlannedOutcome => {
    const vacancyId = result.matching?.[learner.id] ?? null;
    const group = vacancyId === null ? -1 : learner.preferences.findIndex((entries) => entries.includes(vacancyId));
    return {
      learner: learner.id,
      vacancyId,
      employerId: vacancyId === null ? null : (employerOf.get(vacancyId) ?? null),
      rank: group < 0 ? null : group + 1,
      reasons: (result.reasons[learner.id] ?? []).map(tellReason),
    };
  });
  const matched = outcomes.filter((outcome) => outcome.vacancyId !== null).length;
  return {
    inputHash,
    matched,
    unmatched: outcomes.length - matched,
    outcomes,
    file: canonicalJson(file),
    violations: verdict.violations.map((violation) => `${violation.place}: ${violation.message}`),
  };
}
