import type { MigrationInterface, QueryRunner } from 'typeorm';

// Files that staff hand in, and what became of them. The file itself stands in a table of its own and goes when it was read.

const TABLES = [
  `create table import_run (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    person_id uuid not null references person,
    kind text not null,
    state text not null,
    bytes integer not null,
    report jsonb,
    created_at timestamptz(3) not null,
    ended_at timestamptz(3),
    version integer not null,
    constraint import_run_kind_check check (kind in ('LEARNERS', 'VACANCIES', 'ORGANISATIONS')),
    constraint import_run_state_check check (state in ('UPLOADED', 'CHECKED', 'DONE', 'REFUSED')),
    constraint import_run_bytes_check check (bytes between 0 and 16777216)
  )`,
  `create index import_run_organisation_id_idx on import_run (organisation_id)`,
  `create index import_run_created_at_idx on import_run (created_at)`,
  `create table import_file (
    run_id uuid primary key references import_run,
    organisation_id uuid not null references organisation,
    content bytea not null
  )`,
];

const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const PERSON = "(select nullif(current_setting('meriden.person', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
// Staff of the kind that keeps such a list, in their own organisation.
const OWN = `organisation_id = ${ORGANISATION} and ${ROLE} in ('PROVIDER_STAFF', 'EMPLOYER', 'OPERATOR')`;

export class Imports1763900400000 implements MigrationInterface {
  readonly name = 'Imports1763900400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
    for (const [table, own] of [['import_run', `${OWN} and person_id = ${PERSON}`], ['import_file', OWN]] as const) {
      await runner.query(`alter table ${table} enable row level security`);
      await runner.query(`alter table ${table} force row level security`);
      await runner.query(`grant select, insert, update, delete on ${table} to meriden_app`);
      await runner.query(`create policy app_select on ${table} for select to meriden_app using (${OWN})`);
      await runner.query(`create policy app_insert on ${table} for insert to meriden_app with check (${own})`);
      await runner.query(`create policy app_update on ${table} for update to meriden_app using (${OWN}) with check (${OWN})`);
      await runner.query(`create policy app_delete on ${table} for delete to meriden_app using (${OWN})`);
    }
    // The worker clears away what is old; it reads no file and no report.
    await runner.query('grant select (id, created_at), delete on import_run to meriden_worker');
    await runner.query('create policy worker on import_run to meriden_worker using (true) with check (true)');
    await runner.query('grant delete, select (run_id) on import_file to meriden_worker');
    await runner.query('create policy worker on import_file to meriden_worker using (true) with check (true)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table import_file');
    await runner.query('drop table import_run');
  }
}
