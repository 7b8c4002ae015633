import type { LearnerId, PersonId, TableProof } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';
import { PERSONAL_DATA } from './registry.js';
import type { PersonalTable } from './vocabulary.js';

/** The ids under which one person is known: accounts and learner records. */
export type SubjectIds = Readonly<{ people: readonly PersonId[]; learners: readonly LearnerId[] }>;

/** The rows of one table that are about the person, as text columns a person can read; withheld columns are left out. */
export type TableCopy = Readonly<{ table: string; rows: readonly Readonly<Record<string, unknown>>[] }>;

/**
 * Reads and erases what the registry names. For these statements alone the worker becomes `meriden_privacy`; all else that runs in
 * the same transaction stays without a right to people, sessions and equality data.
 */
@Injectable()
export class PersonalDataStore {
  /**
   * Who a request is about. The account of a learner belongs to the request only when every membership of it is with this record:
   * a college must not erase the account that somebody has with an employer too. Whoever asks for themselves means all of it.
   */
  async subject(tx: Tx, asked: Readonly<{ personId: PersonId | null; learnerId: LearnerId | null }>): Promise<SubjectIds> {
    return this.inRole(tx, async () => {
      if (asked.personId !== null) {
        const rows = await tx.manager.query<{ id: string }[]>(
          'select learner_id as id from membership where person_id = $1 and learner_id is not null union select id from learner where person_id = $1',
          [asked.personId],
        );
        return { people: [asked.personId], learners: rows.map((row) => row.id) };
      }
      const people = await tx.manager.query<{ id: string }[]>(
        `select l.person_id as id from learner l where l.id = $1 and l.person_id is not null
           and not exists (select from membership m where m.person_id = l.person_id and m.learner_id is distinct from l.id)`,
        [asked.learnerId],
      );
      return { people: people.map((row) => row.id), learners: [asked.learnerId as LearnerId] };
    });
  }

  /** Everything there is, table by table; also the tables that hold nothing, so that the reader sees that. */
  async copy(tx: Tx, subject: SubjectIds): Promise<readonly TableCopy[]> {
    return this.inRole(tx, async () => {
      const copies: TableCopy[] = [];
      for (const [table, entry] of Object.entries(PERSONAL_DATA)) {
        const columns = Object.entries(entry.columns).flatMap(([column, { withheld }]) => (withheld === null ? [`t."${column}"`] : []));
        const rows = await tx.manager.query<Record<string, unknown>[]>(`select ${columns.join(', ')} from "${table}" t where ${condition(entry)}`, parameters(subject));
        copies.push({ table, rows });
      }
      return copies;
    });
  }

  /** Empties every registered table of the person. @returns what was there and what is. */
  async erase(tx: Tx, subject: SubjectIds): Promise<readonly TableProof[]> {
    return this.inRole(tx, async () => {
      const order = await deletionOrder(tx);
      // Counted and changed table by table: a row is found through rows that go later.
      const counted = new Map<string, number>();
      for (const table of Object.keys(PERSONAL_DATA)) counted.set(table, await count(tx, table, subject));
      for (const table of order) {
        const entry = PERSONAL_DATA[table] as PersonalTable;
        if (entry.erase === 'BLANK') await tx.manager.query(blankSql(table, entry), parameters(subject));
      }
      for (const table of order) {
        const entry = PERSONAL_DATA[table] as PersonalTable;
        if (entry.erase === 'DELETE') await tx.manager.query(`delete from "${table}" t where ${condition(entry)}`, parameters(subject));
      }
      const proof: TableProof[] = [];
      for (const [table, entry] of Object.entries(PERSONAL_DATA)) {
        const before = counted.get(table) ?? 0;
        const after = await count(tx, table, subject);
        if (entry.erase === 'DELETE' && after > 0) throw new Error(`${after} rows of ${table} outlived an erasure`);
        const kept = typeof entry.erase === 'object' ? `${entry.erase.keep} Until ${entry.erase.until}.` : null;
        proof.push({ table, before, after, done: entry.erase === 'DELETE' ? 'DELETED' : entry.erase === 'BLANK' ? 'BLANKED' : 'KEPT', because: kept ?? reasons(entry) });
      }
      return proof;
    });
  }

  /** Sessions that are open: their sockets are to be closed once the erasure is committed. */
  async openSessions(tx: Tx, subject: SubjectIds): Promise<readonly string[]> {
    return this.inRole(tx, async () => {
      const rows = await tx.manager.query<{ id: string }[]>(`select t.id from session t where ${condition(PERSONAL_DATA['session'] as PersonalTable)}`, parameters(subject));
      return rows.map((row) => row.id);
    });
  }

  /** A placement that runs now: the learner is at a workplace, and whoever looks after them there must know who it is. */
  async hasRunningPlacement(tx: Tx, subject: SubjectIds): Promise<boolean> {
    const rows = await tx.manager.query<unknown[]>(`select 1 from placement where learner_id = any ($1::uuid[]) and state = 'STARTED'`, [subject.learners]);
    return rows.length > 0;
  }

  /** After a failure the transaction is over, and the role with it. */
  private async inRole<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
    await tx.manager.query('set local role meriden_privacy');
    const result = await work();
    await tx.manager.query('reset role');
    return result;
  }
}

const parameters = ({ people, learners }: SubjectIds): unknown[] => [people, learners];

/** Both parameters are named, so that PostgreSQL knows their types in a condition that needs one of them only. */
function condition({ rows }: PersonalTable): string {
  return `(${rows.replaceAll(':people', '$1::uuid[]').replaceAll(':learners', '$2::uuid[]')}) and $1::uuid[] is not null and $2::uuid[] is not null`;
}

async function count(tx: Tx, table: string, subject: SubjectIds): Promise<number> {
  const [row] = await tx.manager.query<{ n: number }[]>(`select count(*) as n from "${table}" t where ${condition(PERSONAL_DATA[table] as PersonalTable)}`, parameters(subject));
  return row?.n ?? 0;
}

function blankSql(table: string, entry: PersonalTable): string {
  const sets = Object.entries(entry.columns).flatMap(([column, { blank }]) => (blank === null ? [] : [`"${column}" = ${blank}`]));
  // The version moves on, so that a form that was open cannot write the old text back.
  if (entry.plain.includes('version')) sets.push('version = version + 1');
  return `update "${table}" t set ${sets.join(', ')} where ${condition(entry)}`;
}

function reasons(entry: PersonalTable): string | null {
  const kept = [...new Set(Object.values(entry.columns).flatMap(({ keep }) => keep ?? []))];
  return kept.length === 0 ? null : kept.join(' ');
}

/** Rows that refer to others go before them. */
async function deletionOrder(tx: Tx): Promise<readonly string[]> {
  const links = await tx.manager.query<{ child: string; parent: string }[]>(
    `select c.relname as child, p.relname as parent from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and c.oid <> p.oid`,
  );
  const order: string[] = [];
  const left = new Set(Object.keys(PERSONAL_DATA));
  while (left.size > 0) {
    const free = [...left].filter((table) => !links.some(({ child, parent }) => parent === table && left.has(child)));
    // A circle: nothing more to be known, the database will say.
    for (const table of free.length === 0 ? [...left] : free) {
      order.push(table);
      left.delete(table);
    }
  }
  return order;
}
