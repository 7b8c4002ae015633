import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDataSource, ensureRoles, pendingMigrations, runMigrations, schemaDifference, schemaDrift, withScratchDatabase } from '@meriden/persistence';
import { projectRoot, roleUrl } from '@meriden/platform';
import pg from 'pg';

const ownerUrl = process.env['DATABASE_URL'] as string;

async function sql(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** Waits until all sessions in a database are a role's own. */
async function nobodyElseIn(database: string, role: string): Promise<void> {
  for (;;) {
    const [row] = await sql(ownerUrl, `select count(*)::int as others from pg_stat_activity where datname = '${database}' and usename <> '${role}'`);
    if (row?.['others'] === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Takes migrations back, the newest first, this one being the last. */
async function undo(url: string, name: string): Promise<void> {
  const source = await createDataSource({ url, role: 'owner', poolSize: 1 }).initialize();
  try {
    while (!(await pendingMigrations(url)).includes(name)) await source.undoLastMigration({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
}

/** One place of the one list, without the rows that it speaks of. */
const aRow = (fitKey: number) => ({
  learner_id: '00000000-0000-4000-8000-000000000001', vacancy_id: randomUUID(), organisation_id: randomUUID(), employer_id: randomUUID(), rank: 1, order_key: fitKey, fit_key: fitKey, congestion: 10_000, tie: 'x',
  score: 1, employer_score: 1, gates: [], terms: [], policy_version: 'p', input_hash: 'h', learner_hash: 'l', vacancy_hash: 'v', policy_hash: 'p', reference_version: 'r', scored_at: '2026-11-30T00:00:00Z', as_of: '2026-11-30', cause: 'REGION',
});

it('migrated, an empty database is what the entities say', async () => {
  expect(await schemaDrift(ownerUrl)).toEqual([]);
});

it.each([
  ['a column of another type', 'alter table vacancy alter column level_to type bigint'],
  ['a missing column', 'alter table learner drop column interests'],
  ['a missing foreign key', 'alter table proposal drop constraint proposal_round_id_fkey'],
  ['a missing unique index', 'drop index placement_one_active_key'],
  ['a missing check', 'alter table vacancy drop constraint vacancy_openings_check'],
  ['a column that may be null', 'alter table round alter column name drop not null'],
])('%s is seen as a difference', async (_what, change) => {
  await withScratchDatabase(ownerUrl, async (url) => {
    await runMigrations(url);
    await sql(url, change);
    expect(await schemaDifference(url)).not.toEqual([]);
  });
});

/** The files that are there, by the names that their classes bear. */
const WRITTEN = readdirSync(join(projectRoot(), 'libs/persistence/src/migrations'))
  .flatMap((file) => [...file.matchAll(/^(\d+)-(.+)\.ts$/g)])
  .sort((a, b) => Number(a[1]) - Number(b[1]))
  .map(([, at = '', words = '']) => words.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('') + at);

it('pending migrations are named before and gone after; two starters at once run each once; down undoes up', async () => {
  await withScratchDatabase(ownerUrl, async (url) => {
    expect(await pendingMigrations(url)).toEqual(WRITTEN);
    const runs = await Promise.all([runMigrations(url), runMigrations(url)]);
    expect(runs.flat()).toEqual(WRITTEN);
    expect(await pendingMigrations(url)).toEqual([]);
    expect(await runMigrations(url)).toEqual([]);
    const owner = await createDataSource({ url, role: 'owner' }).initialize();
    for (const _ of runs.flat()) await owner.undoLastMigration();
    expect(await pendingMigrations(url)).toEqual(WRITTEN);
    expect((await owner.runMigrations()).map((migration) => migration.name)).toEqual(WRITTEN);
    await owner.destroy();
  });
});

it('roles are ready whoever makes them, several at once too, and a changed password is set again', async () => {
  await withScratchDatabase(ownerUrl, async (url) => {
    await Promise.all([ensureRoles(url), ensureRoles(url), ensureRoles(ownerUrl)]);
    for (const role of ['meriden_app', 'meriden_worker'] as const) {
      expect(await sql(roleUrl(url, role), 'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user')).toEqual([
        { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
      ]);
    }
  });
});

it('an owner that is no superuser can migrate, and the definer’s functions still work for it', async () => {
  const name = `plain_owner_${randomBytes(4).toString('hex')}`;
  await ensureRoles(ownerUrl);
  await sql(ownerUrl, `create role ${name} login createdb password 'x'`, `grant meriden_definer to ${name} with inherit false, set true`);
  const plain = new URL(ownerUrl);
  plain.username = name;
  plain.password = 'x';
  // The database is its own, the roles are there already (a server's administrator made them) with passwords that are not its to set.
  try {
    await withScratchDatabase(plain.href, async (url) => {
      await runMigrations(url, { roles: false });
      expect(await schemaDifference(url)).toEqual([]);
      await sql(url, `insert into person (id, email, name, disabled) values (gen_random_uuid(), 'a@example.org', 'A', false)`).then(
        () => expect('the owner wrote past forced row-level security').toBe(''),
        (fault: Error) => expect(fault.message).toContain('row-level security'),
      );
      const admin = new URL(url);
      admin.username = new URL(ownerUrl).username;
      admin.password = new URL(ownerUrl).password;
      await sql(admin.href, `insert into person (id, email, name, disabled) values (gen_random_uuid(), 'a@example.org', 'A', false)`);
      const app = new URL(roleUrl(ownerUrl, 'meriden_app'));
      app.pathname = new URL(url).pathname;
      expect(await sql(app.href, `select person ->> 'email' as email from sign_in_lookup('A@example.org')`)).toEqual([{ email: 'a@example.org' }]);
      expect(await sql(app.href, 'select * from person')).toEqual([]);
      // Lists that were there before they were noted beside: the owner sees them while it counts, and never else.
      await undo(url, 'SuggestionLists1764000900000');
      await sql(admin.href, `set session_replication_role = replica`, ...[900, 700].map((fit) => `insert into suggestion select (jsonb_populate_record(null::suggestion, '${JSON.stringify(aRow(fit))}')).*`));
      await runMigrations(url, { roles: false });
      expect(await sql(admin.href, 'select length, lowest_fit from suggestion_list')).toEqual([{ length: 2, lowest_fit: 700 }]);
      expect(await sql(url, 'select * from suggestion')).toEqual([]);
      // It may not end sessions of others, and a server ends a session a moment after its client left: its database can be dropped then.
      await nobodyElseIn(new URL(url).pathname.slice(1), name);
    });
  } finally {
    await sql(ownerUrl, `drop role ${name}`);
  }
});
