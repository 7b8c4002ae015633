import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { CommandStore } from '@meriden/persistence';
import { sha256 } from '@meriden/platform';
import { type JobName, type Payload, RedisLink, jobRow } from '@meriden/queue';
import { FEW_SESSIONS } from '../support/built-program.js';
import { type TestDatabase, startTestDatabase } from '../support/database.js';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.js';
import { eventually, prefix, silent } from '../support/queue-bench.js';
import { type WorkerProcess, startWorker } from '../support/worker-process.js';

jest.setTimeout(120_000);

let database: TestDatabase;
let server: PrivateRedis;
let under: string;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  [database, server] = await Promise.all([startTestDatabase(), startPrivateRedis()]);
});
afterAll(async () => {
  await Promise.all([database.end(), server.end()]);
});
beforeEach(() => {
  under = prefix();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.discard()));
  for (const table of ['inbox', 'outbox', 'command']) await database.sql(`delete from ${table}`);
  await server.redis.flush();
});

function start(environment: Readonly<Record<string, string>> = {}): WorkerProcess {
  const worker = startWorker({ DATABASE_URL: database.ownerUrl, REDIS_URL: server.url, MERIDEN_REDIS_PREFIX: under, ...environment });
  workers.push(worker);
  return worker;
}

const commands = new CommandStore();

/** Accepts commands as a service does: command and outbox row in one transaction. */
async function accept<N extends JobName>(name: N, ...subjects: Omit<Payload<N>, 'commandId'>[]): Promise<string[]> {
  const rows = subjects.map((subject) => {
    const id = randomUUID();
    const row = jobRow(name, { ...subject, commandId: id } as Payload<N>);
    return { id, kind: name, organisationId: null, personId: null, ...row, payload: row.payload as Readonly<Record<string, unknown>> };
  });
  await database.uow.asSystem({ name: 'test' }, (tx) => commands.acceptMany(tx, rows));
  return rows.map((row) => row.id);
}

/** Commands whose learner is unknown: nothing to score, and done all the same. */
const learners = (n: number): Omit<Payload<'score-learner'>, 'commandId'>[] => Array.from({ length: n }, () => ({ learnerId: randomUUID(), version: 1 }));

async function states(): Promise<Record<string, number>> {
  const rows = await database.sql<{ state: string; n: number }>('select state, count(*)::int as n from command group by state');
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

const allDone = (n: number, ms = 60_000): Promise<void> => eventually(`all ${n} done`, async () => (await states())['DONE'] === n, ms);

/** Nobody is to take over what a worker has in hand, however slow the machine. */
const UNDISTURBED = { MERIDEN_JOB_LOCK_MS: '60000' };

/** Sessions of the worker's role, ours among them. */
async function sessions(): Promise<number> {
  const [row] = await database.sql<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'meriden-worker'`);
  return row?.n ?? 0;
}

it('does what was accepted with the sessions it was given, says so on its health port, and stops clean', async () => {
  await accept('score-learner', ...learners(20));
  const ours = await sessions();
  const worker = start(UNDISTURBED);
  await worker.says('queues open');
  const { port } = await worker.says('health port open');
  await allDone(20);
  expect((await sessions()) - ours).toBeGreaterThan(2);
  expect((await sessions()) - ours).toBeLessThanOrEqual(FEW_SESSIONS);
  const ready = await fetch(`http://127.0.0.1:${String(port)}/health/ready`);
  expect([ready.status, ((await ready.json()) as { ready: boolean }).ready]).toEqual([200, true]);
  // A job is counted after its work is committed, which is what we waited for.
  let figures = '';
  await eventually('all are counted', async () => {
    figures = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    return figures.includes('meriden_jobs_total{queue="scoring",name="score-learner",outcome="done"} 20');
  });
  expect(figures).toContain('meriden_outbox_rows_total{way="first"} 20');
  expect((await fetch(`http://127.0.0.1:${String(port)}/elsewhere`)).status).toBe(404);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
  expect(worker.lines.some((line) => line.msg === 'stopped')).toBe(true);
});

/** A frozen round of nobody, its lottery drawn. */
async function frozenRound(): Promise<string> {
  const roundId = randomUUID();
  const [organisation] = await database.sql<{ id: string }>(
    `insert into organisation (id, name, roles, ukprn, ods_code, fictional, round_capacity, version)
     values (gen_random_uuid(), 'Operator (test)', '{OPERATOR}', null, null, true, null, 1) returning id`,
  );
  await database.sql(
    `insert into round (id, name, organisation_id, state, mode, stage, preferences_close_at, reply_by, lottery_commitment, attempt, version)
     values ($1, 'Nobody (test)', $2, 'FROZEN', 'LEARNER_OPTIMAL', 'WAITING', now(), now() + interval '1 day', $3, 0, 1)`,
    [roundId, organisation?.id, sha256('secret')],
  );
  await database.sql(`insert into round_secret (round_id, secret) values ($1, 'secret')`, [roundId]);
  return roundId;
}

it('solves a round in its thread and saves the checked plan', async () => {
  const roundId = await frozenRound();
  start(UNDISTURBED);
  await accept('solve-round', { roundId, attempt: 1 });
  await allDone(1);
  const [round] = await database.sql<object>('select state, stage, attempt, matched, certificate_valid from round where id = $1', [roundId]);
  expect(round).toEqual({ state: 'SOLVED', stage: 'DONE', attempt: 1, matched: 0, certificate_valid: true });
});

it('a poisoned command is parked with a reason after five tries, and holds up nobody', async () => {
  // Taking up a round that never had a lottery secret fails each time.
  const roundId = await frozenRound();
  await database.sql('delete from round_secret where round_id = $1', [roundId]);
  const [poisoned] = await accept('solve-round', { roundId, attempt: 1 });
  start();
  const others = await accept('score-learner', ...learners(20));
  await allDone(others.length, 60_000);
  await eventually('the poisoned one is parked', async () => (await states())['DEAD'] === 1, 100_000);
  const [row] = await database.sql<{ attempts: number; dead_reason: string }>('select attempts, dead_reason from command where id = $1', [poisoned]);
  expect(row?.attempts).toBe(6);
  expect(row?.dead_reason).toMatch(/^Parked after 5 tries/);
});

it('does not begin on a Redis that may lose jobs, or without its settings, and says why', async () => {
  const wrong = start({ REDIS_URL: 'http://x', DATABASE_URL: '' });
  expect(await wrong.ended).toBe(2);
  expect(wrong.words()).toMatch(/DATABASE_URL: is not set.*npm start[\s\S]*REDIS_URL: must be a Redis address/);

  const link = new RedisLink(server.url, 'send', silent);
  await link.whenReady(5_000);
  await link.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const unsafe = start();
  expect(await unsafe.ended).toBe(3);
  expect(JSON.stringify(unsafe.lines.at(-1))).toMatch(/may evict jobs/);
  await link.client.config('SET', 'maxmemory-policy', 'noeviction');
  await link.close();
});
