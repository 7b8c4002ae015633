import type { AuditEntry } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { AuditEntryEntity } from './audit-entry.entity.js';

@Injectable()
export class AuditStore {
  /** In the transaction of the change itself; an actor can write entries in no name but its own. */
  append(tx: Tx, ...entries: readonly AuditEntry[]): Promise<void> {
    return insertRows(tx, AuditEntryEntity, entries);
  }
}
