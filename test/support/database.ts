import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createDataSource, Tx, UnitOfWork } from '@meriden/persistence';
import { roleUrl } from '@meriden/platform';
import type { DataSource } from 'typeorm';
import { connected, migratedDatabase, seededRegion, type RegionSize } from './migrated-database.js';

export type TestDatabase = Readonly<{
  ownerUrl: string;
  appUrl: string;
  workerUrl: string;
  /** Both roles in one process, as no process of the product but the terminal has it. */
  uow: UnitOfWork;
  /** As the owner, past every policy: for laying out rows and for looking at what really happened. */
  owner: DataSource;
  /** A transaction as the owner. */
  asOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement as the owner, in a transaction of its own. */
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Resolves once some connection to this database waits for a lock: what a test provokes has then begun. */
  eventuallyWaiting(): Promise<void>;
  /** Closes every connection and drops the database. */
  end(): Promise<void>;
}>;

/** The server given by DATABASE_URL; the test runner starts one and says where it is. */
function serverUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (url === undefined || url === '') throw new Error('DATABASE_URL is not set: run the tests with `npm test`, or point it at a PostgreSQL whose owner may create databases');
  return url;
}

/** A migrated database of this suite's own. Call `end()` when the suite is over. */
export async function startTestDatabase(): Promise<TestDatabase> {
  return opened(await migratedDatabase(serverUrl()));
}

/** The same with a demonstration region in it, and a folder with its accounts and its secret, which is deleted with it. */
export async function startSeededDatabase(size: RegionSize): Promise<Readonly<{ database: TestDatabase; dataDir: string }>> {
  const { databaseUrl, dataDir } = await seededRegion({ databaseUrl: serverUrl(), redisUrl: process.env['REDIS_URL'] as string }, size);
  const database = await opened(databaseUrl);
  const end = async (): Promise<void> => {
    await database.end();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { database: { ...database, end }, dataDir };
}

async function opened(ownerUrl: string): Promise<TestDatabase> {
  const appUrl = roleUrl(ownerUrl, 'meriden_app');
  const workerUrl = roleUrl(ownerUrl, 'meriden_worker');
  const app = await createDataSource({ url: appUrl, role: 'app', poolSize: 5 }).initialize();
  const worker = await createDataSource({ url: workerUrl, role: 'worker', poolSize: 5 }).initialize();
  const owner = await createDataSource({ url: ownerUrl, role: 'owner', poolSize: 3 }).initialize();
  return {
    ownerUrl,
    appUrl,
    workerUrl,
    uow: new UnitOfWork({ app, worker }),
    owner,
    asOwner: (work) => owner.transaction((manager) => work(new Tx(manager))),
    sql: (text, values) => owner.query(text, values),
    async eventuallyWaiting() {
      for (let tries = 0; tries < 500; tries++) {
        const waiting = await owner.query<unknown[]>(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
        if (waiting.length > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error('Nobody waits for a lock');
    },
    async end() {
      await Promise.all([app, worker, owner].map((source) => (source.isInitialized ? source.destroy() : undefined)));
      await connected(serverUrl(), (client) => client.query(`drop database if exists ${new URL(ownerUrl).pathname.slice(1)} with (force)`));
    },
  };
}

/** Keys of this suite alone in a Redis that several suites share. */
export function redisPrefix(): string {
  return `meriden-test-${randomBytes(6).toString('hex')}`;
}
