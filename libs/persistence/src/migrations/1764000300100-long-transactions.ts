import type { MigrationInterface, QueryRunner } from 'typeorm';

const PINNED = 'set search_path = pg_catalog, public, pg_temp';

/**
 * As before, but the end of the chain is found where this transaction left it. An index leads to every version that the transaction has
 * made of that row, so that a list of fifty thousand entries walked more than a billion of them at its commit, with the tenant's chain
 * held all the while. The place is a hint and no more: one that is wrong finds no row of this chain, and the chain is looked up by name.
 */
const BY_PLACE = `create or replace function audit_chained() returns trigger language plpgsql security definer ${PINNED} as $$
  declare
    mine text := coalesce(new.organisation_id::text, 'system/' || pg_backend_pid() % 8);
    place tid := nullif(current_setting('meriden.audit_place', true), '')::tid;
    last_seq bigint;
    last_head text;
    next_hash text;
  begin
    select c.seq, c.head, c.ctid into last_seq, last_head, place from audit_chain c where c.ctid = place and c.chain = mine for no key update;
    if not found then
      select c.seq, c.head, c.ctid into last_seq, last_head, place from audit_chain c where c.chain = mine for no key update;
    end if;
    if not found then
      insert into audit_chain values (mine, 0, repeat('0', 64)) on conflict do nothing;
      select c.seq, c.head, c.ctid into last_seq, last_head, place from audit_chain c where c.chain = mine for no key update;
    end if;
    next_hash := audit_hash(mine, last_seq + 1, last_head, new);
    insert into audit_link values (mine, last_seq + 1, new.id, next_hash);
    update audit_chain c set seq = last_seq + 1, head = next_hash where c.ctid = place and c.chain = mine returning c.ctid into place;
    if not found then
      update audit_chain c set seq = last_seq + 1, head = next_hash where c.chain = mine returning c.ctid into place;
    end if;
    perform set_config('meriden.audit_place', place::text, true);
    return null;
  end $$`;

const BY_NAME = `create or replace function audit_chained() returns trigger language plpgsql security definer ${PINNED} as $$
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
  end $$`;

async function replace(runner: QueryRunner, sql: string): Promise<void> {
  await runner.query('grant create on schema public to meriden_definer');
  await runner.query('set local role meriden_definer');
  await runner.query(sql);
  await runner.query('reset role');
  await runner.query('revoke create on schema public from meriden_definer');
}

/** Transactions with many audit entries end in a time that grows with their number, and not with its square. */
export class LongTransactions1764000300100 implements MigrationInterface {
  readonly name = 'LongTransactions1764000300100';

  async up(runner: QueryRunner): Promise<void> {
    await replace(runner, BY_PLACE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replace(runner, BY_NAME);
  }
}
