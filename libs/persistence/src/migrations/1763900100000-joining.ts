import type { MigrationInterface, QueryRunner } from 'typeorm';

const PERSON = "(select nullif(current_setting('meriden.person', true), '')::uuid)";
const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
const OPERATOR = `${ROLE} = 'OPERATOR'`;
const STAFF_HERE = `${ROLE} in ('PROVIDER_STAFF', 'EMPLOYER', 'REGION') and organisation_id = ${ORGANISATION}`;

const TABLES = [
  `create table mail (
    id uuid primary key,
    kind text not null,
    address text,
    about text,
    link_id uuid not null,
    expires_at timestamptz(3) not null,
    created_at timestamptz(3) not null,
    sent_at timestamptz(3),
    constraint mail_kind_check check (kind in ('INVITATION', 'PASSWORD_RESET'))
  )`,
  `create table password_reset (
    id uuid primary key,
    person_id uuid references person,
    token_hash text not null,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    used_at timestamptz(3),
    constraint password_reset_token_hash_check check (token_hash ~ '^[0-9a-f]{64}$')
  )`,
  `create unique index password_reset_token_hash_key on password_reset (token_hash)`,
  `create index password_reset_person_id_idx on password_reset (person_id)`,
  `create table invitation (
    id uuid primary key,
    organisation_id uuid references organisation,
    founding jsonb,
    email text not null,
    role text not null,
    learner_id uuid references learner,
    invited_by uuid not null,
    token_hash text not null,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    accepted_at timestamptz(3),
    withdrawn_at timestamptz(3),
    constraint invitation_role_check check (role in ('LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR')),
    constraint invitation_token_hash_check check (token_hash ~ '^[0-9a-f]{64}$'),
    constraint invitation_where_check check ((organisation_id is null) = (founding IS not null)),
    constraint invitation_learner_check check ((role = 'LEARNER') = (learner_id IS not null)),
    constraint invitation_email_check check (email = lower(email) and char_length(email) between 3 and 254)
  )`,
  `create unique index invitation_token_hash_key on invitation (token_hash)`,
  `create index invitation_organisation_id_idx on invitation (organisation_id, created_at)`,
  `create index invitation_learner_id_idx on invitation (learner_id)`,
];

/** Table -> command -> condition, for the role of the app. Absent = refused. */
const APP: Record<string, Partial<Record<'select' | 'insert' | 'update', string>>> = {
  // What goes out is written by whoever causes it and read by the worker alone.
  mail: { insert: `${ROLE} is not null` },
  // A request for an address that nobody has leaves a row of nobody's, so that both take the same statements.
  password_reset: {
    select: `person_id = ${PERSON}`,
    insert: `${ROLE} is not null and (person_id is null or person_id = ${PERSON})`,
    update: `person_id = ${PERSON}`,
  },
  invitation: {
    select: `(${OPERATOR}) or (${STAFF_HERE})`,
    insert: `invited_by = ${PERSON} and ((${OPERATOR}) or (${STAFF_HERE} and (role = ${ROLE} or (role = 'LEARNER' and ${ROLE} = 'PROVIDER_STAFF'))))`,
    update: `(${OPERATOR}) or (${STAFF_HERE})`,
  },
};

function walls(): string[] {
  const sql: string[] = [];
  for (const [table, commands] of Object.entries(APP)) {
    sql.push(`alter table ${table} enable row level security`, `alter table ${table} force row level security`);
    for (const [command, condition] of Object.entries(commands)) {
      const clause = command === 'insert' ? `with check (${condition})` : command === 'update' ? `using (${condition}) with check (${condition})` : `using (${condition})`;
      // Of an invitation only its withdrawal can be written later, of a reset only its use.
      const columns = command !== 'update' ? '' : table === 'invitation' ? ' (withdrawn_at)' : ' (used_at)';
      sql.push(`grant ${command}${columns} on ${table} to meriden_app`, `create policy app_${command} on ${table} for ${command} to meriden_app ${clause}`);
    }
  }
  sql.push('grant select, update (sent_at, address) on mail to meriden_worker', 'create policy worker on mail to meriden_worker using (true) with check (true)');
  for (const [table, grants] of Object.entries({ password_reset: 'select', invitation: 'select, update (accepted_at)' })) {
    sql.push(`grant ${grants} on ${table} to meriden_definer`, `create policy definer on ${table} to meriden_definer using (true) with check (true)`);
  }
  // What accepting an invitation writes; the function below is the only way to it.
  sql.push(
    'grant select, insert on organisation to meriden_definer',
    'create policy definer on organisation to meriden_definer using (true) with check (true)',
    'grant insert, update (name, password_hash, totp_secret) on person to meriden_definer',
    'grant insert on membership to meriden_definer',
    'grant update (person_id) on learner to meriden_definer',
  );
  return sql;
}

const PINNED = 'set search_path = pg_catalog, public, pg_temp';

