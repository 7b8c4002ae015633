import { PLACEMENT_STATES, type IsoDate, type LearnerId, type OrganisationId, type Placement, type PlacementId, type ProposalId, type VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DATE, INT, TEXT, UUID, oneOf } from '../columns.js';

@Entity('placement')
@Check('placement_state_check', oneOf('state', PLACEMENT_STATES))
@Check('placement_dates_check', `"ends_on" >= "starts_on"`)
@Index('placement_proposal_key', ['proposalId'], { unique: true })
@Index('placement_one_active_key', ['learnerId'], { unique: true, where: `state IN ('AGREED', 'STARTED')` })
@Index(['learnerId'])
@Index(['organisationId'])
@Index(['employerId'])
@Index(['vacancyId'])
export class PlacementEntity implements Placement {
  @PrimaryColumn(UUID) readonly id: PlacementId;
  @ForeignKey('proposal') @Column(UUID) readonly proposalId: ProposalId;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy') @Column(UUID) readonly vacancyId: VacancyId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('organisation') @Column(UUID) readonly employerId: OrganisationId;
  @Column(DATE) readonly startsOn: IsoDate;
  @Column(DATE) readonly endsOn: IsoDate;
  @Column(TEXT) readonly state: (typeof PLACEMENT_STATES)[number];
  @Column(INT) readonly version: number;
}
