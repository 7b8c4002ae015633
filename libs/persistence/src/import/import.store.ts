import type { ImportKind, OrganisationId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';

@Injectable()
export class ImportStore {
  /** Until this transaction ends, a second import of the same kind for the same organisation waits here. */
  async alone(tx: Tx, organisationId: OrganisationId | null, kind: ImportKind): Promise<void> {
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [`import ${kind} ${organisationId ?? ''}`]);
  }
}
