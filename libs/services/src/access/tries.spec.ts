import type { CounterStore } from '@meriden/queue';
import fc from 'fast-check';
import { Tries, WINDOW_MS, waitAfter } from './tries.js';

const LIMIT = 10;
const SECOND = 1_000;

/** A Redis that is kept here, goes away and may come back with nothing. */
function aStore() {
  const held = new Map<string, Map<string, number>>();
  const redis = { away: false, empty: () => held.clear() };
  const under = (key: string): Map<string, number> => {
    if (redis.away) throw new Error('away');
    const there = held.get(key) ?? new Map<string, number>();
    held.set(key, there);
    return there;
  };
  const store: Pick<CounterStore, 'noted' | 'note' | 'takeBack'> = {
    noted: async (key, since) => new Map([...under(key)].filter(([, at]) => at > since)),
    note: async (key, { mark, at, since }) => {
      const others = new Map([...under(key)].filter(([, before]) => before > since));
      under(key).set(mark, at);
      return others;
    },
    takeBack: async (key, mark) => void under(key).delete(mark),
  };
  return { redis, store: store as CounterStore };
}

/** The most tries that lie in any `WINDOW_MS` on end. */
const densest = (tries: readonly number[]): number => Math.max(0, ...tries.map((first) => tries.filter((at) => at >= first && at < first + WINDOW_MS).length));

describe('the wait', () => {
  it('is nothing for five tries, then twice as long each time, and for the eleventh until the first is a quarter of an hour old', () => {
    const tries: number[] = [];
    const waits: number[] = [];
    for (let now = 0; tries.length < 11; now += waits.at(-1) ?? 0) {
      waits.push(waitAfter(tries, now, LIMIT));
      if (waits.at(-1) === 0) tries.push(now);
    }
    expect(waits.filter((wait) => wait > 0)).toEqual([2, 4, 8, 16, 32, 15 * 60 - 62].map((seconds) => seconds * SECOND));
  });
});

describe('tries', () => {
  const step = fc.record({ afterMs: fc.oneof(fc.nat(3 * SECOND), fc.nat(120 * SECOND), fc.nat(WINDOW_MS)), atOnce: fc.integer({ min: 1, max: 12 }), redis: fc.constantFrom('there', 'there', 'there', 'away', 'emptied') });

  it('are never more than ten in any quarter of an hour, whatever becomes of Redis, and some are let through', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const { redis, store } = aStore();
        const tries = new Tries(store);
        const passed: number[] = [];
        let now = 0;
        for (const { afterMs, atOnce, redis: state } of steps) {
          now += afterMs;
          redis.away = state === 'away';
          if (state === 'emptied') redis.empty();
          await Promise.all(
            Array.from({ length: atOnce }, async () => {
              if ((await tries.wait('key', now, LIMIT)) === 0 && (await tries.take('key', now, LIMIT)).waitMs === 0) passed.push(now);
            }),
          );
        }
        expect(passed.length).toBeGreaterThan(0);
        most = Math.max(most, densest(passed));
        return densest(passed) <= LIMIT;
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(most).toBe(LIMIT);
  });

  it('of two processes share Redis', async () => {
    const { store } = aStore();
    const both = [new Tries(store), new Tries(store)];
    const waits = await Promise.all(Array.from({ length: 60 }, (_, i) => both[i % 2]?.take('key', 0, LIMIT)));
    expect(waits.filter((taken) => taken?.waitMs === 0)).toHaveLength(5);
  });

  it('that were good ones are taken back, and only those', async () => {
    const { redis, store } = aStore();
    const tries = new Tries(store);
    for (let i = 0; i < 4; i++) await tries.take('key', 0, LIMIT);
    for (let i = 0; i < 8; i++) {
      const { waitMs, mark } = await tries.take('key', 0, LIMIT);
      expect(waitMs).toBe(0);
      redis.away = i % 2 === 1;
      await tries.takeBack('key', mark);
      redis.away = false;
      redis.empty();
    }
    await tries.take('key', 0, LIMIT);
    expect(await tries.wait('key', 0, LIMIT)).toBe(2 * SECOND);
  });
});
