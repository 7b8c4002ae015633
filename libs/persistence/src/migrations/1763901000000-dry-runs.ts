import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPERATOR = `(select current_setting('meriden.role', true)) = 'OPERATOR'`;

const TABLES = [
  `alter table round
    add column solve_asked_by uuid,
    add column solve_asked_at timestamptz(3)`,
  // Rounds that were solved before this rule: the audit knows who asked. The owner is held by the policies too, but for a moment.
  'alter table round no force row level security',
  'alter table audit_entry no force row level security',
  `update round r set (solve_asked_by, solve_asked_at) = (
     select a.person_id, a.at from audit_entry a where a.noun = 'round' and a.object_id = r.id::text and a.verb = 'asked to solve' and a.person_id is not null
     order by a.at desc limit 1) where r.state in ('SOLVING', 'SOLVED', 'FAILED')`,
  'alter table audit_entry force row level security',
  'alter table round force row level security',
  `alter table round
    add constraint round_asked_check check ((solve_asked_by is null) = (solve_asked_at is null)),
    add constraint round_second_person_check check (published_by <> solve_asked_by)`,
  `create table dry_run (
    id uuid not null,
    round_id uuid not null references round,
    mode text not null,
    state text not null,
    stage text not null,
    asked_by uuid not null,
    asked_at timestamptz(3) not null,
    ended_at timestamptz(3),
    learners integer,
    vacancies integer,
    input_hash text,
    matched integer,
    rank_counts integer[] not null,
    took_ms integer,
    failure text,
    primary key (id),
    constraint dry_run_mode_check check (mode in ('LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL')),
    constraint dry_run_state_check check (state in ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    constraint dry_run_stage_check check (stage in ('WAITING', 'SNAPSHOT', 'SOLVE', 'VERIFY', 'EXPLAIN', 'SAVE', 'DONE')),
    constraint dry_run_ended_check check ((state = 'RUNNING') = (ended_at is null))
  )`,
  `create unique index dry_run_one_key on dry_run (round_id, mode) where state in ('RUNNING', 'DONE')`,
  `create table dry_run_place (
    dry_run_id uuid not null references dry_run on delete cascade,
    learner_id uuid not null references learner on delete cascade,
    vacancy_id uuid not null references vacancy on delete cascade,
    rank integer not null,
    primary key (dry_run_id, learner_id),
    constraint dry_run_place_rank_check check (rank >= 1)
  )`,
  'create index dry_run_place_learner_id_idx on dry_run_place (learner_id)',
];

/** Operators ask, read and cancel; the worker writes what came of it. Nobody else knows of a trial. */
const WALLS = [
  ...['dry_run', 'dry_run_place'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `grant select on ${table} to meriden_app`,
    `create policy app_select on ${table} for select to meriden_app using (${OPERATOR})`,
    `create policy worker on ${table} to meriden_worker using (true) with check (true)`,
  ]),
  'grant insert, update on dry_run to meriden_app',
  `create policy app_insert on dry_run for insert to meriden_app with check (${OPERATOR})`,
  `create policy app_update on dry_run for update to meriden_app using (${OPERATOR}) with check (${OPERATOR})`,
  'grant select, update on dry_run to meriden_worker',
  'grant select, insert on dry_run_place to meriden_worker',
];

/** Trials of a frozen round in two modes, and the rule that another person publishes than the one who had it solved. */
export class DryRuns1763901000000 implements MigrationInterface {
  readonly name = 'DryRuns1763901000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...WALLS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dry_run_place');
    await runner.query('drop table dry_run');
    await runner.query('alter table round drop constraint round_second_person_check, drop constraint round_asked_check, drop column solve_asked_at, drop column solve_asked_by');
  }
}
