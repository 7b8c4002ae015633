import type { BasisPoints, VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { INT, UUID } from '../columns.js';

/** How crowded a vacancy was at the last run over the region. */
@Entity('vacancy_exposure')
@Check('vacancy_exposure_congestion_check', `"congestion" BETWEEN 1 AND 10000 AND "shown" >= 0`)
export class VacancyExposureEntity {
  @ForeignKey('vacancy') @PrimaryColumn(UUID) readonly vacancyId: VacancyId;
  /** Learners in whose first ten it stands. */
  @Column(INT) readonly shown: number;
  @Column(INT) readonly congestion: BasisPoints;
}
