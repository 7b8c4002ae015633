import { Injectable } from '@nestjs/common';
import type { IsoDate, IsoInstant, Learner, Suggestion, Vacancy } from '@meriden/domain';
import { sha256 } from '@meriden/platform';
import {
  createScorer,
  toScorableLearner,
  toScorableVacancy,
  type ScorableLearner,
  type ScorableVacancy,
  type Scorer,
} from '@meriden/scoring';
import { ReferenceService } from './reference.service.js';

export type { ScorableLearner, ScorableVacancy } from '@meriden/scoring';

/** Suggestions kept for each learner: enough to choose from, few enough to explain. */
export const KEPT = 20;

/** The pure scorer over this installation's reference data. */
@Injectable()
export class Scoring {
  readonly #scorer: Scorer;
  /** The employer behind each vacancy, which no score reads. */
  readonly #employers = new WeakMap<ScorableVacancy, string>();

  constructor(private readonly reference: ReferenceService) {
    this.#scorer = createScorer(reference.data);
  }

  get policyVersion(): string {
    return this.#scorer.policy.version;
  }

  learner(learner: Learner): ScorableLearner {
    return toScorableLearner(learner, this.reference.data);
  }

  vacancy(vacancy: Vacancy): ScorableVacancy {
    const scorable = toScorableVacancy(vacancy);
    this.#employers.set(scorable, vacancy.organisationId);
    return scorable;
  }

  /** Code of the first gate that fails, in the order they are told; null when none does. */
  firstFailedGate(learner: ScorableLearner, vacancy: ScorableVacancy, asOf: IsoDate): string | null {
    if (this.#scorer.gateOnly(learner, vacancy, asOf)) return null;
    return this.#scorer.score(learner, vacancy, asOf).gates.find((gate) => gate.state === 'FAIL')?.code ?? null;
  }

  /**
   * The best vacancies for one learner, explained and ready to store.
   *
   * @param vacancies made by `vacancy`.
   * @param floor pairs with a lower order key are left out.
   */
  suggestions(learner: Learner, vacancies: readonly ScorableVacancy[], asOf: IsoDate, scoredAt: IsoInstant, floor = 0): Suggestion[] {
    const person = this.learner(learner);
    const best = this.#scorer.suggest(person, vacancies, { top: KEPT, asOf, digest: sha256 });
    const owners = new Map(vacancies.map((vacancy) => [vacancy.id as string, this.#employers.get(vacancy) as string]));
    return best
      .filter((fit) => fit.orderKey >= floor)
      .map((fit) => ({
        learnerId: learner.id,
        vacancyId: fit.vacancyId,
        organisationId: learner.organisationId,
        employerId: owners.get(fit.vacancyId) as string,
        rank: fit.rank,
        orderKey: fit.orderKey,
        tie: fit.tie,
        score: fit.score,
        employerScore: fit.employerScore,
        gates: fit.gates,
        terms: fit.terms,
        policyVersion: this.policyVersion,
        inputHash: fit.inputHash,
        scoredAt,
      }));
  }
}
