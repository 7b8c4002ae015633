import type { Eligibility, EligibilityQuestion, IsoInstant, OrganisationId, VacancyDetails } from '@meriden/domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, JSONB, JSONB_OR_NULL, UUID } from '../columns.js';

@Entity('eligibility_question')
@Index(['organisationId'])
@Index(['askedAt'])
export class EligibilityQuestionEntity implements EligibilityQuestion {
  @PrimaryColumn(UUID) readonly id: string;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(JSONB) readonly details: VacancyDetails;
  @Column(INSTANT) readonly askedAt: IsoInstant;
  @Column(JSONB_OR_NULL) readonly answer: Eligibility | null;
  @Column(INSTANT_OR_NULL) readonly answeredAt: IsoInstant | null;
}
