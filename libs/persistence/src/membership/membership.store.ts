import type { IsoInstant, Membership, MembershipId, OrganisationId, PersonId, Role } from '@meriden/domain';
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

  insert(tx: Tx, membership: NewMembership): Promise<void> {
    return this.insertMany(tx, [membership]);
  }

  insertMany(tx: Tx, memberships: readonly NewMembership[]): Promise<void> {
    return insertRows(tx, MembershipEntity, memberships);
  }

  /** Ends a membership; its sessions are worth nothing from the same moment. @returns false when it had ended, or is not the actor's to end. */
  async end(tx: Tx, id: MembershipId, at: IsoInstant): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>('update membership set ended_at = $2 where id = $1 and ended_at is null', [id, at]);
    return affected === 1;
  }

  /** Who acts for an organisation, by name: for its own staff and for operators, else nobody. */
  membersOf(tx: Tx, organisationId: OrganisationId): Promise<Member[]> {
    return tx.manager.query('select membership_id as "membershipId", name, email, role from organisation_members($1)', [organisationId]);
  }

  /**
   * How many people act for an organisation besides its learners. Whoever counts before ending one holds the organisation's lock until
   * the transaction ends, so that the last two cannot end one another.
   */
  async countStaffLocked(tx: Tx, organisationId: OrganisationId): Promise<number> {
    await tx.manager.query(`select pg_advisory_xact_lock(hashtextextended('members ' || $1::text, 0))`, [organisationId]);
    const [row] = await tx.manager.query<{ count: number }[]>(
      `select count(*) as count from membership where organisation_id = $1 and role <> 'LEARNER' and ended_at is null`,
      [organisationId],
    );
    return row?.count ?? 0;
  }
}

export type Member = Readonly<{ membershipId: MembershipId; name: string; email: string; role: Role }>;

/** A membership begins without an end. */
type NewMembership = Omit<Membership, 'endedAt'>;
