import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#bootstrap/ports.mjs';
import { runCli, startProgram } from '../support/built-program.js';
import { redisPrefix, startTestDatabase, type TestDatabase } from '../support/database.js';

type Summary = Readonly<Record<string, number> & { certificateValid: boolean; roundId: string; roundFile: string }>;

describe('the main job through the running API', () => {
  let database: TestDatabase;
  let environment: Record<string, string | undefined>;
  let programs: ReturnType<typeof startProgram>[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-once-'));

  beforeAll(async () => {
    database = await startTestDatabase();
    const port = await freePort();
    environment = {
      DATABASE_URL: database.ownerUrl,
      REDIS_URL: process.env['REDIS_URL'],
      MERIDEN_REDIS_PREFIX: redisPrefix(),
      MERIDEN_DATA_DIR: dataDir,
      MERIDEN_DEMONSTRATION: 'true',
      PORT: String(port),
    };
    expect(await runCli(['seed', '--learners', '80', '--vacancies', '20'], environment)).toMatchObject({ code: 0 });
    programs = [startProgram('api', environment), startProgram('worker', environment)];
    await ready(port);
  });

  afterAll(async () => {
    await Promise.all(programs.map((program) => program.end()));
    await database?.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('prepares a round once: everybody but the two learner accounts ranks, and one that was cut off goes on without giving a list twice', async () => {
    const lists = () =>
      database.sql<Record<string, number>>(
        `select (select count(*)::int from learner_preference) as learners, (select count(*)::int from employer_preference) as employers,
          (select count(*)::int from preference_receipt) as receipts, (select count(*)::int from round) as rounds,
          (select count(*)::int from learner_preference p join membership m on m.learner_id = p.learner_id join person on person.id = m.person_id
           where person.email in ('learner@demo.example', 'learner2@demo.example')) as "byHand"`,
      );
    // Cut off in its midst: the table of the employers' lists is away when their turn comes.
    await database.sql('alter table employer_preference rename to employer_preference_away');
    expect(await runCli(['prepare'], environment)).toMatchObject({ code: 3, stdout: '' });
    await database.sql('alter table employer_preference_away rename to employer_preference');
    const [before] = await lists();
    expect(before).toMatchObject({ employers: 0, receipts: before?.['learners'], rounds: 1, byHand: 0 });

    const ended = await runCli(['prepare'], environment);
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining('is ready to run')]);
    const figures = JSON.parse(ended.stdout) as Record<string, number>;
    const [after] = await lists();
    expect(after).toEqual({ learners: figures['learnersRanked'], employers: figures['employersRanked'], receipts: (figures['learnersRanked'] ?? 0) + (figures['employersRanked'] ?? 0), rounds: 1, byHand: 0 });
    expect(after?.['learners']).toBe(before?.['learners']);
    expect(after?.['learners']).toBeGreaterThan(40);
    expect(after?.['employers']).toBeGreaterThan(10);

    expect(await runCli(['prepare'], environment)).toMatchObject({ code: 0, stderr: expect.stringContaining('prepared already') });
    expect(await lists()).toEqual([after]);
  });

  it('scores, matches, publishes and verifies, first the prepared round, then one of its own; every figure is what the database holds', async () => {
    for (const run of [1, 2]) {
      const ended = await runCli(['once'], environment);
      expect([ended.code, ended.code === 0 ? '' : ended.stderr]).toEqual([0, '']);
      const summary = JSON.parse(ended.stdout) as Summary;
      const [rows] = await database.sql<Record<string, number>>(
        `select (select count(*)::int from learner) as learners,
          (select count(*)::int from vacancy where state = 'LIVE') as vacancies,
          (select sum(openings)::int from vacancy where state = 'LIVE') as openings,
          (select pairs::int from scoring_run order by started_at desc limit 1) as "pairsScored",
          (select count(*)::int from outcome where round_id = $1 and vacancy_id is not null) as matched,
          (select count(*)::int from outcome where round_id = $1 and vacancy_id is null) as unmatched,
          (select count(*)::int from learner_preference where round_id = $1) as "learnersRanked",
          (select count(*)::int from employer_preference where round_id = $1) as "employersRanked",
          (select count(*)::int from proposal where round_id = $1 and state = 'ACCEPTED') as accepted`,
        [summary.roundId],
      );
      expect(summary).toMatchObject({ ...rows, certificateValid: true });
      expect(summary['pairsScored']).toBe(80 * 20);
      expect((summary['matched'] ?? 0) + (summary['unmatched'] ?? 0)).toBe(80);
      expect(summary['matched']).toBeGreaterThan(20);
      expect(summary['accepted']).toBeGreaterThan(0);
      expect((summary['declined'] ?? 0) > 0).toBe(run === 2);
      expect(await database.sql('select published_by is not null as named, publish_reason from round where id = $1', [summary.roundId])).toEqual([
        { named: true, publish_reason: expect.stringContaining('certificate') },
      ]);
      // The round that was prepared first, and nothing ranked anew for it; then a second one.
      expect(await database.sql('select state, count(*)::int as n from round group by state')).toEqual([{ state: 'PUBLISHED', n: run }]);
      if (run === 2) await verifyDoorFindsAlterations(summary.roundFile);
    }
  });

  async function verifyDoorFindsAlterations(path: string): Promise<void> {
    const whole = readFileSync(path, 'utf8');
    expect(await runCli(['verify', path, path], {})).toMatchObject({ code: 0, stdout: '{"ok":true,"violations":[]}\n' });
    const altered = JSON.parse(whole) as { result: { matching: Record<string, string | null> } };
    const [someone] = Object.entries(altered.result.matching).find(([, vacancy]) => vacancy !== null) as [string, string];
    altered.result.matching[someone] = null;
    const other = `${path}.altered.json`;
    writeFileSync(other, JSON.stringify(altered));
    const ended = await runCli(['verify', other, other], {});
    expect([ended.code, ended.stdout]).toEqual([1, expect.stringContaining(someone)]);
  }
});

async function ready(port: number): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the API is not ready');
}
