import { isUuid, type LearnerId, type Scope, type VacancyChoice, type VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { selectList } from '../rows.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { VacancyChoiceEntity } from './vacancy-choice.entity.js';

export type VacancyChoiceFilter = Readonly<{ learnerId?: LearnerId; vacancyId?: VacancyId; choice?: VacancyChoice['choice'] }>;
/** Newest first. */
export type VacancyChoiceOrder = 'CHOSEN_AT';

@Injectable()
export class VacancyChoiceReads extends NounReads<VacancyChoice, VacancyChoiceFilter, VacancyChoiceOrder> {
  protected readonly shape = {
    entity: VacancyChoiceEntity,
    key: ['learnerId', 'vacancyId'],
    orders: { CHOSEN_AT: [['chosenAt', 'desc']] },
    filters: { learnerId: sameId('learner_id'), vacancyId: sameId('vacancy_id'), choice: same('choice') },
  } as const;

  /** By pair, `learnerId:vacancyId`, in the order of `ids`. One statement. */
  override async byIds(tx: Tx, scope: Scope, ids: readonly string[]): Promise<(VacancyChoice | null)[]> {
    const pairs = ids.map((id) => id.split(':')).filter((pair) => pair.length === 2 && pair.every(isUuid));
    const parameters = new Parameters();
    const learners = parameters.add(pairs.map(([learner]) => learner));
    const vacancies = parameters.add(pairs.map(([, vacancy]) => vacancy));
    const rows = await tx.manager.query<VacancyChoice[]>(
      `select ${selectList(tx.manager, VacancyChoiceEntity, 't')} from vacancy_choice t
       where (t.learner_id, t.vacancy_id) in (select * from unnest(${learners}::uuid[], ${vacancies}::uuid[]))
         and ${this.where(tx.manager, scope, undefined, parameters)}`,
      parameters.values,
    );
    const byId = new Map(rows.map((row) => [`${row.learnerId}:${row.vacancyId}`, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}
