import { Logger, Metrics } from '@meriden/platform';
import type { Processors } from './processors.js';
import { WorkerHost } from './worker-host.js';
import { faultsOf, WORKER_SETTINGS, type WorkerSettings } from './worker-settings.js';

const host = (settings: Partial<WorkerSettings>): WorkerHost =>
  new WorkerHost({ redisUrl: 'redis://127.0.0.1:1', prefix: 't', processors: {} as Processors, logger: Logger.create('test', 'silent'), metrics: new Metrics(), settings });

describe('settings of a worker', () => {
  it('are those of the promises, and lose nothing', () => {
    expect(WORKER_SETTINGS).toMatchObject({ lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 10, concurrency: { scoring: 10 }, rebuildAfterMs: 30_000 });
    expect(faultsOf(WORKER_SETTINGS)).toEqual([]);
  });

  it.each<[Partial<WorkerSettings>, RegExp]>([
    [{ lockDuration: 100, stalledInterval: 50 }, /lockDuration 100 ms.*twice/],
    [{ stalledInterval: 20_000 }, /longer than the lock/],
    [{ maxStalledCount: 1 }, /maxStalledCount 1.*before the 5 tries/],
    [{ maxStalledCount: 5 }, /maxStalledCount 5/],
    [{ concurrency: { scoring: 0, rounds: 1, mail: 1, privacy: 1 } }, /concurrency 0 of scoring/],
    [{ concurrency: { scoring: 10, rounds: 1.5, mail: 1, privacy: 1 } }, /concurrency 1.5 of rounds/],
    [{ rebuildAfterMs: 60_000 }, /rebuildAfterMs 60000 ms.*deaf/],
    [{ watchMs: 31_000 }, /watchMs 31000 ms/],
  ])('%j are refused when the worker starts, with the reason', (settings, reason) => {
    expect(() => host(settings)).toThrow(reason);
  });
});
