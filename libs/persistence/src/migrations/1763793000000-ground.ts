import type { MigrationInterface, QueryRunner } from 'typeorm';

// The first migration: tables, then the second wall. It is frozen once released, so it takes nothing from the rest of the code:
// enumerations are written out as they stood, and the drift check says when an entity moved on.

const TABLES = [
  `create table organisation (
    id uuid primary key,
    name text not null,
    roles text[] not null,
    ukprn text,
    ods_code text,
    fictional boolean not null,
    round_capacity integer,
    version integer not null,
    constraint organisation_roles_check check (roles <@ array['PROVIDER', 'EMPLOYER', 'FUNDER', 'OPERATOR'] and cardinality(roles) > 0),
    constraint organisation_ukprn_check check (ukprn ~ '^1[0-9]{7}$'),
    constraint organisation_round_capacity_check check (round_capacity >= 0),
    constraint organisation_name_check check (char_length(name) between 1 and 200)
  )`,
  `create unique index organisation_ukprn_key on organisation (ukprn)`,
  `create table person (
    id uuid primary key,
    email text not null,
    name text not null,
    password_hash text,
    totp_secret text,
    totp_last_step integer,
    disabled boolean not null,
    constraint person_email_check check (email = lower(email) and char_length(email) between 3 and 254)
  )`,
  `create unique index person_email_key on person (email)`,
  `create table learner (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    person_id uuid references person,
    given_name text not null,
    family_name text not null,
    uln text,
    date_of_birth date,
    academic_year text not null,
    qualification_id text not null,
    level integer not null,
    entry_point_id text not null,
    funding_source_ids text[] not null,
    outcode text,
    travel_modes text[] not null,
    max_travel_minutes integer not null,
    availability jsonb,
    required_hours integer,
    skills jsonb not null,
    interests text[] not null,
    checks jsonb not null,
    adjustments_needed text[] not null,
    consent_to_matching boolean not null,
    version integer not null,
    constraint learner_level_check check (level between 1 and 8),
    constraint learner_max_travel_minutes_check check (max_travel_minutes between 5 and 180),
    constraint learner_required_hours_check check (required_hours between 1 and 5000),
    constraint learner_uln_check check (uln ~ '^[1-9][0-9]{9}$'),
    constraint learner_names_check check (char_length(given_name) between 1 and 200 and char_length(family_name) between 1 and 200)
  )`,
  `create unique index learner_uln_key on learner (organisation_id, uln)`,
  `create index learner_name_idx on learner (organisation_id, family_name, given_name, id)`,
  `create index learner_person_id_idx on learner (person_id)`,
  `create table learner_equality (
    learner_id uuid not null references learner,
    organisation_id uuid not null references organisation,
    answers jsonb not null,
    version integer not null,
    primary key (learner_id)
  )`,
  `create index learner_equality_organisation_id_idx on learner_equality (organisation_id)`,
  `create table membership (
    id uuid primary key,
    person_id uuid not null references person,
    organisation_id uuid not null references organisation,
    role text not null,
    learner_id uuid references learner,
    constraint membership_role_check check (role in ('LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR')),
    constraint membership_learner_check check ((role = 'LEARNER') = (learner_id IS not null))
  )`,
  `create index membership_person_id_idx on membership (person_id)`,
  `create index membership_organisation_id_idx on membership (organisation_id)`,
  `create index membership_learner_id_idx on membership (learner_id)`,
  `create unique index membership_person_role_key on membership (person_id, organisation_id, role)`,
  `create table session (
    id uuid primary key,
    token_hash text not null,
    membership_id uuid not null references membership,
    kind text not null,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    constraint session_kind_check check (kind in ('COOKIE', 'BEARER')),
    constraint session_token_hash_check check (token_hash ~ '^[0-9a-f]{64}$')
  )`,
  `create unique index session_token_hash_key on session (token_hash)`,
  `create index session_membership_id_idx on session (membership_id)`,
  `create table vacancy (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    state text not null,
    title text not null,
    description text not null,
    campus_id text not null,
    skills jsonb not null,
    level_from integer not null,
    level_to integer not null,
    programme_kinds text[] not null,
    entry_point_ids text[] not null,
    starts_on date not null,
    ends_on date not null,
    weekdays text[] not null,
    hours_per_week integer not null,
    total_hours integer not null,
    remote_share integer not null,
    openings integer not null,
    pay text not null,
    hourly_pence integer,
    checks_needed text[] not null,
    delivery_approach text not null,
    hazards text[] not null,
    adjustments_offered text[] not null,
    funding_source_ids text[] not null,
    funding_required boolean not null,
    version integer not null,
    constraint vacancy_state_check check (state in ('DRAFT', 'LIVE', 'CLOSED')),
    constraint vacancy_pay_check check (pay in ('PAID', 'UNPAID_REQUIRED_BY_COURSE') and (pay = 'PAID') = (hourly_pence IS not null) and hourly_pence >= 0),
    constraint vacancy_delivery_approach_check check (delivery_approach in ('ON_SITE', 'HYBRID', 'SMALL_TEAM_PROJECT', 'WORK_TASTER', 'SKILLS_HUB', 'SUPPLY_CHAIN')),
    constraint vacancy_levels_check check (level_from between 1 and 8 and level_to between level_from and 8),
    constraint vacancy_dates_check check (ends_on >= starts_on),
    constraint vacancy_hours_check check (hours_per_week between 1 and 60 and total_hours between 1 and 10000),
    constraint vacancy_remote_share_check check (remote_share between 0 and 10000),
    constraint vacancy_openings_check check (openings between 1 and 500),
    constraint vacancy_text_check check (char_length(title) between 1 and 200 and char_length(description) <= 10000)
  )`,
  `create index vacancy_organisation_id_idx on vacancy (organisation_id)`,
  `create index vacancy_state_idx on vacancy (state, starts_on, id)`,
  `create index vacancy_campus_id_idx on vacancy (campus_id)`,
  `create table suggestion (
    learner_id uuid not null references learner,
    vacancy_id uuid not null references vacancy,
    organisation_id uuid not null references organisation,
    employer_id uuid not null references organisation,
    rank integer not null,
    order_key integer not null,
    tie text not null,
    score integer not null,
    employer_score integer not null,
    gates jsonb not null,
    terms jsonb not null,
    policy_version text not null,
    input_hash text not null,
    scored_at timestamptz(3) not null,
    primary key (learner_id, vacancy_id),
    constraint suggestion_rank_check check (rank >= 1),
    constraint suggestion_scores_check check (order_key between 0 and 10000 and score between 0 and 10000 and employer_score between 0 and 10000)
  )`,
  `create index suggestion_organisation_id_idx on suggestion (organisation_id)`,
  `create index suggestion_vacancy_id_idx on suggestion (vacancy_id)`,
  `create table scoring_run (
    id uuid primary key,
    state text not null,
    policy_version text not null,
    learners integer not null,
    vacancies integer not null,
    pairs bigint not null,
    chunks integer not null,
    chunks_done integer not null,
    started_at timestamptz(3) not null,
    ended_at timestamptz(3),
    constraint scoring_run_state_check check (state in ('RUNNING', 'DONE', 'FAILED')),
    constraint scoring_run_chunks_check check (chunks_done between 0 and chunks)
  )`,
  `create index scoring_run_started_at_idx on scoring_run (started_at)`,
  `create table scoring_chunk (
    run_id uuid not null references scoring_run,
    chunk integer not null,
    primary key (run_id, chunk)
  )`,
  `create table candidate (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    learner_id uuid not null references learner,
    provider_id uuid not null references organisation,
    pseudonym text not null
  )`,
  `create unique index candidate_pair_key on candidate (organisation_id, learner_id)`,
  `create unique index candidate_pseudonym_key on candidate (organisation_id, pseudonym)`,
  `create index candidate_learner_id_idx on candidate (learner_id)`,
  `create table round (
    id uuid primary key,
    name text not null,
    organisation_id uuid not null references organisation,
    state text not null,
    mode text not null,
    stage text not null,
    preferences_close_at timestamptz(3) not null,
    reply_by timestamptz(3) not null,
    lottery_commitment text not null,
    attempt integer not null,
    policy_version text,
    input_hash text,
    matched integer,
    unmatched integer,
    certificate_valid boolean,
    published_by uuid,
    publish_reason text,
    published_at timestamptz(3),
    failure text,
    version integer not null,
    constraint round_state_check check (state in ('OPEN', 'FROZEN', 'SOLVING', 'SOLVED', 'PUBLISHED', 'FAILED')),
    constraint round_mode_check check (mode in ('LEARNER_OPTIMAL')),
    constraint round_stage_check check (stage in ('WAITING', 'SNAPSHOT', 'SOLVE', 'VERIFY', 'EXPLAIN', 'SAVE', 'DONE')),
    constraint round_attempt_check check (attempt >= 0),
    constraint round_published_check check ((state = 'PUBLISHED') = (published_at IS not null and published_by IS not null and publish_reason IS not null))
  )`,
  `create index round_preferences_close_at_idx on round (preferences_close_at)`,
  `create table round_secret (
    round_id uuid not null references round,
    secret text not null,
    primary key (round_id)
  )`,
  `create table round_snapshot (
    round_id uuid not null references round,
    attempt integer not null,
    input text not null,
    input_hash text not null,
    seed text not null,
    primary key (round_id, attempt)
  )`,
  `create table round_file (
    round_id uuid not null references round,
    file text not null,
    primary key (round_id)
  )`,
  `create table learner_preference (
    id uuid primary key,
    round_id uuid not null references round,
    organisation_id uuid not null references organisation,
    learner_id uuid not null references learner,
    "groups" jsonb not null,
    submitted_at timestamptz(3) not null,
    submitted_by uuid not null,
    receipt text not null,
    version integer not null
  )`,
  `create unique index learner_preference_key on learner_preference (round_id, learner_id)`,
  `create index learner_preference_organisation_id_idx on learner_preference (organisation_id)`,
  `create index learner_preference_learner_id_idx on learner_preference (learner_id)`,
  `create table employer_preference (
    id uuid primary key,
    round_id uuid not null references round,
    organisation_id uuid not null references organisation,
    "groups" jsonb not null,
    submitted_at timestamptz(3) not null,
    submitted_by uuid not null,
    receipt text not null,
    version integer not null
  )`,
  `create unique index employer_preference_key on employer_preference (round_id, organisation_id)`,
  `create index employer_preference_organisation_id_idx on employer_preference (organisation_id)`,
  `create table preference_receipt (
    preference_id uuid not null,
    version integer not null,
    round_id uuid not null references round,
    organisation_id uuid not null references organisation,
    learner_id uuid references learner,
    "groups" jsonb not null,
    submitted_at timestamptz(3) not null,
    submitted_by uuid not null,
    receipt text not null,
    primary key (preference_id, version)
  )`,
  `create index preference_receipt_organisation_id_idx on preference_receipt (organisation_id)`,
  `create index preference_receipt_learner_id_idx on preference_receipt (learner_id)`,
  `create table outcome (
    id uuid primary key,
    round_id uuid not null references round,
    learner_id uuid not null references learner,
    organisation_id uuid not null references organisation,
    vacancy_id uuid references vacancy,
    employer_id uuid references organisation,
    rank integer,
    reasons jsonb not null,
    withheld boolean not null,
    withheld_reason text,
    published boolean not null,
    constraint outcome_matched_check check ((vacancy_id is null) = (employer_id is null) and (vacancy_id is null) = (rank is null) and rank >= 1),
    constraint outcome_withheld_check check (withheld = (withheld_reason IS not null))
  )`,
  `create unique index outcome_learner_key on outcome (round_id, learner_id)`,
  `create index outcome_organisation_id_idx on outcome (organisation_id)`,
  `create index outcome_learner_id_idx on outcome (learner_id)`,
  `create table proposal (
    id uuid primary key,
    round_id uuid not null references round,
    learner_id uuid not null references learner,
    vacancy_id uuid not null references vacancy,
    organisation_id uuid not null references organisation,
    employer_id uuid not null references organisation,
    state text not null,
    reply_by timestamptz(3) not null,
    answered_at timestamptz(3),
    decline_reason text,
    version integer not null,
    constraint proposal_state_check check (state in ('PROPOSED', 'ACCEPTED', 'DECLINED', 'EXPIRED'))
  )`,
  `create unique index proposal_one_live_key on proposal (round_id, learner_id) where state in ('PROPOSED', 'ACCEPTED')`,
  `create index proposal_learner_id_idx on proposal (learner_id)`,
  `create index proposal_organisation_id_idx on proposal (organisation_id)`,
  `create index proposal_employer_id_idx on proposal (employer_id)`,
  `create index proposal_vacancy_id_idx on proposal (vacancy_id)`,
  `create index proposal_due_idx on proposal (reply_by) where state = 'PROPOSED'`,
  `create table placement (
    id uuid primary key,
    proposal_id uuid not null references proposal,
    learner_id uuid not null references learner,
    vacancy_id uuid not null references vacancy,
    organisation_id uuid not null references organisation,
    employer_id uuid not null references organisation,
    starts_on date not null,
    ends_on date not null,
    state text not null,
    version integer not null,
    constraint placement_state_check check (state in ('AGREED', 'STARTED', 'COMPLETED', 'WITHDRAWN')),
    constraint placement_dates_check check (ends_on >= starts_on)
  )`,
  `create unique index placement_proposal_key on placement (proposal_id)`,
  `create unique index placement_one_active_key on placement (learner_id) where state in ('AGREED', 'STARTED')`,
  `create index placement_learner_id_idx on placement (learner_id)`,
  `create index placement_organisation_id_idx on placement (organisation_id)`,
  `create index placement_employer_id_idx on placement (employer_id)`,
  `create index placement_vacancy_id_idx on placement (vacancy_id)`,
  `create table command (
    id uuid primary key,
    kind text not null,
    payload jsonb not null,
    organisation_id uuid,
    person_id uuid,
    state text not null,
    created_at timestamptz(3) not null default now(),
    done_at timestamptz(3),
    attempts integer not null,
    dead_reason text,
    constraint command_state_check check (state in ('ACCEPTED', 'DONE', 'DEAD'))
  )`,
  `create index command_undone_idx on command (created_at) where state = 'ACCEPTED'`,
  `create index command_organisation_id_idx on command (organisation_id)`,
  `create table outbox (
    id bigint generated always as identity primary key,
    command_id uuid not null references command,
    queue text not null,
    name text not null,
    job_id text not null,
    payload jsonb not null,
    created_at timestamptz(3) not null default now(),
    sent_at timestamptz(3),
    sends integer not null default 0,
    next_send_at timestamptz(3)
  )`,
  `create index outbox_unsent_idx on outbox (id) where sent_at is null`,
  `create index outbox_command_id_idx on outbox (command_id)`,
  `create table inbox (
    consumer text not null,
    command_id uuid not null references command,
    done_at timestamptz(3) not null default now(),
    primary key (consumer, command_id)
  )`,
  `create table idempotent_answer (
    organisation_id uuid not null,
    person_id uuid not null,
    key text not null,
    request_hash text not null,
    answer jsonb not null,
    created_at timestamptz(3) not null default now(),
    primary key (organisation_id, person_id, key)
  )`,
  `create index idempotent_answer_created_at_idx on idempotent_answer (created_at)`,
  `create table audit_entry (
    id uuid primary key,
    at timestamptz(3) not null,
    person_id uuid,
    organisation_id uuid,
    verb text not null,
    noun text not null,
    object_id text not null,
    detail jsonb not null
  )`,
  `create index audit_entry_at_idx on audit_entry (organisation_id, at, id)`,
  `create index audit_entry_object_idx on audit_entry (object_id)`,];

