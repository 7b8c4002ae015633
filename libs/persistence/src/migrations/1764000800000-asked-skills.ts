import type { MigrationInterface, QueryRunner } from 'typeorm';

const EMAIL = `'[^[:space:]@]+@[^[:space:]@]+'`;
const NUMBER = `'[0-9][0-9 ]{4,}[0-9]'`;

/** As when candidates were first masked quickly: whether a name could be found in the evidence at all. */
const MAY_NAME = `(l.given_name || ' ' || l.family_name) !~ '^[ -~]*$'
  or exists (
    select from regexp_split_to_table(lower((l.given_name || ' ' || l.family_name) collate "C"), '[ -]+') part
    where length(part) > 1 and position(coalesce(substring(part from '[a-z0-9]{2,}'), '') in lower(l.skills::text collate "C")) > 0
  )`;
const EVIDENCE = `coalesce(case when may.named then masked(s.skill ->> 'evidence', l.given_name, l.family_name) end,
  regexp_replace(regexp_replace(s.skill ->> 'evidence', ${EMAIL}, '[e-mail]', 'g'), ${NUMBER}, '[number]', 'g'))`;

/**
 * Skills that an organisation asks for in what is live, and in what has made somebody a proposal: drafts, and drafts closed without ever
 * having been seen, ask for nothing, and what the employer means to teach is not asked for.
 */
const ASKED = `select v.organisation_id, array_agg(distinct need ->> 'skillId') as skills
  from vacancy v cross join lateral jsonb_array_elements(v.skills) need
  where (v.state = 'LIVE' or exists (select from proposal p where p.vacancy_id = v.id)) and need ->> 'need' <> 'WILL_TRAIN'
    and v.organisation_id in (select c.organisation_id from candidate c where c.id = any (wanted)) group by 1`;

const candidateProfile = (onlyAsked: boolean): string => `create or replace function candidate_profile(wanted uuid[])
  returns table (id uuid, organisation_id uuid, pseudonym text, qualification_id text, level integer, entry_point_id text, skills jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    ${onlyAsked ? `with asked as materialized (${ASKED})` : ''}
    select c.id, c.organisation_id, c.pseudonym, l.qualification_id, l.level, l.entry_point_id,
      coalesce((select jsonb_agg(s.skill || jsonb_build_object('evidence', ${EVIDENCE}) order by s.position)
        from jsonb_array_elements(l.skills) with ordinality s(skill, position)${onlyAsked ? ` where s.skill ->> 'skillId' = any (a.skills)` : ''}), '[]'::jsonb)
    from candidate c join learner l on l.id = c.learner_id${onlyAsked ? ' left join asked a on a.organisation_id = c.organisation_id' : ''}
      cross join lateral (select ${MAY_NAME} as named) may
    where c.id = any (wanted) and ((select current_setting('meriden.role', true)) = 'OPERATOR'
      or ((select current_setting('meriden.role', true)) = 'EMPLOYER'
        and c.organisation_id = (select nullif(current_setting('meriden.organisation', true), '')::uuid)))
  $$`;

/**
 * An employer reads of a candidate the skills that its own vacancies ask for, and no others: a rare skill that nobody
 * there asked about tells who somebody is, and two employers would know the same person by it.
 */
export class AskedSkills1764000800000 implements MigrationInterface {
  readonly name = 'AskedSkills1764000800000';

  async up(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, candidateProfile(true));
  }

  async down(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, candidateProfile(false));
  }
}

/** Only its owner may replace a function; the owner has no right to make anything, but for that moment. */
async function asDefiner(runner: QueryRunner, sql: string): Promise<void> {
  await runner.query('grant create on schema public to meriden_definer');
  await runner.query('set local role meriden_definer');
  await runner.query(sql);
  await runner.query('reset role');
  await runner.query('revoke create on schema public from meriden_definer');
}
