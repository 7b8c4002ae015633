import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runMigrations } from '@meriden/persistence';
import { projectRoot } from '@meriden/platform';
import pg from 'pg';

const run = promisify(execFile);

/** Of this build's migrations and grants: another build makes a template of its own. */
function migratedName(): string {
  const hash = createHash('sha256');
  const top = join(projectRoot(), 'libs/persistence/src');
  const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(top, file)));
  return `meriden_template_${hash.digest('hex').slice(0, 12)}`;
}

type Servers = Readonly<{ databaseUrl: string; redisUrl: string }>;
export type RegionSize = Readonly<{ learners: number; vacancies: number }>;
/** Places enough for a first match of a learner with three skills, people enough for lists. Whoever needs no other size spares a seeding. */
export const SMALL_REGION: RegionSize = { learners: 30, vacancies: 40 };

/** Of all that was built, the reference data and the day, for all of that may have a part in what is seeded. */
function seededName({ learners, vacancies }: RegionSize): string {
  const hash = createHash('sha256').update(readFileSync(join(projectRoot(), 'dist/.meriden-build'))).update(new Date().toISOString().slice(0, 10));
  const data = join(projectRoot(), 'libs/reference/data');
  for (const file of readdirSync(data).sort()) hash.update(file).update(readFileSync(join(data, file)));
  return `meriden_region_${hash.digest('hex').slice(0, 12)}_${learners}_${vacancies}`;
}

const within = (serverUrl: string, database: string): string => Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;

/**
 * Makes a template unless it is there: a database that nobody else may enter, made once a server.
 *
 * @param from the template it begins with
 * @param make fills it; what it gives is kept with the template
 * @returns what `make` gave when the template was made
 */
async function ensureTemplate(client: pg.Client, name: string, from: string, make: (draft: string) => Promise<string>): Promise<string> {
  // Held by the session: whoever comes second waits for the template, and for no longer.
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  try {
    const [there] = (await client.query<{ kept: string }>(`select coalesce(shobj_description(oid, 'pg_database'), '') as kept from pg_database where datname = $1`, [name])).rows;
    if (there !== undefined) return there.kept;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} template ${from} encoding 'UTF8'`);
    const made = await make(draft).catch(async (error: unknown) => {
      await client.query(`drop database if exists ${draft} with (force)`);
      throw error;
    });
    await client.query(`comment on database ${draft} is ${client.escapeLiteral(made)}`);
    await client.query(`alter database ${draft} allow_connections false`);
    // Sessions end a moment after their client left.
    await client.query('select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1', [draft]);
    await client.query(`alter database ${draft} rename to ${name}`);
    return made;
  } finally {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  }
}

/** Work over one session as the owner of the server. */
export async function connected<T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureMigrated(client: pg.Client, serverUrl: string): Promise<string> {
  const template = migratedName();
  await ensureTemplate(client, template, 'template0', async (draft) => {
    await runMigrations(within(serverUrl, draft));
    return '';
  });
  return template;
}

async function copyOf(client: pg.Client, serverUrl: string, template: string, prefix: string): Promise<string> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await client.query(`create database ${name} template ${template}`);
  return within(serverUrl, name);
}

/**
 * A migrated, empty database on a server: the migrations run once a server and build, and every suite gets a copy.
 *
 * @returns its address, as the owner of `serverUrl`
 */
export function migratedDatabase(serverUrl: string, prefix = 'meriden_test'): Promise<string> {
  return connected(serverUrl, async (client) => copyOf(client, serverUrl, await ensureMigrated(client, serverUrl), prefix));
}

/**
 * A demonstration region on a server, as the terminal seeds it: once a server, build, day and size; every suite gets a copy.
 *
 * @returns its address, as the owner of `databaseUrl`, and a new folder with what belongs to it: its accounts and its secret
 */
export function seededRegion({ databaseUrl: serverUrl, redisUrl }: Servers, size: RegionSize, prefix = 'meriden_test'): Promise<Readonly<{ databaseUrl: string; dataDir: string }>> {
  return connected(serverUrl, async (client) => {
    const migrated = await ensureMigrated(client, serverUrl);
    const template = seededName(size);
    const kept = await ensureTemplate(client, template, migrated, (draft) => seeded({ databaseUrl: within(serverUrl, draft), redisUrl }, size));
    const dataDir = mkdtempSync(join(tmpdir(), 'meriden-region-'));
    for (const [file, text] of Object.entries(JSON.parse(kept) as Record<string, string>)) writeFileSync(join(dataDir, file), text, { mode: 0o600 });
    return { databaseUrl: await copyOf(client, serverUrl, template, prefix), dataDir };
  });
}

/** @returns the files that seeding wrote beside the database, by name */
async function seeded({ databaseUrl, redisUrl }: Servers, { learners, vacancies }: RegionSize): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-seed-'));
  try {
    const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, MERIDEN_DATA_DIR: dataDir, MERIDEN_DEMONSTRATION: 'true' };
    await run(process.execPath, [join(projectRoot(), 'dist/apps/cli/src/main.js'), 'seed', '--learners', String(learners), '--vacancies', String(vacancies)], { env });
    return JSON.stringify(Object.fromEntries(readdirSync(dataDir).map((file) => [file, readFileSync(join(dataDir, file), 'utf8')])));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
