import { runRights, type RightsReport } from '../support/revocation-ground.js';
import { START_MS } from './support/meriden.js';

const WAYS = 17;

let report: RightsReport;
beforeAll(async () => {
  report = await runRights({ revocations: WAYS, beside: 20, races: 12 });
}, START_MS);

it('a session that ends in any way closes its socket, which tells nothing of what came after, and nobody else’s', () => {
  const { ways, beside, besideLost } = report.revocations;
  expect(Object.keys(ways)).toHaveLength(WAYS);
  // That it takes two seconds at most is measured by the program of the promise; here it must close at all.
  expect(Object.entries(ways).filter(([, { slowestMs }]) => !Number.isFinite(slowestMs))).toEqual([]);
  expect(Object.entries(ways).filter(([, { times, eventsAfter, stillOpened }]) => times !== 1 || eventsAfter + stillOpened > 0)).toEqual([]);
  expect({ beside, besideLost }).toEqual({ beside: 20, besideLost: 0 });
});

it('a request on its way with what is being revoked leaves no session behind', () => {
  expect(report.races).toMatchObject({ races: 12, survived: [] });
  // What would make that hollow: nobody got in at all.
  expect(report.races.opened).toBeGreaterThan(0);
});
