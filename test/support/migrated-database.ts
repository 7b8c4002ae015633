import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations } from '@meriden/persistence';
import { projectRoot } from '@meriden/platform';
import pg from 'pg';

/** Of this build's migrations and grants: another build makes a template of its own. */
function buildName(): string {
  const hash = createHash('sha256');
  const top = join(projectRoot(), 'libs/persistence/src');
  const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(top, file)));
  return `meriden_template_${hash.digest('hex').slice(0, 12)}`;
}

const within = (serverUrl: string, database: string): string => Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;

/**
 * A migrated, empty database on a server: the migrations run once a server and build, into a database that nobody else may enter, and
 * every suite gets a copy of that.
 *
 * @returns its address, as the owner of `serverUrl`
 */
export async function migratedDatabase(serverUrl: string, prefix = 'meriden_test'): Promise<string> {
  const template = buildName();
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const there = async (database: string): Promise<boolean> => (await client.query('select 1 from pg_database where datname = $1', [database])).rows.length > 0;
    // Held by the session: whoever comes second waits for the template, and for no longer.
    await client.query(`select pg_advisory_lock(hashtextextended('meriden test template', 0))`);
    if (!(await there(template))) {
      const draft = `${template}_draft`;
      await client.query(`drop database if exists ${draft} with (force)`);
      await client.query(`create database ${draft} template template0 encoding 'UTF8'`);
      await runMigrations(within(serverUrl, draft));
      await client.query(`alter database ${draft} allow_connections false`);
      // Sessions end a moment after their client left.
      await client.query('select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1', [draft]);
      await client.query(`alter database ${draft} rename to ${template}`);
    }
    await client.query(`select pg_advisory_unlock(hashtextextended('meriden test template', 0))`);
    await client.query(`create database ${name} template ${template}`);
    return within(serverUrl, name);
  } finally {
    await client.end();
  }
}
