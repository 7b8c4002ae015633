import type {
  Adjustment,
  Availability,
  CheckHeld,
  EntryPointId,
  FundingSourceId,
  IsoDate,
  Learner,
  LearnerId,
  LearnerSkill,
  OrganisationId,
  PersonId,
  QualificationId,
  TravelMode,
} from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, DATE_OR_NULL, INT, INT_OR_NULL, JSONB, JSONB_OR_NULL, TEXT, TEXTS, TEXT_OR_NULL, UUID, UUID_OR_NULL } from '../columns.js';

/**
 * A learner's record. The learner number is unique within its provider only: were it unique in the region, the refusal would
 * tell one provider whom another has enrolled.
 */
@Entity('learner')
@Check('learner_level_check', `"level" BETWEEN 1 AND 8`)
@Check('learner_max_travel_minutes_check', `"max_travel_minutes" BETWEEN 5 AND 180`)
@Check('learner_required_hours_check', `"required_hours" BETWEEN 1 AND 5000`)
@Check('learner_uln_check', `"uln" ~ '^[1-9][0-9]{9}$'`)
@Check('learner_names_check', `char_length("given_name") BETWEEN 1 AND 200 AND char_length("family_name") BETWEEN 1 AND 200`)
@Index('learner_uln_key', ['organisationId', 'uln'], { unique: true })
@Index('learner_name_idx', ['organisationId', 'familyName', 'givenName', 'id'])
@Index(['personId'])
@Index('learner_roll_idx', ['id', 'version'], { where: 'consent_to_matching' })
export class LearnerEntity implements Learner {
  @PrimaryColumn(UUID) readonly id: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('person') @Column(UUID_OR_NULL) readonly personId: PersonId | null;
  @Column(TEXT) readonly givenName: string;
  @Column(TEXT) readonly familyName: string;
  @Column(TEXT_OR_NULL) readonly uln: string | null;
  @Column(DATE_OR_NULL) readonly dateOfBirth: IsoDate | null;
  @Column(TEXT) readonly academicYear: string;
  @Column(TEXT) readonly qualificationId: QualificationId;
  @Column(INT) readonly level: number;
  @Column(TEXT) readonly entryPointId: EntryPointId;
  @Column(TEXTS) readonly fundingSourceIds: readonly FundingSourceId[];
  @Column(TEXT_OR_NULL) readonly outcode: string | null;
  @Column(TEXTS) readonly travelModes: readonly TravelMode[];
  @Column(INT) readonly maxTravelMinutes: number;
  @Column(JSONB_OR_NULL) readonly availability: Availability | null;
  @Column(INT_OR_NULL) readonly requiredHours: number | null;
  @Column(JSONB) readonly skills: readonly LearnerSkill[];
  @Column(TEXTS) readonly interests: readonly string[];
  @Column(JSONB) readonly checks: readonly CheckHeld[];
  @Column(TEXTS) readonly adjustmentsNeeded: readonly Adjustment[];
  @Column(BOOLEAN) readonly consentToMatching: boolean;
  @Column(INT) readonly version: number;
}
