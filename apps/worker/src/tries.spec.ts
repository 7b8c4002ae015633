import { notFound } from '@meriden/domain';
import { Logger } from '@meriden/platform';
import type { ReconcilerService } from '@meriden/services';
import { Tries } from './tries.js';

const run = { jobId: 'j', signal: new AbortController().signal };
const job = { commandId: 'c' };

function tries(begins: boolean): { tries: Tries; told: string[] } {
  const told: string[] = [];
  const commands: Pick<ReconcilerService, 'begin' | 'park'> = {
    begin: async () => {
      told.push('begin');
      return begins;
    },
    park: async (_, reason) => void told.push(reason),
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
});
