import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withScratchDatabase } from '@meriden/persistence';
import pg from 'pg';
import { runCli, type Ended } from '../support/built-program.js';
import { redisPrefix } from '../support/database.js';

const SIZE = { learners: 40, vacancies: 18 } as const;

/** A terminal on an empty database of its own. */
async function onEmptyDatabase(work: (terminal: { run(...args: string[]): Promise<Ended>; sql<Row>(text: string): Promise<Row[]>; dataDir: string }) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-cli-'));
  try {
    await withScratchDatabase(process.env['DATABASE_URL'] as string, async (url) => {
      const environment = { DATABASE_URL: url, REDIS_URL: process.env['REDIS_URL'], MERIDEN_REDIS_PREFIX: redisPrefix(), MERIDEN_DATA_DIR: dataDir, PORT: '1' };
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      try {
        await work({ dataDir, run: (...args) => runCli(args, environment), sql: async <Row>(text: string) => (await client.query(text)).rows as Row[] });
      } finally {
        await client.end();
      }
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const lines = (text: string): Record<string, unknown>[] => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the operator’s command line', () => {
  it('migrates, seeds once, hands out tokens and finds what is wrong, each with its exit code', async () => {
    await onEmptyDatabase(async ({ run, sql, dataDir }) => {
      expect(await run('migrate', '--check')).toMatchObject({ code: 1 });
      expect(await run('migrate')).toMatchObject({ code: 0 });
      const checked = await run('migrate', '--check');
      expect([checked.code, lines(checked.stdout)]).toEqual([0, [{ pending: [] }]]);

      const seeded = await run('seed', '--learners', String(SIZE.learners), '--vacancies', String(SIZE.vacancies), '--seed', '5');
      expect([seeded.code, seeded.stderr]).toEqual([0, expect.stringContaining('Demonstration data')]);
      const [figures] = lines(seeded.stdout) as [Record<string, number>];
      const [counted] = await sql<Record<string, number>>(`select
        (select count(*)::int from learner) as learners, (select count(*)::int from vacancy where state = 'LIVE') as vacancies,
        (select sum(openings)::int from vacancy) as openings, (select count(*)::int from organisation) as organisations`);
      expect(figures).toMatchObject({ ...SIZE, ...counted });
      // One pass over the region waits for the worker, and one round takes preferences.
      expect(await sql('select kind, count(*)::int as n from command group by kind')).toEqual([{ kind: 'score-region', n: 1 }]);
      expect(await sql('select state from round')).toEqual([{ state: 'OPEN' }]);
      // Every learner can act: one person, one membership each.
      expect(await sql(`select count(distinct learner_id)::int as n from membership where role = 'LEARNER'`)).toEqual([{ n: SIZE.learners }]);
      expect(await sql('select count(*)::int as n from learner l join membership m on m.learner_id = l.id where l.person_id = m.person_id')).toEqual([{ n: SIZE.learners }]);
      expect(await sql('select count(*)::int as n from audit_entry where organisation_id is null and person_id is null and verb is null')).toEqual([{ n: 0 }]);

      const file = join(dataDir, 'demonstration.json');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const { password, accounts } = JSON.parse(readFileSync(file, 'utf8')) as { password: string; accounts: { email: string; role: string; totpSecret?: string }[] };
      expect(password.length).toBeGreaterThanOrEqual(16);
      expect(accounts.map(({ email }) => email.split('@')[0])).toEqual(['operator', 'operator2', 'region', 'college', 'college2', 'employer', 'employer2', 'learner', 'learner2']);
      expect(accounts.every(({ role, totpSecret }) => (role === 'LEARNER') === (totpSecret === undefined))).toBe(true);

      expect(await run('seed')).toMatchObject({ code: 1 });
      expect(await sql('select count(*)::int as n from learner')).toEqual([{ n: SIZE.learners }]);

      const token = await run('token', '--as', 'learner@demo.example', '--minutes', '5');
      expect([token.code, token.stdout]).toEqual([0, expect.stringMatching(/^[\w-]{40,}\n$/)]);
      expect(await run('token', '--as', 'nobody@demo.example')).toMatchObject({ code: 1, stdout: '' });
      expect(await run('token')).toMatchObject({ code: 2, stdout: '' });

      const doctor = await run('doctor');
      expect(doctor.code).toBe(1);
      expect(lines(doctor.stdout).filter(({ ok }) => ok !== true)).toEqual([expect.objectContaining({ check: 'api', remedy: expect.stringContaining('npm start') })]);
    });
  });

  it('goes on with a seeding that was cut off, doing nothing twice', async () => {
    await onEmptyDatabase(async ({ run, sql, dataDir }) => {
      await run('migrate');
      const size = ['--learners', '30', '--vacancies', '17'];
      // The operator is made near the start: stop short of everything after the first few hosts by taking their table away.
      await sql('alter table learner rename to learner_away');
      expect(await run('seed', ...size)).toMatchObject({ code: 3 });
      await sql('alter table learner_away rename to learner');
      const before = await sql('select id from organisation order by id');
      expect(before.length).toBeGreaterThan(5);
      expect(await run('seed', ...size)).toMatchObject({ code: 0 });
      const [after] = await sql<Record<string, number>>(`select
        (select count(*)::int from learner) as learners, (select count(*)::int from vacancy) as vacancies,
        (select count(distinct name)::int = count(*)::int from organisation) as distinct_names, (select count(*)::int from round) as rounds`);
      expect(after).toEqual({ learners: 30, vacancies: 17, distinct_names: true, rounds: 1 });
      expect((JSON.parse(readFileSync(join(dataDir, 'demonstration.json'), 'utf8')) as { accounts: unknown[] }).accounts).toHaveLength(9);
    });
  });

  it.each([
    [['bogus'], 2],
    [['seed', '--learners', '0'], 2],
    [['seed', '--learners', 'many'], 2],
    [['token', '--as', 'a@b.example', '--minutes', '100000'], 2],
    [['migrate', '--help'], 0],
    [['once', '--help'], 0],
    [['prepare', '--help'], 0],
    [['--help'], 0],
  ])('answers %j with exit code %i, without a database', async (args, code) => {
    expect(await runCli(args, {})).toMatchObject({ code });
  });

  it('calls a database that does not answer a fault, and says so in words', async () => {
    const ended = await runCli(['migrate'], { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/nothing', REDIS_URL: 'redis://127.0.0.1:1', MERIDEN_DATA_DIR: mkdtempSync(join(tmpdir(), 'meriden-cli-')) });
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([3, '', expect.stringContaining('ECONNREFUSED')]);
  });
});
