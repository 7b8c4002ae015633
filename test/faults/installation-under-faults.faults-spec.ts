import { isAlive } from '#bootstrap/processes.mjs';
import { jest } from '@jest/globals';
import { FEW_SESSIONS } from '../support/built-program.js';
import { ownServers, Site, type OwnServers } from './support/site.js';
import { aCampaignOfFaults } from './suites/campaign.js';
import { aPoisonousJob } from './suites/poison.js';
import { deliveryUnderFaults } from './suites/delivery.js';
import { roundsUnderFaults } from './suites/rounds.js';
import { withOneWallTakenOut } from './suites/controls.js';

jest.setTimeout(900_000);

// One PostgreSQL and one Redis to be killed at will, by all of them in turn: each has a database and a Redis prefix of its own.
let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers();
});
afterAll(() => servers.stop());

/** Both of them running, whatever a test before left when it failed. */
async function standing(): Promise<OwnServers> {
  for (const server of [servers.postgres, servers.redis]) if (!isAlive(server.pid)) await server.restart();
  return servers;
}

aCampaignOfFaults(standing);
withOneWallTakenOut(standing);
deliveryUnderFaults(standing);

describe('where a silent worker loses its jobs after a second', () => {
  let site: Promise<Site> | undefined;
  const ready = (): Promise<Site> => (site ??= standing().then((both) => Site.start(both, { learners: 60, vacancies: 20, workers: 2, lockMs: 1_000, sessions: FEW_SESSIONS })));
  afterAll(async () => (await site)?.end());

  aPoisonousJob(ready);
  roundsUnderFaults(ready);
});
