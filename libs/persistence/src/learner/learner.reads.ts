import { isUuid, type FundingSourceId, type Learner, type LearnerId, type OrganisationId, type QualificationId, type Scope } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { LearnerStage } from '../cohort/learner-stage.js';
import { NounReads, contains, holds, same, sameId } from '../noun-reads.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { LearnerEntity } from './learner.entity.js';

export type LearnerFilter = Readonly<{
  organisationId?: OrganisationId;
  qualificationId?: QualificationId;
  fundingSourceId?: FundingSourceId;
  stage?: LearnerStage;
  nameContains?: string;
}>;
export type LearnerOrder = 'NAME' | 'ID';

@Injectable()
export class LearnerReads extends NounReads<Learner, LearnerFilter, LearnerOrder> {
  protected readonly shape = {
    entity: LearnerEntity,
    key: ['id'],
    orders: {
      NAME: [
        ['familyName', 'asc'],
        ['givenName', 'asc'],
      ],
      ID: [],
    },
    filters: {
      organisationId: sameId('organisation_id'),
      qualificationId: same('qualification_id'),
      fundingSourceId: holds('funding_source_ids'),
      stage: (stage: LearnerStage, parameters: Parameters) => `(select p.stage from learner_progress p where p.learner_id = t.id) = ${parameters.add(stage)}`,
      nameContains: contains(`t.given_name || ' ' || t.family_name`),
    },
  } as const;

  /** How far each of these learners has come, in the order of `ids`; null for one out of scope. One statement. */
  async stages(tx: Tx, scope: Scope, ids: readonly LearnerId[]): Promise<(LearnerStage | null)[]> {
    const parameters = new Parameters();
    const wanted = parameters.add(ids.filter(isUuid));
    const rows = await tx.manager.query<{ id: LearnerId; stage: LearnerStage }[]>(
      `select t.id, progress.stage from learner t join learner_progress progress on progress.learner_id = t.id
       where t.id = any (${wanted}::uuid[]) and ${this.where(tx.manager, scope, undefined, parameters)}`,
      parameters.values,
    );
    const byId = new Map(rows.map((row) => [row.id, row.stage]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}
