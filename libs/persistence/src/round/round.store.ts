import type { Round, RoundId, RoundStage } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, saveVersion, updateRow } from '../rows.js';
import type { Tx } from '../tx.js';
import { RoundEntity, RoundFileEntity, RoundSecretEntity, RoundSnapshotEntity } from './round.entity.js';

/** The frozen input of one attempt; `input` is the canonical text whose digest is `inputHash`. */
export type RoundSnapshot = Readonly<{ roundId: RoundId; attempt: number; input: string; inputHash: string; seed: string }>;

@Injectable()
export class RoundStore {
  byId(tx: Tx, id: RoundId): Promise<Round | null> {
    return tx.manager.findOneBy(RoundEntity, { id });
  }

  /** The round, locked for this transaction: who would change it waits. */
  lock(tx: Tx, id: RoundId): Promise<Round | null> {
    return tx.manager.findOne(RoundEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Until this transaction ends the round cannot be frozen: a list that gets a receipt is in the round. Many hold it at once. */
  async holdOpen(tx: Tx, id: RoundId): Promise<void> {
    await tx.manager.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 3))', [id]);
  }

  /** Waits for everybody who holds the round open. */
  async shut(tx: Tx, id: RoundId): Promise<void> {
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [id]);
  }

  /** The newest round, by its deadline. */
  async latest(tx: Tx): Promise<Round | null> {
    const [round] = await tx.manager.find(RoundEntity, { order: { preferencesCloseAt: 'DESC', id: 'DESC' }, take: 1 });
    return round ?? null;
  }

  /** The round and the secret of its lottery, whose commitment the round already carries. */
  async insert(tx: Tx, round: Round, secret: string): Promise<void> {
    await insertRows(tx, RoundEntity, [round]);
    await insertRows(tx, RoundSecretEntity, [{ roundId: round.id, secret }]);
  }

  save(tx: Tx, round: Round): Promise<void> {
    return saveVersion(tx, RoundEntity, 'round', round);
  }

  /**
   * Writes the next version of a round only if it is still at `expectedAttempt`: the attempt is the fencing token.
   *
   * @returns false, and nothing is written, when another attempt or another writer came between.
   */
  compareAndSet(tx: Tx, round: Round, expectedAttempt: number): Promise<boolean> {
    const attempt = Math.trunc(expectedAttempt);
    return updateRow(tx, RoundEntity, round, `t.version = r.version - 1 and t.attempt = ${attempt}`);
  }

  /** Moves the stage that people watch; no new version. @returns false when `attempt` is no longer the one that counts. */
  async progress(tx: Tx, id: RoundId, attempt: number, stage: RoundStage): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      `update round set stage = $3 where id = $1 and attempt = $2 and state = 'SOLVING'`,
      [id, attempt, stage],
    );
    return affected === 1;
  }

  /** Null when there is none, or when the actor may not know it yet. */
  async secret(tx: Tx, roundId: RoundId): Promise<string | null> {
    return (await tx.manager.findOneBy(RoundSecretEntity, { roundId }))?.secret ?? null;
  }

  /** The first snapshot of an attempt stays: an attempt that runs again works on the same input. */
  async saveSnapshot(tx: Tx, snapshot: RoundSnapshot): Promise<void> {
    await insertRows(tx, RoundSnapshotEntity, [snapshot], 'on conflict (round_id, attempt) do nothing');
  }

  /** Of one attempt, or of the latest. */
  async snapshot(tx: Tx, roundId: RoundId, attempt?: number): Promise<RoundSnapshot | null> {
    const where = attempt === undefined ? { roundId } : { roundId, attempt };
    const [snapshot] = await tx.manager.find(RoundSnapshotEntity, { where, order: { attempt: 'DESC' }, take: 1 });
    return snapshot ?? null;
  }

  async saveFile(tx: Tx, roundId: RoundId, file: string): Promise<void> {
    await insertRows(tx, RoundFileEntity, [{ roundId, file }], 'on conflict (round_id) do update set file = excluded.file');
  }

  async file(tx: Tx, roundId: RoundId): Promise<string | null> {
    return (await tx.manager.findOneBy(RoundFileEntity, { roundId }))?.file ?? null;
  }
}
