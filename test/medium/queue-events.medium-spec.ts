import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { type Delivery, EventBus, RedisLink } from '@meriden/queue';
import { type PrivateRedis, startPrivateRedis } from '../support/private-redis.js';
import { eventually, prefix, silent } from '../support/queue-bench.js';

jest.setTimeout(60_000);

let server: PrivateRedis;
let here: EventBus;
let there: EventBus;
const links: RedisLink[] = [];

beforeAll(async () => {
  server = await startPrivateRedis();
});
afterAll(() => server.end());

/** The bus of one process. */
async function bus(under: string): Promise<EventBus> {
  const [publish, listen] = (['publish', 'listen'] as const).map((purpose) => new RedisLink(server.url, purpose, silent)) as [RedisLink, RedisLink];
  links.push(publish, listen);
  await Promise.all([publish.whenReady(5_000), listen.whenReady(5_000)]);
  return new EventBus(publish, listen, under, silent);
}

beforeEach(async () => {
  const under = prefix();
  [here, there] = await Promise.all([bus(under), bus(under)]);
});
afterEach(async () => {
  here.close();
  there.close();
  await Promise.all(links.splice(0).map((link) => link.close()));
});

type Heard = Delivery<'suggestions-changed'>[];

/** Listens until the subscription ends. */
function listen(to: EventBus, learnerId: string): { heard: Heard; stop(): Promise<void> } {
  const subscription = to.subscribe('suggestions-changed', learnerId);
  const heard: Heard = [];
  const over = (async () => {
    for await (const delivery of subscription) heard.push(delivery);
  })();
  return {
    heard,
    stop: async () => {
      await subscription.return?.();
      await over;
    },
  };
}

const gap = { kind: 'gap' } as const;

it('an event of one process is heard in the other, by those of its key alone', async () => {
  const [ann, ben] = [randomUUID(), randomUUID()];
  const a = listen(there, ann);
  const a2 = listen(there, ann);
  const b = listen(there, ben);
  await eventually('all subscriptions stand', () => [a, a2, b].every(({ heard }) => heard.length === 1));
  here.publish('suggestions-changed', { learnerId: ann });
  const event = { kind: 'event', event: { learnerId: ann } };
  await eventually('both heard it', () => a.heard.length === 2 && a2.heard.length === 2);
  expect(a.heard).toEqual([gap, event]);
  expect(b.heard).toEqual([gap]);
  await Promise.all([a.stop(), a2.stop(), b.stop()]);
  expect(there.listeners).toBe(0);
});

it('a listener that waits can be ended: from outside, by signal, by the bus', async () => {
  const one = listen(there, randomUUID());
  await eventually('it stands', () => one.heard.length === 1);
  await one.stop();

  const abort = new AbortController();
  const signalled = there.subscribe('suggestions-changed', randomUUID(), { signal: abort.signal });
  await signalled.next();
  const last = signalled.next();
  abort.abort();
  expect(await last).toEqual({ done: true, value: undefined });
  expect(there.listeners).toBe(0);

  const left = there.subscribe('suggestions-changed', randomUUID());
  await left.next();
  const open = left.next();
  there.close();
  expect((await open).done).toBe(true);
  expect((await there.subscribe('suggestions-changed', randomUUID()).next()).done).toBe(true);
});

it('a listener that is too slow gets a gap for what it missed, and never more than its buffer', async () => {
  const learnerId = randomUUID();
  const slow = there.subscribe('suggestions-changed', learnerId, { buffer: 5 });
  expect(await slow.next()).toEqual({ done: false, value: gap });
  const quick = listen(there, learnerId);
  await eventually('it stands', () => quick.heard.length === 1);
  for (let i = 0; i < 18; i++) here.publish('suggestions-changed', { learnerId });
  await eventually('the quick one heard all', () => quick.heard.length === 19);
  const taken: string[] = [];
  for (;;) {
    const next = await Promise.race([slow.next(), new Promise<null>((resolve) => setTimeout(() => resolve(null), 200))]);
    if (next === null || next.done) break;
    taken.push(next.value.kind);
  }
  expect(taken.length).toBeLessThanOrEqual(5);
  expect(taken[0]).toBe('gap');
  await slow.return?.();
  await quick.stop();
});

it('publishing never throws, with Redis away as little as with an event that is none', async () => {
  const learnerId = randomUUID();
  const a = listen(there, learnerId);
  await eventually('it stands', () => a.heard.length === 1);
  await server.redis.kill();
  for (let i = 0; i < 50; i++) here.publish('suggestions-changed', { learnerId });
  await server.redis.restart();
  await eventually('a gap tells that something may have been missed', () => a.heard.length >= 2);
  expect(a.heard[1]).toEqual(gap);
  await eventually('the next event arrives', () => {
    here.publish('suggestions-changed', { learnerId });
    return a.heard.some((delivery) => delivery.kind === 'event');
  });
  here.publish('suggestions-changed', { learnerId: 'Ann Lee' });
  // @ts-expect-error events carry ids and versions only
  here.publish('suggestions-changed', { learnerId, name: 'Ann Lee' });
  await a.stop();
});

it('while Redis stays away a subscription becomes a poll', async () => {
  await server.redis.kill();
  const a = listen(there, randomUUID());
  await eventually('two gaps though nothing can be heard', () => a.heard.length >= 2, 15_000);
  expect(a.heard.every((delivery) => delivery.kind === 'gap')).toBe(true);
  await a.stop();
  await server.redis.restart();
});
