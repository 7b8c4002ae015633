import type { MigrationInterface, QueryRunner } from 'typeorm';

const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const LEARNER = "(select nullif(current_setting('meriden.learner', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
const OPERATOR = `${ROLE} = 'OPERATOR'`;
const learner = (provider: string) => `${ROLE} = 'LEARNER' and learner_id = ${LEARNER} and ${provider} = ${ORGANISATION}`;
const staff = (provider: string) => `${ROLE} = 'PROVIDER_STAFF' and ${provider} = ${ORGANISATION}`;
const employer = `${ROLE} = 'EMPLOYER' and organisation_id = ${ORGANISATION}`;
/** The candidate is the employer's own, and the row names the person behind it and nobody else. */
const ownCandidate = `${employer} and exists (select 1 from candidate c where c.id = candidate_id and c.organisation_id = candidate_decision.organisation_id
  and c.learner_id = candidate_decision.learner_id and c.provider_id = candidate_decision.provider_id)`;
const either = (...conditions: string[]) => conditions.map((condition) => `(${condition})`).join(' or ');

const TABLES = [
  `create table vacancy_choice (
    learner_id uuid not null references learner,
    vacancy_id uuid not null references vacancy,
    organisation_id uuid not null references organisation,
    choice text not null,
    reason text,
    words text,
    chosen_at timestamptz(3) not null,
    primary key (learner_id, vacancy_id),
    constraint vacancy_choice_choice_check check (choice in ('SAVED', 'DISMISSED')),
    constraint vacancy_choice_reason_check check ((choice = 'DISMISSED') = (reason is not null)
      and reason in ('TOO_FAR', 'WRONG_TIMES', 'NOT_MY_FIELD', 'PAY', 'KNOW_THE_HOST', 'OTHER'))
  )`,
  `create index vacancy_choice_organisation_id_idx on vacancy_choice (organisation_id)`,
  `create index vacancy_choice_vacancy_id_idx on vacancy_choice (vacancy_id)`,
  `create table candidate_decision (
    candidate_id uuid not null references candidate,
    organisation_id uuid not null references organisation,
    learner_id uuid not null references learner,
    provider_id uuid not null references organisation,
    decision text not null,
    reason text not null,
    decided_by uuid not null,
    decided_at timestamptz(3) not null,
    primary key (candidate_id),
    constraint candidate_decision_decision_check check (decision in ('SHORTLISTED', 'REFUSED'))
  )`,
  `create index candidate_decision_organisation_id_idx on candidate_decision (organisation_id)`,
  `create index candidate_decision_provider_id_idx on candidate_decision (provider_id)`,
  `create index candidate_decision_learner_id_idx on candidate_decision (learner_id)`,
];

const APP: Record<string, Partial<Record<'select' | 'insert' | 'update' | 'delete', string>>> = {
  vacancy_choice: {
    select: either(OPERATOR, staff('organisation_id'), learner('organisation_id')),
    insert: learner('organisation_id'),
    update: learner('organisation_id'),
    delete: learner('organisation_id'),
  },
  candidate_decision: {
    select: either(OPERATOR, employer, staff('provider_id'), learner('provider_id')),
    insert: ownCandidate,
    update: ownCandidate,
    delete: ownCandidate,
  },
};

/** What a learner did with a vacancy, and what an employer decided about a candidate: said to people, never read by a score. */
export class Choices1763900800000 implements MigrationInterface {
  readonly name = 'Choices1763900800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
    for (const [table, policies] of Object.entries(APP)) {
      await runner.query(`alter table ${table} enable row level security`);
      await runner.query(`alter table ${table} force row level security`);
      for (const [command, condition] of Object.entries(policies)) {
        const clause = { select: `using (${condition})`, delete: `using (${condition})`, insert: `with check (${condition})` }[command];
        await runner.query(`grant ${command} on ${table} to meriden_app`);
        await runner.query(`create policy app_${command} on ${table} for ${command} to meriden_app ${clause ?? `using (${condition}) with check (${condition})`}`);
      }
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table candidate_decision');
    await runner.query('drop table vacancy_choice');
  }
}
