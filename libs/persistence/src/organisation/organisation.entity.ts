import type { Organisation, OrganisationId, OrganisationRole } from '@meriden/domain';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BOOLEAN, INT, INT_OR_NULL, TEXT, TEXTS, TEXT_OR_NULL, UUID } from '../columns.js';

/** Providers, employers, funders and the operator: one row each, whatever parts they play. */
@Entity('organisation')
@Check('organisation_roles_check', `"roles" <@ ARRAY['PROVIDER', 'EMPLOYER', 'FUNDER', 'OPERATOR'] AND cardinality("roles") > 0`)
@Check('organisation_ukprn_check', `"ukprn" ~ '^1[0-9]{7}$'`)
@Check('organisation_round_capacity_check', `"round_capacity" >= 0`)
@Check('organisation_name_check', `char_length("name") BETWEEN 1 AND 200`)
@Index('organisation_ukprn_key', ['ukprn'], { unique: true })
export class OrganisationEntity implements Organisation {
  @PrimaryColumn(UUID) readonly id: OrganisationId;
  @Column(TEXT) readonly name: string;
  @Column(TEXTS) readonly roles: readonly OrganisationRole[];
  @Column(TEXT_OR_NULL) readonly ukprn: string | null;
  @Column(TEXT_OR_NULL) readonly odsCode: string | null;
  @Column(BOOLEAN) readonly fictional: boolean;
  @Column(INT_OR_NULL) readonly roundCapacity: number | null;
  @Column(INT) readonly version: number;
}
