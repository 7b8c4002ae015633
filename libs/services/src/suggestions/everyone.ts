import { setImmediate as turn } from 'node:timers/promises';
import type { IsoDate, Learner, LearnerId } from '@meriden/domain';
import { LearnerPool, type Policy, type ScorableLearner, type ScorableVacancy, type ScoringReference } from '@meriden/scoring';

/** Learners read and made ready in one stretch. */
const BATCH = 200;
/** Places kept free for who joins, as a share of those there and at least: beyond them the pool is made anew. */
const SPARE = 0.1;
const SPARE_AT_LEAST = 500;
/** Learners whom a question may read in its own transaction; more are read before it, or it would stand open for minutes and others behind it. */
export const READ_MEANWHILE = 1_000;

type Version = Pick<Learner, 'id' | 'version'>;
/** `joining` of the `missing` have no place yet. */
type Step = Readonly<{ roll: string; wanted: readonly Version[]; missing: readonly LearnerId[]; joining: number }>;
type Load = (ids: readonly LearnerId[]) => Promise<readonly Learner[]>;
/** A learner no gate shuts out of a vacancy, and what orders the pair. */
type OpenLearner = Readonly<{ id: LearnerId; orderKey: number }>;

/** More learners are new or changed than one question may read: it is to be asked again after `ready`. */
export class Behind extends Error {
  constructor() {
    super('more learners came or changed than one question reads');
  }
}

/**
 * The learners of a region, ready to be asked by one vacancy after another under one edition of the scoring. Made ready once a version, so that a vacancy that
 * changes costs neither reading nor compiling a hundred thousand profiles; brought into step with what each question's transaction sees before it answers.
 */
export class Everyone {
  readonly #places = new Map<LearnerId, { at: number; version: number }>();
  /** With which roll the pool is in step; null where a reading did not come to its end. */
  #roll: string | null = null;
  #ids: (LearnerId | null)[] = [];
  #free: number[] = [];
  #pool: LearnerPool;
  /** Questions take turns: each sees the learners of its own transaction and no other's. */
  #last: Promise<unknown> = Promise.resolve();
  #ready: Promise<void> | null = null;

  constructor(
    private readonly reference: ScoringReference,
    private readonly policy: Policy,
    private readonly scorable: (learner: Learner) => ScorableLearner,
    /** Told of everybody who is no longer there. */
    private readonly left: (id: LearnerId) => void = () => undefined,
  ) {
    this.#pool = new LearnerPool(reference, [], policy);
  }

  /**
   * Reads everybody, before the first question and whenever one found too many new, in transactions that `roll` and `load` open and end themselves: whoever
   * asks meanwhile waits for this one reading, and holds no transaction open for as long as a hundred thousand profiles take.
   */
  ready(roll: () => Promise<string>, load: Load): Promise<void> {
    if (this.#ready === null) {
      const reading = this.#last.then(async () => this.keepStep(this.step(await roll()), load));
      this.#ready = reading;
      // One that fails is begun again by whoever asks next.
      this.#last = reading.catch(() => void (this.#ready = null));
    }
    return this.#ready;
  }

  /**
   * @param roll who is to be asked, and at which version: a line `id version` each, by id
   * @param load reads learners whole, in any order
   * @throws Behind where more than `READ_MEANWHILE` would have to be read
   */
  openTo(vacancy: ScorableVacancy, asOf: IsoDate, roll: string, load: Load): Promise<readonly OpenLearner[]> {
    const answer = this.#last.then(async () => {
      const step = this.step(roll);
      if (step !== null && this.toRead(step) > READ_MEANWHILE) {
        this.#ready = null;
        throw new Behind();
      }
      await this.keepStep(step, load);
      return this.#pool.openTo(vacancy, asOf).map(({ at, orderKey }): OpenLearner => ({ id: this.#ids[at] as LearnerId, orderKey }));
    });
    // One that fails leaves those who are not read yet at their old version, so the next question reads them.
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** What lies between the pool and this roll; null where nothing does. */
  private step(roll: string): Step | null {
    if (roll === this.#roll) return null;
    const wanted = entries(roll);
    const missing = wanted.filter(({ id, version }) => this.#places.get(id)?.version !== version).map(({ id }) => id);
    return { roll, wanted, missing, joining: missing.filter((id) => !this.#places.has(id)).length };
  }

  /** How many `keepStep` would read, at most. */
  private toRead({ wanted, missing, joining }: Step): number {
    return joining > this.#free.length ? wanted.length : missing.length;
  }

  private async keepStep(step: Step | null, load: Load): Promise<void> {
    if (step === null) return;
    const { roll, wanted, missing, joining } = step;
    this.#roll = null;
    if (this.#places.size > wanted.length - joining) this.leave(new Set(wanted.map(({ id }) => id)));
    if (joining > this.#free.length) this.begin(wanted.length);
    for (const ids of parts(this.#places.size === 0 ? wanted.map(({ id }) => id) : missing)) {
      for (const learner of await load(ids)) this.put(learner);
      await turn();
    }
    // Profiles that were read later than the roll can be newer than it says.
    if (wanted.every(({ id, version }) => this.#places.get(id)?.version === version)) this.#roll = roll;
  }

  private put(learner: Learner): void {
    const at = this.#places.get(learner.id)?.at ?? this.#free.pop();
    if (at === undefined) throw new Error('No place is free for a learner who joins');
    this.#pool.replaceLearner(at, this.scorable(learner));
    this.#ids[at] = learner.id;
    this.#places.set(learner.id, { at, version: learner.version });
  }

  /** Nobody is there who is not wanted. */
  private leave(wanted: ReadonlySet<LearnerId>): void {
    for (const [id, { at }] of this.#places) {
      if (wanted.has(id)) continue;
      this.#pool.replaceLearner(at, null);
      this.#ids[at] = null;
      this.#places.delete(id);
      this.#free.push(at);
      this.left(id);
    }
  }

  private begin(learners: number): void {
    const places = learners + Math.max(SPARE_AT_LEAST, Math.ceil(learners * SPARE));
    this.#pool = new LearnerPool(this.reference, Array.from({ length: places }, () => null), this.policy);
    this.#ids = Array.from({ length: places }, () => null);
    this.#free = Array.from({ length: places }, (_, i) => places - 1 - i);
    this.#places.clear();
  }
}

function entries(roll: string): Version[] {
  return roll === ''
    ? []
    : roll.split('\n').map((line) => {
        const at = line.lastIndexOf(' ');
        return { id: line.slice(0, at) as LearnerId, version: Number(line.slice(at + 1)) };
      });
}

function* parts(ids: readonly LearnerId[]): Generator<readonly LearnerId[]> {
  for (let from = 0; from < ids.length; from += BATCH) yield ids.slice(from, from + BATCH);
}
