import {
  DRY_RUN_STATES,
  ROUND_MODES,
  ROUND_STAGES,
  type DryRun,
  type DryRunId,
  type DryRunPlace,
  type DryRunState,
  type IsoInstant,
  type LearnerId,
  type PersonId,
  type RoundId,
  type RoundMode,
  type RoundStage,
  type VacancyId,
} from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, INT, INT_OR_NULL, TEXT, TEXT_OR_NULL, UUID, oneOf } from '../columns.js';

@Entity('dry_run')
@Check('dry_run_mode_check', oneOf('mode', ROUND_MODES))
@Check('dry_run_state_check', oneOf('state', DRY_RUN_STATES))
@Check('dry_run_stage_check', oneOf('stage', ROUND_STAGES))
@Check('dry_run_ended_check', `("state" = 'RUNNING') = ("ended_at" IS NULL)`)
// The same frozen input in the same mode gives the same answer: one that runs or is done is enough.
@Index('dry_run_one_key', ['roundId', 'mode'], { unique: true, where: `state in ('RUNNING', 'DONE')` })
export class DryRunEntity implements DryRun {
  @PrimaryColumn(UUID) readonly id: DryRunId;
  @ForeignKey('round') @Column(UUID) readonly roundId: RoundId;
  @Column(TEXT) readonly mode: RoundMode;
  @Column(TEXT) readonly state: DryRunState;
  @Column(TEXT) readonly stage: RoundStage;
  @Column(UUID) readonly askedBy: PersonId;
  @Column(INSTANT) readonly askedAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly endedAt: IsoInstant | null;
  @Column(INT_OR_NULL) readonly learners: number | null;
  @Column(INT_OR_NULL) readonly vacancies: number | null;
  @Column(TEXT_OR_NULL) readonly inputHash: string | null;
  @Column(INT_OR_NULL) readonly matched: number | null;
  @Column({ ...INT, array: true }) readonly rankCounts: readonly number[];
  @Column(INT_OR_NULL) readonly tookMs: number | null;
  @Column(TEXT_OR_NULL) readonly failure: string | null;
}

/** Only those with a place have a row. A learner who is erased takes theirs along. */
@Entity('dry_run_place')
@Check('dry_run_place_rank_check', `"rank" >= 1`)
@Index(['learnerId'])
export class DryRunPlaceEntity implements DryRunPlace {
  @ForeignKey('dry_run', { onDelete: 'CASCADE' }) @PrimaryColumn(UUID) readonly dryRunId: DryRunId;
  @ForeignKey('learner', { onDelete: 'CASCADE' }) @PrimaryColumn(UUID) readonly learnerId: LearnerId;
  @ForeignKey('vacancy', { onDelete: 'CASCADE' }) @Column(UUID) readonly vacancyId: VacancyId;
  @Column(INT) readonly rank: number;
}
