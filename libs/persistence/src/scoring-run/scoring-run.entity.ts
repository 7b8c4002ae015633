import { SCORING_RUN_STATES, type Exposure, type IsoInstant, type ScoringRun, type ScoringRunId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { BIGINT, INSTANT, INSTANT_OR_NULL, INT, JSONB_OR_NULL, TEXT, UUID, oneOf } from '../columns.js';

@Entity('scoring_run')
@Check('scoring_run_state_check', oneOf('state', SCORING_RUN_STATES))
@Check('scoring_run_chunks_check', `"chunks_done" BETWEEN 0 AND "chunks"`)
@Index(['startedAt'])
export class ScoringRunEntity implements ScoringRun {
  @PrimaryColumn(UUID) readonly id: ScoringRunId;
  @Column(TEXT) readonly state: (typeof SCORING_RUN_STATES)[number];
  @Column(TEXT) readonly policyVersion: string;
  @Column(INT) readonly learners: number;
  @Column(INT) readonly vacancies: number;
  @Column(BIGINT) readonly pairs: number;
  @Column(INT) readonly chunks: number;
  @Column(INT) readonly chunksDone: number;
  @Column(JSONB_OR_NULL) readonly exposure: Exposure | null;
  @Column(INSTANT) readonly startedAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly endedAt: IsoInstant | null;
}

/** One row for each chunk that is done: the primary key is what makes a second delivery count nothing. */
@Entity('scoring_chunk')
export class ScoringChunkEntity {
  @ForeignKey('scoring_run') @PrimaryColumn(UUID) readonly runId: ScoringRunId;
  @PrimaryColumn(INT) readonly chunk: number;
}
