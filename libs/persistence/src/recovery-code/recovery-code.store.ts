import type { IsoInstant, PersonId, RecoveryCode } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';

/** As the person whose codes they are; an operator may only take them all away. */
@Injectable()
export class RecoveryCodeStore {
  /** New codes, and no old ones: a printed list that was lost is worth nothing once there is a newer one. */
  async replace(tx: Tx, personId: PersonId, codes: readonly RecoveryCode[]): Promise<void> {
    await this.forget(tx, personId);
    await insertRows(tx, RecoveryCodeEntity, codes);
  }

  async forget(tx: Tx, personId: PersonId): Promise<void> {
    await tx.manager.query('delete from recovery_code where person_id = $1', [personId]);
  }

  /** Marks a code as used. @returns false when there is none, or it was used before. */
  async use(tx: Tx, personId: PersonId, codeHash: string, at: IsoInstant): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update recovery_code set used_at = $3 where person_id = $1 and code_hash = $2 and used_at is null',
      [personId, codeHash, at],
    );
    return affected === 1;
  }

  async unused(tx: Tx, personId: PersonId): Promise<number> {
    const [row] = await tx.manager.query<{ count: number }[]>('select count(*) as count from recovery_code where person_id = $1 and used_at is null', [personId]);
    return row?.count ?? 0;
  }
}
