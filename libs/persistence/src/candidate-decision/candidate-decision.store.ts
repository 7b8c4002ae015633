import type { CandidateDecision, CandidateId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { CandidateDecisionEntity } from './candidate-decision.entity.js';

@Injectable()
export class CandidateDecisionStore {
  /** The newest decision stands; the audit keeps that there was another. */
  set(tx: Tx, decision: CandidateDecision): Promise<void> {
    return insertRows(
      tx,
      CandidateDecisionEntity,
      [decision],
      `on conflict (candidate_id) do update set decision = excluded.decision, reason = excluded.reason, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
    );
  }

  /** @returns whether there was a decision to take back. */
  async remove(tx: Tx, candidateId: CandidateId): Promise<boolean> {
    const { affected } = await tx.manager.delete(CandidateDecisionEntity, { candidateId });
    return affected === 1;
  }
}
