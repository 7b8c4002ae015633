import type { MigrationInterface, QueryRunner } from 'typeorm';

const OWN = `(select nullif(current_setting('meriden.role', true), '')) = 'EMPLOYER'
  and organisation_id = (select nullif(current_setting('meriden.organisation', true), '')::uuid)`;

/** What an employer asks while a vacancy is being written, and the counts that the worker answers with. */
export class Eligibility1763900950000 implements MigrationInterface {
  readonly name = 'Eligibility1763900950000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [
      `create table eligibility_question (
        id uuid primary key,
        organisation_id uuid not null references organisation,
        details jsonb not null,
        asked_at timestamptz(3) not null,
        answer jsonb,
        answered_at timestamptz(3)
      )`,
      'create index eligibility_question_organisation_id_idx on eligibility_question (organisation_id)',
      'create index eligibility_question_asked_at_idx on eligibility_question (asked_at)',
      'alter table eligibility_question enable row level security',
      'alter table eligibility_question force row level security',
      'grant select, insert on eligibility_question to meriden_app',
      `create policy app_select on eligibility_question for select to meriden_app using (${OWN})`,
      `create policy app_insert on eligibility_question for insert to meriden_app with check (${OWN} and answer is null)`,
      'grant select, update, delete on eligibility_question to meriden_worker',
      'create policy worker on eligibility_question to meriden_worker using (true) with check (true)',
    ]) {
      await runner.query(sql);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table eligibility_question');
  }
}
