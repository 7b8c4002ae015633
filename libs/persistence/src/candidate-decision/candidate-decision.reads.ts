import { isUuid, type CandidateDecision, type CandidateId, type LearnerId, type Scope } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { selectList } from '../rows.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { CandidateDecisionEntity } from './candidate-decision.entity.js';

export type CandidateDecisionFilter = Readonly<{ candidateId?: CandidateId; learnerId?: LearnerId; decision?: CandidateDecision['decision'] }>;
/** Newest first. */
export type CandidateDecisionOrder = 'DECIDED_AT';

@Injectable()
export class CandidateDecisionReads extends NounReads<CandidateDecision, CandidateDecisionFilter, CandidateDecisionOrder> {
  protected readonly shape = {
    entity: CandidateDecisionEntity,
    key: ['candidateId'],
    orders: { DECIDED_AT: [['decidedAt', 'desc']] },
    filters: { candidateId: sameId('candidate_id'), learnerId: sameId('learner_id'), decision: same('decision') },
  } as const;

  /** By the candidate each is about, in the order of `ids`. One statement. */
  override async byIds(tx: Tx, scope: Scope, ids: readonly CandidateId[]): Promise<(CandidateDecision | null)[]> {
    const parameters = new Parameters();
    const wanted = parameters.add(ids.filter(isUuid));
    const rows = await tx.manager.query<CandidateDecision[]>(
      `select ${selectList(tx.manager, CandidateDecisionEntity, 't')} from candidate_decision t
       where t.candidate_id = any (${wanted}::uuid[]) and ${this.where(tx.manager, scope, undefined, parameters)}`,
      parameters.values,
    );
    const byId = new Map(rows.map((row) => [row.candidateId as string, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}
