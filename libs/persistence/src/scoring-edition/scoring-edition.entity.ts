import { TRAVEL_MODES, WEIGHT_STATES, type CampusId, type IsoInstant, type PersonId, type ScoringEdition, type ShadowReport, type SkillAlias, type SkillId, type TravelCell, type TravelImport, type TravelMode, type WeightVersion } from '@meriden/domain';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INSTANT_OR_NULL, INT, INT_OR_NULL, JSONB, JSONB_OR_NULL, TEXT, TEXT_OR_NULL, UUID, UUID_OR_NULL, oneOf } from '../columns.js';

/** One row: the numbers that every process compares. */
@Entity('scoring_edition')
@Check('scoring_edition_one_check', `"id" = 1`)
export class ScoringEditionEntity implements ScoringEdition {
  @PrimaryColumn(INT) readonly id: number;
  @Column(INT) readonly aliases: number;
  @Column(INT) readonly travel: number;
  @Column(INT) readonly weights: number;
}

@Entity('skill_alias')
@Check('skill_alias_until_check', `"until" > "since" AND ("until" IS NULL) = ("retired_at" IS NULL) AND ("until" IS NULL) = ("retired_by" IS NULL)`)
@Index(['addedAt'])
export class SkillAliasEntity implements SkillAlias {
  @PrimaryColumn(UUID) readonly id: string;
  @Column(TEXT) readonly skillId: SkillId;
  @Column(TEXT) readonly alias: string;
  @Column(TEXT) readonly reason: string;
  @Column(INT) readonly since: number;
  @Column(INT_OR_NULL) readonly until: number | null;
  @Column(UUID) readonly addedBy: PersonId;
  @Column(INSTANT) readonly addedAt: IsoInstant;
  @Column(UUID_OR_NULL) readonly retiredBy: PersonId | null;
  @Column(INSTANT_OR_NULL) readonly retiredAt: IsoInstant | null;
}

@Entity('travel_import')
export class TravelImportEntity implements TravelImport {
  @PrimaryColumn(INT) readonly edition: number;
  @Column(TEXT) readonly source: string;
  @Column(INT) readonly cells: number;
  @Column(UUID_OR_NULL) readonly importedBy: PersonId | null;
  @Column(INSTANT) readonly importedAt: IsoInstant;
}

@Entity('travel_cell')
@Check('travel_cell_mode_check', `${oneOf('mode', TRAVEL_MODES)} AND "minutes" BETWEEN 1 AND 600`)
export class TravelCellEntity implements TravelCell {
  @ForeignKey('travel_import') @PrimaryColumn(INT) readonly edition: number;
  @PrimaryColumn(TEXT) readonly outcode: string;
  @PrimaryColumn(TEXT) readonly campusId: CampusId;
  @PrimaryColumn(TEXT) readonly mode: TravelMode;
  @Column(INT) readonly minutes: number;
}

@Entity('weight_version')
@Check('weight_version_state_check', oneOf('state', WEIGHT_STATES))
@Check(
  'weight_version_decided_check',
  `("state" = 'PROPOSED') = ("decided_by" IS NULL) AND ("decided_by" IS NULL) = ("decided_at" IS NULL) AND ("decided_by" IS NULL) = ("decision_reason" IS NULL) AND "decided_by" <> "proposed_by"`,
)
@Index('weight_version_active_key', ['state'], { unique: true, where: `state = 'ACTIVE'` })
export class WeightVersionEntity implements WeightVersion {
  @PrimaryColumn(INT) readonly number: number;
  @Column(TEXT) readonly state: WeightVersion['state'];
  @Column(JSONB) readonly weights: Readonly<Record<string, number>>;
  @Column(JSONB) readonly employerWeights: Readonly<Record<string, number>>;
  @Column(TEXT) readonly reason: string;
  @Column(JSONB_OR_NULL) readonly report: ShadowReport | null;
  @Column(UUID) readonly proposedBy: PersonId;
  @Column(INSTANT) readonly proposedAt: IsoInstant;
  @Column(UUID_OR_NULL) readonly decidedBy: PersonId | null;
  @Column(INSTANT_OR_NULL) readonly decidedAt: IsoInstant | null;
  @Column(TEXT_OR_NULL) readonly decisionReason: string | null;
}
