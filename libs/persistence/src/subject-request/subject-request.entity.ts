import {
  SUBJECT_REQUEST_KINDS,
  SUBJECT_REQUEST_STATES,
  type IsoInstant,
  type LearnerId,
  type LegalHold,
  type LegalHoldId,
  type OrganisationId,
  type PersonId,
  type SubjectRequest,
  type SubjectRequestId,
  type SubjectRequestKind,
  type SubjectRequestState,
  type TableProof,
} from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DATE, INSTANT, INSTANT_OR_NULL, JSONB, JSONB_OR_NULL, oneOf, TEXT, TEXT_OR_NULL, UUID, UUID_OR_NULL } from '../columns.js';

/** No keys into people and learners: it is the proof that they are gone. */
@Entity('subject_request')
@Check('subject_request_kind_check', oneOf('kind', SUBJECT_REQUEST_KINDS))
@Check('subject_request_state_check', oneOf('state', SUBJECT_REQUEST_STATES))
@Check('subject_request_about_check', 'person_id IS not null or learner_id IS not null')
@Index('subject_request_person_id_idx', ['personId'])
@Index('subject_request_learner_id_idx', ['learnerId'])
@Index('subject_request_organisation_id_idx', ['organisationId'])
export class SubjectRequestEntity implements SubjectRequest {
  @PrimaryColumn(UUID) readonly id: SubjectRequestId;
  @Column(TEXT) readonly kind: SubjectRequestKind;
  @ForeignKey('organisation') @Column(UUID_OR_NULL) readonly organisationId: OrganisationId | null;
  @Column(UUID_OR_NULL) readonly personId: PersonId | null;
  @Column(UUID_OR_NULL) readonly learnerId: LearnerId | null;
  @Column(UUID_OR_NULL) readonly askedBy: PersonId | null;
  @Column(INSTANT) readonly askedAt: IsoInstant;
  @Column(TEXT) readonly state: SubjectRequestState;
  @Column(INSTANT_OR_NULL) readonly doneAt: IsoInstant | null;
  @Column(TEXT_OR_NULL) readonly refusal: string | null;
  @Column(JSONB_OR_NULL) readonly proof: readonly TableProof[] | null;
  @Column(TEXT_OR_NULL) readonly proofDigest: string | null;
}

/** The copy itself, apart from the request: read once by whoever asked, and then gone. */
@Entity('subject_file')
export class SubjectFileEntity {
  @ForeignKey('subject_request') @PrimaryColumn(UUID) readonly requestId: SubjectRequestId;
  @Column({ type: 'bytea' }) readonly file: Uint8Array;
  @Column(INSTANT) readonly expiresAt: IsoInstant;
}

@Entity('legal_hold')
@Check('legal_hold_released_check', '(released_by is null) = (released_at is null)')
@Index('legal_hold_one_key', ['learnerId'], { unique: true, where: 'released_at is null' })
@Index('legal_hold_organisation_id_idx', ['organisationId'])
export class LegalHoldEntity implements LegalHold {
  @PrimaryColumn(UUID) readonly id: LegalHoldId;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(TEXT) readonly reason: string;
  @Column(UUID) readonly setBy: PersonId;
  @Column(INSTANT) readonly setAt: IsoInstant;
  @Column(UUID_OR_NULL) readonly releasedBy: PersonId | null;
  @Column(INSTANT_OR_NULL) readonly releasedAt: IsoInstant | null;
}

/** One run of the schedule a day, with what each rule did. */
@Entity('retention_run')
export class RetentionRunEntity {
  @PrimaryColumn(DATE) readonly day: string;
  @Column(JSONB) readonly counts: Readonly<Record<string, number>>;
  @Column(INSTANT) readonly startedAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly endedAt: IsoInstant | null;
}
