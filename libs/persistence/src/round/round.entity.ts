import {
  ROUND_MODES,
  ROUND_OBJECTIVES,
  ROUND_STAGES,
  ROUND_STATES,
  type IsoInstant,
  type OrganisationId,
  type PersonId,
  type Round,
  type RoundId,
  type RoundMode,
  type RoundObjective,
  type RoundStage,
  type RoundState,
} from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, INSTANT, INSTANT_OR_NULL, INT, INT_OR_NULL, TEXT, TEXT_OR_NULL, UUID, UUID_OR_NULL, oneOf } from '../columns.js';

@Entity('round')
@Check('round_state_check', oneOf('state', ROUND_STATES))
@Check('round_mode_check', oneOf('mode', ROUND_MODES))
@Check('round_objective_check', `${oneOf('objective', ROUND_OBJECTIVES)} AND ("mode" = 'SCORE') = ("objective" IS NOT NULL)`)
@Check('round_previous_check', `("mode" = 'RERUN') = ("previous_round_id" IS NOT NULL)`)
@Check('round_stage_check', oneOf('stage', ROUND_STAGES))
@Check('round_attempt_check', `"attempt" >= 0`)
@Check('round_published_check', `("state" = 'PUBLISHED') = ("published_at" IS NOT NULL AND "published_by" IS NOT NULL AND "publish_reason" IS NOT NULL)`)
@Check('round_asked_check', `("solve_asked_by" IS NULL) = ("solve_asked_at" IS NULL)`)
// Two pairs of eyes: whatever the service says, nobody publishes what they had solved.
@Check('round_second_person_check', `"published_by" <> "solve_asked_by"`)
@Index(['preferencesCloseAt'])
export class RoundEntity implements Round {
  @PrimaryColumn(UUID) readonly id: RoundId;
  @Column(TEXT) readonly name: string;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column(TEXT) readonly state: RoundState;
  @Column(TEXT) readonly mode: RoundMode;
  @Column(TEXT_OR_NULL) readonly objective: RoundObjective | null;
  @ForeignKey('round') @Column(UUID_OR_NULL) readonly previousRoundId: RoundId | null;
  @Column(TEXT) readonly stage: RoundStage;
  @Column(INSTANT) readonly preferencesCloseAt: IsoInstant;
  @Column(INSTANT) readonly replyBy: IsoInstant;
  @Column(TEXT) readonly lotteryCommitment: string;
  @Column(INT) readonly attempt: number;
  @Column(TEXT_OR_NULL) readonly policyVersion: string | null;
  @Column(TEXT_OR_NULL) readonly inputHash: string | null;
  @Column(INT_OR_NULL) readonly matched: number | null;
  @Column(INT_OR_NULL) readonly unmatched: number | null;
  @Column({ ...BOOLEAN, nullable: true }) readonly certificateValid: boolean | null;
  @Column(UUID_OR_NULL) readonly solveAskedBy: PersonId | null;
  @Column(INSTANT_OR_NULL) readonly solveAskedAt: IsoInstant | null;
  @Column(UUID_OR_NULL) readonly publishedBy: PersonId | null;
  @Column(TEXT_OR_NULL) readonly publishReason: string | null;
  @Column(INSTANT_OR_NULL) readonly publishedAt: IsoInstant | null;
  @Column(TEXT_OR_NULL) readonly failure: string | null;
  @Column(INT) readonly version: number;
}

/** The lottery's secret: apart from the round, because everyone may read a round and nobody the secret before it is published. */
@Entity('round_secret')
export class RoundSecretEntity {
  @ForeignKey('round') @PrimaryColumn(UUID) readonly roundId: RoundId;
  @Column(TEXT) readonly secret: string;
}

/** The frozen input of one attempt. Text, not JSON: its digest is of these very bytes. */
@Entity('round_snapshot')
export class RoundSnapshotEntity {
  @ForeignKey('round') @PrimaryColumn(UUID) readonly roundId: RoundId;
  @PrimaryColumn(INT) readonly attempt: number;
  @Column(TEXT) readonly input: string;
  @Column(TEXT) readonly inputHash: string;
  @Column(TEXT) readonly seed: string;
}

/** The file anyone with it can verify: input, lottery, outcome and certificate. */
@Entity('round_file')
export class RoundFileEntity {
  @ForeignKey('round') @PrimaryColumn(UUID) readonly roundId: RoundId;
  @Column(TEXT) readonly file: string;
}
