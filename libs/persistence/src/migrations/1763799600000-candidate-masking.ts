import type { MigrationInterface, QueryRunner } from 'typeorm';

const EMAIL = `'[^[:space:]@]+@[^[:space:]@]+'`;
const NUMBER = `'[0-9][0-9 ]{4,}[0-9]'`;

/**
 * Whether `masked` could find the name at all. It looks with a pattern of each learner's own, in every script's idea of a capital, and
 * that took most of the time of a page of candidates. A part of a name in ASCII is met only where its first letters in a row are
 * (`masked` lets anything stand for its other signs); a part without two of them, and any other name, has to be looked for.
 */
const MAY_NAME = `(l.given_name || ' ' || l.family_name) !~ '^[ -~]*$'
  or exists (
    select from regexp_split_to_table(lower((l.given_name || ' ' || l.family_name) collate "C"), '[ -]+') part
    where length(part) > 1 and position(coalesce(substring(part from '[a-z0-9]{2,}'), '') in lower(l.skills::text collate "C")) > 0
  )`;

/** @param asked SQL for `organisation_id` and the `skills` that alone are told, since a later migration; none = all skills are */
export const candidateProfile = (evidence: string, asked = ''): string => `create or replace function candidate_profile(wanted uuid[])
  returns table (id uuid, organisation_id uuid, pseudonym text, qualification_id text, level integer, entry_point_id text, skills jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    ${asked === '' ? '' : `with asked as materialized (${asked})`}
    select c.id, c.organisation_id, c.pseudonym, l.qualification_id, l.level, l.entry_point_id,
      coalesce((select jsonb_agg(s.skill || jsonb_build_object('evidence', ${evidence}) order by s.position)
        from jsonb_array_elements(l.skills) with ordinality s(skill, position)${asked === '' ? '' : ` where s.skill ->> 'skillId' = any (a.skills)`}), '[]'::jsonb)
    from candidate c join learner l on l.id = c.learner_id${asked === '' ? '' : ' left join asked a on a.organisation_id = c.organisation_id'} cross join lateral (select ${MAY_NAME} as named) may
    where c.id = any (wanted) and ((select current_setting('meriden.role', true)) = 'OPERATOR'
      or ((select current_setting('meriden.role', true)) = 'EMPLOYER'
        and c.organisation_id = (select nullif(current_setting('meriden.organisation', true), '')::uuid)))
  $$`;

const MASKED = `masked(s.skill ->> 'evidence', l.given_name, l.family_name)`;
// A name of single letters gives `masked` no pattern, and without one it gives null.
export const QUICK = `coalesce(case when may.named then ${MASKED} end,
  regexp_replace(regexp_replace(s.skill ->> 'evidence', ${EMAIL}, '[e-mail]', 'g'), ${NUMBER}, '[number]', 'g'))`;

/** What an employer reads of a candidate, with the names blotted out only where they can be. */
export class CandidateMasking1763799600000 implements MigrationInterface {
  readonly name = 'CandidateMasking1763799600000';

  async up(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, candidateProfile(QUICK));
  }

  async down(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, candidateProfile(MASKED));
  }
}

/** Only its owner may replace a function; the owner has no right to make anything, but for that moment. */
export async function asDefiner(runner: QueryRunner, sql: string): Promise<void> {
  await runner.query('grant create on schema public to meriden_definer');
  await runner.query('set local role meriden_definer');
  await runner.query(sql);
  await runner.query('reset role');
  await runner.query('revoke create on schema public from meriden_definer');
}
