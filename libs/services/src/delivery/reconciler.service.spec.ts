import type { Command } from '@meriden/persistence';
import { ReconcilerService } from './reconciler.service.js';

/** Over a command that is kept here; of the stores, what counts tries. */
function looksAfter(command: { state: string; attempts: number; interruptions: number; reason: string | null }): ReconcilerService {
  const desk = { uow: { asSystem: (_job: unknown, work: (tx: null) => Promise<unknown>) => work(null) } };
  const commands = {
    byId: async () => ({ ...command, id: 'c', kind: 'score-learner', payload: {} }) as unknown as Command,
    bumpAttempt: async () => (command.attempts += 1),
    interrupted: async () => {
      command.attempts -= 1;
      return (command.interruptions += 1);
    },
    dead: async (_tx: null, _id: string, reason: string) => {
      Object.assign(command, { state: 'DEAD', reason });
      return true;
    },
  };
  const given = [desk, null, commands, null, null, null, null, null, null] as unknown as ConstructorParameters<typeof ReconcilerService>;
  return new ReconcilerService(...given);
}

describe('a command', () => {
  const fresh = () => ({ state: 'ACCEPTED', attempts: 0, interruptions: 0, reason: null });

  it('is parked after five tries that it failed, or that killed their worker', async () => {
    const command = fresh();
    const service = looksAfter(command);
    for (let i = 0; i < 5; i += 1) expect(await service.begin('c')).toBe(true);
    expect(await service.begin('c')).toBe(false);
    expect(command).toMatchObject({ state: 'DEAD', reason: 'Parked after 5 tries, none of which came to an end.' });
  });

  it('is not parked by servers that went away twenty times, and is when they always do', async () => {
    const command = fresh();
    const service = looksAfter(command);
    const cut = async (): Promise<void> => {
      expect(await service.begin('c')).toBe(true);
      await service.interrupted('c');
    };
    for (let i = 0; i < 20; i += 1) await cut();
    expect(command).toMatchObject({ state: 'ACCEPTED', attempts: 0 });
    for (let i = 0; i < 30; i += 1) await cut();
    expect(command).toMatchObject({ state: 'DEAD', reason: 'Parked after 50 tries that were cut short: a server went away, a worker stopped or a lock ran out.' });
    expect(await service.begin('c')).toBe(false);
  });

  it('that failed by itself counts on beside what was cut short', async () => {
    const command = fresh();
    const service = looksAfter(command);
    for (let i = 0; i < 5; i += 1) {
      await service.begin('c');
      await service.begin('c');
      await service.interrupted('c');
    }
    expect(await service.begin('c')).toBe(false);
    expect(service.wasInterrupted(Object.assign(new Error('cut'), { code: '57P01' }))).toBe(true);
    expect(service.wasInterrupted(new Error('its own'))).toBe(false);
  });
});
