import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOUNS, policy, type Actor } from '@meriden/domain';
import { projectRoot } from '@meriden/platform';
import { WATCHERS } from '../tenants/canaries.js';
import { openGround } from '../tenants/ground.js';
import { sweepOf } from '../tenants/looks.js';
import { firstWrong, readingPolicies, withOpened } from '../tenants/opened-policies.js';
import { tryRandomDocuments } from '../tenants/random-documents.js';
import { keepPromises } from './support/keep.js';

/** What nobody asks for over GraphQL: opened, its rows are still shown by no field. */
const ASKED_BY_NO_QUERY = new Set<string>();
const ROLES = ['LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'] as const;

/** P7 and P10: random documents as everybody; and each policy of either wall opened by itself, which the matrix must notice. */
await keepPromises({ small: 150, full: 2_000 }, async ({ count, full, seed, say }) => {
  const folder = mkdtempSync(join(tmpdir(), 'meriden-opened-'));
  const file = join(folder, 'opened');
  writeFileSync(file, '');
  const ground = await openGround(['both walls', 'row-level security alone', 'policies alone'], [join(projectRoot(), 'test/tenants/one-policy-opened.mjs')], { MERIDEN_TEST_OPENED: file });
  try {
    // Two at a time, so that a document's time is its own.
    const { faults, answered, slowestMs } = await tryRandomDocuments(ground, { count, seed, lanes: 2 });
    for (const fault of faults.slice(0, 20)) say(fault);
    say(`${count} random documents, ${answered} answered, slowest ${Math.round(slowestMs)} ms`);
    const sweep = sweepOf(ground);
    const silent: string[] = [];
    let opened = 0;
    for (const walls of ['row-level security alone', 'policies alone'] as const) {
      const closed = await firstWrong(ground, walls, sweep);
      if (closed !== null) throw new Error(`with ${walls} and nothing opened: ${closed}`);
    }
    const tables = (await readingPolicies(ground.database)).filter(({ table }) => !ASKED_BY_NO_QUERY.has(table));
    for (const one of full ? tables : tables.slice(0, 3)) {
      opened += 1;
      const wrong = await withOpened(ground.database, one, () => firstWrong(ground, 'row-level security alone', sweep));
      if (wrong === null) silent.push(`policy ${one.name} of ${one.table}`);
      say(`${one.table}: ${wrong?.slice(0, 100) ?? 'NOT NOTICED'}`);
    }
    const actor = { personId: 'p', organisationId: 'o', membershipId: 'm', sessionId: 's', learnerId: 'l' };
    const nouns = NOUNS.filter((noun) => ROLES.some((role) => policy.scope({ ...actor, role } as Actor, noun) !== 'ALL'));
    for (const noun of full ? nouns : nouns.slice(0, 3)) {
      opened += 1;
      writeFileSync(file, noun);
      const wrong = await firstWrong(ground, 'policies alone', sweep);
      writeFileSync(file, '');
      if (wrong === null) silent.push(`scope of ${noun}`);
      say(`${noun}: ${wrong?.slice(0, 100) ?? 'NOT NOTICED'}`);
    }
    return [
      { promise: 'P7', held: faults.length === 0 && silent.length === 0, figure: `${opened} policies of both walls opened one at a time: ${opened - silent.length} noticed by the matrix of ${sweep.length} documents as ${WATCHERS.length} people`, silent, count: opened },
      { promise: 'P10', held: faults.length === 0 && (!full || slowestMs <= 1_000), figure: `${count} random documents (${answered} answered): ${faults.length} server errors or leaks, slowest ${Math.round(slowestMs)} ms`, seed },
    ];
  } finally {
    await ground.end();
    rmSync(folder, { recursive: true, force: true });
  }
});
