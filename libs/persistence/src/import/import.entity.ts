import { IMPORT_KINDS, IMPORT_STATES, type ImportReport, type ImportRun, type ImportRunId, type IsoInstant, type OrganisationId, type PersonId } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, INT, JSONB_OR_NULL, TEXT, UUID, oneOf } from '../columns.js';

@Entity('import_run')
@Check('import_run_kind_check', oneOf('kind', IMPORT_KINDS))
@Check('import_run_state_check', oneOf('state', IMPORT_STATES))
@Check('import_run_bytes_check', `"bytes" BETWEEN 0 AND 16777216`)
@Index(['organisationId'])
@Index(['createdAt'])
export class ImportRunEntity implements ImportRun {
  @PrimaryColumn(UUID) readonly id: ImportRunId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @ForeignKey('person') @Column(UUID) readonly personId: PersonId;
  @Column(TEXT) readonly kind: ImportRun['kind'];
  @Column(TEXT) readonly state: ImportRun['state'];
  @Column(INT) readonly bytes: number;
  @Column(JSONB_OR_NULL) readonly report: ImportReport | null;
  @Column(INSTANT) readonly createdAt: IsoInstant;
  @Column(INSTANT_OR_NULL) readonly endedAt: IsoInstant | null;
  @Column(INT) readonly version: number;
}

/** What was handed in, apart from its run, so that a list of runs carries no files. */
@Entity('import_file')
export class ImportFileEntity {
  @ForeignKey('import_run') @PrimaryColumn(UUID) readonly runId: ImportRunId;
  @ForeignKey('organisation') @Column(UUID) readonly organisationId: OrganisationId;
  @Column({ type: 'bytea' }) readonly content: Buffer;
}
