import type { BasisPoints, LearnerId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { INT, UUID } from '../columns.js';

/** What a vacancy has to know of a list to tell whether it can get in: counted by the database whenever `suggestion` is written. An empty list has no row. */
@Entity('suggestion_list')
@Check('suggestion_list_values_check', `"length" >= 1 AND "lowest_fit" BETWEEN 0 AND 10000`)
export class SuggestionListEntity {
  @ForeignKey('learner') @PrimaryColumn(UUID) readonly learnerId: LearnerId;
  @Column(INT) readonly length: number;
  /** Of the fit keys in the list. */
  @Column(INT) readonly lowestFit: BasisPoints;
}
