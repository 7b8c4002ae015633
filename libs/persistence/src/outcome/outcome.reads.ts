import type { LearnerId, Outcome, RoundId, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { OutcomeEntity } from './outcome.entity.js';

export type OutcomeFilter = Readonly<{ roundId?: RoundId; learnerId?: LearnerId; vacancyId?: VacancyId; matched?: boolean; withheld?: boolean }>;
export type OutcomeOrder = 'LEARNER';

@Injectable()
export class OutcomeReads extends NounReads<Outcome, OutcomeFilter, OutcomeOrder> {
  protected readonly shape = {
    entity: OutcomeEntity,
    key: ['id'],
    orders: { LEARNER: [['learnerId', 'asc']] },
    filters: {
      roundId: sameId('round_id'),
      learnerId: sameId('learner_id'),
      vacancyId: sameId('vacancy_id'),
      matched: (matched: boolean) => `t.vacancy_id is ${matched ? 'not ' : ''}null`,
      withheld: same('withheld'),
    },
  } as const;
}