// Who asks, as set by `set_config(name, value, true)` in the asking transaction. Each is a sub-select, so that PostgreSQL reads it
// once a statement and not once a row; unset or '' is null, which equals nothing: no tenant, no rows.
const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const PERSON = "(select nullif(current_setting('meriden.person', true), '')::uuid)";
const LEARNER = "(select nullif(current_setting('meriden.learner', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";

const SIGNED_IN = `${ROLE} is not null`;
const OPERATOR = `${ROLE} = 'OPERATOR'`;
const ownAs = (role: string, column = 'organisation_id') => `${ROLE} = '${role}' and ${column} = ${ORGANISATION}`;
const ownLearner = (column = 'learner_id', provider = 'organisation_id') =>
  `${ROLE} = 'LEARNER' and ${column} = ${LEARNER} and ${provider} = ${ORGANISATION}`;
const any = (...alternatives: string[]) => alternatives.map((a) => `(${a})`).join(' or ');

const OWN_MEMBERSHIP = `membership_id in (select m.id from membership m where m.person_id = ${PERSON})`;

/** Policies of the role `meriden_app` by table and command: libs/domain/src/permission.ts once more, in SQL. Absent = refused. */
const APP: Record<string, Partial<Record<'select' | 'insert' | 'update' | 'delete', string>>> = {
  organisation: { select: SIGNED_IN, insert: OPERATOR, update: OPERATOR },
  person: {
    select: any(OPERATOR, `id = ${PERSON}`),
    // A provider enrols learners who will sign in.
    insert: any(OPERATOR, `${ROLE} = 'PROVIDER_STAFF'`),
    update: any(OPERATOR, `id = ${PERSON} and not disabled`),
  },
  membership: {
    select: any(OPERATOR, `person_id = ${PERSON}`),
    insert: any(OPERATOR, `${ownAs('PROVIDER_STAFF')} and role = 'LEARNER'`),
  },
  session: { select: any(OPERATOR, OWN_MEMBERSHIP), insert: any(OPERATOR, OWN_MEMBERSHIP), update: any(OPERATOR, OWN_MEMBERSHIP) },
  learner: {
    select: any(OPERATOR, ownAs('PROVIDER_STAFF'), ownLearner('id')),
    insert: ownAs('PROVIDER_STAFF'),
    // The operator's update is for tying an account to its learner.
    update: any(OPERATOR, ownAs('PROVIDER_STAFF'), ownLearner('id')),
  },
  learner_equality: {
    select: any(ownAs('PROVIDER_STAFF'), ownLearner()),
    insert: any(ownAs('PROVIDER_STAFF'), ownLearner()),
    update: any(ownAs('PROVIDER_STAFF'), ownLearner()),
  },
  vacancy: {
    select: any(OPERATOR, `${SIGNED_IN} and state in ('LIVE', 'CLOSED')`, ownAs('EMPLOYER')),
    insert: ownAs('EMPLOYER'),
    update: ownAs('EMPLOYER'),
  },
  suggestion: { select: any(OPERATOR, ownAs('PROVIDER_STAFF'), ownLearner()) },
  scoring_run: { select: OPERATOR, insert: OPERATOR },
  // A candidate row is made when the learner ranks one of the employer's vacancies, by that learner.
  candidate: {
    select: any(OPERATOR, ownAs('EMPLOYER'), ownLearner('learner_id', 'provider_id')),
    insert: ownLearner('learner_id', 'provider_id'),
  },
  round: { select: SIGNED_IN, insert: OPERATOR, update: OPERATOR },
  round_secret: {
    select: `${OPERATOR} and exists (select 1 from round r where r.id = round_id and r.state = 'PUBLISHED')`,
    insert: OPERATOR,
  },
  round_snapshot: { select: OPERATOR },
  round_file: { select: OPERATOR },
  learner_preference: {
    select: any(OPERATOR, ownAs('PROVIDER_STAFF'), ownLearner()),
    insert: ownLearner(),
    update: ownLearner(),
  },
  employer_preference: { select: any(OPERATOR, ownAs('EMPLOYER')), insert: ownAs('EMPLOYER'), update: ownAs('EMPLOYER') },
  preference_receipt: {
    select: any(OPERATOR, `${ownAs('PROVIDER_STAFF')} and learner_id is not null`, ownLearner(), `${ownAs('EMPLOYER')} and learner_id is null`),
    insert: any(ownLearner(), `${ownAs('EMPLOYER')} and learner_id is null`),
  },
  outcome: {
    select: any(OPERATOR, `${ownAs('PROVIDER_STAFF')} and published`, `${ownLearner()} and published`),
    update: OPERATOR,
  },
  proposal: {
    select: any(OPERATOR, ownAs('PROVIDER_STAFF'), ownAs('EMPLOYER', 'employer_id'), ownLearner()),
    insert: OPERATOR,
    update: ownLearner(),
  },
  placement: {
    select: any(OPERATOR, ownAs('PROVIDER_STAFF'), ownAs('EMPLOYER', 'employer_id'), ownLearner()),
    insert: ownLearner(),
  },
  command: {
    select: any(OPERATOR, `organisation_id = ${ORGANISATION} and (${ROLE} <> 'LEARNER' or person_id = ${PERSON})`),
    insert: `${SIGNED_IN} and organisation_id is not distinct from ${ORGANISATION} and person_id is not distinct from ${PERSON}`,
  },
  outbox: { insert: SIGNED_IN },
  idempotent_answer: {
    select: `organisation_id = ${ORGANISATION} and person_id = ${PERSON}`,
    insert: `organisation_id = ${ORGANISATION} and person_id = ${PERSON}`,
  },
  audit_entry: {
    select: any(OPERATOR, ownAs('PROVIDER_STAFF'), ownAs('EMPLOYER')),
    insert: any(
      `${SIGNED_IN} and organisation_id = ${ORGANISATION} and person_id is not distinct from ${PERSON}`,
      `${OPERATOR} and person_id is not distinct from ${PERSON}`,
    ),
  },
};

