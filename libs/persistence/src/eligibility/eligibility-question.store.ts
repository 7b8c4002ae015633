import type { Eligibility, EligibilityQuestion, IsoInstant } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../rows.js';
import type { Tx } from '../tx.js';
import { EligibilityQuestionEntity } from './eligibility-question.entity.js';

@Injectable()
export class EligibilityQuestionStore {
  byId(tx: Tx, id: string): Promise<EligibilityQuestion | null> {
    return tx.manager.findOneBy(EligibilityQuestionEntity, { id });
  }

  ask(tx: Tx, question: EligibilityQuestion): Promise<void> {
    return insertRows(tx, EligibilityQuestionEntity, [question]);
  }

  /** Writes the answer, and forgets what was asked more than a day ago. */
  async answer(tx: Tx, id: string, answer: Eligibility, answeredAt: IsoInstant): Promise<void> {
    await tx.manager.query('update eligibility_question set answer = $2::jsonb, answered_at = $3 where id = $1', [id, JSON.stringify(answer), answeredAt]);
    await tx.manager.query(`delete from eligibility_question where asked_at < now() - interval '1 day'`);
  }
}
