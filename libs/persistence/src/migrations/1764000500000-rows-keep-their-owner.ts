import type { MigrationInterface, QueryRunner } from 'typeorm';

const setting = (name: string): string => `(select nullif(current_setting('meriden.${name}', true), ''))`;
const ROLE = setting('role');
const id = (name: string): string => `(select nullif(current_setting('meriden.${name}', true), '')::uuid)`;
const [ORGANISATION, PERSON, LEARNER] = [id('organisation'), id('person'), id('learner')];
const OWN = `organisation_id = ${ORGANISATION}`;
const OWN_LEARNER = `${ROLE} = 'LEARNER' and learner_id = ${LEARNER} and ${OWN}`;
const STAFF = `${ROLE} = 'PROVIDER_STAFF' and ${OWN}`;
/** Of the row's own college, and not of another that the row only names. */
const learnerOfOurs = (table: string): string => `exists (select 1 from learner l where l.id = ${table}.learner_id and l.organisation_id = ${ORGANISATION})`;
const RELEASED = `(released_by is null or released_by = ${PERSON})`;
const IMPORTING = `${OWN} and ${ROLE} in ('PROVIDER_STAFF', 'EMPLOYER', 'OPERATOR')`;
const equality = (staff: string): string => `(${staff}) or (${OWN_LEARNER})`;
const receipt = (of: (list: string) => string): string => `(${OWN_LEARNER}${of('learner_preference')}) or (${ROLE} = 'EMPLOYER' and ${OWN} and learner_id is null${of('employer_preference')})`;
const request = (staff: string, self: string): string => `((${STAFF}) and learner_id is not null and asked_by = ${PERSON}${staff}) or (person_id = ${PERSON} and asked_by = ${PERSON}${self})`;

/** Table, policy, what the new row must be from now on, and before. Some of it is not seen by the policies of the row alone: all it names must go together. */
const CHECKS: readonly (readonly [table: string, policy: string, now: string, before: string])[] = [
  [
    'subject_request',
    'app_insert',
    // Of oneself: as whoever one is now. The erasure goes by these columns.
    request(` and person_id is null and ${learnerOfOurs('subject_request')}`, ` and ${OWN} and (learner_id is null or learner_id = ${LEARNER})`),
    request('', ''),
  ],
  ['legal_hold', 'app_insert', `${STAFF} and set_by = ${PERSON} and ${RELEASED} and ${learnerOfOurs('legal_hold')}`, STAFF],
  ['legal_hold', 'app_update', `${STAFF} and ${RELEASED}`, STAFF],
  ['learner_equality', 'app_insert', equality(`${STAFF} and ${learnerOfOurs('learner_equality')}`), equality(STAFF)],
  [
    'placement',
    'app_insert',
    `${OWN_LEARNER} and exists (select 1 from proposal p where p.id = proposal_id and p.learner_id = placement.learner_id and p.organisation_id = placement.organisation_id
       and p.vacancy_id = placement.vacancy_id and p.employer_id = placement.employer_id)`,
    OWN_LEARNER,
  ],
  [
    'preference_receipt',
    'app_insert',
    receipt((list) => ` and exists (select 1 from ${list} p where p.id = preference_id and p.organisation_id = preference_receipt.organisation_id and p.round_id = preference_receipt.round_id)`),
    receipt(() => ''),
  ],
  ['import_file', 'app_insert', `${IMPORTING} and exists (select 1 from import_run r where r.id = run_id and r.organisation_id = import_file.organisation_id)`, IMPORTING],
];

/** Columns that say whose a row is and what it is about, of every table whose rows the app changes. */
const KEPT: Readonly<Record<string, string>> = {
  candidate_decision: 'candidate_id, organisation_id, learner_id, provider_id',
  employer_preference: 'organisation_id, round_id',
  federated_identity: 'person_id',
  import_file: 'run_id, organisation_id',
  import_run: 'organisation_id, person_id',
  learner: 'organisation_id',
  learner_equality: 'learner_id, organisation_id',
  learner_preference: 'learner_id, organisation_id, round_id',
  legal_hold: 'learner_id, organisation_id, set_by',
  outcome: 'round_id, learner_id, organisation_id',
  passkey: 'person_id',
  proposal: 'round_id, learner_id, vacancy_id, organisation_id, employer_id',
  recovery_code: 'person_id',
  refresh_token: 'session_id',
  round: 'organisation_id',
  score_challenge: 'learner_id, organisation_id, vacancy_id, raised_by',
  session: 'membership_id',
  vacancy: 'organisation_id',
  vacancy_choice: 'learner_id, organisation_id, vacancy_id',
};

const REFUSAL = `create function refuse_new_owner() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    raise exception 'a row of % stays whose it is', tg_table_name using errcode = 'insufficient_privilege';
  end $$`;

function keeps([table, columns]: readonly [string, string]): string {
  const row = (of: string): string => `(${columns.split(', ').map((column) => `${of}.${column}`).join(', ')})`;
  // Erasure, as its own role, empties such columns.
  return `create trigger keeps_owner before update on ${table} for each row when (current_user = 'meriden_app' and ${row('old')} is distinct from ${row('new')}) execute function refuse_new_owner()`;
}

/**
 * A row of one's own may name another tenant's learner, vacancy or list only where that is what the row is for. Policies look at the new
 * row by itself, and so let through what mixed the two; the app never gives a row another owner.
 */
export class RowsKeepTheirOwner1764000500000 implements MigrationInterface {
  readonly name = 'RowsKeepTheirOwner1764000500000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, policy, now] of CHECKS) await runner.query(`alter policy ${policy} on ${table} with check (${now})`);
    await runner.query(REFUSAL);
    for (const one of Object.entries(KEPT)) await runner.query(keeps(one));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(KEPT)) await runner.query(`drop trigger keeps_owner on ${table}`);
    await runner.query('drop function refuse_new_owner()');
    for (const [table, policy, , before] of CHECKS) await runner.query(`alter policy ${policy} on ${table} with check (${before})`);
  }
}
