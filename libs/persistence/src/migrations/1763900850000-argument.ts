import type { MigrationInterface, QueryRunner } from 'typeorm';

const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const LEARNER = "(select nullif(current_setting('meriden.learner', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
const SIGNED_IN = `${ROLE} is not null`;
const OPERATOR = `${ROLE} = 'OPERATOR'`;
const OWN = [
  OPERATOR,
  `${ROLE} = 'PROVIDER_STAFF' and organisation_id = ${ORGANISATION}`,
  `${ROLE} = 'LEARNER' and learner_id = ${LEARNER} and organisation_id = ${ORGANISATION}`,
]
  .map((condition) => `(${condition})`)
  .join(' or ');

/** Rows scored before inputs were kept name no day: the epoch says so, and their replay says why it cannot be made. */
const SUGGESTION_COLUMNS: readonly (readonly [string, string])[] = [
  ['fit_key integer', '0'],
  ['congestion integer', '10000'],
  ['learner_hash text', `''`],
  ['vacancy_hash text', `''`],
  ['policy_hash text', `''`],
  ['reference_version text', `''`],
  ['as_of date', `date '1970-01-01'`],
  ['cause text', `'REGION'`],
];

const TABLES = [
  ...SUGGESTION_COLUMNS.map(([column, value]) => `alter table suggestion add column ${column} not null default ${value}`),
  // An owner that is no superuser sees no row while security is forced.
  `alter table suggestion no force row level security`,
  `update suggestion set fit_key = order_key`,
  `alter table suggestion force row level security`,
  ...SUGGESTION_COLUMNS.map(([column]) => `alter table suggestion alter column ${column.split(' ')[0]} drop default`),
  `alter table suggestion add constraint suggestion_keys_check check (fit_key between 0 and 10000 and congestion between 1 and 10000)`,
  `alter table suggestion add constraint suggestion_cause_check check (cause in ('PROFILE', 'VACANCY', 'REGION'))`,
  `alter table scoring_run add column exposure jsonb`,
  `create table suggestion_past (
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
    fit_key integer not null,
    congestion integer not null,
    learner_hash text not null,
    vacancy_hash text not null,
    policy_hash text not null,
    reference_version text not null,
    as_of date not null,
    cause text not null,
    id uuid primary key,
    superseded_at timestamptz(3) not null,
    superseded_because text not null,
    "left" boolean not null,
    constraint suggestion_past_superseded_because_check check (superseded_because in ('PROFILE', 'VACANCY', 'REGION'))
  )`,
  `create index suggestion_past_pair_idx on suggestion_past (learner_id, vacancy_id, superseded_at)`,
  `create index suggestion_past_organisation_id_idx on suggestion_past (organisation_id)`,
  `create table scoring_input (
    hash text primary key,
    kind text not null,
    learner_id uuid references learner,
    organisation_id uuid references organisation,
    body text not null,
    constraint scoring_input_kind_check check (kind in ('LEARNER', 'VACANCY', 'POLICY') and (kind = 'LEARNER') = (learner_id is not null)
      and (learner_id is null) = (organisation_id is null))
  )`,
  `create index scoring_input_learner_id_idx on scoring_input (learner_id)`,
  `create table vacancy_exposure (
    vacancy_id uuid not null references vacancy,
    shown integer not null,
    congestion integer not null,
    primary key (vacancy_id),
    constraint vacancy_exposure_congestion_check check (congestion between 1 and 10000 and shown >= 0)
  )`,
  `create table scoring_edition (
    id integer primary key,
    aliases integer not null,
    travel integer not null,
    weights integer not null,
    constraint scoring_edition_one_check check (id = 1)
  )`,
  `insert into scoring_edition (id, aliases, travel, weights) values (1, 0, 0, 0)`,
  `create table skill_alias (
    id uuid primary key,
    skill_id text not null,
    alias text not null,
    reason text not null,
    since integer not null,
    until integer,
    added_by uuid not null,
    added_at timestamptz(3) not null,
    retired_by uuid,
    retired_at timestamptz(3),
    constraint skill_alias_until_check check (until > since and (until is null) = (retired_at is null) and (until is null) = (retired_by is null))
  )`,
  `create unique index skill_alias_live_key on skill_alias (lower(alias)) where until is null`,
  `create index skill_alias_added_at_idx on skill_alias (added_at)`,
  `create table travel_import (
    edition integer primary key,
    source text not null,
    cells integer not null,
    imported_by uuid not null,
    imported_at timestamptz(3) not null
  )`,
  `create table travel_cell (
    edition integer not null references travel_import,
    outcode text not null,
    campus_id text not null,
    mode text not null,
    minutes integer not null,
    primary key (edition, outcode, campus_id, mode),
    constraint travel_cell_mode_check check (mode in ('WALK', 'CYCLE', 'BUS', 'RAIL', 'CAR') and minutes between 1 and 600)
  )`,
  `create table weight_version (
    number integer primary key,
    state text not null,
    weights jsonb not null,
    employer_weights jsonb not null,
    reason text not null,
    report jsonb,
    proposed_by uuid not null,
    proposed_at timestamptz(3) not null,
    decided_by uuid,
    decided_at timestamptz(3),
    decision_reason text,
    constraint weight_version_state_check check (state in ('PROPOSED', 'ACTIVE', 'RETIRED', 'REJECTED')),
    constraint weight_version_decided_check check ((state = 'PROPOSED') = (decided_by is null) and (decided_by is null) = (decided_at is null)
      and (decided_by is null) = (decision_reason is null) and decided_by <> proposed_by)
  )`,
  `create unique index weight_version_active_key on weight_version (state) where state = 'ACTIVE'`,
];