/** Grants of the role `meriden_worker`. It sees all rows of what its jobs need, and nothing of people, sessions and equality. */
const WORKER: Record<string, string> = {
  organisation: 'select',
  learner: 'select',
  vacancy: 'select',
  suggestion: 'select, insert, update, delete',
  scoring_run: 'select, insert, update',
  scoring_chunk: 'select, insert',
  candidate: 'select',
  round: 'select, update',
  round_secret: 'select',
  round_snapshot: 'select, insert, update',
  round_file: 'select, insert, update',
  learner_preference: 'select',
  employer_preference: 'select',
  outcome: 'select, insert',
  proposal: 'select, update',
  placement: 'select',
  command: 'select, insert, update',
  outbox: 'select, insert, update',
  inbox: 'select, insert',
  idempotent_answer: 'delete',
  audit_entry: 'insert',
};

/** What the SECURITY DEFINER functions below need; their owner never logs in and is no superuser. */
const DEFINER: Record<string, string> = {
  person: 'select',
  membership: 'select',
  session: 'select',
  learner: 'select',
  candidate: 'select',
  suggestion: 'select',
  learner_preference: 'select',
  proposal: 'select',
  placement: 'select',
  // Update: only for the row lock under which live proposals are counted.
  vacancy: 'select, update',
};

