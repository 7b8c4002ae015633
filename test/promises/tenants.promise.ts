import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOUNS, policy, type Actor } from '@meriden/domain';
import { projectRoot } from '@meriden/platform';
import { WATCHERS } from '../tenants/canaries.js';
import { openGround } from '../tenants/ground.js';
import { sweepOf } from '../tenants/looks.js';
import { firstLeak, readingPolicies, rowsSeen, withOpened } from '../tenants/opened-policies.js';
import { tryWrites, unnoticed } from '../tenants/opened-writes.js';
import { tryRandomDocuments } from '../tenants/random-documents.js';
import { keepPromises } from './support/keep.js';

/** Asked for through a learner or an employer alone, whose own scope shuts them too: opened, they show nothing more. */
const BEHIND_ANOTHER = new Set(['candidate', 'vacancyChoice', 'candidateDecision']);
const ROLES = ['LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'] as const;

/** P7 and P10: random documents as everybody; each reading policy of either wall opened by itself, which the matrix must notice; and each writing one, at the database. */
await keepPromises({ small: 150, full: 2_000 }, async ({ count, full, seed, say }) => {
  const folder = mkdtempSync(join(tmpdir(), 'meriden-opened-'));
  const file = join(folder, 'opened');
  writeFileSync(file, '');
  const ground = await openGround(['both walls', 'row-level security alone', 'policies alone'], [join(projectRoot(), 'dist/test/tenants/one-policy-opened.js')], { MERIDEN_TEST_OPENED: file });
  try {
    // Two at a time, so that a document's time is its own.
    const { faults, answered, slowestMs } = await tryRandomDocuments(ground, { count, seed, lanes: 2 });
    for (const fault of faults.slice(0, 20)) say(fault);
    say(`${count} random documents, ${answered} answered, slowest ${Math.round(slowestMs)} ms`);
    const writes = await tryWrites(ground.database, ground.region, { small: !full });
    const writing = writes.filter(({ mixed }) => !mixed);
    const foreign = writes.flatMap(({ name, foreign: done }) => done.map((who) => `${name}: ${who}`));
    for (const hole of foreign.slice(0, 20)) say(`written with nothing opened, ${hole}`);
    for (const wall of unnoticed(writes)) say(`a writing policy opened and another wall stood, ${wall}`);
    const sweep = sweepOf(ground);
    const silent: string[] = [];
    // What breaks while a policy is open is neither a leak nor silence, and the promise is not held with it.
    const broken: string[] = [];
    const note = (about: string, failed: readonly string[]): void => {
      broken.push(...failed.map((fault) => `${about} opened: ${fault}`));
      for (const fault of failed.slice(0, 3)) say(`${about} opened, and broken: ${fault.slice(0, 200)}`);
    };
    let [opened, byRows] = [0, 0];
    for (const walls of ['row-level security alone', 'policies alone'] as const) {
      const { leak, faults: failed } = await firstLeak(ground, walls, sweep);
      const wrong = leak ?? failed[0];
      if (wrong !== undefined) throw new Error(`with ${walls} and nothing opened: ${wrong}`);
    }
    const tables = await readingPolicies(ground.database);
    for (const one of full ? tables : tables.slice(0, 3)) {
      opened += 1;
      const closed = JSON.stringify(await rowsSeen(ground, one.table));
      const [{ leak, faults: failed }, rows] = await withOpened(ground.database, one, async () => [await firstLeak(ground, 'row-level security alone', sweep), JSON.stringify(await rowsSeen(ground, one.table))] as const);
      note(`policy ${one.name} of ${one.table}`, failed);
      // Where every query names its asker as well, the rows themselves tell; test/medium has a rule for each table and role.
      if (leak === null && rows !== closed) byRows += 1;
      if (leak === null && rows === closed) silent.push(`policy ${one.name} of ${one.table}`);
      say(`${one.table}: ${leak?.slice(0, 100) ?? `rows ${closed} -> ${rows}`}`);
    }
    const actor = { personId: 'p', organisationId: 'o', membershipId: 'm', sessionId: 's', learnerId: 'l' };
    const nouns = NOUNS.filter((noun) => !BEHIND_ANOTHER.has(noun) && ROLES.some((role) => policy.scope({ ...actor, role } as Actor, noun) !== 'ALL'));
    for (const noun of full ? nouns : nouns.slice(0, 3)) {
      opened += 1;
      writeFileSync(file, noun);
      const { leak, faults: failed } = await firstLeak(ground, 'policies alone', sweep);
      writeFileSync(file, '');
      note(`scope of ${noun}`, failed);
      if (leak === null) silent.push(`scope of ${noun}`);
      say(`${noun}: ${leak?.slice(0, 100) ?? 'NOT NOTICED'}`);
    }
    return [
      { promise: 'P7', held: faults.length === 0 && silent.length === 0 && broken.length === 0 && foreign.length === 0 && unnoticed(writing).length === 0, figure: `${opened} reading policies of both walls opened one at a time: ${opened - byRows - silent.length} noticed by a leak in answers (${sweep.length} documents as ${WATCHERS.length} people), ${byRows} by rows at the database alone, ${silent.length} not, ${broken.length} faults meanwhile; ${writing.length} writing policies opened one at a time: ${writing.length - unnoticed(writing).length} noticed by a write at the database; with none opened ${foreign.length} writes of what is not theirs`, silent, foreign: foreign.slice(0, 20), behindOtherWalls: unnoticed(writes), broken: broken.slice(0, 20), count: opened },
      { promise: 'P10', held: faults.length === 0 && (!full || slowestMs <= 1_000), figure: `${count} random documents (${answered} answered): ${faults.length} server errors or leaks, slowest ${Math.round(slowestMs)} ms`, seed },
    ];
  } finally {
    await ground.end();
    rmSync(folder, { recursive: true, force: true });
  }
});
