import { jest } from '@jest/globals';
import type { Actor } from '@meriden/domain';
import type { ReadSession } from '@meriden/persistence/reads';
import { LIMITS } from './limits.js';
import { Operation, type OperationParts } from './operation.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** An operation whose reads last until they are given up. */
function setUp() {
  const signals: AbortSignal[] = [];
  const openRead = (_actor: Actor, signal: AbortSignal) => {
    signals.push(signal);
    return { tx: () => Promise.resolve({}), close: () => Promise.resolve() } as unknown as ReadSession;
  };
  const operation = new Operation({ caller: { actor: {} }, openRead } as unknown as OperationParts);
  const lasting = () => operation.read(() => new Promise((_, reject) => signals.at(-1)?.addEventListener('abort', () => reject(new Error('cancelled')))));
  return { operation, signals, lasting };
}

it('a read that lasts too long is given up, and says so in words', async () => {
  const { lasting } = setUp();
  const refused = expect(lasting()).rejects.toMatchObject({ extensions: { code: 'DEADLINE_EXCEEDED', http: { status: 503 } } });
  await jest.advanceTimersByTimeAsync(LIMITS.deadlineMs);
  await refused;
});

it('the time of an operation begins with its first read, and anew after a write or an event', async () => {
  const { operation, signals } = setUp();
  const read = () => operation.read(() => Promise.resolve());
  await jest.advanceTimersByTimeAsync(LIMITS.deadlineMs);
  await read();
  await jest.advanceTimersByTimeAsync(LIMITS.deadlineMs - 1);
  await read();
  expect(signals.map((signal) => signal.aborted)).toEqual([false]);
  await operation.refresh();
  await jest.advanceTimersByTimeAsync(LIMITS.deadlineMs);
  await read();
  expect(signals.map((signal) => signal.aborted)).toEqual([false, false]);
});

it('what failed for another reason keeps its reason', async () => {
  const { operation } = setUp();
  await expect(operation.read(() => Promise.reject(new Error('the table is gone')))).rejects.toThrow('the table is gone');
});

it('what a failed answer left running opens nothing once the answer is out, until the next event', async () => {
  const { operation, signals } = setUp();
  const read = () => operation.read(() => Promise.resolve('read'));
  await read();
  await operation.rest();
  await expect(read()).rejects.toThrow('The answer is given');
  expect(signals).toHaveLength(1);
  await operation.refresh();
  expect(await read()).toBe('read');
  expect(signals).toHaveLength(2);
});
