import { notFound, type DryRun, type DryRunId, type DryRunPlace, type RoundId, type RoundStage } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, updateRow } from '../rows.js';
import type { Tx } from '../tx.js';
import { DryRunEntity, DryRunPlaceEntity } from './dry-run.entity.js';

@Injectable()
export class DryRunStore {
  byId(tx: Tx, id: DryRunId): Promise<DryRun | null> {
    return tx.manager.findOneBy(DryRunEntity, { id });
  }

  lock(tx: Tx, id: DryRunId): Promise<DryRun | null> {
    return tx.manager.findOne(DryRunEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** All trials of a round, the oldest first. */
  ofRound(tx: Tx, roundId: RoundId): Promise<DryRun[]> {
    return tx.manager.find(DryRunEntity, { where: { roundId }, order: { askedAt: 'ASC', id: 'ASC' } });
  }

  insert(tx: Tx, run: DryRun): Promise<void> {
    return insertRows(tx, DryRunEntity, [run]);
  }

  insertPlaces(tx: Tx, places: readonly DryRunPlace[]): Promise<void> {
    return insertRows(tx, DryRunPlaceEntity, places);
  }

  async save(tx: Tx, run: DryRun): Promise<void> {
    if (!(await updateRow(tx, DryRunEntity, run))) throw notFound('dry run');
  }

  /** @returns false when the trial is no longer running: cancelled, or ended by another worker. */
  async progress(tx: Tx, id: DryRunId, stage: RoundStage): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(`update dry_run set stage = $2 where id = $1 and state = 'RUNNING'`, [id, stage]);
    return affected === 1;
  }
}
