import { CHALLENGE_PARTS, CHALLENGE_STATES, type ChallengeNote, type ChallengeState, type IsoInstant, type LearnerId, type OrganisationId, type PersonId, type ScoreChallenge, type ScoredVersion, type VacancyId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, INT, INT_OR_NULL, JSONB, JSONB_OR_NULL, TEXT, TEXT_OR_NULL, UUID, UUID_OR_NULL, oneOf } from '../columns.js';

@Entity('score_challenge')
@Check('score_challenge_part_check', `${oneOf('part', CHALLENGE_PARTS)} AND ("part" = 'WHOLE') = ("code" IS NULL)`)
@Check('score_challenge_state_check', oneOf('state', CHALLENGE_STATES))
@Check(
  'score_challenge_decided_check',
  `("state" IN ('UPHELD', 'NOT_UPHELD')) = ("decided_by" IS NOT NULL) AND ("decided_by" IS NULL) = ("decided_at" IS NULL) AND ("decided_by" IS NULL) = ("decision_reason" IS NULL)`,
)
@Index(['organisationId', 'decideBy'])
@Index(['learnerId'])
@Index(['vacancyId'])
export class ScoreChallengeEntity implements ScoreChallenge {
  @PrimaryColumn(UUID) readonly id: string;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('vacancy') @Column(UUID) readonly vacancyId: VacancyId;
  @Column(TEXT) readonly part: ScoreChallenge['part'];
  @Column(TEXT_OR_NULL) readonly code: string | null;
  @Column(TEXT) readonly words: string;
  @Column(TEXT) readonly state: ChallengeState;
  @Column(INSTANT) readonly raisedAt: IsoInstant;
  @Column(UUID) readonly raisedBy: PersonId;
  @Column(INSTANT) readonly acknowledgeBy: IsoInstant;
  @Column(INSTANT) readonly decideBy: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly acknowledgedAt: IsoInstant | null;
  @Column(TEXT_OR_NULL) readonly acknowledgedName: string | null;
  @Column(INSTANT_OR_NULL) readonly decidedAt: IsoInstant | null;
  @Column(UUID_OR_NULL) readonly decidedBy: PersonId | null;
  @Column(TEXT_OR_NULL) readonly decidedName: string | null;
  @Column(TEXT_OR_NULL) readonly decisionReason: string | null;
  @Column(JSONB) readonly before: ScoredVersion;
  @Column(JSONB_OR_NULL) readonly after: ScoredVersion | null;
  @Column(INT_OR_NULL) readonly rescoreFrom: number | null;
  @Column(INT) readonly version: number;
}

@Entity('challenge_note')
@Index(['challengeId', 'at'])
@Index(['learnerId'])
@Index(['organisationId'])
export class ChallengeNoteEntity implements ChallengeNote {
  @PrimaryColumn(UUID) readonly id: string;
  @ForeignKey('score_challenge') @Column(UUID) readonly challengeId: string;
  @ForeignKey('learner') @Column(UUID) readonly learnerId: LearnerId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(INSTANT) readonly at: IsoInstant;
  @Column(UUID) readonly by: PersonId;
  @Column(TEXT) readonly name: string;
  @Column(TEXT) readonly words: string;
}
