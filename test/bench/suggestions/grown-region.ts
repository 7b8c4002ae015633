import type { Ledger } from '../../faults/support/ledger.js';

/** Suggestions of each learner, as many as the service keeps. */
const LIST = 20;
/** Of a template's list, the best so many are repeated: where vacancies are many, all of a list lies near its best. */
const BEST = 2;

type Grown = Readonly<{ learners: number; vacancies: number; suggestions: number; databaseMB: number }>;

/**
 * Makes a seeded and scored region large by SQL alone: each new vacancy is one of the seed's at the campus of another, each new learner one of the seed's
 * with the skills and home of another, each with a full list of suggestions in the bytes of stored ones. What is read and replaced is thus as
 * large as it would be; only the figures in the made-up lists are not those of their pairs.
 */
export async function growRegion(ledger: Ledger, learners: number, vacancies: number): Promise<Grown> {
  const columns = async (table: string, own: readonly string[], alias: string): Promise<Readonly<{ names: string; values: string }>> => {
    const rows = await ledger.sql<{ name: string }>(`select column_name as name from information_schema.columns where table_name = $1 and table_schema = 'public' order by ordinal_position`, [table]);
    const rest = rows.map(({ name }) => name).filter((name) => !own.includes(name)).map((name) => `"${name}"`);
    return { names: rest.join(', '), values: rest.map((name) => `${alias}.${name}`).join(', ') };
  };
  const vacancy = await columns('vacancy', ['id', 'campus_id'], 'v');
  const learner = await columns('learner', ['id', 'uln', 'person_id', 'skills', 'outcode', 'interests'], 'l');
  const suggestion = await columns('suggestion', ['learner_id', 'vacancy_id', 'rank'], 'o');
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
    create unique index on new_vacancy (template, copy);
    analyze new_vacancy, new_learner;
    insert into vacancy (id, campus_id, ${vacancy.names})
      select c.id, o.campus_id, ${vacancy.values} from new_vacancy c join vacancy v on v.id = c.template join vacancy o on o.id = c.other;
    insert into learner (id, uln, person_id, skills, outcode, interests, ${learner.names})
      select c.id, null, null, o.skills, o.outcode, o.interests, ${learner.values} from new_learner c join learner l on l.id = c.template join learner o on o.id = c.other;
    insert into suggestion (learner_id, vacancy_id, rank, ${suggestion.names})
      select c.id, d.id, r + 1, ${suggestion.values}
      from new_learner c
      join (select s.*, row_number() over (partition by s.learner_id order by s.rank) - 1 as place, least(${BEST}, count(*) over (partition by s.learner_id)) as held from suggestion s) o on o.learner_id = c.template
      join generate_series(0, ${LIST} - 1) r on r % o.held = o.place
      join (select template, count(*) as copies from new_vacancy group by template) k on k.template = o.vacancy_id
      join new_vacancy d on d.template = o.vacancy_id and d.copy = (c.n + r / o.held) % k.copies
      where r / o.held < k.copies;
  `);
  await ledger.sql('vacuum analyze');
  const [grown] = await ledger.sql<Grown>(`select (select count(*) from learner)::int as learners, (select count(*) from vacancy where state = 'LIVE')::int as vacancies,
    (select count(*) from suggestion)::int as suggestions, (pg_database_size(current_database()) / 1048576)::int as "databaseMB"`);
  if (grown === undefined) throw new Error('the region did not answer');
  return grown;
}
