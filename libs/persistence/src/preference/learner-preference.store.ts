import type { LearnerId, LearnerPreference, RoundId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, saveVersion } from '../rows.js';
import type { Tx } from '../tx.js';
import { LearnerPreferenceEntity } from './learner-preference.entity.js';
import { PreferenceReceiptEntity } from './preference-receipt.entity.js';

@Injectable()
export class LearnerPreferenceStore {
  ofRound(tx: Tx, roundId: RoundId): Promise<LearnerPreference[]> {
    return tx.manager.find(LearnerPreferenceEntity, { where: { roundId }, order: { learnerId: 'ASC' } });
  }

  ofLearner(tx: Tx, roundId: RoundId, learnerId: LearnerId): Promise<LearnerPreference | null> {
    return tx.manager.findOneBy(LearnerPreferenceEntity, { roundId, learnerId });
  }

  /**
   * Version 1 is a new list, a higher one replaces the version before it; each leaves its receipt in the history.
   *
   * @throws Rejection VERSION_CONFLICT, or ALREADY_EXISTS when a first list was given at the same moment elsewhere.
   */
  async upsert(tx: Tx, preference: LearnerPreference): Promise<void> {
    if (preference.version === 1) await insertRows(tx, LearnerPreferenceEntity, [preference]);
    else await saveVersion(tx, LearnerPreferenceEntity, 'list of preferences', preference);
    await insertRows(tx, PreferenceReceiptEntity, [{ ...preference, preferenceId: preference.id }]);
  }
}
