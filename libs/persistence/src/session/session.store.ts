import type { IsoInstant, Membership, OrganisationId, Person, PersonId, Role, Session, SessionId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { PersonEntity } from '../person/person.entity.js';
import { insertRows, rowFromJson, selectList } from '../rows.js';
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

  /** The session, held against all others until the transaction ends; null when there is none of the actor's own. */
  async lock(tx: Tx, id: SessionId): Promise<Session | null> {
    const [row] = await tx.manager.query<Session[]>(`select ${selectList(tx.manager, SessionEntity, 't')} from session t where t.id = $1 for update`, [id]);
    return row ?? null;
  }

  /** Whether a session of the actor's own still opens anything at an instant: not ended, not run out, its membership not taken. */
  async stands(tx: Tx, id: SessionId, at: IsoInstant): Promise<boolean> {
    const rows = await tx.manager.query<unknown[]>(
      `select 1 from session t join membership m on m.id = t.membership_id
       where t.id = $1 and t.revoked_at is null and t.expires_at > $2 and m.ended_at is null`,
      [id, at],
    );
    return rows.length === 1;
  }

  /** Gives a session its next token, and the time until which that one is good. */
  async renew(tx: Tx, id: SessionId, tokenHash: string, expiresAt: IsoInstant): Promise<void> {
    await tx.manager.query('update session set token_hash = $2, expires_at = $3 where id = $1 and revoked_at is null', [id, tokenHash, expiresAt]);
  }

  /** A person's sessions that may still be used at an instant, the newest first: also those whose token can only be renewed. */
  async liveOf(tx: Tx, personId: PersonId, at: IsoInstant): Promise<(Session & { organisationId: OrganisationId; role: Role })[]> {
    return tx.manager.query(
      `select ${selectList(tx.manager, SessionEntity, 't')}, m.organisation_id as "organisationId", m.role as role
       from session t join membership m on m.id = t.membership_id
       where m.person_id = $1 and m.ended_at is null and t.revoked_at is null and (t.expires_at > $2
         or exists (select 1 from refresh_token r where r.session_id = t.id and r.spent_at is null and r.expires_at > $2))
       order by t.created_at desc, t.id limit 100`,
      [personId, at],
    );
  }

  /** @returns whether there was such a session still to revoke. */
  async revoke(tx: Tx, id: SessionId, at: IsoInstant): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update session set revoked_at = $2 where id = $1 and revoked_at is null',
      [id, at],
    );
    return affected === 1;
  }

  /** Ends every session of one person, but for one where it is named. @returns their ids, for closing their sockets. */
  async revokeAllOf(tx: Tx, personId: PersonId, at: IsoInstant, but: SessionId | null = null): Promise<SessionId[]> {
    const [rows] = await tx.manager.query<[{ id: SessionId }[], number]>(
      `update session s set revoked_at = $2 from membership m
       where m.id = s.membership_id and m.person_id = $1 and s.revoked_at is null and s.id is distinct from $3 returning s.id`,
      [personId, at, but],
    );
    return rows.map((row) => row.id);
  }
}
