import type { IsoInstant, Membership, Passkey, PasskeyId, Person, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { PersonEntity } from '../person/person.entity.js';
import { insertRows, rowFromJson } from '../rows.js';
import type { Tx } from '../tx.js';
import { PasskeyEntity } from './passkey.entity.js';

/** As the person whose keys they are; an operator may only take them all away. */
@Injectable()
export class PasskeyStore {
  /** For signing in, when nobody is known yet. */
  async byCredential(tx: Tx, credentialId: string): Promise<{ passkey: Passkey; person: Person; memberships: Membership[] } | null> {
    type Row = { passkey: Record<string, unknown>; person: Record<string, unknown>; memberships: Record<string, unknown>[] };
    const [row] = await tx.manager.query<Row[]>('select passkey, person, memberships from passkey_lookup($1)', [credentialId]);
    if (row === undefined) return null;
    return {
      passkey: rowFromJson(tx.manager, PasskeyEntity, row.passkey),
      person: rowFromJson(tx.manager, PersonEntity, row.person),
      memberships: row.memberships.map((membership) => rowFromJson(tx.manager, MembershipEntity, membership)),
    };
  }

  ofPerson(tx: Tx, personId: PersonId): Promise<Passkey[]> {
    return tx.manager.find(PasskeyEntity, { where: { personId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  insert(tx: Tx, passkey: Passkey): Promise<void> {
    return insertRows(tx, PasskeyEntity, [passkey]);
  }

  /**
   * Notes a use. `askedAt` is when its challenge was made: one made before the last use is refused, which is how a challenge works once
   * without being kept. @returns false then
   */
  async use(tx: Tx, id: PasskeyId, use: Readonly<{ counter: number; askedAt: IsoInstant; at: IsoInstant }>): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update passkey set counter = $2, last_used_at = $4 where id = $1 and (last_used_at is null or last_used_at < $3)',
      [id, use.counter, use.askedAt, use.at],
    );
    return affected === 1;
  }

  /** @returns false when it is not the person's. */
  async remove(tx: Tx, personId: PersonId, id: PasskeyId): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>('delete from passkey where id = $1 and person_id = $2', [id, personId]);
    return affected === 1;
  }

  async forget(tx: Tx, personId: PersonId): Promise<void> {
    await tx.manager.query('delete from passkey where person_id = $1', [personId]);
  }
}
