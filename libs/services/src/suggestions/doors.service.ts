import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { notFound, type Actor, type Gate, type LearnerId, type ScoreTerm, type VacancyId } from '@meriden/domain';
import { LearnerStore, VacancyStore, type Tx } from '@meriden/persistence';
import { NameSearch, openDoorSteps, type OpenDoor } from '@meriden/scoring';
import { Desk } from '../desk.js';
import { ScoringEditions } from './scoring-editions.js';
import { Faults } from '../validate/faults.js';

/** One pair, suggested or shut: how it scores now, and what the learner could change about it. */
export type Doors = Readonly<{
  learnerId: LearnerId;
  vacancyId: VacancyId;
  eligible: boolean;
  score: number;
  employerScore: number;
  gates: readonly Gate[];
  terms: readonly ScoreTerm[];
  doors: readonly OpenDoor[];
}>;

/** A skill that a text names, with its place in code points, for a person to confirm. */
export type FoundSkill = Readonly<{ skillId: string; words: string; start: number; end: number; certainty: number }>;

const LONGEST_TEXT = 20_000;
const MOST_NAMED = 20;

/** What a score would be if: computed on the spot, never stored. */
@Injectable()
export class DoorsService {
  readonly #searches = new WeakMap<object, NameSearch>();

  constructor(
    private readonly desk: Desk,
    private readonly learners: LearnerStore,
    private readonly vacancies: VacancyStore,
    private readonly editions: ScoringEditions,
  ) {}

  /** What would open this door, for a learner and any live vacancy. */
  async doors(tx: Tx, actor: Actor, pair: Readonly<{ learnerId: LearnerId; vacancyId: VacancyId }>): Promise<Doors> {
    const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, pair.learnerId), ['learnerId']);
    const wanted = await this.vacancies.liveVersions(tx);
    if (!wanted.some(({ id }) => id === pair.vacancyId)) throw notFound('vacancy', ['vacancyId']);
    const scoring = await this.editions.current(tx);
    const others = await scoring.offered(wanted, (ids) => (ids.length * 2 > wanted.length ? this.vacancies.live(tx) : this.vacancies.byIds(tx, ids)));
    const vacancy = others.find((other) => other.id === pair.vacancyId);
    if (vacancy === undefined) throw notFound('vacancy', ['vacancyId']);
    const asOf = this.desk.clock.today();
    const person = scoring.learner(learner);
    const { eligible, score, employerScore, gates, terms } = scoring.scorer.score(person, vacancy, asOf);
    const steps = openDoorSteps(scoring.scorer, person, vacancy, others, asOf);
    for (;;) {
      const step = steps.next();
      if (step.done) return { ...pair, eligible, score, employerScore, gates, terms, doors: step.value };
      await turn();
    }
  }

  /** Skills that somebody may mean who types this, best first, an operator's names among them. */
  async named(tx: Tx, text: string): Promise<readonly string[]> {
    const { graph } = (await this.editions.current(tx)).reference;
    let search = this.#searches.get(graph.nodes);
    if (search === undefined) this.#searches.set(graph.nodes, (search = new NameSearch(graph)));
    return search.find(text, MOST_NAMED).map((at) => graph.nodes[at]?.id ?? '');
  }

  /** Skills that a text names: suggestions for a profile or an advert, which count only once a person confirms them. */
  async link(tx: Tx, text: string): Promise<readonly FoundSkill[]> {
    const faults = new Faults([]);
    faults.text('text', text, { min: 0, max: LONGEST_TEXT });
    faults.refuseIfAny();
    const { reference } = await this.editions.current(tx);
    for (const _ of reference.prepareLink()) await turn();
    return reference.link(text).map(({ skillId, words, start, end, score }) => ({ skillId, words, start, end, certainty: Math.round(score * 10_000) }));
  }
}
