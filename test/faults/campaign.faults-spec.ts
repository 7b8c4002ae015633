import { jest } from '@jest/globals';
import { SHARES } from './support/blows.js';
import { runCampaign } from './support/run-campaign.js';
import { ownServers, type OwnServers } from './support/site.js';

jest.setTimeout(900_000);

/** Another one may be tried: MERIDEN_FAULT_SEED=... npm test -- --only faults campaign */
const SEED = process.env['MERIDEN_FAULT_SEED'] ?? 'birmingham';
const FAULTS = 60;
/** Work in hand at every blow is enough here: more of it proves nothing more and takes the processor from those who get up again. The thousand faults of `npm run faults` come at full pace. */
const LEISURE = 6;

let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
});
afterAll(() => servers.stop());

it(`${FAULTS} faults of seven kinds while people work: nothing acknowledged is lost, nothing happens twice`, async () => {
  const { blows, ...figures } = await runCampaign(servers, { count: FAULTS, seed: SEED, leisure: LEISURE });
  process.stderr.write(`  ${JSON.stringify(figures)}\n`);
  expect({ lost: figures.lost, doubled: figures.doubled, findings: figures.findings }).toEqual({ lost: 0, doubled: 0, findings: [] });
  // Nobody may die of what befell another.
  expect(figures.crashes).toEqual([]);
  // What would make that hollow: too few faults, kinds left out, nobody at work, workers killed while they idled.
  expect(blows).toHaveLength(FAULTS);
  expect(Object.keys(figures.byKind).sort()).toEqual(Object.keys(SHARES).sort());
  expect(figures.accepted).toBeGreaterThan(FAULTS);
  expect(figures.repliesLost).toBeGreaterThan(0);
  expect(figures.killsOnActive).toBeGreaterThanOrEqual(0.9 * figures.workerKills);
});
