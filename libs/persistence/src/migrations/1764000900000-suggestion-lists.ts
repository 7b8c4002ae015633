import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever writes a list, of whatever build, leaves its row beside it right: while processes are replaced one after another, an older one writes too. Lists are written
 * under the locks of `SuggestionStore.hold`, so nobody else counts the same list meanwhile. No join between the rows before and after: a plan made for one row would
 * be kept for thousands. Whoever erases a person may delete here and not insert, and has nothing to insert.
 */
const NOTED = `create function suggestion_list_noted() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  declare
    touched uuid[];
  begin
    if tg_op = 'INSERT' then
      touched := array(select distinct learner_id from written);
    elsif tg_op = 'DELETE' then
      touched := array(select distinct learner_id from gone);
    else
      touched := array(select distinct c.learner_id from (
        select learner_id, vacancy_id, fit_key from written except select learner_id, vacancy_id, fit_key from gone) c);
    end if;
    if cardinality(touched) = 0 then
      return null;
    end if;
    delete from suggestion_list o where o.learner_id = any (touched) and not exists (select from suggestion s where s.learner_id = o.learner_id);
    if exists (select from suggestion s where s.learner_id = any (touched)) then
      insert into suggestion_list (learner_id, length, lowest_fit)
        select s.learner_id, count(*), min(s.fit_key) from suggestion s where s.learner_id = any (touched) group by s.learner_id
        on conflict (learner_id) do update set (length, lowest_fit) = (excluded.length, excluded.lowest_fit)
        where (suggestion_list.length, suggestion_list.lowest_fit) is distinct from (excluded.length, excluded.lowest_fit);
    end if;
    return null;
  end $$`;

const TABLE = [
  `create table suggestion_list (
    learner_id uuid primary key,
    length integer not null,
    lowest_fit integer not null,
    constraint suggestion_list_values_check check (length >= 1 and lowest_fit between 0 and 10000)
  )`,
  'grant select, insert, update, delete on suggestion_list to meriden_worker',
  NOTED,
  // These wait for whoever is writing lists and hold up who comes next, so that what is counted below is all there is.
  'create trigger noted_insert after insert on suggestion referencing new table as written for each statement execute function suggestion_list_noted()',
  'create trigger noted_update after update on suggestion referencing old table as gone new table as written for each statement execute function suggestion_list_noted()',
  'create trigger noted_delete after delete on suggestion referencing old table as gone for each statement execute function suggestion_list_noted()',
  // An owner that is no superuser sees no row while security is forced.
  'alter table suggestion no force row level security',
  'insert into suggestion_list (learner_id, length, lowest_fit) select learner_id, count(*), min(fit_key) from suggestion group by learner_id',
  'alter table suggestion force row level security',
  'alter table suggestion_list enable row level security',
  'alter table suggestion_list force row level security',
  'create policy worker on suggestion_list to meriden_worker using (true) with check (true)',
  // Last: who edits a profile waits from here on.
  'alter table suggestion_list add foreign key (learner_id) references learner',
];

/**
 * A vacancy that changes asks for the last place of every list it is open to. Looked up list by list in the index that is 0.3 s for 35,000 learners; a row a
 * list, narrow enough to be read whole, answers it in a tenth of that.
 */
export class SuggestionLists1764000900000 implements MigrationInterface {
  readonly name = 'SuggestionLists1764000900000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLE) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const command of ['insert', 'update', 'delete']) await runner.query(`drop trigger noted_${command} on suggestion`);
    await runner.query('drop function suggestion_list_noted()');
    await runner.query('drop table suggestion_list');
  }
}
