import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { jest } from '@jest/globals';
import { projectRoot } from '@meriden/platform';
import type { WorkerHost } from '@meriden/queue';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.js';
import { eventually, hostOf, learnerRow, outboxOf, prefix } from '../support/queue-bench.js';

jest.setTimeout(60_000);

let server: PrivateRedis;
let under: string;
let sender: ReturnType<typeof outboxOf>;
const hosts: WorkerHost[] = [];

beforeAll(async () => {
  server = await startPrivateRedis();
});
afterAll(() => server.end());

beforeEach(async () => {
  under = prefix();
  sender = outboxOf(server.url, under);
  await sender.link.whenReady(5_000);
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close(2_000)));
  await sender.close();
});

async function work(handler: Parameters<typeof hostOf>[2]): Promise<WorkerHost> {
  // On a busy machine a lock of a second runs out under a living worker, and its job runs again: rightly, but that is not what is tried here.
  const host = hostOf(server.url, under, handler, { lockDuration: 30_000 });
  hosts.push(host);
  await host.start();
  return host;
}

const keys = async (): Promise<string[]> => (await sender.link.client.keys(`${under}:*score-learner*`)).sort();

it('a row sent twice is one job', async () => {
  const row = learnerRow();
  expect(await sender.outbox.send([row])).toEqual({ sent: [1], refused: [] });
  expect(await sender.outbox.send([row, row])).toEqual({ sent: [1, 1], refused: [] });
  expect(await sender.outbox.depth('scoring')).toBe(1);
  const ran: string[] = [];
  await work(async ({ commandId }) => void ran.push(commandId));
  await eventually('the job ran', () => ran.length > 0);
  await eventually('nothing is left', async () => (await keys()).length === 0);
  expect(ran).toEqual([row.commandId]);
});

it('what people ask for comes before what the system asks of itself, however long that has waited', async () => {
  const own = [1, 2, 3].map((id) => ({ ...learnerRow(undefined, id), ofItself: true }));
  const asked = learnerRow(undefined, 4);
  await sender.outbox.send(own);
  await sender.outbox.send([asked]);
  expect(await sender.outbox.depth('scoring')).toBe(4);
  const ran: string[] = [];
  await work(async ({ commandId }) => void ran.push(commandId));
  await eventually('all ran', () => ran.length === 4);
  expect(ran).toEqual([asked, ...own].map((row) => row.commandId));
});

it('a job that ended leaves nothing behind, so that its row can be sent again', async () => {
  const row = learnerRow();
  const ran: string[] = [];
  await work(async ({ commandId }) => void ran.push(commandId));
  for (const times of [1, 2, 3]) {
    await sender.outbox.send([row]);
    await eventually(`run ${times}`, () => ran.length === times);
    await eventually('it is removed', async () => (await keys()).length === 0);
  }
});

it('a job that failed for good leaves nothing behind either, and Redis never learns why it failed', async () => {
  const row = learnerRow();
  let tries = 0;
  await work(async () => {
    tries++;
    throw Object.assign(new Error('duplicate: Ann Lee, ann@example.org'), { code: '23505' });
  });
  await sender.outbox.send([row]);
  await eventually('five tries', () => tries === 5, 60_000);
  await eventually('it is removed', async () => (await keys()).length === 0);
  const told = JSON.stringify(await sender.link.client.xrange(`${under}:scoring:events`, '-', '+'));
  expect(told).toContain('Error 23505');
  expect(told).not.toMatch(/Ann|example\.org/);
  await sender.outbox.send([row]);
  await eventually('it runs again when sent again', () => tries === 6);
});

it('rows that can never be jobs are named, and hold up nobody', async () => {
  const good = learnerRow(undefined, 1);
  const rows = [
    { ...good, id: 2, name: 'no-such-job' },
    { ...good, id: 3, queue: 'rounds' },
    { ...good, id: 4, payload: { ...(good.payload as object), name: 'Ann Lee' } },
    { ...good, id: 5, jobId: '12345' },
    { ...good, id: 6, jobId: 'a:b' },
    good,
  ];
  const { sent, refused } = await sender.outbox.send(rows);
  expect(sent).toEqual([1]);
  expect(refused.map((row) => row.id)).toEqual([2, 3, 4, 5, 6]);
  expect(JSON.stringify(refused)).not.toContain('Ann');
  expect(await sender.outbox.depth('scoring')).toBe(1);
});

