import { jest } from '@jest/globals';
import { dangersOf, RedisLink, RedisUnavailable, type WorkerHost } from '@meriden/queue';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.js';
import { eventually, hostOf, learnerRow, outboxOf, prefix, silent } from '../support/queue-bench.js';

jest.setTimeout(60_000);

let server: PrivateRedis;
let under: string;
let sender: ReturnType<typeof outboxOf>;
let host: WorkerHost;
const ran: string[] = [];

beforeAll(async () => {
  server = await startPrivateRedis();
});
afterAll(() => server.end());

beforeEach(() => {
  ran.length = 0;
  under = prefix();
  sender = outboxOf(server.url, under);
  host = hostOf(server.url, under, async ({ commandId }) => void ran.push(commandId));
});
afterEach(async () => {
  await host.close(2_000);
  await sender.close();
});

/** How long a sending takes to be refused, in milliseconds. */
async function refusedAfter(): Promise<number> {
  const before = performance.now();
  await expect(sender.outbox.send([learnerRow()])).rejects.toThrow(RedisUnavailable);
  return performance.now() - before;
}

it('a sender is refused at once while Redis is away, from the first moment on, and sends when it is back', async () => {
  await server.redis.kill();
  const early = outboxOf(server.url, under);
  await expect(early.outbox.send([learnerRow()])).rejects.toThrow(RedisUnavailable);
  await eventually('the older connection noticed', () => sender.link.client.status !== 'ready');
  expect(await refusedAfter()).toBeLessThan(100);
  await server.redis.restart();
  await early.link.whenReady(5_000);
  const row = learnerRow();
  expect((await early.outbox.send([row])).sent).toEqual([1]);
  await early.close();
  await host.start();
  await eventually('it ran', () => ran.includes(row.commandId));
});

it('a sender is refused within seconds when Redis is frozen', async () => {
  await sender.link.whenReady(5_000);
  await server.redis.signal('SIGSTOP');
  const before = performance.now();
  await expect(sender.outbox.send([learnerRow()])).rejects.toThrow();
  expect(performance.now() - before).toBeLessThan(10_000);
  await server.redis.signal('SIGCONT');
  await sender.link.whenReady(10_000);
  await eventually('it can be used again', async () => (await sender.outbox.send([learnerRow()]).catch(() => null)) !== null);
});

it('a worker that was there before Redis begins when Redis comes', async () => {
  await server.redis.kill();
  const early = hostOf(server.url, under, async ({ commandId }) => void ran.push(commandId));
  const begun = early.start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await server.redis.restart();
  await begun;
  await sender.link.whenReady(5_000);
  const row = learnerRow();
  await sender.outbox.send([row]);
  await eventually('it ran', () => ran.includes(row.commandId));
  await early.close(2_000);
});

it('a killed Redis comes back with the jobs it had, and the worker with it', async () => {
  await host.start();
  await sender.link.whenReady(5_000);
  const rows = Array.from({ length: 50 }, (_, i) => learnerRow(undefined, i));
  await server.redis.kill();
  await server.redis.restart();
  await sender.link.whenReady(5_000);
  await sender.outbox.send(rows);
  await server.redis.kill();
  await server.redis.restart();
  await eventually('all ran', () => rows.every((row) => ran.includes(row.commandId)), 30_000);
});

it('an emptied Redis forgets its jobs; sent again, they run', async () => {
  await sender.link.whenReady(5_000);
  const rows = [learnerRow(undefined, 1), learnerRow(undefined, 2)];
  await sender.outbox.send(rows);
  await server.redis.flush();
  await host.start();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(ran).toEqual([]);
  await sender.outbox.send(rows);
  await eventually('both ran', () => ran.length === 2);
  await server.redis.flush();
  await sender.outbox.send([learnerRow()]);
  await eventually('the worker survived the second emptying', () => ran.length === 3);
});

it('the watchdog builds a worker anew that stays disconnected', async () => {
  await host.start();
  await sender.link.whenReady(5_000);
  await server.redis.kill();
  await eventually('built anew', async () => (await host.states()).every((state) => state.rebuilt > 0));
  await server.redis.restart();
  await sender.link.whenReady(5_000);
  await sender.outbox.send([learnerRow()]);
  await eventually('it ran', () => ran.length === 1);
  await eventually('all are connected', async () => (await host.states()).every((state) => state.connected));
});

it('the watchdog builds a worker anew that is connected but takes nothing', async () => {
  await host.start();
  await sender.link.whenReady(5_000);
  // What a parked blocking client looks like from outside: running, connected, deaf.
  const [scoring] = (host as unknown as { posts: { worker: { getNextJob: unknown; _getNextJob: unknown } }[] }).posts;
  if (scoring === undefined) throw new Error('no worker');
  scoring.worker._getNextJob = () => new Promise(() => {});
  await sender.outbox.send([learnerRow(undefined, 1), learnerRow(undefined, 2), learnerRow(undefined, 3)]);
  await eventually('all ran', () => ran.length >= 3, 30_000);
  expect((await host.states()).find((state) => state.queue === 'scoring')?.rebuilt).toBeGreaterThan(0);
});

it('a Redis that may evict, or keeps no file, is refused by sender and worker with the reason', async () => {
  await sender.link.whenReady(5_000);
  const { client } = sender.link;
  expect(await dangersOf(client)).toEqual([]);
  try {
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const link = new RedisLink(server.url, 'send', silent);
    await expect(link.whenReady(5_000)).rejects.toThrow(/evict.*allkeys-lru/);
    await link.close();
    await expect(host.start()).rejects.toThrow(/evict/);
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    await client.config('SET', 'appendonly', 'no');
    expect(await dangersOf(client)).toEqual([expect.stringMatching(/append-only/)]);
  } finally {
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    await client.config('SET', 'appendonly', 'yes');
  }
});
