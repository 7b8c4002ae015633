import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { REFUSED } from '../../e2e/support/graphql-client.js';
import type { Ledger } from '../../faults/support/ledger.js';
import type { Site } from '../../faults/support/site.js';

type Grown = Readonly<{ learners: number; vacancies: number }>;

/**
 * Makes a seeded region large by SQL alone: each new vacancy is one of the seed's at the campus of another, each new learner one of the seed's
 * with the skills and home of another. Of them nobody is scored yet.
 */
export async function growRegion(ledger: Ledger, learners: number, vacancies: number): Promise<Grown> {
  const columns = async (table: string, own: readonly string[], alias: string): Promise<Readonly<{ names: string; values: string }>> => {
    const rows = await ledger.sql<{ name: string }>(`select column_name as name from information_schema.columns where table_name = $1 and table_schema = 'public' order by ordinal_position`, [table]);
    const rest = rows.map(({ name }) => name).filter((name) => !own.includes(name)).map((name) => `"${name}"`);
    return { names: rest.join(', '), values: rest.map((name) => `${alias}.${name}`).join(', ') };
  };
  const vacancy = await columns('vacancy', ['id', 'campus_id'], 'v');
  const learner = await columns('learner', ['id', 'uln', 'person_id', 'skills', 'outcode', 'interests'], 'l');
  // One session: the tables that name who is a copy of whom are its own, and what the copies refer to need not be looked up ten million times.
  await ledger.sql(`
    set session_replication_role = replica;
    create temp table seed_vacancy as select id, row_number() over (order by id) - 1 as at from vacancy where state = 'LIVE';
    create temp table seed_learner as select id, row_number() over (order by id) - 1 as at from learner l where exists (select 1 from suggestion s where s.learner_id = l.id);
    create temp table new_vacancy as
      select gen_random_uuid() as id, a.id as template, n / many as copy, b.id as other
      from (select count(*) as many from seed_vacancy) k cross join generate_series(0, ${vacancies} - 1 - (select count(*) from vacancy)) n
      join seed_vacancy a on a.at = n % many join seed_vacancy b on b.at = (n * 31 + n / many) % many;
    create temp table new_learner as
      select gen_random_uuid() as id, a.id as template, n, b.id as other
      from (select count(*) as many from seed_learner) k cross join generate_series(0, ${learners} - 1 - (select count(*) from learner)) n
      join seed_learner a on a.at = n % many join seed_learner b on b.at = (n * 37 + n / many) % many;
    insert into vacancy (id, campus_id, ${vacancy.names})
      select c.id, o.campus_id, ${vacancy.values} from new_vacancy c join vacancy v on v.id = c.template join vacancy o on o.id = c.other;
    insert into learner (id, uln, person_id, skills, outcode, interests, ${learner.names})
      select c.id, null, null, o.skills, o.outcode, o.interests, ${learner.values} from new_learner c join learner l on l.id = c.template join learner o on o.id = c.other;
  `);
  await ledger.sql('vacuum analyze');
  const [grown] = await ledger.sql<Grown>(`select (select count(*) from learner)::int as learners, (select count(*) from vacancy where state = 'LIVE')::int as vacancies`);
  if (grown === undefined) throw new Error('the region did not answer');
  return grown;
}

type Run = Readonly<{ id: string; state: string; chunks: number; chunksDone: number }>;

/** Without a piece of work done for so long the worker is taken for dead; the last step, which goes through all lists, shows none. */
const PATIENCE_MS = 120_000;
const LAST_STEP_MS = 1_200_000;

/** Everybody's list, by the service itself: an operator starts a run and waits for its end. */
export async function scoreRegion(site: Site, say: (words: string) => void): Promise<void> {
  const operator = await site.as('operator');
  const input = { idempotencyKey: randomUUID() };
  const { scoringRun: started } = await operator.do<{ scoringRun: Run }>(`mutation ($input: ScoreRegionInput!) { scoreRegion(input: $input) { ... on ScoreRegionSuccess { scoringRun { id } } ${REFUSED} } }`, { input });
  let before = -1;
  let since = performance.now();
  for (let tenths = -1; ; await pause(1_000)) {
    const { scoringRun } = await operator.ask<{ scoringRun: Run }>('query ($id: ID!) { scoringRun(id: $id) { state chunks chunksDone } }', { id: started.id });
    const { state, chunks, chunksDone } = scoringRun;
    const far = chunks === 0 ? 0 : Math.floor((10 * chunksDone) / chunks);
    if (far > tenths) say(`${chunksDone} of ${chunks} pieces of scoring done`);
    tenths = far;
    if (state === 'DONE') return;
    if (chunksDone !== before) [before, since] = [chunksDone, performance.now()];
    const patience = chunksDone === chunks ? LAST_STEP_MS : PATIENCE_MS;
    if (performance.now() - since > patience) throw new Error(`no piece of scoring was done for ${patience / 1_000} s`);
    if (state === 'FAILED') throw new Error('the scoring run failed');
  }
}
