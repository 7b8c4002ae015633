import type { IsoInstant, Membership, PasswordReset, Person, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { MembershipEntity } from '../membership/membership.entity.js';
import { PersonEntity } from '../person/person.entity.js';
import { insertRows, rowFromJson } from '../rows.js';
import type { Tx } from '../tx.js';
import { PasswordResetEntity } from './password-reset.entity.js';

@Injectable()
export class PasswordResetStore {
  insert(tx: Tx, reset: PasswordReset): Promise<void> {
    return insertRows(tx, PasswordResetEntity, [reset]);
  }

  /** When nobody is known yet: whose password a link is for. Nobody's links are not found. */
  async byTokenHash(tx: Tx, tokenHash: string): Promise<{ reset: PasswordReset; person: Person; memberships: Membership[] } | null> {
    type Row = { reset: Record<string, unknown>; person: Record<string, unknown>; memberships: Record<string, unknown>[] };
    const [row] = await tx.manager.query<Row[]>('select reset, person, memberships from reset_lookup($1)', [tokenHash]);
    if (row === undefined) return null;
    return {
      reset: rowFromJson(tx.manager, PasswordResetEntity, row.reset),
      person: rowFromJson(tx.manager, PersonEntity, row.person),
      memberships: row.memberships.map((membership) => rowFromJson(tx.manager, MembershipEntity, membership)),
    };
  }

  /** Uses a link, and with it every other one of the person. @returns false when it was used before. */
  async use(tx: Tx, id: string, personId: PersonId, at: IsoInstant): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>('update password_reset set used_at = $2 where id = $1 and used_at is null', [id, at]);
    if (affected !== 1) return false;
    await tx.manager.query('update password_reset set used_at = $2 where person_id = $1 and used_at is null', [personId, at]);
    return true;
  }
}
