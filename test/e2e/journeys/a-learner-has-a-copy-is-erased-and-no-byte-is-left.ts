import { readFileSync } from 'node:fs';
import { runCanary } from '../../support/canary-run.js';
import { START_MS, type Meriden } from '../support/meriden.js';

let meriden: Meriden;

export function aLearnerIsErased(started: () => Meriden): void {
  beforeAll(() => {
    meriden = started();
  });

  describe('once somebody is erased', () => {
    it('nothing of them is left in the database, in Redis, or in what was logged', async () => {
      const { dataDir } = JSON.parse(readFileSync(process.env['MERIDEN_TEST_SERVERS'] as string, 'utf8')) as { dataDir: string };
      const figures = await runCanary({
        origin: meriden.origin,
        database: meriden.database,
        college: await meriden.as('college'),
        redisDir: dataDir,
        logs: () => meriden.apiLog() + meriden.workerLog(),
      });
      // The record, the account, and the answer the college was given.
      expect(figures.before).toBeGreaterThanOrEqual(3);
      expect(figures).toMatchObject({ copied: true, copiedOnce: true, inDatabase: [], inRedis: 0, inLogs: 0, looked: true });
    }, START_MS);
  });
}
