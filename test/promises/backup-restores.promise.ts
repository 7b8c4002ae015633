import { backUp, restoreBackup } from '@meriden/persistence';
import { Clients } from '../faults/support/clients.js';
import { Dice } from '../faults/support/dice.js';
import { Ledger } from '../faults/support/ledger.js';
import { ownServers, Site } from '../faults/support/site.js';
import { startWorker } from '../support/worker-process.js';
import { keepPromises } from './support/keep.js';

/** P17: backed up in the midst of work, restored into a fresh cluster, and the relay run again. `count` is in learners. */
await keepPromises({ small: 60, full: 2_000 }, async ({ count, seed, servers, say }) => {
  const site = await Site.start(servers, { learners: count, vacancies: 60, workers: 1, lockMs: 15_000 });
  const fresh = await ownServers();
  try {
    const college = await site.as('college');
    const page = await college.ask<{ learners: { nodes: { id: string; version: number }[] } }>('{ learners(first: 100) { nodes { id version } } }');
    const clients = new Clients(new Dice(seed), 20, () => false, 0);
    clients.reviseProfiles(college, page.learners.nodes);
    await site.eventually('people are at work', () => clients.acknowledged.length > 50);
    const lines: string[] = [];
    const began = performance.now();
    const before = await backUp(site.environment['DATABASE_URL'] as string, async (line) => void lines.push(line));
    const backedUpMs = Math.round(performance.now() - began);
    await clients.stop();
    say(`${lines.length} lines backed up in ${backedUpMs} ms; restoring`);
    async function* given(): AsyncGenerator<string> {
      yield* lines;
    }
    const restoring = performance.now();
    const after = await restoreBackup(fresh.databaseUrl, given());
    const restoredMs = Math.round(performance.now() - restoring);
    const unequal = Object.keys(before).filter((table) => before[table]?.digest !== after[table]?.digest);
    const rows = Object.values(after).reduce((sum, table) => sum + table.rows, 0);
    const ledger = new Ledger(fresh.databaseUrl);
    const undone = await ledger.undone();
    const worker = startWorker({ DATABASE_URL: fresh.databaseUrl, REDIS_URL: fresh.redisUrl });
    try {
      await site.eventually('what was accepted is done', async () => (await ledger.undone()) === 0, 300_000);
    } finally {
      await worker.discard();
    }
    const { lost, doubled, findings } = await ledger.verdict([]);
    const figure = `${rows} rows in ${Object.keys(after).length} tables backed up in ${backedUpMs} ms under work, restored in ${restoredMs} ms: ${unequal.length} tables unequal; ${undone} commands undone at that moment, after the relay ran again ${lost} lost, ${doubled} doubled`;
    return [{ promise: 'P17', held: unequal.length === 0 && lost + doubled === 0 && undone > 0, figure, seed, findings }];
  } finally {
    await site.end();
    await fresh.stop();
  }
});
