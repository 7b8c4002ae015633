import { FEW_SESSIONS } from '../../support/built-program.js';
import type { BlowKind } from '../support/blows.js';
import type { Preload } from '../support/program.js';
import { runCampaign, type Report } from '../support/run-campaign.js';
import type { OwnServers } from '../support/site.js';

/**
 * The product with one wall taken out from outside, under the faults that this wall is there for. What the campaign counts must
 * then not be 0, or its zeros would say nothing.
 */
async function control(servers: OwnServers, preload: Preload, shares: Partial<Record<BlowKind, number>>, count: number, patienceMs: number): Promise<Report> {
  // Where work is done twice, somebody takes over from the frozen: the more there are, the surer.
  const site = { learners: 60, vacancies: 20, workers: preload === 'without-inbox' ? 4 : 2, sessions: FEW_SESSIONS, preloads: [preload] };
  // What is lost stays undone: nobody waits for it longer than for a lock and a retry.
  const report = await runCampaign(servers, { count, seed: preload, shares, site, patienceMs, enough: Number.POSITIVE_INFINITY, calmMs: 1_500 });
  const { blows: _blows, findings, ...figures } = report;
  process.stderr.write(`  ${preload}: ${JSON.stringify(figures)}\n`);
  expect(findings.length).toBeGreaterThan(0);
  return report;
}

export function withOneWallTakenOut(servers: () => Promise<OwnServers>): void {
  describe('with one wall taken out', () => {
    it('commit, then add to the queue, without an outbox: commands are lost', async () => {
      const { lost } = await control(await servers(), 'without-outbox', { 'Redis killed': 2, 'Redis connections cut': 1 }, 6, 6_000);
      expect(lost).toBeGreaterThan(0);
    });

    it('without the inbox: effects happen twice', async () => {
      const { lost, doubled } = await control(await servers(), 'without-inbox', { 'worker frozen': 1 }, 6, 60_000);
      expect(lost).toBe(0);
      expect(doubled).toBeGreaterThan(0);
    });

    it('without the reconciler: what an emptied Redis forgot is never done', async () => {
      const { lost, doubled } = await control(await servers(), 'without-reconciler', { 'Redis emptied': 1 }, 8, 6_000);
      expect(lost).toBeGreaterThan(0);
      expect(doubled).toBe(0);
    });
  });
}
