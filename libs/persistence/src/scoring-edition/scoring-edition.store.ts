import type { LearnerId, ScoringEdition, ShadowReport, SkillAlias, SkillId, TravelCell, TravelImport, WeightVersion } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { insertRows, selectList } from '../rows.js';
import type { Tx } from '../tx.js';
import { SkillAliasEntity, TravelCellEntity, TravelImportEntity, WeightVersionEntity } from './scoring-edition.entity.js';

type Part = keyof ScoringEdition;

/** What an operator changed about scoring, by edition. */
@Injectable()
export class ScoringEditionStore {
  /** `written`: the transaction has written something, so that what it reads may never come to count. */
  async read(tx: Tx): Promise<ScoringEdition & Readonly<{ written: boolean }>> {
    const [row] = await tx.manager.query<(ScoringEdition & { written: boolean })[]>(
      'select aliases, travel, weights, pg_current_xact_id_if_assigned() is not null as written from scoring_edition',
    );
    return row ?? { aliases: 0, travel: 0, weights: 0, written: false };
  }

  /** The next number of one part; whoever changes the same part waits here. */
  async next(tx: Tx, part: Exclude<Part, 'weights'>): Promise<number> {
    const [rows] = await tx.manager.query<[{ number: number }[], number]>(`update scoring_edition set ${part} = ${part} + 1 returning ${part} as number`);
    if (rows[0] === undefined) throw new Error('The edition of the scoring is missing');
    return rows[0].number;
  }

  /** The aliases that hold. */
  aliases(tx: Tx): Promise<SkillAlias[]> {
    return tx.manager.find(SkillAliasEntity, { where: { until: IsNull() }, order: { since: 'ASC', id: 'ASC' } });
  }

  alias(tx: Tx, id: string): Promise<SkillAlias | null> {
    return tx.manager.findOneBy(SkillAliasEntity, { id });
  }

  addAlias(tx: Tx, alias: SkillAlias): Promise<void> {
    return insertRows(tx, SkillAliasEntity, [alias]);
  }

  async retireAlias(tx: Tx, { id, until, retiredBy, retiredAt }: SkillAlias): Promise<void> {
    await tx.manager.update(SkillAliasEntity, { id }, { until, retiredBy, retiredAt });
  }

  /** Learners who hold a skill: whom a new name of it may touch. */
  async holdersOf(tx: Tx, skillId: SkillId, limit: number): Promise<{ id: LearnerId; version: number }[]> {
    return tx.manager.query('select id, version from learner where skills @> $1::jsonb order by id limit $2', [JSON.stringify([{ skillId }]), limit]);
  }

  /** The newest value of every cell that was ever imported. */
  cells(tx: Tx): Promise<TravelCell[]> {
    return tx.manager.query<TravelCell[]>(
      `select distinct on (t.outcode, t.campus_id, t.mode) ${selectList(tx.manager, TravelCellEntity, 't')} from travel_cell t
       order by t.outcode, t.campus_id, t.mode, t.edition desc`,
    );
  }

  async importCells(tx: Tx, header: TravelImport, cells: readonly TravelCell[]): Promise<void> {
    await insertRows(tx, TravelImportEntity, [header]);
    await insertRows(tx, TravelCellEntity, cells);
  }

  imports(tx: Tx): Promise<TravelImport[]> {
    return tx.manager.find(TravelImportEntity, { order: { edition: 'DESC' }, take: 100 });
  }

  weights(tx: Tx, number: number): Promise<WeightVersion | null> {
    return tx.manager.findOneBy(WeightVersionEntity, { number });
  }

  async lastNumber(tx: Tx): Promise<number> {
    const [row] = await tx.manager.query<{ last: number }[]>('select coalesce(max(number), 0) as last from weight_version');
    return row?.last ?? 0;
  }

  propose(tx: Tx, version: WeightVersion): Promise<void> {
    return insertRows(tx, WeightVersionEntity, [version]);
  }

  async report(tx: Tx, number: number, report: ShadowReport): Promise<void> {
    await tx.manager.update(WeightVersionEntity, { number, state: 'PROPOSED' }, { report });
  }

  /** Writes a decision; an approved version takes the place of the one in use. @returns false when it was decided before. */
  async decide(tx: Tx, { number, state, decidedBy, decidedAt, decisionReason }: WeightVersion): Promise<boolean> {
    if (state === 'ACTIVE') {
      await tx.manager.update(WeightVersionEntity, { state: 'ACTIVE' }, { state: 'RETIRED' });
      await tx.manager.query('update scoring_edition set weights = $1', [number]);
    }
    const { affected } = await tx.manager.update(WeightVersionEntity, { number, state: 'PROPOSED' }, { state, decidedBy, decidedAt, decisionReason });
    return affected === 1;
  }
}