const ALL_TABLES = [...TABLES.join('\n').matchAll(/create table (\w+)/g)].map((match) => match[1] as string);

function walls(): string[] {
  const sql = ['revoke all on schema public from public', 'grant usage on schema public to meriden_app, meriden_worker, meriden_definer'];
  for (const table of ALL_TABLES) {
    sql.push(`alter table ${table} enable row level security`, `alter table ${table} force row level security`);
    for (const [command, condition] of Object.entries(APP[table] ?? {})) {
      const clause = { select: `using (${condition})`, delete: `using (${condition})`, insert: `with check (${condition})` }[command];
      sql.push(
        `grant ${command} on ${table} to meriden_app`,
        `create policy app_${command} on ${table} for ${command} to meriden_app ${clause ?? `using (${condition}) with check (${condition})`}`,
      );
    }
    for (const [role, grants] of [['worker', WORKER[table]], ['definer', DEFINER[table]]] as const) {
      if (grants === undefined) continue;
      sql.push(`grant ${grants} on ${table} to meriden_${role}`, `create policy ${role} on ${table} to meriden_${role} using (true) with check (true)`);
    }
  }
  // To purge by age the worker reads the age, not the answers.
  sql.push('grant select (created_at) on idempotent_answer to meriden_worker');
  return sql;
}

