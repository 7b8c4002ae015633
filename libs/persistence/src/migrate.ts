import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { ensurePrivacyWalls } from './personal-data/privacy-role.js';
import { ensureRoles } from './roles.js';

/** SQLSTATEs: a right is missing; somebody is still there. */
const NOT_ALLOWED = '42501';
const IN_USE = '55006';
const ONE_AT_A_TIME = "hashtextextended('meriden migrations', 0)";

async function asOwner<T>(ownerUrl: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = createDataSource({ url: ownerUrl, role: 'owner', poolSize: 2 });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

export type MigrationOptions = Readonly<{
  /** False where the server's administrator keeps the three roles: the owner then needs no right to make any. */
  roles?: boolean;
}>;

/**
 * Makes the roles, then runs what is pending, each migration in its own transaction. Two processes may start it at once: the
 * second waits for the first and finds nothing to do.
 *
 * @returns the names of the migrations run now.
 */
export async function runMigrations(ownerUrl: string, { roles = true }: MigrationOptions = {}): Promise<string[]> {
  if (roles) await ensureRoles(ownerUrl);
  return asOwner(ownerUrl, async (source) => {
    const gate = source.createQueryRunner();
    try {
      // Held by the session, not by a transaction; no limit on waiting for the other starter.
      await gate.query('set lock_timeout = 0');
      await gate.query('set idle_in_transaction_session_timeout = 0');
      await gate.query(`select pg_advisory_lock(${ONE_AT_A_TIME})`);
      const run = await source.runMigrations({ transaction: 'each' });
      await ensurePrivacyWalls(source);
      return run.map((migration) => migration.name);
    } finally {
      await gate.query(`select pg_advisory_unlock(${ONE_AT_A_TIME})`).catch(() => undefined);
      await gate.query('reset all').catch(() => undefined);
      await gate.release();
    }
  });
}

/** Names of the migrations that this build has and the database has not. */
export async function pendingMigrations(ownerUrl: string): Promise<string[]> {
  return asOwner(ownerUrl, async (source) => {
    const [table] = await source.query<{ there: boolean }[]>(`select to_regclass('public.migration') is not null as there`);
    const run = table?.there ? await source.query<{ name: string }[]>('select name from migration') : [];
    const done = new Set(run.map((row) => row.name));
    return source.migrations.map((migration) => migration.name ?? '').filter((name) => !done.has(name));
  });
}

/** The statements by which the ORM would bring this migrated database to the entities: none, unless one of the two moved alone. */
export async function schemaDifference(ownerUrl: string): Promise<string[]> {
  return asOwner(ownerUrl, async (source) => {
    const log = await source.driver.createSchemaBuilder().log();
    return log.upQueries.map((query) => query.query);
  });
}

/** Migrates an empty database of its own on the same server, asks the ORM for a difference, and drops it again. */
export async function schemaDrift(ownerUrl: string): Promise<string[]> {
  return withScratchDatabase(ownerUrl, async (scratchUrl) => {
    await runMigrations(scratchUrl);
    return schemaDifference(scratchUrl);
  });
}

/** Runs `work` on a new empty database beside that of `ownerUrl` and drops it afterwards, whatever happened. */
export async function withScratchDatabase<T>(ownerUrl: string, work: (scratchUrl: string) => Promise<T>): Promise<T> {
  const name = `meriden_scratch_${randomBytes(6).toString('hex')}`;
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  await statement(ownerUrl, `create database ${name} template template0 encoding 'UTF8'`);
  try {
    return await work(url.href);
  } finally {
    await drop(ownerUrl, name);
  }
}

/**
 * Who is no superuser may not end the server's own housekeeping (autovacuum), and while that is there the server ends nobody. A plain drop asks it
 * to leave, and waits; where a session of our own is still there, that one fails, and the next can end it.
 */
async function drop(ownerUrl: string, name: string): Promise<void> {
  const plain = `drop database if exists ${name}`;
  const forced = `${plain} with (force)`;
  for (const [sql, goesOn] of [[forced, NOT_ALLOWED], [plain, IN_USE], [forced, null]] as const) {
    try {
      return await statement(ownerUrl, sql);
    } catch (fault) {
      if ((fault as { code?: string }).code !== goesOn) throw fault;
    }
  }
}

async function statement(ownerUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
