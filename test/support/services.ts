import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Abstract, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PersistenceModule, UnitOfWork } from '@meriden/persistence';
import { Clock, PlatformModule, loadConfig, type Config } from '@meriden/platform';
import { ServicesModule } from '@meriden/services';
import { redisPrefix, type TestDatabase } from './database.js';

@Module({})
class TestModule {}

export type TestServices = Readonly<{
  config: Config;
  get<T>(service: Type<T> | Abstract<T>): T;
  /** Lets the clock of the services go forward at once. */
  forward(milliseconds: number): void;
  /** How many statements of the app's role `work` took. */
  statements(work: () => Promise<unknown>): Promise<number>;
  end(): Promise<void>;
}>;

/** Every verb of the product in this process, on a database of the suite's own, in both roles; no HTTP and no jobs that run by themselves. */
export async function startServices(database: TestDatabase, settings: Readonly<Record<string, string>> = {}): Promise<TestServices> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-services-'));
  const config = loadConfig({
    DATABASE_URL: database.ownerUrl,
    REDIS_URL: process.env['REDIS_URL'],
    MERIDEN_REDIS_PREFIX: redisPrefix(),
    MERIDEN_DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...settings,
  });
  const context = await NestFactory.createApplicationContext(
    {
      module: TestModule,
      imports: [
        PlatformModule.forRoot(config, 'cli'),
        PersistenceModule.forRoot({ role: 'app', url: config.databaseAppUrl, poolSize: 8 }, { role: 'worker', url: config.databaseWorkerUrl, poolSize: 4 }),
        ServicesModule.forRoot(),
      ],
    },
    { logger: false, abortOnError: false },
  );
  let ahead = 0;
  const clock = context.get<Clock>(Clock);
  clock.epochMs = () => Date.now() + ahead;
  clock.now = () => new Date(clock.epochMs()).toISOString();
  const { sources } = context.get(UnitOfWork) as unknown as { sources: Record<'app', { createQueryRunner(): { query(...given: unknown[]): Promise<unknown> } }> };
  let asked = 0;
  const create = sources.app.createQueryRunner.bind(sources.app);
  sources.app.createQueryRunner = () => {
    const runner = create();
    const query = runner.query.bind(runner);
    runner.query = (...given) => {
      asked++;
      return query(...given);
    };
    return runner;
  };
  return {
    config,
    get: (service) => context.get(service, { strict: false }),
    forward: (milliseconds) => void (ahead += milliseconds),
    async statements(work) {
      const before = asked;
      await work();
      return asked - before;
    },
    async end() {
      await context.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
