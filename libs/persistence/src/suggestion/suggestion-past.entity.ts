import { SCORE_CAUSES, type IsoInstant, type LearnerId, type PastSuggestion, type ScoreCause, type VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, INSTANT, TEXT, UUID, oneOf } from '../columns.js';
import { ScoreColumns } from './score-columns.js';

/** A suggestion as it was, whole; written where the newer one is, never changed. */
@Entity('suggestion_past')
@Check('suggestion_past_superseded_because_check', oneOf('superseded_because', SCORE_CAUSES))
@Index('suggestion_past_pair_idx', ['learnerId', 'vacancyId', 'supersededAt'])
@Index(['organisationId'])
export class SuggestionPastEntity extends ScoreColumns implements PastSuggestion {
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy') @Column(UUID) readonly vacancyId: VacancyId;
  @PrimaryColumn(UUID) readonly id: string;
  @Column(INSTANT) readonly supersededAt: IsoInstant;
  @Column(TEXT) readonly supersededBecause: ScoreCause;
  @Column(BOOLEAN) readonly left: boolean;
}
