import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandStore, LearnerStore, PersistenceModule, UnitOfWork } from '@meriden/persistence';
import { CohortReads, LearnerReads } from '@meriden/persistence/reads';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/queue-bench.js';
import { twoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.end());

/** Who is connected, by process: the suite's own idle connections and the database's helpers come and go meanwhile. */
const connections = async (): Promise<ReadonlySet<number>> =>
  new Set((await database.sql<{ pid: number }>(`select pid from pg_stat_activity where datname = current_database() and usename in ('meriden_app', 'meriden_worker')`)).map(({ pid }) => pid));
const newOnes = async (before: ReadonlySet<number>): Promise<number[]> => [...(await connections())].filter((pid) => !before.has(pid));

it('gives the whole application its unit of work, stores and reads, and closes its connections when it stops', async () => {
  const world = await database.asOwner(twoColleges);
  const before = await connections();
  @Module({ imports: [PersistenceModule.forRoot({ url: database.appUrl, role: 'app', poolSize: 2 })] })
  class Application {}
  const application = await NestFactory.createApplicationContext(Application, { logger: false });
  const uow = application.get(UnitOfWork);
  expect(await uow.readAs(world.a.staff, (tx) => application.get(LearnerStore).byId(tx, world.a.learner.id))).toMatchObject({ id: world.a.learner.id });
  expect(application.get(CommandStore)).toBeInstanceOf(CommandStore);
  expect(application.get(LearnerReads)).toBeInstanceOf(LearnerReads);
  expect(application.get(CohortReads)).toBeInstanceOf(CohortReads);
  await expect(uow.asSystem({ name: 'x' }, async () => 1)).rejects.toThrow('role of the worker');
  await expect(uow.ping()).resolves.toBeUndefined();
  const opened = await newOnes(before);
  expect(opened).not.toEqual([]);
  await application.close();
  await eventually('its connections are closed', async () => !(await newOnes(before)).some((pid) => opened.includes(pid)));
});

it('a database that does not answer stops the start with its own words, and leaves nothing open', async () => {
  const wrong = new URL(database.workerUrl);
  wrong.password = 'wrong';
  const before = await connections();
  @Module({ imports: [PersistenceModule.forRoot({ url: database.appUrl, role: 'app' }, { url: wrong.href, role: 'worker' })] })
  class Application {}
  await expect(NestFactory.createApplicationContext(Application, { logger: false, abortOnError: false })).rejects.toThrow('password authentication failed');
  await eventually('nothing is left open', async () => (await newOnes(before)).length === 0);
});
