import type { ReferenceService } from '@meriden/services';

/** Row types of the reference data as the service holds them; the API reads them and imports no reference library. */
type Data = ReferenceService['data'];
type RowOf<Table extends { byId: ReadonlyMap<string, unknown> }> = Table['byId'] extends ReadonlyMap<string, infer Row> ? Row : never;

export type CampusRow = RowOf<Data['campuses']>;
export type QualificationRow = RowOf<Data['qualifications']>;
export type SkillRow = NonNullable<ReturnType<ReferenceService['skill']>>;
export type FundingSourceRow = RowOf<Data['fundingSources']>;
export type FigureRow = RowOf<Data['figures']>;
export type EntryPointRow = RowOf<Data['entryPoints']>;
export type ProvenanceRow = Pick<CampusRow, 'source' | 'certainty' | 'certaintyNote'>;
