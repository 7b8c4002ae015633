import type { IsoInstant, Membership, Person, PersonId, Session, SessionId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { PersonEntity } from '../person/person.entity.js';
import { insertRows, rowFromJson } from '../rows.js';
import type { Tx } from '../tx.js';
import { SessionEntity } from './session.entity.js';

@Injectable()
export class SessionStore {
  /** As the person whose membership it is, or as an operator. */
  insert(tx: Tx, session: Session): Promise<void> {
    return insertRows(tx, SessionEntity, [session]);
  }

  /** When nobody is known yet. Ended sessions come too: whether one still holds is the caller's to say, by its clock. */
  async byTokenHash(tx: Tx, tokenHash: string): Promise<{ session: Session; membership: Membership; person: Person } | null> {
    type Row = Record<'session' | 'membership' | 'person', Record<string, unknown>>;
    const [row] = await tx.manager.query<Row[]>('select session, membership, person from session_lookup($1)', [tokenHash]);
    if (row === undefined) return null;
    return {
      session: rowFromJson(tx.manager, SessionEntity, row.session),
      membership: rowFromJson(tx.manager, MembershipEntity, row.membership),
      person: rowFromJson(tx.manager, PersonEntity, row.person),
    };
  }

  /** @returns whether there was such a session still to revoke. */
  async revoke(tx: Tx, id: SessionId, at: IsoInstant): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update session set revoked_at = $2 where id = $1 and revoked_at is null',
      [id, at],
    );
    return affected === 1;
  }

  /** Ends every session of one person. @returns their ids, for closing their sockets. */
  async revokeAllOf(tx: Tx, personId: PersonId, at: IsoInstant): Promise<SessionId[]> {
    const [rows] = await tx.manager.query<[{ id: SessionId }[], number]>(
      `update session s set revoked_at = $2 from membership m
       where m.id = s.membership_id and m.person_id = $1 and s.revoked_at is null returning s.id`,
      [personId, at],
    );
    return rows.map((row) => row.id);
  }
}
