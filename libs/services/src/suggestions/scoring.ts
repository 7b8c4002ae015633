import type { BasisPoints, IsoDate, IsoInstant, Learner, LearnerId, ScoreCause, ScoredVersion, ScoringInput, Suggestion, Vacancy, VacancyId } from '@meriden/domain';
import { canonicalJson } from '@meriden/domain';
import { sha256 } from '@meriden/platform';
import {
  joinHashes,
  partHash,
  scorableOver,
  scorerOver,
  toScorableVacancy,
  type Engine,
  type Policy,
  type ScorableLearner,
  type ScorableVacancy,
  type Scorer,
  type ScoringReference,
} from '@meriden/scoring';

import { Everyone } from './everyone.js';

export type { ScorableLearner, ScorableVacancy } from '@meriden/scoring';

/** Suggestions kept for each learner: enough to choose from, few enough to explain. */
export const KEPT = 20;

/** No text of the database holds it. */
const BETWEEN = '\0';

/** Learners that are made ready in one stretch. */
const BATCH = 200;

/** What of a pair is stored beside its score. */
type Provenance = Pick<Suggestion, 'policyVersion' | 'inputHash' | 'learnerHash' | 'vacancyHash' | 'policyHash' | 'referenceVersion' | 'asOf'>;

/**
 * The pure scorer of one edition: reference data, skill graph with an operator's aliases, journey times, weights. Immutable, so
 * that a job computes all it computes with the edition that it began with.
 */
export class Scoring {
  readonly scorer: Scorer;
  /** The employer behind each vacancy, which no score reads. */
  readonly #employers = new WeakMap<ScorableVacancy, string>();
  readonly #hashes = new WeakMap<object, string>();
  /**
   * What was found out of each learner at great length, by version: an edit of a vacancy asks hundreds who did not change. `words` are those of all skills in
   * one text, which is small enough for a country.
   */
  readonly #found = new Map<LearnerId, { readonly version: number; readonly words: string; hash: string | null }>();
  /** Learners by id and version, for counting. */
  #people = new Map<LearnerId, Readonly<{ version: number; scorable: ScorableLearner }>>();
  /** Vacancies by id and version: a new version is another one. */
  #known = new Map<VacancyId, Readonly<{ version: number; scorable: ScorableVacancy }>>();

  #offer: readonly ScorableVacancy[] = [];
  #engine: Readonly<{ over: readonly ScorableVacancy[]; asOf: IsoDate; engine: Engine }> | null = null;
  /** Everybody who agreed to matching, for vacancies to ask. */
  readonly everyone: Everyone;

