import { runPoison } from '../support/run-poison.js';
import type { Site } from '../support/site.js';

export function aPoisonousJob(site: () => Promise<Site>): void {
  describe('a poisonous job', () => {
    it('a job that aborts its process is parked after five tries, holds up nobody, and is done when an operator starts it again', async () => {
      const { deaths, others, findings, ...report } = await runPoison(await site(), { count: 1, seed: 'poison' });
      expect({ ...report, findings }).toEqual({ poisons: 1, parked: 1, mostTries: 5, revived: 1, lost: 0, doubled: 0, findings: [] });
      // What would make that hollow: nobody died of it, nobody worked beside it.
      expect(deaths).toBeGreaterThanOrEqual(5);
      expect(others).toBeGreaterThanOrEqual(20);
    });
  });
}
