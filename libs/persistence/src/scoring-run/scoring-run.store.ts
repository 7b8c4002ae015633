import type { Exposure, IsoInstant, ScoringRun, ScoringRunId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { ScoringRunEntity } from './scoring-run.entity.js';

@Injectable()
export class ScoringRunStore {
  byId(tx: Tx, id: ScoringRunId): Promise<ScoringRun | null> {
    return tx.manager.findOneBy(ScoringRunEntity, { id });
  }

  async latest(tx: Tx): Promise<ScoringRun | null> {
    const [run] = await tx.manager.find(ScoringRunEntity, { order: { startedAt: 'DESC', id: 'DESC' }, take: 1 });
    return run ?? null;
  }

  insert(tx: Tx, run: ScoringRun): Promise<void> {
    return insertRows(tx, ScoringRunEntity, [run]);
  }

  /** Writes down what a run covers, once the worker has counted it. */
  async plan(tx: Tx, run: Pick<ScoringRun, 'id' | 'learners' | 'vacancies' | 'chunks'>): Promise<void> {
    await tx.manager.query('update scoring_run set learners = $2, vacancies = $3, chunks = $4 where id = $1', [run.id, run.learners, run.vacancies, run.chunks]);
  }

  /** Counts a chunk and its `pairs` as done; a chunk that was counted before counts nothing. @returns how far the run is now, null for no such run. */
  async chunkDone(tx: Tx, runId: ScoringRunId, chunk: number, pairs: number): Promise<{ done: number; chunks: number } | null> {
    const [rows] = await tx.manager.query<[{ done: number; chunks: number }[], number]>(
      `with mark as (insert into scoring_chunk (run_id, chunk) values ($1, $2) on conflict do nothing returning 1)
       update scoring_run set chunks_done = chunks_done + (select count(*) from mark), pairs = pairs + $3 * (select count(*) from mark)
       where id = $1 returning chunks_done as done, chunks`,
      [runId, chunk, pairs],
    );
    return rows[0] ?? null;
  }

  /** Takes a run up again that was given up. */
  async resume(tx: Tx, id: ScoringRunId): Promise<void> {
    await tx.manager.query(`update scoring_run set state = 'RUNNING', ended_at = null where id = $1 and state = 'FAILED'`, [id]);
  }

  /** Ends a run that is still running. @returns false when it had ended before. */
  async finish(tx: Tx, id: ScoringRunId, state: 'DONE' | 'FAILED', endedAt: IsoInstant, exposure: Exposure | null = null): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      `update scoring_run set state = $2, ended_at = $3, exposure = $4::jsonb where id = $1 and state = 'RUNNING'`,
      [id, state, endedAt, exposure === null ? null : JSON.stringify(exposure)],
    );
    return affected === 1;
  }
}
