import type { Invitation, InvitationId, IsoInstant, Membership, OrganisationId, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { insertRows, rowFromJson, selectList } from '../rows.js';
import type { Tx } from '../tx.js';
import { InvitationEntity } from './invitation.entity.js';

/** What accepting gives: the membership, or why there is none. */
export type Accepted = Readonly<{ membership: Membership }> | Readonly<{ refused: 'SPENT' | 'SIGN_IN' | 'OTHER_PERSON' | 'NAME_TAKEN' }>;

@Injectable()
export class InvitationStore {
  insert(tx: Tx, invitation: Invitation): Promise<void> {
    return insertRows(tx, InvitationEntity, [invitation]);
  }

  byId(tx: Tx, id: InvitationId): Promise<Invitation | null> {
    return tx.manager.findOneBy(InvitationEntity, { id });
  }

  /** When nobody is known yet: what a link stands for. */
  async byTokenHash(tx: Tx, tokenHash: string): Promise<{ invitation: Invitation; organisationName: string; personId: PersonId | null; hasPassword: boolean } | null> {
    type Row = { invitation: Record<string, unknown>; organisation_name: string; person_id: string | null; has_password: boolean | null };
    const [row] = await tx.manager.query<Row[]>('select * from invitation_lookup($1)', [tokenHash]);
    if (row === undefined) return null;
    return {
      invitation: rowFromJson(tx.manager, InvitationEntity, row.invitation),
      organisationName: row.organisation_name,
      personId: row.person_id,
      hasPassword: row.has_password === true,
    };
  }

  /** The one way in without rights: the function of the database looks again, under the invitation's lock, and writes all or nothing. */
  async accept(tx: Tx, tokenHash: string, at: IsoInstant, signedIn: PersonId | null, given: Readonly<Record<string, string | null>>): Promise<Accepted> {
    const [row] = await tx.manager.query<{ answer: { refused?: 'SPENT'; membership?: Record<string, unknown> } }[]>('select accept_invitation($1, $2, $3, $4::jsonb) as answer', [
      tokenHash,
      at,
      signedIn,
      JSON.stringify(given),
    ]);
    const membership = row?.answer.membership;
    return membership === undefined ? { refused: row?.answer.refused ?? 'SPENT' } : { membership: rowFromJson(tx.manager, MembershipEntity, membership) };
  }

  /** Those that can still be accepted, the newest first. */
  async openOf(tx: Tx, organisationId: OrganisationId, at: IsoInstant): Promise<Invitation[]> {
    return tx.manager.query(
      `select ${selectList(tx.manager, InvitationEntity, 't')} from invitation t
       where t.organisation_id = $1 and t.accepted_at is null and t.withdrawn_at is null and t.expires_at > $2 order by t.created_at desc, t.id limit 200`,
      [organisationId, at],
    );
  }

  /** @returns false when it was accepted or withdrawn before, or is not the actor's to withdraw. */
  async withdraw(tx: Tx, id: InvitationId, at: IsoInstant): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update invitation set withdrawn_at = $2 where id = $1 and accepted_at is null and withdrawn_at is null',
      [id, at],
    );
    return affected === 1;
  }
}
