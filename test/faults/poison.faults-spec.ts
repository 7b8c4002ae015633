import { jest } from '@jest/globals';
import { runPoison } from './support/run-poison.js';
import { ownServers, Site, type OwnServers } from './support/site.js';

jest.setTimeout(600_000);

let servers: OwnServers;
let site: Site;
beforeAll(async () => {
  servers = await ownServers();
  site = await Site.start(servers, { learners: 60, vacancies: 20, workers: 2, lockMs: 1_000 });
});
afterAll(async () => {
  await site?.end();
  await servers.stop();
});

it('a job that aborts its process is parked after five tries, holds up nobody, and is done when an operator starts it again', async () => {
  const { deaths, others, findings, ...report } = await runPoison(site, { count: 1, seed: 'poison' });
  expect({ ...report, findings }).toEqual({ poisons: 1, parked: 1, mostTries: 5, revived: 1, lost: 0, doubled: 0, findings: [] });
  // What would make that hollow: nobody died of it, nobody worked beside it.
  expect(deaths).toBeGreaterThanOrEqual(5);
  expect(others).toBeGreaterThanOrEqual(20);
});
