import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Actor, CommandId, Learner, LearnerId, ScoringRun, ScoringRunId, Suggestion, VacancyId } from '@meriden/domain';
import { LearnerStore, ScoringRunStore, SuggestionStore, VacancyStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { Desk } from './desk.js';
import { EventsService } from './events.service.js';
import { KEPT, Scoring, type ScorableVacancy } from './scoring.js';

const CHUNK = 100;
/** Longest stretch of computing before the event loop gets a turn, in milliseconds. */
const STRETCH_MS = 40;
/** How often a list is computed before it is stored whatever has changed meanwhile. */
const ROUNDS_AT_MOST = 2;

/** What a list was computed from has changed meanwhile. */
class Overtaken extends Error {}

type Job<Subject> = Readonly<{ commandId: CommandId }> & Subject;

/** Suggestions: computed by the worker, stored with their reasons, policy version and input hash. */
@Injectable()
export class ScoringService {
  constructor(
    private readonly desk: Desk,
    private readonly scoring: Scoring,
    private readonly learners: LearnerStore,
    private readonly vacancies: VacancyStore,
    private readonly suggestions: SuggestionStore,
    private readonly runs: ScoringRunStore,
    private readonly events: EventsService,
  ) {}

  /** Scores every learner against every live vacancy. */
  async scoreRegion(actor: Actor, input: Readonly<{ idempotencyKey: string }>): Promise<ScoringRun> {
    return this.desk.writeOnce(actor, 'score the region', { operation: 'scoreRegion', idempotencyKey: input.idempotencyKey, input: {} }, async (tx) => {
      const run: ScoringRun = {
        id: uuid(),
        state: 'RUNNING',
        policyVersion: this.scoring.policyVersion,
        learners: 0,
        vacancies: 0,
        pairs: 0,
        chunks: 0,
        chunksDone: 0,
        startedAt: this.desk.clock.now(),
        endedAt: null,
      };
      await this.runs.insert(tx, run);
      await this.desk.dispatch(tx, actor, 'score-region', { runId: run.id });
      await this.desk.record(tx, actor, 'started', 'scoringRun', run.id);
      return run;
    });
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
    const name = 'score-chunk';
    await this.storeLists(
      { name, commandId: job.commandId },
      async (tx) => {
        const run = await this.runs.byId(tx, job.runId);
        return run === null ? [] : this.learners.share(tx, job.chunk, run.chunks);
      },
      async (tx, pairs) => {
        const far = await this.runs.chunkDone(tx, job.runId, job.chunk, pairs);
        if (far !== null && far.done === far.chunks) await this.runs.finish(tx, job.runId, 'DONE', this.desk.clock.now());
      },
    );
  }

  /** A profile changed, or a learner joined. */
  async scoreLearner(job: Job<Readonly<{ learnerId: LearnerId; version: number }>>): Promise<void> {
    await this.storeLists({ name: 'score-learner', commandId: job.commandId }, (tx) => this.learners.byIds(tx, [job.learnerId]), async () => undefined);
  }

  /**
   * Replaces the lists of some learners. They are computed from one snapshot and written in a transaction of their own; should
   * a vacancy or one of the learners have changed between the two, they are computed once more and then stored. What changes
   * during that second time is left to the command of its own that each change has.
   */
  private async storeLists(
    job: Readonly<{ name: string; commandId: CommandId }>,
    whose: (tx: Tx) => Promise<readonly Learner[]>,
    beside: (tx: Tx, pairs: number) => Promise<void>,
  ): Promise<void> {
    for (let round = 1; ; round += 1) {
      const input = await this.snapshot(job.name, async (tx) => ({
        learners: await whose(tx),
        vacancies: await this.liveScorable(tx),
        edition: await this.vacancies.edition(tx),
      }));
      const rows = await this.suggestionsOf(input.learners, input.vacancies);
      const ids = input.learners.map((learner) => learner.id);
      const seen = JSON.stringify(input.learners.map((learner) => [learner.id, learner.version]).sort());
      try {
        const stored = await this.desk.effectOnce(job, async (tx) => {
          await this.suggestions.replaceForLearners(tx, ids, rows);
          const now = await this.learners.byIds(tx, ids);
          const same = JSON.stringify(now.map((learner) => [learner.id, learner.version]).sort()) === seen;
          const overtaken = !same || (await this.vacancies.edition(tx)) !== input.edition;
          // Where vacancies change all the time the last round counts: each change has a command of its own, which comes after.
          if (overtaken && round < ROUNDS_AT_MOST) throw new Overtaken();
          await beside(tx, ids.length * input.vacancies.length);
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
    const name = 'score-vacancy';
    const input = await this.snapshot(name, async (tx) => {
      const vacancy = await this.vacancies.byId(tx, job.vacancyId);
      const holders = await this.suggestions.holders(tx, job.vacancyId);
      if (vacancy === null || vacancy.state !== 'LIVE') return { vacancy: null, version: vacancy?.version ?? 0, learners: [], floors: new Map<string, number>(), holders };
      return { vacancy, version: vacancy.version, learners: await this.learners.all(tx), floors: await this.suggestions.floors(tx, KEPT), holders };
    });
    const rows: Suggestion[] = [];
    if (input.vacancy !== null) {
      const scorable = [this.scoring.vacancy(input.vacancy)];
      const scoredAt = this.desk.clock.now();
      const asOf = this.desk.clock.today();
      let since = performance.now();
      for (const learner of input.learners) {
        const [row] = this.scoring.suggestions(learner, scorable, asOf, scoredAt, input.floors.get(learner.id) ?? 0);
        if (row !== undefined) rows.push(row);
        since = await breathe(since);
      }
    }
    const touched = new Set<LearnerId>([...rows.map((row) => row.learnerId), ...input.holders]);
    const stored = await this.desk.effectOnce({ name, commandId: job.commandId }, async (tx) => {
      // A newer version of the vacancy has a command of its own; this one must not cover what that one wrote.
      const now = await this.vacancies.byId(tx, job.vacancyId);
      if (now !== null && now.version !== input.version) return false;
      const lost = await this.suggestions.replaceForVacancy(tx, job.vacancyId, rows, KEPT);
      for (const learnerId of lost) {
        const learner = await this.learners.byId(tx, learnerId);
        if (learner !== null) await this.desk.dispatch(tx, null, 'score-learner', { learnerId, version: learner.version });
      }
      return true;
    });
    if (stored) this.ring([...touched]);
  }

  private async suggestionsOf(learners: readonly Learner[], vacancies: readonly ScorableVacancy[]): Promise<Suggestion[]> {
    const scoredAt = this.desk.clock.now();
    const asOf = this.desk.clock.today();
    const rows: Suggestion[] = [];
    let since = performance.now();
    for (const learner of learners) {
      rows.push(...this.scoring.suggestions(learner, vacancies, asOf, scoredAt));
      since = await breathe(since);
    }
    return rows;
  }

  /** Everything a job computes from, read in one snapshot; the effect is written in a transaction of its own afterwards. */
  private snapshot<T>(name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.desk.uow.asSystem({ name }, work, { isolation: 'REPEATABLE READ' });
  }

  private async liveScorable(tx: Tx): Promise<ScorableVacancy[]> {
    return (await this.vacancies.live(tx)).map((vacancy) => this.scoring.vacancy(vacancy));
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
