import type { IsoDate, IsoInstant } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';

export type ChainState = Readonly<{ chain: string; seq: number; head: string }>;
export type SignedHead = ChainState & Readonly<{ day: IsoDate; signedAt: IsoInstant; signature: string }>;

export type ChainSummary = Readonly<{ chains: number; entries: number; signedOn: IsoDate | null; unsigned: number }>;

/** A link with its entry as text; `id` is null when the entry is gone. */
export type ChainRow = Readonly<{
  seq: number;
  hash: string;
  entryId: string;
  id: string | null;
  at: string;
  personId: string | null;
  organisationId: string | null;
  verb: string;
  noun: string;
  objectId: string;
  detail: string;
}>;

/** The chain behind the audit, for checking and signing it. Writing it is the trigger's alone. */
@Injectable()
export class AuditChainStore {
  /** Every chain that anything speaks of, also one whose state or links were taken away. */
  states(tx: Tx): Promise<(ChainState & Readonly<{ links: boolean }>)[]> {
    return tx.manager.query(
      `with recursive linked as (
         (select l.chain from audit_link l order by l.chain limit 1)
         union all select (select l.chain from audit_link l where l.chain > linked.chain order by l.chain limit 1) from linked where linked.chain is not null
       ), named as (select chain from linked where chain is not null union select chain from audit_chain union select chain from audit_head)
       select n.chain, coalesce(c.seq, 0) as seq, coalesce(c.head, '') as head, n.chain in (select chain from linked) as links
       from named n left join audit_chain c using (chain) order by n.chain`,
    );
  }

  async summary(tx: Tx): Promise<ChainSummary> {
    const [row] = await tx.manager.query<ChainSummary[]>(
      `select count(*) as chains, coalesce(sum(c.seq), 0)::bigint as entries, (select max(day) from audit_head) as "signedOn",
         coalesce(sum(c.seq - coalesce((select max(h.seq) from audit_head h where h.chain = c.chain), 0)), 0)::bigint as unsigned from audit_chain c`,
    );
    return row ?? { chains: 0, entries: 0, signedOn: null, unsigned: 0 };
  }

  rows(tx: Tx, chain: string, after: number, limit: number): Promise<ChainRow[]> {
    return tx.manager.query(
      `select l.seq, l.hash, l.entry_id as "entryId", e.id::text as id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.person_id::text as "personId",
         e.organisation_id::text as "organisationId", e.verb, e.noun, e.object_id as "objectId", e.detail::text as detail
       from (select * from audit_link l where l.chain = $1 and l.seq > $2 order by l.seq limit $3) l left join audit_entry e on e.id = l.entry_id order by l.seq`,
      [chain, after, limit],
    );
  }

  /** Entries that no chain knows, oldest first. */
  async unchained(tx: Tx): Promise<Readonly<{ id: string; organisationId: string | null }>[]> {
    // Over the whole history: longer than a request may take, and nobody waits for it.
    await tx.manager.query(`set local statement_timeout = '10min'`);
    return tx.manager.query(
      `select e.id, e.organisation_id as "organisationId" from audit_entry e where not exists (select from audit_link l where l.entry_id = e.id) order by e.at, e.id limit 100`,
    );
  }

  heads(tx: Tx): Promise<SignedHead[]> {
    return tx.manager.query(`select chain, day, seq, head, signed_at as "signedAt", signature from audit_head order by chain, day`);
  }

  /** Chains that went on since they were last signed, and were not signed on this day. */
  unsigned(tx: Tx, day: IsoDate): Promise<ChainState[]> {
    return tx.manager.query(
      `select c.chain, c.seq, c.head from audit_chain c
       where c.seq > coalesce((select max(h.seq) from audit_head h where h.chain = c.chain), 0)
         and not exists (select from audit_head h where h.chain = c.chain and h.day >= $1) order by c.chain`,
      [day],
    );
  }

  async sign(tx: Tx, head: SignedHead): Promise<void> {
    const { chain, day, seq, head: hash, signedAt, signature } = head;
    await tx.manager.query('insert into audit_head (chain, day, seq, head, signed_at, signature) values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [chain, day, seq, hash, signedAt, signature]);
  }
}
