import { learnerNumbers, vacancyNumbers, type LearnerNumbers, type VacancyNumbers } from './compile.js';
import { POLICY, type Policy } from './policy.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';
import type { ScoringReference } from './scoring-reference.js';
import { Vocabulary } from './vocabulary.js';

/** Integer forms of both sides under one vocabulary, made once an object and kept as long as the object is: a scorer and the engines made by it share one. */
export class Compilation {
  readonly vocabulary: Vocabulary;
  readonly #learners = new WeakMap<ScorableLearner, LearnerNumbers>();
  readonly #vacancies = new WeakMap<ScorableVacancy, VacancyNumbers>();

  constructor(
    readonly reference: ScoringReference,
    readonly policy: Policy = POLICY,
  ) {
    this.vocabulary = new Vocabulary(reference.graph, reference.campusIds);
  }

  learner(learner: ScorableLearner): LearnerNumbers {
    let numbers = this.#learners.get(learner);
    if (numbers === undefined) this.#learners.set(learner, (numbers = learnerNumbers(learner, this.vocabulary, this.reference, this.policy)));
    return numbers;
  }

  vacancy(vacancy: ScorableVacancy): VacancyNumbers {
    let numbers = this.#vacancies.get(vacancy);
    if (numbers === undefined) this.#vacancies.set(vacancy, (numbers = vacancyNumbers(vacancy, this.vocabulary, this.reference, this.policy)));
    return numbers;
  }
}
