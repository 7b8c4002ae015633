import { randomUUID } from 'node:crypto';
import { BackupRefused, backUp, CommandStore, restoreBackup, withScratchDatabase } from '@meriden/persistence';
import { jobRow } from '@meriden/queue';
import pg from 'pg';
import { redisPrefix, startTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/queue-bench.js';
import { twoColleges } from '../support/two-colleges.js';
import { startWorker } from '../support/worker-process.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  await database.asOwner(twoColleges);
});
afterAll(() => database.end());

async function taken(): Promise<{ lines: string[]; digests: Awaited<ReturnType<typeof backUp>> }> {
  const lines: string[] = [];
  const digests = await backUp(database.ownerUrl, async (line) => void lines.push(line));
  return { lines, digests };
}

async function* given(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

it('restored into an empty database every table is equal, row by row, and what the outbox holds is done once', async () => {
  await database.sql(`delete from command where id not in (select command_id from outbox)`);
  const commands = Array.from({ length: 12 }, () => {
    const id = randomUUID();
    const row = jobRow('score-learner', { commandId: id, learnerId: randomUUID(), version: 1 });
    return { id, kind: 'score-learner', organisationId: null, personId: null, ...row, payload: row.payload as Readonly<Record<string, unknown>> };
  });
  await database.uow.asSystem({ name: 'test' }, (tx) => new CommandStore().acceptMany(tx, commands));
  // Some done, some sent and not done, some never sent.
  for (const { id } of commands.slice(0, 4)) await database.uow.asSystem({ name: 'score-learner', objectId: id }, (tx) => new CommandStore().done(tx, id, 'score-learner'));
  await database.sql(`update outbox set sent_at = now(), sends = 1, next_send_at = now() where command_id = any ($1)`, [commands.slice(0, 8).map(({ id }) => id)]);
  await database.sql(`update command set created_at = now() - interval '1 minute'`);
  const { lines, digests } = await taken();
  await withScratchDatabase(database.ownerUrl, async (url) => {
    expect(await restoreBackup(url, given(lines))).toEqual(digests);
    const worker = startWorker({ DATABASE_URL: url, REDIS_URL: process.env['REDIS_URL'] as string, MERIDEN_REDIS_PREFIX: redisPrefix() });
    try {
      await eventually(() => `all are done (${worker.words()})`, async () => (await ask<{ n: number }>(url, `select count(*)::int as n from command where state = 'DONE'`))[0]?.n === commands.length, 60_000);
      // A number the database gives is a new one.
      const [row] = await ask<{ fresh: boolean }>(url, `select nextval(pg_get_serial_sequence('outbox', 'id')) > (select max(id) from outbox) as fresh`);
      expect(row?.fresh).toBe(true);
      const doubled = await ask(url, `select c.id from command c join audit_entry e on e.noun = 'job' and e.verb = c.kind and e.object_id = c.id::text group by c.id having count(*) <> 1`);
      expect(doubled).toEqual([]);
    } finally {
      await worker.discard();
    }
  });
});

it.each<[string, (lines: string[]) => string[], RegExp]>([
  ['a file that is none', () => ['{"learner":1}'], /not a backup/],
  ['a file that ends too early', (lines) => lines.slice(0, -1), /ends too early/],
  ['a file in which somebody changed a row', (lines) => lines.map((line) => line.replace('The operator (fictional)', 'Somebody else (fictional)')), /not what was backed up \(organisation\)/],
  ['a file with a row less', (lines) => lines.filter((line, i) => i === 0 || !line.includes('"object_id"') || i % 2 === 0), /not what was backed up \(audit_entry\)/],
  ['a file of another build', (lines) => [(lines[0] as string).replace('"Ground', '"Older'), ...lines.slice(1)], /another build/],
])('%s is refused, and nothing is kept', async (_what, change, reason) => {
  const { lines } = await taken();
  await withScratchDatabase(database.ownerUrl, async (url) => {
    await expect(restoreBackup(url, given(change(lines)))).rejects.toThrow(reason);
    expect(await ask(url, 'select 1 from organisation')).toEqual([]);
  });
});

it('a database that holds rows is left alone', async () => {
  const { lines } = await taken();
  await expect(restoreBackup(database.ownerUrl, given(lines))).rejects.toThrow(BackupRefused);
});
