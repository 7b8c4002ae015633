import type { LearnerId, VacancyChoice, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { VacancyChoiceEntity } from './vacancy-choice.entity.js';

@Injectable()
export class VacancyChoiceStore {
  /** The newest choice stands. */
  set(tx: Tx, choice: VacancyChoice): Promise<void> {
    return insertRows(
      tx,
      VacancyChoiceEntity,
      [choice],
      `on conflict (learner_id, vacancy_id) do update set choice = excluded.choice, reason = excluded.reason, words = excluded.words, chosen_at = excluded.chosen_at`,
    );
  }

  /** @returns whether there was a choice to take back. */
  async remove(tx: Tx, learnerId: LearnerId, vacancyId: VacancyId): Promise<boolean> {
    const { affected } = await tx.manager.delete(VacancyChoiceEntity, { learnerId, vacancyId });
    return affected === 1;
  }
}
