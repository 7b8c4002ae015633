import { isUuid, type EmployerPreference, type LearnerId, type LearnerPreference, type OrganisationId, type PreferenceId, type RoundId, type Scope } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, sameId } from '../noun-reads.js';
import { selectList } from '../rows.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { EmployerPreferenceEntity } from './employer-preference.entity.js';
import { LearnerPreferenceEntity } from './learner-preference.entity.js';
import { PreferenceReceiptEntity } from './preference-receipt.entity.js';

export type LearnerPreferenceFilter = Readonly<{ roundId?: RoundId; learnerId?: LearnerId }>;
export type EmployerPreferenceFilter = Readonly<{ roundId?: RoundId; organisationId?: OrganisationId }>;
export type PreferenceOrder = 'SUBMITTED_AT';

/** One list as it was once submitted. */
export type PreferenceReceipt = Readonly<PreferenceReceiptEntity>;

abstract class PreferenceReads<Row extends LearnerPreference | EmployerPreference, Filter extends object> extends NounReads<Row, Filter, PreferenceOrder> {
  /** Every list ever submitted under this preference, newest first; empty when it is unknown or out of scope. Two statements. */
  async history(tx: Tx, scope: Scope, preferenceId: PreferenceId): Promise<PreferenceReceipt[]> {
    const [preference] = await this.byIds(tx, scope, [preferenceId]);
    if (preference === null || preference === undefined) return [];
    return tx.manager.query<PreferenceReceipt[]>(
      `select ${selectList(tx.manager, PreferenceReceiptEntity, 'r')} from preference_receipt r where r.preference_id = $1 order by r.version desc`,
      [preferenceId],
    );
  }
}

@Injectable()
export class LearnerPreferenceReads extends PreferenceReads<LearnerPreference, LearnerPreferenceFilter> {
  protected readonly shape = {
    entity: LearnerPreferenceEntity,
    key: ['id'],
    orders: { SUBMITTED_AT: [['submittedAt', 'desc']] },
    filters: { roundId: sameId('round_id'), learnerId: sameId('learner_id') },
  } as const;

  /** The list of each learner in one round, in the order of `learnerIds`; null where none was given. One statement. */
  async inRound(tx: Tx, scope: Scope, roundId: RoundId, learnerIds: readonly LearnerId[]): Promise<(LearnerPreference | null)[]> {
    const parameters = new Parameters();
    const where = this.where(tx.manager, scope, { roundId }, parameters);
    const rows = await tx.manager.query<LearnerPreference[]>(
      `select ${selectList(tx.manager, LearnerPreferenceEntity, 't')} from learner_preference t
       where ${where} and t.learner_id = any (${parameters.add(learnerIds.filter(isUuid))}::uuid[])`,
      parameters.values,
    );
    const byLearner = new Map(rows.map((row) => [row.learnerId, row]));
    return learnerIds.map((id) => byLearner.get(id) ?? null);
  }
}

@Injectable()
export class EmployerPreferenceReads extends PreferenceReads<EmployerPreference, EmployerPreferenceFilter> {
  protected readonly shape = {
    entity: EmployerPreferenceEntity,
    key: ['id'],
    orders: { SUBMITTED_AT: [['submittedAt', 'desc']] },
    filters: { roundId: sameId('round_id'), organisationId: sameId('organisation_id') },
  } as const;
}