const PINNED = 'set search_path = pg_catalog, public, pg_temp';

/** Deferred, so that a transaction may pass through a state it does not commit. The row lock makes concurrent counts wait. */
const TRIGGERS = [
  `create function proposal_within_openings() returns trigger language plpgsql security definer ${PINNED} as $$
  declare
    vacancy_openings integer;
    taken integer;
    checked uuid;
  begin
    if tg_table_name = 'vacancy' then checked := new.id; else checked := new.vacancy_id; end if;
    select v.openings into vacancy_openings from vacancy v where v.id = checked for no key update;
    select count(*) into taken from proposal p where p.vacancy_id = checked and p.state in ('PROPOSED', 'ACCEPTED');
    if taken > vacancy_openings then
      raise exception 'vacancy % has % openings, % live proposals', checked, vacancy_openings, taken
        using errcode = 'check_violation', constraint = 'proposal_within_openings', table = 'proposal';
    end if;
    return null;
  end $$`,
  `create constraint trigger proposal_within_openings after insert or update of state, vacancy_id on proposal
    deferrable initially deferred for each row when (new.state in ('PROPOSED', 'ACCEPTED')) execute function proposal_within_openings()`,
  `create constraint trigger vacancy_openings_taken after update of openings on vacancy
    deferrable initially deferred for each row when (new.openings < old.openings) execute function proposal_within_openings()`,
  `create function refuse_change() returns trigger language plpgsql ${PINNED} as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end $$`,
  ...['audit_entry', 'preference_receipt'].flatMap((table) => [
    `create trigger append_only before update or delete on ${table} for each row execute function refuse_change()`,
    `create trigger append_only_whole before truncate on ${table} for each statement execute function refuse_change()`,
  ]),
];

