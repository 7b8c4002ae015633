import type { MigrationInterface, QueryRunner } from 'typeorm';

const PINNED = 'set search_path = pg_catalog, public, pg_temp';
const OPERATOR = "(select nullif(current_setting('meriden.role', true), '')) = 'OPERATOR'";

const TABLES = [
  `create table audit_chain (
    chain text primary key,
    seq bigint not null,
    head text not null
  )`,
  // No foreign keys: an entry that was taken out must leave a gap to be found, not an error.
  `create table audit_link (
    chain text not null,
    seq bigint not null,
    entry_id uuid not null,
    hash text not null,
    primary key (chain, seq)
  )`,
  `create unique index audit_link_entry_key on audit_link (entry_id)`,
  `create table audit_head (
    chain text not null,
    day date not null,
    seq bigint not null,
    head text not null,
    signed_at timestamptz(3) not null,
    signature text not null,
    primary key (chain, day)
  )`,
];

const WALLS = [
  ...['audit_chain', 'audit_link', 'audit_head'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `grant select on ${table} to meriden_app`,
    `create policy app_select on ${table} for select to meriden_app using (${OPERATOR})`,
  ]),
  // The chain is written by the trigger alone, whose function belongs to the definer.
  'grant select, insert, update on audit_chain to meriden_definer',
  'create policy definer on audit_chain to meriden_definer using (true) with check (true)',
  'grant select, insert on audit_link to meriden_definer',
  'create policy definer on audit_link to meriden_definer using (true) with check (true)',
  'grant select on audit_entry to meriden_definer',
  'create policy definer on audit_entry for select to meriden_definer using (true)',
  'grant select on audit_chain to meriden_worker',
  'create policy worker on audit_chain for select to meriden_worker using (true)',
  'grant select, insert on audit_head to meriden_worker',
  'create policy worker on audit_head to meriden_worker using (true) with check (true)',
  ...['audit_link', 'audit_head'].flatMap((table) => [
    `create trigger append_only before update or delete on ${table} for each row execute function refuse_change()`,
    `create trigger append_only_whole before truncate on ${table} for each statement execute function refuse_change()`,
  ]),
];

const FUNCTIONS = [
  // What is hashed: every part with its length in bytes before it, so that no two rows can be read as one another. The terminal's
  // checker builds the same text by itself and asks nothing of this function.
  `create function audit_hash(chain text, seq bigint, previous text, entry audit_entry) returns text language sql stable ${PINNED} as $$
    select encode(sha256(convert_to(string_agg(coalesce(octet_length(part) || ':' || part, '-'), ',' order by position), 'UTF8')), 'hex')
    from unnest(array[previous, chain, seq::text, entry.id::text, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      entry.person_id::text, entry.organisation_id::text, entry.verb, entry.noun, entry.object_id, entry.detail::text]) with ordinality p(part, position)
  $$`,
  // One chain a tenant. The system's own entries stand in eight, by connection, so that its jobs do not wait for one another.
  `create function audit_chained() returns trigger language plpgsql security definer ${PINNED} as $$
  declare
    mine text := coalesce(new.organisation_id::text, 'system/' || pg_backend_pid() % 8);
    last audit_chain;
    next_hash text;
  begin
    select * into last from audit_chain c where c.chain = mine for no key update;
    if not found then
      insert into audit_chain values (mine, 0, repeat('0', 64)) on conflict do nothing;
      select * into last from audit_chain c where c.chain = mine for no key update;
    end if;
    next_hash := audit_hash(mine, last.seq + 1, last.head, new);
    insert into audit_link values (mine, last.seq + 1, new.id, next_hash);
    update audit_chain c set seq = last.seq + 1, head = next_hash where c.chain = mine;
    return null;
  end $$`,
];

/** The history so far, in the order of its times. */
const EXISTING = `do $$
  declare
    entry audit_entry;
    mine text;
    last audit_chain;
  begin
    for entry in select * from audit_entry e order by e.organisation_id, e.at, e.id loop
      mine := coalesce(entry.organisation_id::text, 'system/0');
      if last.chain is distinct from mine then
        if last.chain is not null then insert into audit_chain values (last.*); end if;
        last := row(mine, 0, repeat('0', 64));
      end if;
      last := row(mine, last.seq + 1, audit_hash(mine, last.seq + 1, last.head, entry));
      insert into audit_link values (mine, last.seq, entry.id, last.head);
    end loop;
    if last.chain is not null then insert into audit_chain values (last.*); end if;
  end $$`;

/**
 * Each audit entry is bound to the one before it in its tenant. The trigger is deferred: the chain's row is locked while the
 * transaction commits and not while its client thinks, so a client that froze holds up nobody, and it comes after all other locks.
 */
export class AuditChain1763900200000 implements MigrationInterface {
  readonly name = 'AuditChain1763900200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('lock table audit_entry in share row exclusive mode');
    for (const sql of [...TABLES, ...WALLS, ...FUNCTIONS]) await runner.query(sql);
    for (const name of ['audit_hash(text, bigint, text, audit_entry)', 'audit_chained()']) await runner.query(`revoke all on function ${name} from public`);
    await runner.query('grant execute on function audit_hash(text, bigint, text, audit_entry) to meriden_definer');
    await runner.query(
      `create constraint trigger audit_chained after insert on audit_entry deferrable initially deferred for each row execute function audit_chained()`,
    );
    // The owner is held by the policies too; who may see the history is the definer.
    await runner.query('set local role meriden_definer');
    await runner.query(EXISTING);
    await runner.query('reset role');
    await runner.query('grant create on schema public to meriden_definer');
    await runner.query('alter function audit_chained() owner to meriden_definer');
    await runner.query('revoke create on schema public from meriden_definer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger audit_chained on audit_entry');
    for (const name of ['audit_chained()', 'audit_hash(text, bigint, text, audit_entry)']) await runner.query(`drop function ${name}`);
    await runner.query('drop policy definer on audit_entry');
    await runner.query('revoke select on audit_entry from meriden_definer');
    for (const table of ['audit_head', 'audit_link', 'audit_chain']) await runner.query(`drop table ${table}`);
  }
}