it('a thousand rows go in one sending and each runs once', async () => {
  const rows = Array.from({ length: 1_000 }, (_, i) => learnerRow(undefined, i));
  const ran = new Map<string, number>();
  await work(async ({ commandId }) => void ran.set(commandId, (ran.get(commandId) ?? 0) + 1));
  expect((await sender.outbox.send(rows)).sent).toHaveLength(1_000);
  await eventually('all ran', () => ran.size === 1_000);
  expect([...ran.values()].every((n) => n === 1)).toBe(true);
});

it('the job of a worker that was killed runs in another', async () => {
  const row = learnerRow();
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, server.url, under], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const began = new Promise<string>((resolve) => lines.on('line', resolve));
  await sender.outbox.send([row]);
  expect(await began).toBe(`began ${row.commandId}`);
  child.kill('SIGKILL');
  const ran: string[] = [];
  await work(async ({ commandId }) => void ran.push(commandId));
  await eventually('the other ran it', () => ran.length > 0);
  expect(ran).toEqual([row.commandId]);
});

it('jobs whose worker was killed run one at a time in the next: should one of them have killed it, the others do not die of it again', async () => {
  const rows = [1, 2, 3].map((id) => learnerRow(undefined, id));
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, server.url, under], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'] });
  const begun: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => begun.push(line));
  await sender.outbox.send(rows);
  await eventually('all began', () => begun.length === rows.length);
  child.kill('SIGKILL');
  const fresh = learnerRow(undefined, 4);
  let [inside, most] = [0, 0];
  const ran: string[] = [];
  await work(async ({ commandId }) => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 50));
    inside--;
    ran.push(commandId);
  });
  await sender.outbox.send([fresh]);
  await eventually('all ran', () => ran.length === rows.length + 1);
  expect([...ran].sort()).toEqual([...rows, fresh].map(({ commandId }) => commandId).sort());
  expect(most).toBe(1);
});

/** A worker of the built code that takes a job and never ends it. */
const CHILD = `
  import { Logger, Metrics } from './dist/node_modules/@meriden/platform/index.js';
  import { WorkerHost, createProcessors } from './dist/node_modules/@meriden/queue/index.js';
  const [redisUrl, prefix] = process.argv.slice(1);
  const hang = (payload) => { console.log('began ' + payload.commandId); return new Promise(() => {}); };
  const processors = createProcessors({
    scoring: { 'score-learner': hang, 'score-vacancy': hang, 'score-region': hang, 'score-chunk': hang, 'spread-run': hang, 'answer-eligibility': hang, 'shadow-weights': hang },
    rounds: { 'solve-round': hang, 'try-round': hang },
  });
  const settings = { lockDuration: 1000, stalledInterval: 300 };
  await new WorkerHost({ redisUrl, prefix, processors, logger: Logger.create('child', 'silent'), metrics: new Metrics(), settings }).start();
`;

it('a clean stop lets the running job end and takes no other', async () => {
  const ended: string[] = [];
  let began = 0;
  const host = hostOf(server.url, under, async ({ commandId }) => {
    began++;
    await new Promise((resolve) => setTimeout(resolve, 300));
    ended.push(commandId);
  }, { concurrency: { scoring: 1, rounds: 1, mail: 1, privacy: 1 } });
  hosts.push(host);
  await host.start();
  await sender.outbox.send([learnerRow(undefined, 1), learnerRow(undefined, 2), learnerRow(undefined, 3)]);
  await eventually('the first began', () => began === 1);
  await host.close(5_000);
  expect(ended).toHaveLength(began);
  expect(began).toBeLessThan(3);
  expect(await sender.outbox.depth('scoring')).toBe(3 - began);
});

it('a stop does not wait for ever: the handler is told, and the job comes back', async () => {
  let told = false;
  const row = learnerRow();
  const host = hostOf(server.url, under, (_, { signal }) => {
    signal.addEventListener('abort', () => (told = true));
    return new Promise(() => {});
  });
  await host.start();
  await sender.outbox.send([row]);
  await eventually('it began', async () => (await host.states()).some((state) => state.active > 0));
  await host.close(200);
  expect(told).toBe(true);
  const ran: string[] = [];
  await work(async ({ commandId }) => void ran.push(commandId));
  await eventually('another ran it', () => ran.length === 1);
  expect(ran).toEqual([row.commandId]);
});
