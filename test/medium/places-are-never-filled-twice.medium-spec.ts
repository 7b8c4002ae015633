import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { runPlaces } from '../support/places.js';

const OPERATIONS = 1_000;

let database: TestDatabase;
const dataDir = mkdtempSync(join(tmpdir(), 'meriden-places-'));
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.end();
  rmSync(dataDir, { recursive: true, force: true });
});

it(`${OPERATIONS} operations of eight at once on few places: never over-filled, never placed twice, and the record is what is stored`, async () => {
  const { operations, ends, looks, anomalies } = await runPlaces(database, dataDir, { count: OPERATIONS, seed: 'birmingham' });
  expect(anomalies).toEqual([]);
  // What would make that hollow: nobody met a full vacancy, nobody was too late, nobody looked on.
  expect(operations).toBe(OPERATIONS);
  expect(looks).toBeGreaterThan(10);
  for (const end of ['offer: done', 'offer: OPENINGS_TAKEN', 'offer: ALREADY_EXISTS', 'accept: done', 'accept: ALREADY_EXISTS', 'decline: done', 'withdraw: done', 'openings: done', 'openings: OPENINGS_TAKEN']) {
    expect([end, ends[end] ?? 0]).not.toEqual([end, 0]);
  }
});

it('the record would tell: an index less, and learners are placed twice', async () => {
  await database.sql('drop index placement_one_active_key');
  await database.sql('drop trigger proposal_within_openings on proposal');
  const { anomalies } = await runPlaces(database, dataDir, { count: 500, seed: 'birmingham' });
  expect(anomalies.some((finding) => finding.includes('active placements'))).toBe(true);
  expect(anomalies.some((finding) => finding.includes('live proposals for'))).toBe(true);
});