// How far each learner has come. NO_PROFILE: no skill stated or no dates given, so there is nothing to score. A view of the asker
// (`security_invoker`), not of its maker: the policies of all five tables hold in it. A function would be run row by row.
const VIEWS = [
  `create view learner_progress with (security_invoker = true) as
    select l.id as learner_id, case
      when exists (select 1 from placement p where p.learner_id = l.id and p.state <> 'WITHDRAWN') then 'PLACED'
      when exists (select 1 from proposal p where p.learner_id = l.id and p.state in ('PROPOSED', 'ACCEPTED')) then 'PROPOSED'
      when exists (select 1 from learner_preference p where p.learner_id = l.id) then 'RANKED'
      when exists (select 1 from suggestion s where s.learner_id = l.id) then 'SUGGESTED'
      when l.skills = '[]'::jsonb or l.availability is null then 'NO_PROFILE'
      else 'NO_SUGGESTION'
    end as stage from learner l`,
  'grant select on learner_progress to meriden_app, meriden_definer',
];

const FUNCTIONS = [
  // Before any tenant is known: one person by e-mail, one session by the digest of its token. Nothing else can be asked.
  `create function sign_in_lookup(wanted text) returns table (person jsonb, memberships jsonb)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(p), coalesce((select jsonb_agg(to_jsonb(m) order by m.id) from membership m where m.person_id = p.id), '[]'::jsonb)
    from person p where p.email = lower(wanted)
  $$`,
  `create function session_lookup(wanted text) returns table (session jsonb, membership jsonb, person jsonb)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(s), to_jsonb(m), to_jsonb(p)
    from session s join membership m on m.id = s.membership_id join person p on p.id = m.person_id
    where s.token_hash = wanted
  $$`,
  // Evidence is free text: the learner's names, e-mail addresses and long numbers are blotted out before an employer reads it.
  `create function masked(evidence text, given_name text, family_name text) returns text language sql immutable ${PINNED} as $$
    select regexp_replace(regexp_replace(regexp_replace(evidence,
        '[^[:space:]@]+@[^[:space:]@]+', '[e-mail]', 'g'),
        '[0-9][0-9 ]{4,}[0-9]', '[number]', 'g'),
        (select '(^|[^[:alnum:]])(' || string_agg(regexp_replace(part collate "und-x-icu", '[^[:alnum:]]', '.', 'g'), '|' order by length(part) desc, part)
          || ')(?![[:alnum:]])' from regexp_split_to_table(given_name || ' ' || family_name, '[[:space:]-]+') part where length(part) > 1) collate "und-x-icu",
        '\\1[name]', 'gi')
  $$`,
  `create function candidate_profile(wanted uuid[])
  returns table (id uuid, organisation_id uuid, pseudonym text, qualification_id text, level integer, entry_point_id text, skills jsonb)
  language sql stable security definer ${PINNED} as $$
    select c.id, c.organisation_id, c.pseudonym, l.qualification_id, l.level, l.entry_point_id,
      coalesce((select jsonb_agg(s.skill || jsonb_build_object('evidence', masked(s.skill ->> 'evidence', l.given_name, l.family_name)) order by s.position)
        from jsonb_array_elements(l.skills) with ordinality s(skill, position)), '[]'::jsonb)
    from candidate c join learner l on l.id = c.learner_id
    where c.id = any (wanted) and (${OPERATOR} or (${ownAs('EMPLOYER', 'c.organisation_id')}))
  $$`,
  // Aggregates for the region. A count of 1 to 4 is not told; nor are the next smallest ones until at least two are hidden that make
  // 5 together, because the total less the others would tell them. Zero tells of nobody. (Totals need no such care: where all of a
  // measure would have to be hidden, the total is itself under 5.)
  `create function region_counts(resident_outcodes text[]) returns table (measure text, key text, amount integer, fewer_than_5 boolean)
  language sql stable security definer ${PINNED} as $$
    with people as (
      select l.*, progress.stage from learner l join learner_progress progress on progress.learner_id = l.id
      where ${ROLE} in ('REGION', 'OPERATOR')
    ), placed as (
      select v.campus_id, case when l.outcode is null then 'UNKNOWN' when l.outcode = any (resident_outcodes) then 'RESIDENT' else 'ELSEWHERE' end as home
      from placement p join people l on l.id = p.learner_id join vacancy v on v.id = p.vacancy_id where p.state <> 'WITHDRAWN'
    ), counted as (
      select 'LEARNERS' as measure, 'ALL' as key, count(*) as n from people
      union all select 'STAGE', stage, count(*) from people group by stage
      union all select 'QUALIFICATION', qualification_id, count(*) from people group by qualification_id
      union all select 'PROVIDER', organisation_id::text, count(*) from people group by organisation_id
      union all select 'FUNDING_SOURCE', source, count(*) from people, unnest(funding_source_ids) source group by source
      union all select 'PLACEMENTS', 'ALL', count(*) from placed
      union all select 'PLACEMENTS_BY_CAMPUS', campus_id, count(*) from placed group by campus_id
      union all select 'PLACEMENTS_BY_HOME', home, count(*) from placed group by home
    ), weighed as (
      select c.*, n between 1 and 4 as few, bool_or(n between 1 and 4) over (partition by c.measure) as guarded,
        row_number() over smallest as position, coalesce(sum(n) over (smallest rows between unbounded preceding and 1 preceding), 0) as before
      from counted c
      window smallest as (partition by c.measure, c.n > 0 order by n, c.key)
    )
    select w.measure, w.key, case when w.few or (w.guarded and w.n > 0 and (w.position <= 2 or w.before < 5)) then null else w.n::integer end, w.few
    from weighed w where ${ROLE} in ('REGION', 'OPERATOR') order by w.measure, w.key
  $$`,
];

