import type { Membership, MembershipId, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { MembershipEntity } from './membership.entity.js';

@Injectable()
export class MembershipStore {
  byId(tx: Tx, id: MembershipId): Promise<Membership | null> {
    return tx.manager.findOneBy(MembershipEntity, { id });
  }

  ofPerson(tx: Tx, personId: PersonId): Promise<Membership[]> {
    return tx.manager.find(MembershipEntity, { where: { personId }, order: { id: 'ASC' } });
  }

  insert(tx: Tx, membership: Membership): Promise<void> {
    return this.insertMany(tx, [membership]);
  }

  insertMany(tx: Tx, memberships: readonly Membership[]): Promise<void> {
    return insertRows(tx, MembershipEntity, memberships);
  }
}
