import type { LearnerId, PastSuggestion, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, sameId } from '../noun-reads.js';
import { SuggestionPastEntity } from './suggestion-past.entity.js';

export type PastSuggestionFilter = Readonly<{ learnerId?: LearnerId; vacancyId?: VacancyId }>;
/** Newest first. */
export type PastSuggestionOrder = 'SUPERSEDED_AT';

@Injectable()
export class SuggestionPastReads extends NounReads<PastSuggestion, PastSuggestionFilter, PastSuggestionOrder> {
  protected readonly shape = {
    entity: SuggestionPastEntity,
    key: ['id'],
    orders: { SUPERSEDED_AT: [['supersededAt', 'desc']] },
    filters: { learnerId: sameId('learner_id'), vacancyId: sameId('vacancy_id') },
  } as const;
}
