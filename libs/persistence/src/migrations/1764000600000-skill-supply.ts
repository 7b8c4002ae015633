import type { MigrationInterface, QueryRunner } from 'typeorm';

const ALLOWED = "(select nullif(current_setting('meriden.role', true), '')) in ('REGION', 'OPERATOR')";
const SIGNATURE = 'region_skill_supply(text[], text[])';

/**
 * Learners who have a skill of each group, the lists being skills and, place by place, the group of each. A learner of two groups counts
 * in both, so nothing can be worked out from a total; a count of 1 to 4 is not told, nor one that all but 1 to 4 learners belong to.
 */
const SUPPLY = `create function region_skill_supply(skill_keys text[], skill_groups text[]) returns table (key text, amount integer, fewer_than_5 boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with people as (
      select l.id, l.skills from learner l where ${ALLOWED}
    ), grouped as (
      select * from unnest(skill_keys, skill_groups) as g (skill_key, skill_group)
    ), counted as (
      select g.skill_group, count(distinct has.learner_id)::integer as n
      from grouped g left join (
        select p.id as learner_id, has ->> 'skillId' as skill_key from people p, jsonb_array_elements(p.skills) has
      ) has on has.skill_key = g.skill_key
      group by g.skill_group
    ), everybody as (
      select count(*)::integer as n from people
    )
    select c.skill_group, case when c.n between 1 and 4 or e.n - c.n between 1 and 4 then null else c.n end, c.n between 1 and 4
    from counted c, everybody e where ${ALLOWED} order by c.skill_group
  $$`;

/** What the learners of the region can do, in figures, beside what its vacancies ask for. */
export class SkillSupply1764000600000 implements MigrationInterface {
  readonly name = 'SkillSupply1764000600000';

  async up(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, [SUPPLY, `revoke all on function ${SIGNATURE} from public`, `grant execute on function ${SIGNATURE} to meriden_app`]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, [`drop function ${SIGNATURE}`]);
  }
}

/** Only its owner may replace a function; the owner has no right to make anything, but for that moment. */
async function asDefiner(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  await runner.query('grant create on schema public to meriden_definer');
  await runner.query('set local role meriden_definer');
  for (const sql of statements) await runner.query(sql);
  await runner.query('reset role');
  await runner.query('revoke create on schema public from meriden_definer');
}
