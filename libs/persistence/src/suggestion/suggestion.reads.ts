import { isUuid, type LearnerId, type Scope, type Suggestion, type VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, sameId } from '../noun-reads.js';
import { checkFirst } from '../paging.js';
import { selectList } from '../rows.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { SuggestionEntity } from './suggestion.entity.js';

export type SuggestionFilter = Readonly<{ learnerId?: LearnerId; vacancyId?: VacancyId }>;
export type SuggestionOrder = 'RANK';

@Injectable()
export class SuggestionReads extends NounReads<Suggestion, SuggestionFilter, SuggestionOrder> {
  protected readonly shape = {
    entity: SuggestionEntity,
    key: ['learnerId', 'vacancyId'],
    orders: { RANK: [['rank', 'asc']] },
    filters: { learnerId: sameId('learner_id'), vacancyId: sameId('vacancy_id') },
  } as const;

  /** The id of a suggestion is its pair, `learnerId:vacancyId`. */
  override async byIds(tx: Tx, scope: Scope, ids: readonly string[]): Promise<(Suggestion | null)[]> {
    const pairs = ids.map((id) => id.split(':')).filter((pair) => pair.length === 2 && pair.every(isUuid));
    const parameters = new Parameters();
    const learners = parameters.add(pairs.map(([learner]) => learner));
    const vacancies = parameters.add(pairs.map(([, vacancy]) => vacancy));
    const rows = await tx.manager.query<Suggestion[]>(
      `select ${selectList(tx.manager, SuggestionEntity, 't')} from suggestion t
       where (t.learner_id, t.vacancy_id) in (select * from unnest(${learners}::uuid[], ${vacancies}::uuid[]))
         and ${this.where(tx.manager, scope, undefined, parameters)}`,
      parameters.values,
    );
    const byId = new Map(rows.map((row) => [`${row.learnerId}:${row.vacancyId}`, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** The best `first` of each learner, in the order of `learnerIds`, for a loader of nested lists. One statement. */
  async bestOf(tx: Tx, scope: Scope, learnerIds: readonly LearnerId[], first: number): Promise<Suggestion[][]> {
    const parameters = new Parameters();
    const wanted = parameters.add(learnerIds.filter(isUuid));
    const last = parameters.add(checkFirst(first));
    const rows = await tx.manager.query<Suggestion[]>(
      `select ${selectList(tx.manager, SuggestionEntity, 't')} from suggestion t
       where t.learner_id = any (${wanted}::uuid[]) and t.rank <= ${last}::int and ${this.where(tx.manager, scope, undefined, parameters)}
       order by t.learner_id, t.rank`,
      parameters.values,
    );
    const lists = new Map<LearnerId, Suggestion[]>();
    for (const row of rows) {
      const list = lists.get(row.learnerId) ?? [];
      list.push(row);
      lists.set(row.learnerId, list);
    }
    return learnerIds.map((id) => lists.get(id) ?? []);
  }
}
