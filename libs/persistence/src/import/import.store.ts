import type { ImportKind, ImportRun, ImportRunId, OrganisationId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, saveVersion } from '../rows.js';
import type { Tx } from '../tx.js';
import { ImportRunEntity } from './import.entity.js';

@Injectable()
export class ImportStore {
  /** Until this transaction ends, a second import of the same kind for the same organisation waits here. */
  async alone(tx: Tx, organisationId: OrganisationId | null, kind: ImportKind): Promise<void> {
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [`import ${kind} ${organisationId ?? ''}`]);
  }

  byId(tx: Tx, id: ImportRunId): Promise<ImportRun | null> {
    return tx.manager.findOneBy(ImportRunEntity, { id });
  }

  async insert(tx: Tx, run: ImportRun, content: Buffer): Promise<void> {
    await insertRows(tx, ImportRunEntity, [run]);
    await tx.manager.query('insert into import_file (run_id, organisation_id, content) values ($1, $2, $3)', [run.id, run.organisationId, content]);
  }

  /** Empty once the import is over. */
  async content(tx: Tx, id: ImportRunId): Promise<Buffer> {
    const [row] = await tx.manager.query<{ content: Buffer }[]>('select content from import_file where run_id = $1', [id]);
    return row?.content ?? Buffer.alloc(0);
  }

  async dropContent(tx: Tx, id: ImportRunId): Promise<void> {
    await tx.manager.query('delete from import_file where run_id = $1', [id]);
  }

  /** @throws Rejection VERSION_CONFLICT when somebody else checked or imported it meanwhile */
  save(tx: Tx, run: ImportRun): Promise<void> {
    return saveVersion(tx, ImportRunEntity, 'import', run);
  }

  /** Files nobody imported within a day, and reports of 30 days ago; the worker's. @returns how many runs and files went. */
  async purge(tx: Tx): Promise<number> {
    const old = `created_at < now() - interval '30 days'`;
    const [, files] = await tx.manager.query<[unknown[], number]>(
      `delete from import_file where run_id in (select id from import_run where created_at < now() - interval '1 day')`,
    );
    const [, runs] = await tx.manager.query<[unknown[], number]>(`delete from import_run where ${old}`);
    return files + runs;
  }
}
