import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Actor, BasisPoints, CommandId, IsoDate, Learner, LearnerId, ScoreCause, ScoringInput, ScoringRun, ScoringRunId, Suggestion, Vacancy, VacancyId } from '@meriden/domain';
import { ExposureStore, LearnerStore, ScoreChallengeStore, ScoringInputStore, ScoringRunStore, SuggestionStore, VacancyStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { exposureGini } from '@meriden/scoring';
import { Desk, type Doer } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';
import { Behind } from './everyone.js';
import { ScoringEditions } from './scoring-editions.js';
import { KEPT, type ScorableVacancy, type Scoring } from './scoring.js';

const CHUNK = 100;
/** Lists that are changed in one transaction where a change goes through many. */
const PART = 300;
/** Longest stretch of computing before the event loop gets a turn, in milliseconds. */
const STRETCH_MS = 40;
/** How often a list is computed before that part of it is stored which nothing has overtaken. */
const ROUNDS_AT_MOST = 2;

/** What a list was computed from has changed meanwhile. */
class Overtaken extends Error {}

/** What lists are computed from, besides the learners. */
type Offer = Readonly<{ scoring: Scoring; live: readonly Pick<Vacancy, 'id' | 'version'>[]; vacancies: readonly ScorableVacancy[]; crowded: ReadonlyMap<VacancyId, BasisPoints> }>;

/** What a vacancy is slotted from. */
type Slotting = Readonly<{
  scoring: Scoring;
  asOf: IsoDate;
  crowded: ReadonlyMap<VacancyId, BasisPoints>;
  /** At which version the vacancy and the learners concerned were read. */
  version: number;
  seen: ReadonlyMap<LearnerId, number>;
  learners: readonly Learner[];
  scorable: ScorableVacancy;
}>;

type Job<Subject> = Readonly<{ commandId: CommandId }> & Subject;

/** Suggestions: computed by the worker, stored with their reasons, policy version and input hash. */
@Injectable()
export class ScoringService {
  /** The edition that everything was read for: asking again costs one row. */
  #madeReady: Scoring | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly editions: ScoringEditions,
    private readonly learners: LearnerStore,
    private readonly vacancies: VacancyStore,
    private readonly suggestions: SuggestionStore,
    private readonly inputs: ScoringInputStore,
    private readonly exposure: ExposureStore,
    private readonly challenges: ScoreChallengeStore,
    private readonly runs: ScoringRunStore,
    private readonly events: EventsService,
  ) {}

  /** Scores every learner against every live vacancy. */
  async scoreRegion(actor: Actor, input: Readonly<{ idempotencyKey: string }>): Promise<ScoringRun> {
    return this.desk.writeOnce(actor, 'score the region', { operation: 'scoreRegion', idempotencyKey: input.idempotencyKey, input: {} }, (tx) => this.startRun(tx, actor));
  }

  /** Starts a run in the transaction of whatever calls for it. */
  async startRun(tx: Tx, doer: Doer): Promise<ScoringRun> {
    const run: ScoringRun = {
      id: uuid(),
      state: 'RUNNING',
      policyVersion: (await this.editions.current(tx)).policyVersion,
      learners: 0,
      vacancies: 0,
      pairs: 0,
      chunks: 0,
      chunksDone: 0,
      exposure: null,
      startedAt: this.desk.clock.now(),
      endedAt: null,
    };
    await this.runs.insert(tx, run);
    await this.desk.dispatch(tx, doer, 'score-region', { runId: run.id });
    await this.desk.record(tx, doer, 'started', 'scoringRun', run.id);
    return run;
  }

  /** Cuts a run into chunks of learners, one command each; the rows count the chunks, not a tree of jobs. */
  async planRun(job: Job<Readonly<{ runId: ScoringRunId }>>): Promise<void> {
    await this.desk.effectOnce({ name: 'score-region', commandId: job.commandId }, async (tx) => {
      const learners = (await this.learners.everyone(tx)).length;
      const vacancies = await this.vacancies.countLive(tx);
      const chunks = Math.ceil(learners / CHUNK);
      await this.runs.plan(tx, { id: job.runId, learners, vacancies, chunks });
      if (chunks === 0) await this.runs.finish(tx, job.runId, 'DONE', this.desk.clock.now());
      for (let chunk = 0; chunk < chunks; chunk += 1) await this.desk.dispatch(tx, null, 'score-chunk', { runId: job.runId, chunk });
    });
  }

  async runChunk(job: Job<Readonly<{ runId: ScoringRunId; chunk: number }>>): Promise<void> {
    await this.storeLists(
      { name: 'score-chunk', commandId: job.commandId, cause: 'REGION' },
      async (tx) => {
        const run = await this.runs.byId(tx, job.runId);
        return run === null ? [] : this.learners.share(tx, job.chunk, run.chunks);
      },
      async (tx, pairs) => {
        const far = await this.runs.chunkDone(tx, job.runId, job.chunk, pairs);
        if (far !== null && far.done === far.chunks) await this.desk.dispatch(tx, null, 'spread-run', { runId: job.runId });
      },
    );
  }

  /**
   * The last step of a run: with everybody's list there, the crowd before a few openings is spread over the others by the order of the
   * lists, part by part, and the run says how evenly vacancies are shown.
   */
  async spreadRun({ commandId, runId }: Job<Readonly<{ runId: ScoringRunId }>>): Promise<void> {
    const job = { name: 'spread-run', commandId };
    await this.desk.effectPart(job, (tx) => this.exposure.hold(tx), (tx) => this.exposure.weigh(tx));
    const listed = await this.snapshot(job.name, (tx) => this.exposure.listed(tx));
    for (const ids of parts(listed)) {
      const moved = await this.desk.effectPart(job, (tx) => this.suggestions.hold(tx, ids), (tx) => this.exposure.order(tx, ids));
      if (moved === null) return;
      this.ring(moved);
    }
    await this.desk.effectOnce(job, async (tx) => {
      await this.exposure.hold(tx);
      await this.exposure.note(tx);
      const counts = await this.exposure.counts(tx);
      const shown = [...counts.shown].sort((a, b) => b - a);
      const total = shown.reduce((sum, n) => sum + n, 0);
      const tenth = shown.slice(0, Math.ceil(shown.length / 10)).reduce((sum, n) => sum + n, 0);
      await this.runs.finish(tx, runId, 'DONE', this.desk.clock.now(), {
        giniByFit: Math.round(exposureGini(counts.byFit) * 10_000),
        giniShown: Math.round(exposureGini(counts.shown) * 10_000),
        neverShown: shown.filter((n) => n === 0).length,
        topTenthShare: total === 0 ? 0 : Math.round((tenth / total) * 10_000),
        learnersWithThree: counts.learnersWithThree,
        learnersWithNone: counts.learnersWithNone,
      });
    });
  }

  /** A profile changed, or a learner joined. */
  async scoreLearner(job: Job<Readonly<{ learnerId: LearnerId; version: number }>>): Promise<void> {
    await this.storeLists({ name: 'score-learner', commandId: job.commandId, cause: 'PROFILE' }, (tx) => this.learners.byIds(tx, [job.learnerId]), async () => undefined);
  }

  /**
   * Replaces the lists of some learners. They are computed from one snapshot and written in a transaction of their own, which compares
   * under the lists' lock: should a vacancy or one of the learners have changed between the two, they are computed once more. What has
   * changed during that second time is never covered with what was computed before it: lists of learners who changed stay as they are,
   * and those learners are scored anew; vacancies that changed are slotted in anew. Another edition of the scoring begins it all again.
   */
  private async storeLists(
    job: Readonly<{ name: string; commandId: CommandId; cause: ScoreCause }>,
    whose: (tx: Tx) => Promise<readonly Learner[]>,
    beside: (tx: Tx, pairs: number) => Promise<void>,
  ): Promise<void> {
    for (let round = 1; ; round += 1) {
      const input = await this.snapshot(job.name, async (tx) => ({
        learners: await whose(tx),
        offer: await this.offer(tx),
        edition: await this.vacancies.edition(tx),
      }));
      const kept = new Map<string, ScoringInput>();
      const rows = await this.suggestionsOf(input.learners, input.offer, job.cause, kept);
      const ids = input.learners.map((learner) => learner.id);
      try {
        const stored = await this.desk.effectOnce(job, async (tx) => {
          await this.suggestions.hold(tx, ids);
          if (!(await this.editions.still(tx, input.offer.scoring))) throw new Overtaken();
          const now = await this.learners.versionsOf(tx, ids);
          const same = input.learners.filter((learner) => now.get(learner.id) === learner.version);
          const revised = (await this.vacancies.edition(tx)) !== input.edition;
          if ((same.length < ids.length || revised) && round < ROUNDS_AT_MOST) throw new Overtaken();
          const theirs = new Set(same.map((learner) => learner.id));
          await this.inputs.keep(tx, inputsOf(kept, theirs));
          await this.suggestions.replaceForLearners(tx, [...theirs], rows.filter((row) => theirs.has(row.learnerId)), job.cause);
          await this.answerChallenges(tx, input.offer.scoring, same);
          await this.scoreAgain(tx, ids.filter((id) => !theirs.has(id)), now);
          if (revised) await this.slotAgain(tx, input.offer.live);
          await beside(tx, ids.length * input.offer.vacancies.length);
          return true;
        });
        if (stored) this.ring(ids);
        return;
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    }
  }

  /**
   * A vacancy was posted, revised or closed: it is slotted into the lists of the learners it is good enough for. Who lost it
   * from a full list is scored anew, since their next best was not kept.
   */
  async scoreVacancy(job: Job<Readonly<{ vacancyId: VacancyId; version: number }>>): Promise<void> {
    for (let done = false; !done; ) {
      done = await this.slot(job).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Overtaken || error instanceof Behind) return false;
          throw error;
        },
      );
    }
  }

  /**
   * Part by part, so that the first learners are told while the last are scored, and nobody's list is held for longer than a part takes. A part that is written
   * twice is the same twice; the last transaction alone says that it is done.
   *
   * @throws Overtaken when the scoring has another edition by now, Behind when many learners are to be read first
   */
  private async slot({ commandId, vacancyId }: Job<Readonly<{ vacancyId: VacancyId }>>): Promise<void> {
    const job = { name: 'score-vacancy', commandId };
    // Whoever compared before this vacancy changed has written when this is passed: what is read from here on is not behind it.
    await this.snapshot(job.name, (tx) => this.suggestions.holdAll(tx));
    const before = await this.snapshot(job.name, async (tx) => ({ vacancy: await this.vacancies.byId(tx, vacancyId), scoring: await this.editions.current(tx) }));
    // A vacancy that is closed asks nobody, and need not wait until everybody is read.
    if (before.vacancy?.state === 'LIVE') await this.readEverybody(job.name, before.scoring);
    const input = await this.snapshot(job.name, (tx) => this.askEverybody(tx, vacancyId));
    const touched = new Set<LearnerId>([...input.learners.map((learner) => learner.id), ...input.holders]);
    if (input.scorable !== null) await this.slotParts(job, vacancyId, { ...input, scorable: input.scorable }, [...touched]);
    const gone = await this.desk.effectOnce(job, async (tx) => {
      await this.suggestions.holdAll(tx);
      if (!(await this.editions.still(tx, input.scoring))) throw new Overtaken();
      if (await this.isNewer(tx, vacancyId, input.version)) return [];
      const holders = await this.suggestions.holders(tx, vacancyId);
      // A vacancy that is closed leaves every list, whatever else is in it; who has a live one only since then is scored anew.
      const lost = input.scorable === null ? await this.suggestions.replaceForVacancy(tx, vacancyId, [], KEPT) : holders.filter((id) => !touched.has(id));
      await this.scoreAgain(tx, lost, await this.learners.versionsOf(tx, lost));
      return input.scorable === null ? holders : [];
    });
    this.ring(gone ?? []);
  }

  /** Computes one part while the one before is written. Ends early where a newer version of the vacancy has overtaken this one, or another delivery was done. */
  private async slotParts(job: Job<Readonly<{ name: string }>>, vacancyId: VacancyId, input: Slotting, touched: readonly LearnerId[]): Promise<void> {
    const { scoring, scorable, crowded, asOf } = input;
    const when = { scoredAt: this.desk.clock.now(), asOf, cause: 'VACANCY' as const, crowded };
    const learners = new Map(input.learners.map((learner) => [learner.id, learner]));
    let since = performance.now();
    let written: Promise<boolean> = Promise.resolve(true);
    for (const ids of parts(touched)) {
      const kept = new Map<string, ScoringInput>();
      const rows: Suggestion[] = [];
      for (const id of ids) {
        const learner = learners.get(id);
        if (learner !== undefined) rows.push(...scoring.suggestions(learner, [scorable], when, kept));
        since = await breathe(since);
      }
      if (!(await written)) return;
      written = this.desk.effectPart(job, (tx) => this.suggestions.hold(tx, ids), (tx) => this.slotPart(tx, vacancyId, input, { ids, rows, kept })).then((stored) => {
        if (stored === true) this.ring(ids);
        return stored === true;
      });
      // Heard where it is waited for.
      written.catch(() => undefined);
    }
    await written;
  }

  private async slotPart(tx: Tx, vacancyId: VacancyId, { scoring, version, seen }: Slotting, { ids, rows, kept }: Readonly<{ ids: readonly LearnerId[]; rows: readonly Suggestion[]; kept: ReadonlyMap<string, ScoringInput> }>): Promise<boolean> {
    if (!(await this.editions.still(tx, scoring))) throw new Overtaken();
    if (await this.isNewer(tx, vacancyId, version)) return false;
    // What was computed from a newer profile is not covered with what was computed from an older one.
    const versions = await this.learners.versionsOf(tx, ids);
    const same = new Set(ids.filter((id) => versions.has(id) && versions.get(id) === seen.get(id)));
    await this.inputs.keep(tx, inputsOf(kept, same));
    const lost = await this.suggestions.replaceForVacancy(tx, vacancyId, rows.filter((row) => same.has(row.learnerId)), KEPT, [...same]);
    await this.scoreAgain(tx, [...new Set([...lost, ...ids.filter((id) => !same.has(id))])], versions);
    return true;
  }

  /** A newer version of a vacancy has a command of its own; an older one must not cover what that one wrote. */
  private async isNewer(tx: Tx, vacancyId: VacancyId, version: number): Promise<boolean> {
    const now = await this.vacancies.byId(tx, vacancyId);
    return now !== null && now.version !== version;
  }

  /** Makes ready, before an edit needs it, what scores are computed from: at a hundred thousand learners the first edit would wait for a minute. */
  async makeReady(): Promise<void> {
    const name = 'make ready';
    const scoring = await this.snapshot(name, (tx) => this.editions.current(tx));
    if (scoring === this.#madeReady) return;
    await this.snapshot(name, (tx) => this.offer(tx));
    await this.readEverybody(name, scoring);
    this.#madeReady = scoring;
  }

  private readEverybody(name: string, { everyone }: Scoring): Promise<void> {
    return everyone.ready(() => this.snapshot(name, (tx) => this.learners.roll(tx)), (ids) => this.snapshot(name, (tx) => this.learners.byIds(tx, ids)));
  }

  /** Who holds the vacancy, and who is to hold it now: all of them who are open to it and whose list it is good enough for. */
  private async askEverybody(tx: Tx, vacancyId: VacancyId) {
    const vacancy = await this.vacancies.byId(tx, vacancyId);
    const holders = await this.suggestions.holders(tx, vacancyId);
    const scoring = await this.editions.current(tx);
    const asOf = this.desk.clock.today();
    const base = { scoring, asOf, crowded: await this.exposure.crowded(tx), holders, version: vacancy?.version ?? 0, learners: [] as Learner[], seen: new Map<LearnerId, number>() };
    if (vacancy === null || vacancy.state !== 'LIVE') return { ...base, scorable: null };
    const scorable = scoring.vacancy(vacancy);
    const load = (ids: readonly LearnerId[]): Promise<Learner[]> => this.learners.byIds(tx, ids);
    const open = await scoring.everyone.openTo(scorable, asOf, await this.learners.roll(tx), load);
    const floors = await this.suggestions.floors(tx, KEPT, open.map(({ id }) => id));
    const good = open.filter(({ id, orderKey }) => orderKey >= (floors.get(id) ?? 0));
    const learners: Learner[] = [];
    for (let from = 0; from < good.length; from += CHUNK) learners.push(...(await load(good.slice(from, from + CHUNK).map(({ id }) => id))));
    // Of whom a row is computed: as they were read here, whatever the pool knew of them.
    const seen = new Map([...(await this.learners.versionsOf(tx, holders)), ...learners.map(({ id, version }) => [id, version] as const)]);
    return { ...base, scorable, learners, seen };
  }

  /** Has learners scored by commands of their own; who is gone needs none. */
  private async scoreAgain(tx: Tx, ids: readonly LearnerId[], versions: ReadonlyMap<LearnerId, number>): Promise<void> {
    const there = ids.flatMap((learnerId) => {
      const version = versions.get(learnerId);
      return version === undefined ? [] : [{ learnerId, version }];
    });
    await this.desk.dispatchMany(tx, null, 'score-learner', there);
  }

  /** Has those vacancies slotted in that were published, revised or closed since `before` was read. */
  private async slotAgain(tx: Tx, before: Offer['live']): Promise<void> {
    const now = await this.vacancies.liveVersions(tx);
    const held = new Map(before.map(({ id, version }) => [id, version]));
    const live = new Set(now.map(({ id }) => id));
    const closed = before.filter(({ id }) => !live.has(id)).map(({ id, version }) => ({ id, version: version + 1 }));
    const moved = [...now.filter((vacancy) => held.get(vacancy.id) !== vacancy.version), ...closed];
    await this.desk.dispatchMany(tx, null, 'score-vacancy', moved.map(({ id, version }) => ({ vacancyId: id, version })));
  }

  private async suggestionsOf(learners: readonly Learner[], offer: Offer, cause: ScoreCause, kept: Map<string, ScoringInput>): Promise<Suggestion[]> {
    const when = { scoredAt: this.desk.clock.now(), asOf: this.desk.clock.today(), cause, crowded: offer.crowded };
    const rows: Suggestion[] = [];
    let since = performance.now();
    for (const learner of learners) {
      rows.push(...offer.scoring.suggestions(learner, offer.vacancies, when, kept));
      since = await breathe(since);
    }
    return rows;
  }

  /** Scores that were questioned and decided on: the new one is written beside the old one, whether or not it is still suggested. */
  private async answerChallenges(tx: Tx, scoring: Scoring, learners: readonly Learner[]): Promise<void> {
    const versions = new Map(learners.map((learner) => [learner.id as string, learner]));
    const due = (await this.challenges.awaitingScore(tx, [...versions.keys()])).filter(({ learnerId, rescoreFrom }) => (versions.get(learnerId)?.version ?? -1) >= rescoreFrom);
    if (due.length === 0) return;
    const vacancies = new Map((await this.vacancies.byIds(tx, [...new Set(due.map((challenge) => challenge.vacancyId))])).map((vacancy) => [vacancy.id as string, vacancy]));
    const [scoredAt, asOf] = [this.desk.clock.now(), this.desk.clock.today()];
    for (const { id, learnerId, vacancyId } of due) {
      const [learner, vacancy] = [versions.get(learnerId), vacancies.get(vacancyId)];
      if (learner === undefined || vacancy === undefined) continue;
      const kept = new Map<string, ScoringInput>();
      const version = scoring.version(learner, vacancy, { asOf, scoredAt }, kept);
      await this.inputs.keep(tx, [...kept.values()]);
      await this.challenges.scored(tx, id, version);
    }
  }

  /** Everything a job computes from, read in one snapshot; the effect is written in a transaction of its own afterwards. */
  private snapshot<T>(name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.desk.uow.asSystem({ name }, work, { isolation: 'REPEATABLE READ' });
  }

  /** Vacancies are made ready once a version, however many jobs ask: only new versions are read whole. */
  private async offer(tx: Tx): Promise<Offer> {
    const scoring = await this.editions.current(tx);
    const wanted = await this.vacancies.liveVersions(tx);
    const load = (ids: readonly VacancyId[]): Promise<Vacancy[]> => (ids.length * 2 > wanted.length ? this.vacancies.live(tx) : this.vacancies.byIds(tx, ids));
    return { scoring, live: wanted, vacancies: await scoring.offered(wanted, load), crowded: await this.exposure.crowded(tx) };
  }

  private ring(learnerIds: readonly LearnerId[]): void {
    for (const learnerId of learnerIds) this.events.suggestionsChanged({ learnerId });
  }
}

async function breathe(since: number): Promise<number> {
  if (performance.now() - since < STRETCH_MS) return since;
  await turn();
  return performance.now();
}

/** What may be kept of these inputs: nothing of a learner who has changed since, or was erased. */
function inputsOf(kept: ReadonlyMap<string, ScoringInput>, learners: ReadonlySet<LearnerId>): ScoringInput[] {
  return [...kept.values()].filter(({ learnerId }) => learnerId === null || learners.has(learnerId));
}

function* parts(ids: readonly LearnerId[]): Generator<readonly LearnerId[]> {
  for (let from = 0; from < ids.length; from += PART) yield ids.slice(from, from + PART);
}
