import type { MigrationInterface, QueryRunner } from 'typeorm';

const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const PERSON = "(select nullif(current_setting('meriden.person', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
const OPERATOR = `${ROLE} = 'OPERATOR'`;
const STAFF = `${ROLE} = 'PROVIDER_STAFF' and organisation_id = ${ORGANISATION}`;
/** A file is for whoever asked for it, acting for the organisation where they asked; about somebody else, as its staff still. */
const OWN_FILE = `request_id in (select r.id from subject_request r where r.asked_by = ${PERSON} and r.organisation_id = ${ORGANISATION} and (r.person_id = ${PERSON} or ${ROLE} = 'PROVIDER_STAFF'))`;

const TABLES = [
  `create table subject_request (
    id uuid primary key,
    kind text not null,
    organisation_id uuid references organisation,
    person_id uuid,
    learner_id uuid,
    asked_by uuid,
    asked_at timestamptz(3) not null,
    state text not null,
    done_at timestamptz(3),
    refusal text,
    proof jsonb,
    proof_digest text,
    constraint subject_request_kind_check check (kind in ('ACCESS', 'ERASURE')),
    constraint subject_request_state_check check (state in ('ACCEPTED', 'DONE', 'REFUSED')),
    constraint subject_request_about_check check (person_id IS not null or learner_id IS not null)
  )`,
  `create index subject_request_person_id_idx on subject_request (person_id)`,
  `create index subject_request_learner_id_idx on subject_request (learner_id)`,
  `create index subject_request_organisation_id_idx on subject_request (organisation_id)`,
  `create table subject_file (
    request_id uuid primary key references subject_request,
    file bytea not null,
    expires_at timestamptz(3) not null
  )`,
  `create table legal_hold (
    id uuid primary key,
    learner_id uuid not null references learner,
    organisation_id uuid not null references organisation,
    reason text not null,
    set_by uuid not null,
    set_at timestamptz(3) not null,
    released_by uuid,
    released_at timestamptz(3),
    constraint legal_hold_released_check check ((released_by is null) = (released_at is null))
  )`,
  `create unique index legal_hold_one_key on legal_hold (learner_id) where released_at is null`,
  `create index legal_hold_organisation_id_idx on legal_hold (organisation_id)`,
  `create table retention_run (
    day date primary key,
    counts jsonb not null,
    started_at timestamptz(3) not null,
    ended_at timestamptz(3)
  )`,
];

const policy = (table: string, role: string, command: string, condition: string): string[] => [
  `grant ${command} on ${table} to meriden_${role}`,
  `create policy ${role}_${command} on ${table} for ${command} to meriden_${role} ${
    { select: `using (${condition})`, delete: `using (${condition})`, insert: `with check (${condition})` }[command] ?? `using (${condition}) with check (${condition})`
  }`,
];
const worker = (table: string, grants: string): string[] => [`grant ${grants} on ${table} to meriden_worker`, `create policy worker on ${table} to meriden_worker using (true) with check (true)`];

const WALLS = [
  ...['subject_request', 'subject_file', 'legal_hold', 'retention_run'].flatMap((table) => [`alter table ${table} enable row level security`, `alter table ${table} force row level security`]),
  ...policy('subject_request', 'app', 'select', `(${OPERATOR}) or (${STAFF}) or person_id = ${PERSON} or asked_by = ${PERSON}`),
  ...policy('subject_request', 'app', 'insert', `((${STAFF}) and learner_id is not null and asked_by = ${PERSON}) or (person_id = ${PERSON} and asked_by = ${PERSON})`),
  ...worker('subject_request', 'select, insert, update'),
  ...policy('subject_file', 'app', 'select', `(${OPERATOR} and ${PERSON} is null) or ${OWN_FILE}`),
  ...policy('subject_file', 'app', 'delete', `(${OPERATOR} and ${PERSON} is null) or ${OWN_FILE}`),
  ...policy('legal_hold', 'app', 'select', `(${OPERATOR}) or (${STAFF})`),
  ...policy('legal_hold', 'app', 'insert', STAFF),
  ...policy('legal_hold', 'app', 'update', STAFF),
  ...worker('legal_hold', 'select'),
  ...worker('retention_run', 'select, insert, update'),
  ...policy('retention_run', 'app', 'select', OPERATOR),
];

const refuseChange = (exception: string): string => `create or replace function refuse_change() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    ${exception}raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end $$`;

/** Requests about one's own data, the files that answer them, and what may not be erased. */
export class SubjectRequests1763900300000 implements MigrationInterface {
  readonly name = 'SubjectRequests1763900300000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...WALLS]) await runner.query(sql);
    // A receipt goes with the list that it proves, when its learner is erased or nobody can contest the round any more. The history never.
    await runner.query(refuseChange(`if tg_op = 'DELETE' and tg_table_name = 'preference_receipt' and current_user = 'meriden_privacy' then return old; end if;\n    `));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(refuseChange(''));
    for (const table of ['retention_run', 'legal_hold', 'subject_file', 'subject_request']) await runner.query(`drop table ${table}`);
  }
}
