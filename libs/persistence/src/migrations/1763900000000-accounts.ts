import type { MigrationInterface, QueryRunner } from 'typeorm';

const PERSON = "(select nullif(current_setting('meriden.person', true), '')::uuid)";
const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
const OPERATOR = `${ROLE} = 'OPERATOR'`;
const OWN = `person_id = ${PERSON}`;
const OWN_SESSION = `session_id in (select s.id from session s join membership m on m.id = s.membership_id where m.person_id = ${PERSON})`;
/** Staff see who belongs to their organisation: ids and roles, which is all that a membership holds. */
const COLLEAGUES = `${ROLE} in ('PROVIDER_STAFF', 'EMPLOYER', 'REGION') and organisation_id = ${ORGANISATION}`;

const TABLES = [
  `create table refresh_token (
    token_hash text not null,
    session_id uuid not null references session,
    expires_at timestamptz(3) not null,
    spent_at timestamptz(3),
    primary key (token_hash),
    constraint refresh_token_token_hash_check check (token_hash ~ '^[0-9a-f]{64}$')
  )`,
  `create index refresh_token_session_id_idx on refresh_token (session_id)`,
  `create table recovery_code (
    id uuid primary key,
    person_id uuid not null references person,
    code_hash text not null,
    used_at timestamptz(3),
    constraint recovery_code_code_hash_check check (code_hash ~ '^[0-9a-f]{64}$')
  )`,
  `create unique index recovery_code_key on recovery_code (person_id, code_hash)`,
  `create table passkey (
    id uuid primary key,
    person_id uuid not null references person,
    credential_id text not null,
    public_key text not null,
    counter bigint not null,
    transports text[] not null,
    label text not null,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    constraint passkey_text_check check (char_length(credential_id) between 1 and 1400 and char_length(public_key) between 1 and 2800 and char_length(label) between 1 and 100)
  )`,
  `create unique index passkey_credential_id_key on passkey (credential_id)`,
  `create index passkey_person_id_idx on passkey (person_id)`,
  'alter table membership add column ended_at timestamptz(3)',
  'drop index membership_person_role_key',
  'create unique index membership_person_role_key on membership (person_id, organisation_id, role) where ended_at is null',
];

/** Table -> command -> condition, for the role of the app; the worker has no business here. An operator gives out no other person's keys. */
const APP: Record<string, Partial<Record<'select' | 'insert' | 'update' | 'delete', string>>> = {
  refresh_token: { select: OWN_SESSION, insert: OWN_SESSION, update: OWN_SESSION },
  recovery_code: { select: `${OWN} or ${OPERATOR}`, insert: OWN, update: OWN, delete: `${OWN} or ${OPERATOR}` },
  passkey: { select: `${OWN} or ${OPERATOR}`, insert: OWN, update: OWN, delete: `${OWN} or ${OPERATOR}` },
};

function walls(): string[] {
  const sql: string[] = [];
  for (const [table, commands] of Object.entries(APP)) {
    sql.push(`alter table ${table} enable row level security`, `alter table ${table} force row level security`);
    for (const [command, condition] of Object.entries(commands)) {
      const clause = command === 'insert' ? `with check (${condition})` : command === 'update' ? `using (${condition}) with check (${condition})` : `using (${condition})`;
      sql.push(`grant ${command} on ${table} to meriden_app`, `create policy app_${command} on ${table} for ${command} to meriden_app ${clause}`);
    }
  }
  for (const table of ['refresh_token', 'passkey']) {
    sql.push(`grant select on ${table} to meriden_definer`, `create policy definer on ${table} to meriden_definer using (true) with check (true)`);
  }
  sql.push(
    'drop policy app_select on membership',
    `create policy app_select on membership for select to meriden_app using ((${OPERATOR}) or (${OWN}) or (${COLLEAGUES}))`,
    `create policy app_update on membership for update to meriden_app using ((${OPERATOR}) or (${COLLEAGUES})) with check ((${OPERATOR}) or (${COLLEAGUES}))`,
    // A membership can be ended; who holds it, where and as what never changes.
    'grant update (ended_at) on membership to meriden_app',
  );
  return sql;
}

const PINNED = 'set search_path = pg_catalog, public, pg_temp';

const functions = (live: string): string[] => [
  `create or replace function sign_in_lookup(wanted text) returns table (person jsonb, memberships jsonb)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(p), coalesce((select jsonb_agg(to_jsonb(m) order by m.id) from membership m where m.person_id = p.id${live}), '[]'::jsonb)
    from person p where p.email = lower(wanted)
  $$`,
  `create or replace function session_lookup(wanted text) returns table (session jsonb, membership jsonb, person jsonb)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(s), to_jsonb(m), to_jsonb(p)
    from session s join membership m on m.id = s.membership_id${live} join person p on p.id = m.person_id
    where s.token_hash = wanted
  $$`,
];

const LOOKUPS = [
  // As session_lookup, by the digest of a refresh token.
  `create function refresh_lookup(wanted text) returns table (session jsonb, membership jsonb, person jsonb)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(s), to_jsonb(m), to_jsonb(p)
    from refresh_token r join session s on s.id = r.session_id
      join membership m on m.id = s.membership_id and m.ended_at is null join person p on p.id = m.person_id
    where r.token_hash = wanted
  $$`,
  `create function passkey_lookup(wanted text) returns table (passkey jsonb, person jsonb, memberships jsonb)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(k), to_jsonb(p), coalesce((select jsonb_agg(to_jsonb(m) order by m.id) from membership m where m.person_id = p.id and m.ended_at is null), '[]'::jsonb)
    from passkey k join person p on p.id = k.person_id where k.credential_id = wanted
  $$`,
];
const LOOKUP_NAMES = ['refresh_lookup(text)', 'passkey_lookup(text)'];

/** Refresh tokens, recovery codes, passkeys; memberships that end. */
export class Accounts1763900000000 implements MigrationInterface {
  readonly name = 'Accounts1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...walls()]) await runner.query(sql);
    await asDefiner(runner, [...functions(' and m.ended_at is null'), ...LOOKUPS]);
    await asDefiner(runner, LOOKUP_NAMES.flatMap((name) => [`revoke all on function ${name} from public`, `grant execute on function ${name} to meriden_app`]));
  }

  async down(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, [...functions(''), ...LOOKUP_NAMES.map((name) => `drop function ${name}`)]);
    for (const sql of [
      'revoke update (ended_at) on membership from meriden_app',
      'drop policy app_update on membership',
      'drop policy app_select on membership',
      `create policy app_select on membership for select to meriden_app using ((${OPERATOR}) or (${OWN}))`,
      'drop index membership_person_role_key',
      'alter table membership drop column ended_at',
      'create unique index membership_person_role_key on membership (person_id, organisation_id, role)',
      ...Object.keys(APP).map((table) => `drop table ${table} cascade`),
    ]) {
      await runner.query(sql);
    }
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
