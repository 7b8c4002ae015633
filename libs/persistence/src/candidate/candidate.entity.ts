import type { Candidate, CandidateId, LearnerId, OrganisationId } from '@meriden/domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TEXT, UUID } from '../columns.js';

/** One learner under one employer's pseudonym: ids and pseudonyms of two employers have nothing in common. */
@Entity('candidate')
@Index('candidate_pair_key', ['organisationId', 'learnerId'], { unique: true })
@Index('candidate_pseudonym_key', ['organisationId', 'pseudonym'], { unique: true })
@Index(['learnerId'])
export class CandidateEntity implements Candidate {
  @PrimaryColumn(UUID) readonly id: CandidateId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly providerId: OrganisationId;
  @Column(TEXT) readonly pseudonym: string;
}
