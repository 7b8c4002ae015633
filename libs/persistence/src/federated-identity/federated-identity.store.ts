import type { FederatedIdentity, FederatedIdentityId, IsoInstant, Membership, Person, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { PersonEntity } from '../person/person.entity.js';
import { insertRows, rowFromJson } from '../rows.js';
import type { Tx } from '../tx.js';
import { FederatedIdentityEntity } from './federated-identity.entity.js';

/** As the person whose identities they are; an operator may only take them all away. */
@Injectable()
export class FederatedIdentityStore {
  /** For signing in, when nobody is known yet. */
  async bySubject(tx: Tx, issuer: string, subject: string): Promise<{ identity: FederatedIdentity; person: Person; memberships: Membership[] } | null> {
    type Row = { identity: Record<string, unknown>; person: Record<string, unknown>; memberships: Record<string, unknown>[] };
    const [row] = await tx.manager.query<Row[]>('select identity, person, memberships from federated_identity_lookup($1, $2)', [issuer, subject]);
    if (row === undefined) return null;
    return {
      identity: rowFromJson(tx.manager, FederatedIdentityEntity, row.identity),
      person: rowFromJson(tx.manager, PersonEntity, row.person),
      memberships: row.memberships.map((membership) => rowFromJson(tx.manager, MembershipEntity, membership)),
    };
  }

  ofPerson(tx: Tx, personId: PersonId): Promise<FederatedIdentity[]> {
    return tx.manager.find(FederatedIdentityEntity, { where: { personId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  insert(tx: Tx, identity: FederatedIdentity): Promise<void> {
    return insertRows(tx, FederatedIdentityEntity, [identity]);
  }

  /** Notes a use; `askedAt` is when the person was sent to the provider: an answer to an older question is refused. @returns false then */
  async use(tx: Tx, id: FederatedIdentityId, use: Readonly<{ askedAt: IsoInstant; at: IsoInstant }>): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update federated_identity set last_used_at = $3 where id = $1 and (last_used_at is null or last_used_at < $2)',
      [id, use.askedAt, use.at],
    );
    return affected === 1;
  }

  /** @returns false when it is not the person's. */
  async remove(tx: Tx, personId: PersonId, id: FederatedIdentityId): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>('delete from federated_identity where id = $1 and person_id = $2', [id, personId]);
    return affected === 1;
  }

  async forget(tx: Tx, personId: PersonId): Promise<void> {
    await tx.manager.query('delete from federated_identity where person_id = $1', [personId]);
  }
}
