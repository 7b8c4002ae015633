import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PersistenceModule } from '@meriden/persistence';
import { PlatformModule, loadConfig } from '@meriden/platform';
import { EligibilityService, ScoringService, ScoringSettingsService, ServicesModule } from '@meriden/services';
import { redisPrefix, type TestDatabase } from './database.js';

type Job = { id: string; kind: string; payload: Record<string, never> };

export type ScoringWorker = Readonly<{
  get: INestApplicationContext['get'];
  /** Does every scoring command that waits, and those that they lead to, one after another: as the worker would, without its queue. */
  work(): Promise<number>;
  /** Works again and again until something else is done, and gives what that gave. */
  untilWorked<T>(other: Promise<T>): Promise<T>;
  end(): Promise<void>;
}>;

/** Every service over a suite's own database, in one process with both roles. */
export async function startScoring(database: TestDatabase): Promise<ScoringWorker> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-services-'));
  const config = loadConfig({ DATABASE_URL: database.ownerUrl, REDIS_URL: process.env['REDIS_URL'], MERIDEN_REDIS_PREFIX: redisPrefix(), MERIDEN_DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  @Module({
    imports: [
      PlatformModule.forRoot(config, 'cli'),
      PersistenceModule.forRoot({ role: 'app', url: database.appUrl, poolSize: 4 }, { role: 'worker', url: database.workerUrl, poolSize: 4 }),
      ServicesModule.forRoot(),
    ],
  })
  class Application {}
  const application = await NestFactory.createApplicationContext(Application, { logger: false, abortOnError: false });
  const scoring = application.get(ScoringService);
  const settings = application.get(ScoringSettingsService);
  const does: Record<string, (job: never) => Promise<void>> = {
    'score-learner': (job) => scoring.scoreLearner(job),
    'score-vacancy': (job) => scoring.scoreVacancy(job),
    'score-region': (job) => scoring.planRun(job),
    'score-chunk': (job) => scoring.runChunk(job),
    'spread-run': (job) => scoring.spreadRun(job),
    'answer-eligibility': (job) => application.get(EligibilityService).answer(job),
    'shadow-weights': (job) => settings.shadow(job),
  };
  const work = async (): Promise<number> => {
    for (let done = 0; ; ) {
      const jobs = await database.sql<Job>(`select id, kind, payload from command where state = 'ACCEPTED' and kind = any ($1) order by created_at, id`, [Object.keys(does)]);
      const own = jobs.filter((job) => Object.keys(job.payload).length > 0);
      if (own.length === 0) return done;
      for (const { id, kind, payload } of own) await does[kind]?.({ ...payload, commandId: id } as never);
      done += own.length;
    }
  };
  return {
    get: application.get.bind(application) as INestApplicationContext['get'],
    work,
    async untilWorked(other) {
      let over = false;
      void other.finally(() => (over = true)).catch(() => undefined);
      while (!over) if ((await work()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      return other;
    },
    async end() {
      await application.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