  constructor(
    readonly reference: ScoringReference,
    policy: Policy,
  ) {
    this.scorer = scorerOver(reference, policy);
    this.everyone = new Everyone(reference, policy, (learner) => this.learner(learner), (id) => void this.#found.delete(id));
  }

  get policy(): Policy {
    return this.scorer.policy;
  }

  get policyVersion(): string {
    return this.scorer.policy.version;
  }

  learner(learner: Learner): ScorableLearner {
    const known = this.#found.get(learner.id);
    if (known?.version === learner.version) {
      const scorable = scorableOver(learner, this.reference, { words: known.words.split(BETWEEN) });
      if (known.hash !== null) this.#hashes.set(scorable, known.hash);
      return scorable;
    }
    const scorable = scorableOver(learner, this.reference);
    this.#found.set(learner.id, { version: learner.version, words: scorable.skills.map(({ words }) => words).join(BETWEEN), hash: null });
    return scorable;
  }

  vacancy(vacancy: Vacancy): ScorableVacancy {
    const scorable = toScorableVacancy(vacancy);
    this.#employers.set(scorable, vacancy.organisationId);
    return scorable;
  }

  /**
   * The scorable forms of these vacancies, in order, made once a version: only what is new is loaded, what is not asked for is
   * forgotten. Jobs may ask at the same time, each for its own snapshot; while nothing changes it is the same list.
   */
  async offered(wanted: readonly Pick<Vacancy, 'id' | 'version'>[], load: (ids: readonly VacancyId[]) => Promise<readonly Vacancy[]>): Promise<readonly ScorableVacancy[]> {
    const before = this.#known;
    const missing = wanted.filter(({ id, version }) => before.get(id)?.version !== version).map(({ id }) => id);
    const rows = new Map(missing.length === 0 ? [] : (await load(missing)).map((vacancy) => [vacancy.id as string, vacancy]));
    const known = new Map<VacancyId, Readonly<{ version: number; scorable: ScorableVacancy }>>();
    for (const { id, version } of wanted) {
      const held = before.get(id);
      const row = rows.get(id);
      if (held?.version === version) known.set(id, held);
      else if (row !== undefined) known.set(id, { version: row.version, scorable: this.vacancy(row) });
    }
    this.#known = known;
    const list = [...known.values()].map((entry) => entry.scorable);
    if (list.length !== this.#offer.length || list.some((scorable, at) => scorable !== this.#offer[at])) this.#offer = list;
    return this.#offer;
  }

  /** The scorable forms of these learners, in order, made once a version: what is new is loaded and made ready in short stretches. */
  async pool(wanted: readonly Pick<Learner, 'id' | 'version'>[], load: (ids: readonly LearnerId[]) => Promise<readonly Learner[]>): Promise<ScorableLearner[]> {
    const before = this.#people;
    const missing = wanted.filter(({ id, version }) => before.get(id)?.version !== version).map(({ id }) => id);
    const fresh = new Map<LearnerId, Readonly<{ version: number; scorable: ScorableLearner }>>();
    for (let from = 0; from < missing.length; from += BATCH) {
      for (const row of await load(missing.slice(from, from + BATCH))) fresh.set(row.id, { version: row.version, scorable: this.learner(row) });
    }
    const people = new Map(wanted.flatMap(({ id }) => {
      const held = fresh.get(id) ?? before.get(id);
      return held === undefined ? [] : [[id, held] as const];
    }));
    this.#people = people;
    return [...people.values()].map((entry) => entry.scorable);
  }

  /** Code of the first gate that fails, in the order they are told; null when none does. */
  firstFailedGate(learner: ScorableLearner, vacancy: ScorableVacancy, asOf: IsoDate): string | null {
    if (this.scorer.gateOnly(learner, vacancy, asOf)) return null;
    return this.scorer.score(learner, vacancy, asOf).gates.find((gate) => gate.state === 'FAIL')?.code ?? null;
  }

  /** One pair in full, as a version to keep; takes up what it was computed from. */
  version(learner: Learner, vacancy: Vacancy, when: Readonly<{ asOf: IsoDate; scoredAt: IsoInstant }>, inputs: Map<string, ScoringInput>): ScoredVersion {
    const [person, place] = [this.learner(learner), this.vacancy(vacancy)];
    this.#keep(inputs, 'POLICY', this.policy);
    this.#keep(inputs, 'LEARNER', person, learner);
    this.#keep(inputs, 'VACANCY', place);
    const { score, employerScore, gates, terms } = this.scorer.score(person, place, when.asOf);
    return { score, employerScore, gates, terms, ...this.provenance(person, place, when.asOf), scoredAt: when.scoredAt };
  }

  provenance(learner: ScorableLearner, vacancy: ScorableVacancy, asOf: IsoDate): Provenance {
    const [learnerHash, vacancyHash, policyHash] = [this.#hash(learner), this.#hash(vacancy), this.#hash(this.policy)];
    return {
      policyVersion: this.policyVersion,
      inputHash: joinHashes(learnerHash, vacancyHash, policyHash, this.reference.version, asOf, sha256),
      learnerHash,
      vacancyHash,
      policyHash,
      referenceVersion: this.reference.version,
      asOf,
    };
  }

  /**
   * The best vacancies for one learner, explained and ready to store. The fit alone decides which they are; how crowded each is decides
   * their order among themselves.
   *
   * @param vacancies made by `vacancy` or `live`.
   * @param inputs takes up what the rows were computed from, by digest.
   */
  suggestions(
    learner: Learner,
    vacancies: readonly ScorableVacancy[],
    when: Readonly<{ asOf: IsoDate; scoredAt: IsoInstant; cause: ScoreCause; crowded: ReadonlyMap<VacancyId, BasisPoints> }>,
    inputs: Map<string, ScoringInput>,
  ): Suggestion[] {
    const person = this.learner(learner);
    const open = vacancies.length <= KEPT ? vacancies : this.engineOver(vacancies, when.asOf).bestFor(person).map(({ at }) => vacancies[at] as ScorableVacancy);
    const best = this.scorer.suggest(person, open, { top: KEPT, asOf: when.asOf, digest: sha256 });
    const byId = new Map(open.map((vacancy) => [vacancy.id as string, vacancy]));
    if (best.length > 0) {
      this.#keep(inputs, 'POLICY', this.policy);
      this.#keep(inputs, 'LEARNER', person, learner);
    }
    const rows = best.map((fit): Suggestion => {
      const vacancy = byId.get(fit.vacancyId) as ScorableVacancy;
      const congestion = when.crowded.get(fit.vacancyId) ?? 10_000;
      return {
        learnerId: learner.id,
        vacancyId: fit.vacancyId,
        organisationId: learner.organisationId,
        employerId: this.#employers.get(vacancy) as string,
        rank: 0,
        fitKey: fit.orderKey,
        congestion,
        orderKey: Math.floor((fit.orderKey * congestion) / 10_000),
        tie: fit.tie,
        score: fit.score,
        employerScore: fit.employerScore,
        gates: fit.gates,
        terms: fit.terms,
        ...this.provenance(person, vacancy, when.asOf),
        scoredAt: when.scoredAt,
        cause: when.cause,
      };
    });
    rows.sort((a, b) => b.orderKey - a.orderKey || b.fitKey - a.fitKey || (a.tie < b.tie ? -1 : 1));
    for (const row of rows) this.#keep(inputs, 'VACANCY', byId.get(row.vacancyId) as ScorableVacancy);
    return rows.map((row, at) => ({ ...row, rank: at + 1 }));
  }

  /** Kept for as long as the same vacancies are asked about on the same day: a run asks of all learners one after another. */
  private engineOver(over: readonly ScorableVacancy[], asOf: IsoDate): Engine {
    if (this.#engine?.over !== over || this.#engine.asOf !== asOf) this.#engine = { over, asOf, engine: this.scorer.engine(over, { top: KEPT, asOf, digest: sha256 }) };
    return this.#engine.engine;
  }

  #keep(inputs: Map<string, ScoringInput>, kind: ScoringInput['kind'], part: ScorableLearner | ScorableVacancy | Policy, owner?: Learner): void {
    const known = this.#hashes.get(part);
    if (known !== undefined && inputs.has(known)) return;
    // The text is what is hashed: it is made once, and not at all where the hash is known and nobody reads the text since it is kept already.
    let text: string | null = null;
    const body = (): string => (text ??= canonicalJson(part));
    const hash = known ?? sha256(body());
    this.#hashes.set(part, hash);
    const found = owner === undefined ? undefined : this.#found.get(owner.id);
    if (found !== undefined && found.version === owner?.version) found.hash = hash;
    inputs.set(hash, {
      hash,
      kind,
      learnerId: owner?.id ?? null,
      organisationId: owner?.organisationId ?? null,
      get body() {
        return body();
      },
    });
  }

  #hash(part: ScorableLearner | ScorableVacancy | Policy): string {
    let hash = this.#hashes.get(part);
    if (hash === undefined) this.#hashes.set(part, (hash = partHash(part, sha256)));
    return hash;
  }
}
