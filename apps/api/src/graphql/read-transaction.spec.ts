import type { Actor } from '@meriden/domain';
import type { Tx } from '@meriden/persistence/reads';
import { ReadTransaction, type ReadAs } from './read-transaction.js';

const actor = { role: 'LEARNER' } as Actor;
const tx = {} as Tx;

function recorded(): { log: string[]; readAs: ReadAs } {
  const log: string[] = [];
  const readAs: ReadAs = async (_actor, work) => {
    log.push('open');
    await work(tx);
    log.push('close');
  };
  return { log, readAs };
}

const later = Number.MAX_SAFE_INTEGER;

describe('the read transaction of an operation', () => {
  it('opens nothing when nothing is read', async () => {
    const { log, readAs } = recorded();
    await new ReadTransaction(readAs, actor, later).end();
    expect(log).toEqual([]);
  });

  it('opens once, runs reads in turn and closes at the end', async () => {
    const { log, readAs } = recorded();
    const reads = new ReadTransaction(readAs, actor, later);
    const step = (name: string, ms: number) =>
      reads.run(async (given) => {
        expect(given).toBe(tx);
        log.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, ms));
        log.push(`${name} ends`);
      });
    await Promise.all([step('a', 5), step('b', 0)]);
    expect(log).toEqual(['open', 'a begins', 'a ends', 'b begins', 'b ends']);
    await reads.end();
    await reads.end();
    expect(log.at(-1)).toBe('close');
  });

  it('goes on after a read that failed', async () => {
    const { readAs } = recorded();
    const reads = new ReadTransaction(readAs, actor, later);
    await expect(reads.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(reads.run(() => Promise.resolve(7))).resolves.toBe(7);
    await reads.end();
  });

  it('hands on the fault when the database cannot be reached, and ends in peace', async () => {
    const reads = new ReadTransaction(() => Promise.reject(new Error('away')), actor, later);
    await expect(reads.run(() => Promise.resolve(1))).rejects.toThrow('away');
    await expect(reads.end()).resolves.toBeUndefined();
  });

  it('begins no read after the deadline, nor after the end', async () => {
    const { log, readAs } = recorded();
    const late = new ReadTransaction(readAs, actor, Date.now() - 1);
    await expect(late.run(() => Promise.resolve(1))).rejects.toMatchObject({ extensions: { code: 'DEADLINE_EXCEEDED' } });
    await late.end();
    await expect(late.run(() => Promise.resolve(1))).rejects.toThrow('after the end');
    expect(log).toEqual([]);
  });
});