const FUNCTIONS = [
  `create function reset_lookup(wanted text) returns table (reset jsonb, person jsonb, memberships jsonb)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(r), to_jsonb(p), coalesce((select jsonb_agg(to_jsonb(m) order by m.id) from membership m where m.person_id = p.id and m.ended_at is null), '[]'::jsonb)
    from password_reset r join person p on p.id = r.person_id where r.token_hash = wanted
  $$`,
  // What the page behind an invitation shows, and whether its address has an account and a password.
  `create function invitation_lookup(wanted text) returns table (invitation jsonb, organisation_name text, person_id uuid, has_password boolean)
  language sql stable security definer ${PINNED} as $$
    select to_jsonb(i), coalesce(o.name, i.founding ->> 'name'), p.id, p.password_hash is not null
    from invitation i left join organisation o on o.id = i.organisation_id left join person p on p.email = i.email
    where i.token_hash = wanted
  $$`,
  // One transaction, one use: the invitation's row is locked first. \`given\` holds what the person chose and what was made for them.
  // The answer is the membership, or a word saying why not.
  `create function accept_invitation(wanted text, at timestamptz, signed_in uuid, given jsonb) returns jsonb
  language plpgsql volatile security definer ${PINNED} as $$
  declare
    held invitation%rowtype;
    who person%rowtype;
    found_membership membership%rowtype;
    home uuid;
  begin
    select * into held from invitation i where i.token_hash = wanted for update;
    if not found or held.accepted_at is not null or held.withdrawn_at is not null or held.expires_at <= at then
      return jsonb_build_object('refused', 'SPENT');
    end if;
    -- An invitation is worth what its inviter may do now: who has left, or was shut out, brings nobody in.
    if not exists (select 1 from membership m join person p on p.id = m.person_id
      where m.person_id = held.invited_by and m.ended_at is null and not p.disabled
        and (m.role = 'OPERATOR' or (m.role <> 'LEARNER' and m.organisation_id = held.organisation_id))) then
      return jsonb_build_object('refused', 'SPENT');
    end if;
    select * into who from person p where p.email = held.email for update;
    if who.id is not null and who.disabled then return jsonb_build_object('refused', 'SPENT'); end if;
    if who.password_hash is not null and signed_in is distinct from who.id then return jsonb_build_object('refused', 'SIGN_IN'); end if;
    if signed_in is not null and signed_in is distinct from who.id then return jsonb_build_object('refused', 'OTHER_PERSON'); end if;
    home := held.organisation_id;
    if home is null then
      if exists (select 1 from organisation o where lower(o.name) = lower(given ->> 'organisationName')) then
        return jsonb_build_object('refused', 'NAME_TAKEN');
      end if;
      home := (given ->> 'organisationId')::uuid;
      insert into organisation (id, name, roles, ukprn, ods_code, fictional, round_capacity, version)
      values (home, given ->> 'organisationName', array(select jsonb_array_elements_text(held.founding -> 'roles')), held.founding ->> 'ukprn',
        held.founding ->> 'odsCode', (held.founding ->> 'fictional')::boolean, null, 1);
    end if;
    if who.id is null then
      insert into person (id, email, name, password_hash, totp_secret, totp_last_step, disabled)
      values ((given ->> 'personId')::uuid, held.email, given ->> 'name', given ->> 'passwordHash', given ->> 'totpSecret', null, false) returning * into who;
    elsif who.password_hash is null then
      update person p set name = given ->> 'name', password_hash = given ->> 'passwordHash', totp_secret = coalesce(p.totp_secret, given ->> 'totpSecret')
      where p.id = who.id returning * into who;
    elsif who.totp_secret is null then
      update person p set totp_secret = given ->> 'totpSecret' where p.id = who.id returning * into who;
    end if;
    select * into found_membership from membership m where m.person_id = who.id and m.organisation_id = home and m.role = held.role and m.ended_at is null;
    if not found then
      insert into membership (id, person_id, organisation_id, role, learner_id)
      values ((given ->> 'membershipId')::uuid, who.id, home, held.role, held.learner_id) returning * into found_membership;
    end if;
    if held.learner_id is not null then
      update learner l set person_id = who.id where l.id = held.learner_id and l.organisation_id = home and (l.person_id is null or l.person_id = who.id);
      if not found then raise exception 'the learner of invitation % is another person', held.id using errcode = 'check_violation', constraint = 'invitation_learner_taken', table = 'invitation'; end if;
    end if;
    update invitation i set accepted_at = at where i.id = held.id;
    return jsonb_build_object('membership', to_jsonb(found_membership));
  end $$`,
  // Who acts for an organisation: told to its own staff and to operators. Learners are not in it.
  `create function organisation_members(wanted uuid) returns table (membership_id uuid, person_id uuid, name text, email text, role text)
  language sql stable security definer ${PINNED} as $$
    select m.id, p.id, p.name, p.email, m.role from membership m join person p on p.id = m.person_id
    where m.organisation_id = wanted and m.ended_at is null and m.role <> 'LEARNER'
      and (${OPERATOR} or (${ROLE} in ('PROVIDER_STAFF', 'EMPLOYER', 'REGION') and wanted = ${ORGANISATION}))
    order by p.name, m.id
  $$`,
];
const NAMES = ['reset_lookup(text)', 'invitation_lookup(text)', 'accept_invitation(text, timestamptz, uuid, jsonb)', 'organisation_members(uuid)'];

/** How people and organisations join: invitations, forgotten passwords, and the mail that carries both. */
export class Joining1763900100000 implements MigrationInterface {
  readonly name = 'Joining1763900100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...TABLES, ...walls()]) await runner.query(sql);
    await runner.query('grant create on schema public to meriden_definer');
    await runner.query('set local role meriden_definer');
    for (const sql of FUNCTIONS) await runner.query(sql);
    for (const name of NAMES) {
      await runner.query(`revoke all on function ${name} from public`);
      await runner.query(`grant execute on function ${name} to meriden_app`);
    }
    await runner.query('reset role');
    await runner.query('revoke create on schema public from meriden_definer');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of NAMES) await runner.query(`drop function ${name}`);
    for (const sql of [
      'drop policy definer on organisation',
      'revoke all on organisation from meriden_definer',
      'revoke insert, update (name, password_hash, totp_secret) on person from meriden_definer',
      'revoke insert on membership from meriden_definer',
      'revoke update (person_id) on learner from meriden_definer',
      ...Object.keys(APP).map((table) => `drop table ${table} cascade`),
    ]) {
      await runner.query(sql);
    }
  }
}
