import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandStore, LearnerStore, PersistenceModule, UnitOfWork } from '@meriden/persistence';
import { CohortReads, LearnerReads } from '@meriden/persistence/reads';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { twoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.end());

const connections = async () =>
  (await database.sql<{ name: string }>(`select application_name as name from pg_stat_activity where datname = current_database()`)).map((row) => row.name);

it('gives the whole application its unit of work, stores and reads, and closes its connections when it stops', async () => {
  const world = await database.asOwner(twoColleges);
  const before = (await connections()).length;
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
  expect((await connections()).length).toBeGreaterThan(before);
  await application.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await connections()).length).toBe(before);
});

it('a database that does not answer stops the start with its own words, and leaves nothing open', async () => {
  const wrong = new URL(database.workerUrl);
  wrong.password = 'wrong';
  const before = (await connections()).length;
  @Module({ imports: [PersistenceModule.forRoot({ url: database.appUrl, role: 'app' }, { url: wrong.href, role: 'worker' })] })
  class Application {}
  await expect(NestFactory.createApplicationContext(Application, { logger: false, abortOnError: false })).rejects.toThrow('password authentication failed');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await connections()).length).toBe(before);
});
