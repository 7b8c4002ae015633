import type { LearnerId, Placement, PlacementId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { PlacementEntity } from './placement.entity.js';

@Injectable()
export class PlacementStore {
  byId(tx: Tx, id: PlacementId): Promise<Placement | null> {
    return tx.manager.findOneBy(PlacementEntity, { id });
  }

  ofLearner(tx: Tx, learnerId: LearnerId): Promise<Placement[]> {
    return tx.manager.find(PlacementEntity, { where: { learnerId }, order: { startsOn: 'DESC', id: 'ASC' } });
  }

  /** @throws Rejection ALREADY_EXISTS when the learner has an active placement. */
  insert(tx: Tx, placement: Placement): Promise<void> {
    return insertRows(tx, PlacementEntity, [placement]);
  }
}