type Policies = Partial<Record<'select' | 'insert' | 'update' | 'delete', string>>;

/** Whoever is signed in may ask what a score is made of: the process that answers draws its look-ups as that person. */
const APP: Record<string, Policies> = {
  suggestion_past: { select: OWN },
  scoring_input: { select: `${OPERATOR} or (learner_id is not null and (${OWN}))` },
  vacancy_exposure: { select: OPERATOR },
  scoring_edition: { select: SIGNED_IN, update: OPERATOR },
  skill_alias: { select: SIGNED_IN, insert: OPERATOR, update: OPERATOR },
  travel_import: { select: OPERATOR, insert: OPERATOR },
  travel_cell: { select: SIGNED_IN, insert: OPERATOR },
  weight_version: { select: SIGNED_IN, insert: OPERATOR, update: OPERATOR },
};

const WORKER: Record<string, string> = {
  suggestion_past: 'select, insert',
  scoring_input: 'select, insert',
  vacancy_exposure: 'select, insert, update, delete',
  scoring_edition: 'select',
  skill_alias: 'select',
  travel_cell: 'select',
  weight_version: 'select, update',
};

const NEW_TABLES = ['suggestion_past', 'scoring_input', 'vacancy_exposure', 'scoring_edition', 'skill_alias', 'travel_import', 'travel_cell', 'weight_version'];

/** What a score can be argued with: its earlier versions, the inputs to replay it, how crowded vacancies are, and what an operator changed. */
export class Argument1763900850000 implements MigrationInterface {
  readonly name = 'Argument1763900850000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
    for (const table of NEW_TABLES) {
      await runner.query(`alter table ${table} enable row level security`);
      await runner.query(`alter table ${table} force row level security`);
      for (const [command, condition] of Object.entries(APP[table] ?? {})) {
        const clause = { select: `using (${condition})`, insert: `with check (${condition})` }[command];
        await runner.query(`grant ${command} on ${table} to meriden_app`);
        await runner.query(`create policy app_${command} on ${table} for ${command} to meriden_app ${clause ?? `using (${condition}) with check (${condition})`}`);
      }
      if (WORKER[table] !== undefined) {
        await runner.query(`grant ${WORKER[table]} on ${table} to meriden_worker`);
        await runner.query(`create policy worker on ${table} to meriden_worker using (true) with check (true)`);
      }
    }
    // The region sees how evenly a run shows vacancies; it holds no person.
    await runner.query(`drop policy app_select on scoring_run`);
    await runner.query(`create policy app_select on scoring_run for select to meriden_app using (${ROLE} in ('OPERATOR', 'REGION'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop policy app_select on scoring_run`);
    await runner.query(`create policy app_select on scoring_run for select to meriden_app using (${OPERATOR})`);
    for (const table of [...NEW_TABLES].reverse()) await runner.query(`drop table ${table}`);
    await runner.query('alter table scoring_run drop column exposure');
    for (const [column] of SUGGESTION_COLUMNS) await runner.query(`alter table suggestion drop column ${column.split(' ')[0]}`);
  }
}
