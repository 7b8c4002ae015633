import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestDatabase } from '../support/database.js';
import { runPlaces } from '../support/places.js';
import { keepPromises } from './support/keep.js';

/** P6: a recorded history of many at once against a model of it. */
await keepPromises({ small: 1_000, full: 100_000 }, async ({ count, seed, say }) => {
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-places-'));
  try {
    const { operations, ends, looks, anomalies } = await runPlaces(database, dataDir, { count, seed, onStretch: (done) => done % 5_000 === 0 && say(`${done} operations`) });
    const done = Object.entries(ends).reduce((sum, [end, n]) => sum + (end.endsWith(': done') ? n : 0), 0);
    const figure = `${operations} operations of 8 at once (${done} done, the others refused or without an object), ${looks} looks from beside: ${anomalies.length} anomalies`;
    return [{ promise: 'P6', held: anomalies.length === 0 && operations === count, figure, seed, ends, anomalies: anomalies.slice(0, 20) }];
  } finally {
    await database.end();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
