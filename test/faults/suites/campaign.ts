import { FEW_SESSIONS } from '../../support/built-program.js';
import { SHARES } from '../support/blows.js';
import { runCampaign } from '../support/run-campaign.js';
import type { OwnServers } from '../support/site.js';

/** Another one may be tried: MERIDEN_FAULT_SEED=... npm test -- --only faults -t campaign */
const SEED = process.env['MERIDEN_FAULT_SEED'] ?? 'birmingham';
const FAULTS = 60;
/** At full pace people keep every worker busy beyond what a blow can hit, and take the processor from those who get up again. `npm run faults` has that, and as many sessions as the product. */
const PACE = { profiles: 1_500, vacancies: 1_400, operator: 3_000 };
/** Commands acknowledged meanwhile, by kind, at least. */
const LEAST = { 'score-learner': 2 * FAULTS, 'score-vacancy': FAULTS / 2, 'score-region': 6, 'solve-round': 6 };

export function aCampaignOfFaults(servers: () => Promise<OwnServers>): void {
  describe('a campaign of faults', () => {
    it(`${FAULTS} faults of seven kinds while people work: nothing acknowledged is lost, nothing happens twice`, async () => {
      const { blows, ...figures } = await runCampaign(await servers(), { count: FAULTS, seed: SEED, pace: PACE, site: { sessions: FEW_SESSIONS } });
      process.stderr.write(`  ${JSON.stringify(figures)}\n`);
      expect({ lost: figures.lost, doubled: figures.doubled, findings: figures.findings }).toEqual({ lost: 0, doubled: 0, findings: [] });
      // Nobody may die of what befell another.
      expect(figures.crashes).toEqual([]);
      // What would make that hollow: too few faults, kinds left out, nobody at work, workers killed while they idled.
      expect(blows).toHaveLength(FAULTS);
      expect(Object.keys(figures.byKind).sort()).toEqual(Object.keys(SHARES).sort());
      for (const [kind, least] of Object.entries(LEAST)) expect({ kind, enough: (figures.acceptedByKind[kind] ?? 0) >= least }).toEqual({ kind, enough: true });
      // Regions are scored in parts that the worker gives itself.
      expect(figures.commands - figures.accepted).toBeGreaterThan(FAULTS);
      expect(figures.resends).toBeGreaterThan(0);
      // A relay is hit by what it does; all others with work in somebody's hand or in Redis, a few blows apart that found none in time.
      expect(blows.filter(({ kind, jobs }) => kind !== 'relay killed' && jobs === 0).length).toBeLessThanOrEqual(0.05 * FAULTS);
      expect(figures.repliesLost).toBeGreaterThan(0);
      expect(figures.killsOnActive).toBeGreaterThanOrEqual(0.9 * figures.workerKills);
    });
  });
}
