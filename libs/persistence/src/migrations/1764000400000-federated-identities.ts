import type { MigrationInterface, QueryRunner } from 'typeorm';

const PERSON = "(select nullif(current_setting('meriden.person', true), '')::uuid)";
const OPERATOR = "(select nullif(current_setting('meriden.role', true), '')) = 'OPERATOR'";
const OWN = `person_id = ${PERSON}`;
/** Table -> command -> condition, for the role of the app; an operator links nobody to anything. */
const APP = { select: `${OWN} or ${OPERATOR}`, insert: OWN, update: OWN, delete: `${OWN} or ${OPERATOR}` };

const TABLE = [
  `create table federated_identity (
    id uuid primary key,
    person_id uuid not null references person,
    issuer text not null,
    subject text not null,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    constraint federated_identity_text_check check (char_length(issuer) between 1 and 300 and char_length(subject) between 1 and 255)
  )`,
  `create unique index federated_identity_subject_key on federated_identity (issuer, subject)`,
  `create index federated_identity_person_id_idx on federated_identity (person_id)`,
  'alter table federated_identity enable row level security',
  'alter table federated_identity force row level security',
  ...Object.entries(APP).flatMap(([command, condition]) => {
    const clause = command === 'insert' ? `with check (${condition})` : command === 'update' ? `using (${condition}) with check (${condition})` : `using (${condition})`;
    return [`grant ${command} on federated_identity to meriden_app`, `create policy app_${command} on federated_identity for ${command} to meriden_app ${clause}`];
  }),
  'grant select on federated_identity to meriden_definer',
  'create policy definer on federated_identity to meriden_definer using (true) with check (true)',
];

const LOOKUP = `create function federated_identity_lookup(wanted_issuer text, wanted_subject text) returns table (identity jsonb, person jsonb, memberships jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select to_jsonb(f), to_jsonb(p), coalesce((select jsonb_agg(to_jsonb(m) order by m.id) from membership m where m.person_id = p.id and m.ended_at is null), '[]'::jsonb)
    from federated_identity f join person p on p.id = f.person_id where f.issuer = wanted_issuer and f.subject = wanted_subject
  $$`;
const SIGNATURE = 'federated_identity_lookup(text, text)';

/** Whom an identity provider knows people as. */
export class FederatedIdentities1764000400000 implements MigrationInterface {
  readonly name = 'FederatedIdentities1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLE) await runner.query(sql);
    await asDefiner(runner, [LOOKUP, `revoke all on function ${SIGNATURE} from public`, `grant execute on function ${SIGNATURE} to meriden_app`]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, [`drop function ${SIGNATURE}`]);
    await runner.query('drop table federated_identity cascade');
  }
}

/** Only its owner may replace a function; the owner has no right to make anything, but for that moment. */
async function asDefiner(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  await runner.query('grant create on schema public to meriden_definer');
  await runner.query('set local role meriden_definer');
  for (const sql of statements) await runner.query(sql);
  await runner.query('reset role');
  await runner.query('revoke create on schema public from meriden_definer');
}
