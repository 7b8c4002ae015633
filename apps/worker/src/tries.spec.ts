import { jest } from '@jest/globals';
import { notFound } from '@meriden/domain';
import { Logger } from '@meriden/platform';
import { LOCK_LOST, WORKER_STOPS } from '@meriden/queue';
import type { ReconcilerService } from '@meriden/services';
import { Tries } from './tries.js';

const run = { jobId: 'j', signal: new AbortController().signal };
const job = { commandId: 'c' };

function tries(begins: boolean, refusals = 0): { tries: Tries; told: string[] } {
  const told: string[] = [];
  const commands: Pick<ReconcilerService, 'begin' | 'park' | 'interrupted' | 'wasInterrupted'> = {
    begin: async () => {
      told.push('begin');
      return begins;
    },
    park: async (_, reason) => void told.push(reason),
    wasInterrupted: (fault) => (fault as { code?: string }).code === '57P01',
    interrupted: async () => {
      told.push('taken back');
      if (told.filter((word) => word === 'taken back').length <= refusals) throw new Error('the database is away');
    },
  };
  return { tries: new Tries(commands as ReconcilerService, Logger.create('test', 'silent')), told };
}

describe('a try', () => {
  it('is counted before the work', async () => {
    const { tries: t, told } = tries(true);
    await t.counted(async () => void told.push('work'))(job, run);
    expect(told).toEqual(['begin', 'work']);
  });

  it('is not made for a command that is done or parked', async () => {
    const { tries: t, told } = tries(false);
    await t.counted(async () => void told.push('work'))(job, run);
    expect(told).toEqual(['begin']);
  });

  it('that the rules refuse parks the command, without the words, and is not made again', async () => {
    const { tries: t, told } = tries(true);
    await t.counted(() => Promise.reject(notFound('learner')))(job, run);
    expect(told).toEqual(['begin', 'Refused: NOT_FOUND.']);
  });

  it('that meets a fault goes back to the queue', async () => {
    const { tries: t, told } = tries(true);
    await expect(t.counted(() => Promise.reject(new Error('away')))(job, run)).rejects.toThrow('away');
    expect(told).toEqual(['begin']);
  });

  it('whose job another took over from a worker that lives does not count; one that is given up for another reason does', async () => {
    for (const [reason, rest] of [[LOCK_LOST, ['taken back']], ['some other', []]] as const) {
      const { tries: t, told } = tries(true);
      const lost = new AbortController();
      let done = (): void => undefined;
      const counted = t.counted(() => new Promise<void>((resolve) => (done = resolve)))(job, { ...run, signal: lost.signal });
      await new Promise(setImmediate);
      lost.abort(reason);
      done();
      await counted;
      expect(told).toEqual(['begin', ...rest]);
    }
  });

  it('that was cut short by a server that went away, or by a worker that stops, does not count', async () => {
    const { tries: t, told } = tries(true);
    await expect(t.counted(() => Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' })))(job, run)).rejects.toThrow('terminating');
    expect(told).toEqual(['begin', 'taken back']);
    const stopping = new AbortController();
    stopping.abort(WORKER_STOPS);
    await expect(t.counted(() => Promise.reject(new Error('stopped')))(job, { ...run, signal: stopping.signal })).rejects.toThrow('stopped');
    expect(told).toEqual(['begin', 'taken back', 'begin', 'taken back']);
    // Work that does not listen: its process ends before it does.
    const deaf = new AbortController();
    let done = (): void => undefined;
    const counted = t.counted(() => new Promise<void>((resolve) => (done = resolve)))(job, { ...run, signal: deaf.signal });
    await new Promise(setImmediate);
    deaf.abort(WORKER_STOPS);
    await new Promise(setImmediate);
    expect(told.slice(4)).toEqual(['begin', 'taken back']);
    done();
    await counted;
    expect(told).toHaveLength(6);
  });

  it('is taken back later where the database that counts is the one that went away', async () => {
    jest.useFakeTimers();
    const { tries: t, told } = tries(true, 2);
    await expect(t.counted(() => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' })))(job, run)).rejects.toThrow('gone');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['begin', 'taken back', 'taken back', 'taken back']);
    jest.useRealTimers();
  });
});
