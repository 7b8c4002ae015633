import { SCORE_CAUSES, type LearnerId, type Suggestion, type VacancyId } from '@meriden/domain';
import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { UUID, oneOf } from '../columns.js';
import { ScoreColumns } from './score-columns.js';

@Entity('suggestion')
@Check('suggestion_rank_check', `"rank" >= 1`)
@Check('suggestion_scores_check', `"order_key" BETWEEN 0 AND 10000 AND "score" BETWEEN 0 AND 10000 AND "employer_score" BETWEEN 0 AND 10000`)
@Check('suggestion_keys_check', `"fit_key" BETWEEN 0 AND 10000 AND "congestion" BETWEEN 1 AND 10000`)
@Check('suggestion_cause_check', oneOf('cause', SCORE_CAUSES))
@Index(['organisationId'])
@Index(['vacancyId'])
@Index(['learnerId', 'fitKey'])
export class SuggestionEntity extends ScoreColumns implements Suggestion {
  @ForeignKey('learner') @PrimaryColumn(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy') @PrimaryColumn(UUID) readonly vacancyId: VacancyId;
}
