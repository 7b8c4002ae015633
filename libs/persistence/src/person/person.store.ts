import { notFound, type Membership, type Person, type PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { columnList, insertRows, recordset, recordsJson, rowFromJson } from '../rows.js';
import type { Tx } from '../tx.js';
import { PersonEntity } from './person.entity.js';

@Injectable()
export class PersonStore {
  /** The actor's own person; any person for an operator. */
  byId(tx: Tx, id: PersonId): Promise<Person | null> {
    return tx.manager.findOneBy(PersonEntity, { id });
  }

  /** For signing in, when nobody is known yet. Capitals in the address do not count. */
  async byEmail(tx: Tx, email: string): Promise<{ person: Person; memberships: Membership[] } | null> {
    type Row = { person: Record<string, unknown>; memberships: Record<string, unknown>[] };
    const [row] = await tx.manager.query<Row[]>('select person, memberships from sign_in_lookup($1)', [email]);
    if (row === undefined) return null;
    return {
      person: rowFromJson(tx.manager, PersonEntity, row.person),
      memberships: row.memberships.map((membership) => rowFromJson(tx.manager, MembershipEntity, membership)),
    };
  }

  /** @throws Rejection ALREADY_EXISTS for an address in use. */
  insert(tx: Tx, person: Person): Promise<void> {
    return this.insertMany(tx, [person]);
  }

  insertMany(tx: Tx, people: readonly Person[]): Promise<void> {
    return insertRows(tx, PersonEntity, people.map(lowered));
  }

  /**
   * Writes those whose address nobody has; the others are left out without a word, because “this address is in use” would tell one
   * organisation whom another knows.
   *
   * @returns the ids written
   */
  async insertUnknown(tx: Tx, people: readonly Person[]): Promise<ReadonlySet<PersonId>> {
    const written = new Set<PersonId>();
    for (let start = 0; start < people.length; start += 500) {
      const part = people.slice(start, start + 500);
      // Row-level security shows nobody the rows of others: the count of rows written tells, and where it falls short, one by one.
      await tx.manager.query('savepoint unknown_people');
      if ((await this.insertedOf(tx, part)) === part.length) {
        for (const { id } of part) written.add(id);
        continue;
      }
      await tx.manager.query('rollback to savepoint unknown_people');
      for (const person of part) if ((await this.insertedOf(tx, [person])) === 1) written.add(person.id);
    }
    return written;
  }

  private async insertedOf(tx: Tx, people: readonly Person[]): Promise<number> {
    const { manager } = tx;
    const columns = columnList(manager, PersonEntity);
    const result = await manager.queryRunner?.query(
      `insert into person (${columns}) select ${columns} from ${recordset(manager, PersonEntity, '$1')} on conflict do nothing`,
      [recordsJson(manager, PersonEntity, people.map(lowered))],
      true,
    );
    return result?.affected ?? 0;
  }

  /** @throws Rejection NOT_FOUND for a person whom the actor may not change. */
  setPassword(tx: Tx, id: PersonId, passwordHash: string): Promise<void> {
    return this.set(tx, 'password_hash = $2', id, [passwordHash]);
  }

  /** A new secret, with the last step that was used of it. @throws as `setPassword` */
  setSecondFactor(tx: Tx, id: PersonId, totpSecret: string, lastStep: number | null): Promise<void> {
    return this.set(tx, 'totp_secret = $2, totp_last_step = $3', id, [totpSecret, lastStep]);
  }

  /** @throws as `setPassword` */
  setDisabled(tx: Tx, id: PersonId, disabled: boolean): Promise<void> {
    return this.set(tx, 'disabled = $2', id, [disabled]);
  }

  /**
   * Whether a person may still get in with what was looked at before: the same password, the same second factor, not shut. Until the
   * transaction ends nobody changes that, so whoever does ends what it opened. A lock that an update takes too, since one that several
   * share would have two sign-ins wait for each other when both use up a code.
   */
  async stillAs(tx: Tx, { id, passwordHash, totpSecret }: Pick<Person, 'id' | 'passwordHash' | 'totpSecret'>): Promise<boolean> {
    const rows = await tx.manager.query<unknown[]>(
      'select 1 from person where id = $1 and password_hash is not distinct from $2 and totp_secret is not distinct from $3 and not disabled for no key update',
      [id, passwordHash, totpSecret],
    );
    return rows.length === 1;
  }

  /** Whether the account is open; until the transaction ends nobody resets or shuts it, so that whoever does finds what it wrote. A lock as by `stillAs`. */
  async hold(tx: Tx, id: PersonId): Promise<boolean> {
    return (await tx.manager.query<unknown[]>('select 1 from person where id = $1 and not disabled for no key update', [id])).length === 1;
  }

  /** Marks a time step of the second factor as used. @returns false when it, or a later one, was used before. */
  async useTotpStep(tx: Tx, id: PersonId, step: number): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update person set totp_last_step = $2 where id = $1 and (totp_last_step is null or totp_last_step < $2)',
      [id, step],
    );
    return affected === 1;
  }

  /** These columns and no others: what somebody else changes at the same moment stays changed. */
  private async set(tx: Tx, columns: string, id: PersonId, values: readonly unknown[]): Promise<void> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(`update person set ${columns} where id = $1`, [id, ...values]);
    if (affected !== 1) throw notFound('person');
  }
}

const lowered = (person: Person): Person => ({ ...person, email: person.email.toLowerCase() });