/** Function -> who may call it. Trigger functions are called by their triggers only. */
const CALLERS: Record<string, string> = {
  'sign_in_lookup(text)': 'meriden_app',
  'session_lookup(text)': 'meriden_app',
  'candidate_profile(uuid[])': 'meriden_app',
  'region_counts(text[])': 'meriden_app',
  'masked(text, text, text)': 'meriden_definer',
  'proposal_within_openings()': '',
  'refuse_change()': '',
};
const DEFINED = ['sign_in_lookup(text)', 'session_lookup(text)', 'candidate_profile(uuid[])', 'region_counts(text[])', 'proposal_within_openings()'];

function ownership(): string[] {
  const sql = Object.entries(CALLERS).flatMap(([name, callers]) => [
    `revoke all on function ${name} from public`,
    ...(callers === '' ? [] : [`grant execute on function ${name} to ${callers}`]),
  ]);
  // PostgreSQL asks the new owner for CREATE on the schema at the moment of the change only.
  sql.push('grant create on schema public to meriden_definer');
  sql.push(...DEFINED.map((name) => `alter function ${name} owner to meriden_definer`));
  sql.push('revoke create on schema public from meriden_definer');
  return sql;
}

export class Ground1763793000000 implements MigrationInterface {
  readonly name = 'Ground1763793000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...walls(), ...TRIGGERS, ...VIEWS, ...FUNCTIONS, ...ownership()]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(CALLERS).reverse()) await runner.query(`drop function ${name} cascade`);
    await runner.query('drop view learner_progress');
    for (const table of [...ALL_TABLES].reverse()) await runner.query(`drop table ${table} cascade`);
  }
}
