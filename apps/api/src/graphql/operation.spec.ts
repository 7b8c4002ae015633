import { jest } from '@jest/globals';
import type { Actor } from '@meriden/domain';
import type { ReadSession } from '@meriden/persistence/reads';
import { LIMITS } from './limits.js';
import { Operation, type OperationParts } from './operation.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** An operation whose reads last until they are given up; its transaction ends when nothing is read in it any more. */
function setUp() {
  const signals: AbortSignal[] = [];
  const running: Promise<unknown>[] = [];
  const openRead = (_actor: Actor, signal: AbortSignal) => {
    signals.push(signal);
    return { tx: () => Promise.resolve({}), close: () => Promise.allSettled(running) } as unknown as ReadSession;
  };
  const operation = new Operation({ caller: { actor: {} }, openRead } as unknown as OperationParts);
  const untilGivenUp = () => {
    const statement = new Promise((_, reject) => signals.at(-1)?.addEventListener('abort', () => reject(new Error('cancelled'))));
    running.push(statement);
    return statement;
  };
  const lasting = () => operation.read(untilGivenUp);
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

it('what a failed answer left running is given up at its time, so that the answer is not held back by it for longer', async () => {
  const { operation, signals, lasting } = setUp();
  const refused = expect(lasting()).rejects.toMatchObject({ extensions: { code: 'DEADLINE_EXCEEDED' } });
  await jest.advanceTimersByTimeAsync(1);
  let out = false;
  const resting = operation.rest().then(() => (out = true));
  await jest.advanceTimersByTimeAsync(LIMITS.deadlineMs - 2);
  expect([out, signals[0]?.aborted]).toEqual([false, false]);
  await jest.advanceTimersByTimeAsync(1);
  expect(signals[0]?.aborted).toBe(true);
  await resting;
  await refused;
  expect(jest.getTimerCount()).toBe(0);
});

it('the time of an operation ends with its transaction', async () => {
  const { operation, signals } = setUp();
  await operation.read(() => Promise.resolve());
  await operation.rest();
  expect(jest.getTimerCount()).toBe(0);
  await jest.advanceTimersByTimeAsync(LIMITS.deadlineMs);
  expect(signals.map((signal) => signal.aborted)).toEqual([false]);
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
