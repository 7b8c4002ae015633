import { SCORING_INPUT_KINDS, type LearnerId, type OrganisationId, type ScoringInput } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TEXT, UUID_OR_NULL, oneOf } from '../columns.js';

/** By its own digest, once: many suggestions share a vacancy, all share a policy. Text, not JSON: the digest is of these very bytes. */
@Entity('scoring_input')
@Check('scoring_input_kind_check', `${oneOf('kind', SCORING_INPUT_KINDS)} AND ("kind" = 'LEARNER') = ("learner_id" IS NOT NULL) AND ("learner_id" IS NULL) = ("organisation_id" IS NULL)`)
@Index(['learnerId'])
export class ScoringInputEntity implements ScoringInput {
  @PrimaryColumn(TEXT) readonly hash: string;
  @Column(TEXT) readonly kind: ScoringInput['kind'];
  @ForeignKey('learner') @Column(UUID_OR_NULL) readonly learnerId: LearnerId | null;
  @ForeignKey('organisation') @Column(UUID_OR_NULL) readonly organisationId: OrganisationId | null;
  @Column(TEXT) readonly body: string;
}
