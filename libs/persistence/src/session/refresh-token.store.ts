import type { IsoInstant, Membership, Person, RefreshToken, Session } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { PersonEntity } from '../person/person.entity.js';
import { insertRows, rowFromJson } from '../rows.js';
import type { Tx } from '../tx.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { SessionEntity } from './session.entity.js';

@Injectable()
export class RefreshTokenStore {
  /** When nobody is known yet: whose session a refresh token is for, spent or not. */
  async ownerOf(tx: Tx, tokenHash: string): Promise<{ session: Session; membership: Membership; person: Person } | null> {
    type Row = Record<'session' | 'membership' | 'person', Record<string, unknown>>;
    const [row] = await tx.manager.query<Row[]>('select session, membership, person from refresh_lookup($1)', [tokenHash]);
    if (row === undefined) return null;
    return {
      session: rowFromJson(tx.manager, SessionEntity, row.session),
      membership: rowFromJson(tx.manager, MembershipEntity, row.membership),
      person: rowFromJson(tx.manager, PersonEntity, row.person),
    };
  }

  /** As the person whose session it is. */
  byHash(tx: Tx, tokenHash: string): Promise<RefreshToken | null> {
    return tx.manager.findOneBy(RefreshTokenEntity, { tokenHash });
  }

  insert(tx: Tx, token: RefreshToken): Promise<void> {
    return insertRows(tx, RefreshTokenEntity, [token]);
  }

  /** Under the lock of its session. */
  async spend(tx: Tx, tokenHash: string, at: IsoInstant): Promise<void> {
    await tx.manager.query('update refresh_token set spent_at = $2 where token_hash = $1 and spent_at is null', [tokenHash, at]);
  }
}
