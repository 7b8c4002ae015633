import type { MigrationInterface, QueryRunner } from 'typeorm';

const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const LEARNER = "(select nullif(current_setting('meriden.learner', true), '')::uuid)";
const PERSON = "(select nullif(current_setting('meriden.person', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
const LEARNERS = `${ROLE} = 'LEARNER' and learner_id = ${LEARNER} and organisation_id = ${ORGANISATION}`;
const STAFFS = `${ROLE} = 'PROVIDER_STAFF' and organisation_id = ${ORGANISATION}`;
const EITHER = `(${LEARNERS}) or (${STAFFS})`;
/** A learner takes back, staff take up and decide; neither does the other's part. */
const CHANGES = `(${LEARNERS} and state = 'WITHDRAWN') or (${STAFFS} and state in ('ACKNOWLEDGED', 'UPHELD', 'NOT_UPHELD'))`;
const SEEN = `${ROLE} = 'OPERATOR' or ${EITHER}`;

const TABLES = [
  `create table score_challenge (
    id uuid primary key,
    learner_id uuid not null references learner,
    organisation_id uuid not null references organisation,
    vacancy_id uuid not null references vacancy,
    part text not null,
    code text,
    words text not null,
    state text not null,
    raised_at timestamptz(3) not null,
    raised_by uuid not null,
    acknowledge_by timestamptz(3) not null,
    decide_by timestamptz(3) not null,
    acknowledged_at timestamptz(3),
    acknowledged_name text,
    decided_at timestamptz(3),
    decided_by uuid,
    decided_name text,
    decision_reason text,
    before jsonb not null,
    after jsonb,
    rescore_from integer,
    version integer not null,
    constraint score_challenge_part_check check (part in ('GATE', 'TERM', 'WHOLE') and (part = 'WHOLE') = (code is null)),
    constraint score_challenge_state_check check (state in ('RAISED', 'ACKNOWLEDGED', 'CORRECTED', 'UPHELD', 'NOT_UPHELD', 'WITHDRAWN')),
    constraint score_challenge_decided_check check ((state in ('UPHELD', 'NOT_UPHELD')) = (decided_by is not null)
      and (decided_by is null) = (decided_at is null) and (decided_by is null) = (decision_reason is null))
  )`,
  `create index score_challenge_organisation_id_decide_by_idx on score_challenge (organisation_id, decide_by)`,
  `create index score_challenge_learner_id_idx on score_challenge (learner_id)`,
  `create index score_challenge_vacancy_id_idx on score_challenge (vacancy_id)`,
  `create table challenge_note (
    id uuid primary key,
    challenge_id uuid not null references score_challenge,
    learner_id uuid not null references learner,
    organisation_id uuid not null references organisation,
    at timestamptz(3) not null,
    "by" uuid not null,
    name text not null,
    words text not null
  )`,
  `create index challenge_note_challenge_id_at_idx on challenge_note (challenge_id, at)`,
  `create index challenge_note_learner_id_idx on challenge_note (learner_id)`,
  `create index challenge_note_organisation_id_idx on challenge_note (organisation_id)`,
];

const WALLS = [
  ...['score_challenge', 'challenge_note'].flatMap((table) => [`alter table ${table} enable row level security`, `alter table ${table} force row level security`]),
  'grant select, insert, update on score_challenge to meriden_app',
  `create policy app_select on score_challenge for select to meriden_app using (${SEEN})`,
  `create policy app_insert on score_challenge for insert to meriden_app with check (${LEARNERS})`,
  `create policy app_update on score_challenge for update to meriden_app using (${EITHER}) with check (${CHANGES})`,
  'grant select on score_challenge to meriden_worker',
  // The worker writes down the score that came out, and nothing that a person decides.
  'grant update (after) on score_challenge to meriden_worker',
  `create policy worker on score_challenge to meriden_worker using (true) with check (true)`,
  'grant select, insert on challenge_note to meriden_app',
  `create policy app_select on challenge_note for select to meriden_app using (${SEEN})`,
  `create policy app_insert on challenge_note for insert to meriden_app with check ((${EITHER}) and "by" = ${PERSON}
    and exists (select 1 from score_challenge c where c.id = challenge_id and c.learner_id = challenge_note.learner_id))`,
];

/** A learner says that a score is wrong, a person answers by name and in time, and both scores stay. */
export class Challenges1763900900000 implements MigrationInterface {
  readonly name = 'Challenges1763900900000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...WALLS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table challenge_note');
    await runner.query('drop table score_challenge');
  }
}
