import { notFound, type LearnerId, type Outcome, type OutcomeId, type RoundId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, updateRow } from '../rows.js';
import type { Tx } from '../tx.js';
import { OutcomeEntity } from './outcome.entity.js';

@Injectable()
export class OutcomeStore {
  byId(tx: Tx, id: OutcomeId): Promise<Outcome | null> {
    return tx.manager.findOneBy(OutcomeEntity, { id });
  }

  ofRound(tx: Tx, roundId: RoundId): Promise<Outcome[]> {
    return tx.manager.find(OutcomeEntity, { where: { roundId }, order: { learnerId: 'ASC' } });
  }

  ofLearner(tx: Tx, roundId: RoundId, learnerId: LearnerId): Promise<Outcome | null> {
    return tx.manager.findOneBy(OutcomeEntity, { roundId, learnerId });
  }

  insertMany(tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
    return insertRows(tx, OutcomeEntity, outcomes);
  }

  async save(tx: Tx, outcome: Outcome): Promise<void> {
    if (!(await updateRow(tx, OutcomeEntity, outcome))) throw notFound('outcome');
  }

  /** Lets providers and learners see the outcomes of a round. @returns how many. */
  async publish(tx: Tx, roundId: RoundId): Promise<number> {
    const [, affected] = await tx.manager.query<[unknown[], number]>('update outcome set published = true where round_id = $1 and not published', [
      roundId,
    ]);
    return affected;
  }
}
