import type { CampusId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';

/**
 * A count of people that hides small numbers. `fewerThan5`: one to four; zero is told. Null without `fewerThan5`: kept back because
 * with it another hidden count could be worked out.
 */
export type HiddenCount = Readonly<{ count: number | null; fewerThan5: boolean }>;
export type RegionRow = HiddenCount & Readonly<{ key: string }>;

export type Region = Readonly<{
  learners: HiddenCount;
  /** Keys: LEARNER_STAGES. */
  byStage: readonly RegionRow[];
  byQualification: readonly RegionRow[];
  /** Keys: organisation ids. */
  byProvider: readonly RegionRow[];
  byFundingSource: readonly RegionRow[];
  placements: HiddenCount;
  placementsByCampus: readonly RegionRow[];
  /** Keys: RESIDENT, ELSEWHERE, UNKNOWN. */
  placementsByHome: readonly RegionRow[];
  /** Learners who have a skill of each group. Keys: groups of skills. */
  bySkillGroup: readonly RegionRow[];
  /** Live vacancies are public: nothing is hidden here. */
  openingsByCampus: readonly Readonly<{ campusId: CampusId; vacancies: number; openings: number }>[];
}>;

/** A skill and the group that it belongs to. */
export type GroupedSkill = Readonly<{ key: string; cluster: string }>;

type Counted = Readonly<{ measure: string; key: string; amount: number | null; fewer: boolean }>;

/**
 * The region in figures. The counting and the hiding are done inside the database functions `region_counts` and
 * `region_skill_supply`, which answer the roles REGION and OPERATOR alone: the numbers under five never leave the server. Three statements.
 */
@Injectable()
export class RegionReads {
  async summary(tx: Tx, residentOutcodes: readonly string[], skills: readonly GroupedSkill[]): Promise<Region> {
    const counted = await tx.manager.query<Counted[]>('select measure, key, amount, fewer_than_5 as fewer from region_counts($1::text[])', [
      residentOutcodes,
    ]);
    const of = (measure: string): RegionRow[] =>
      counted.filter((row) => row.measure === measure).map((row) => ({ key: row.key, count: row.amount, fewerThan5: row.fewer }));
    const one = (measure: string): HiddenCount => {
      const { count, fewerThan5 } = of(measure)[0] ?? { count: null, fewerThan5: false };
      return { count, fewerThan5 };
    };
    return {
      learners: one('LEARNERS'),
      byStage: of('STAGE'),
      byQualification: of('QUALIFICATION'),
      byProvider: of('PROVIDER'),
      byFundingSource: of('FUNDING_SOURCE'),
      placements: one('PLACEMENTS'),
      placementsByCampus: of('PLACEMENTS_BY_CAMPUS'),
      placementsByHome: of('PLACEMENTS_BY_HOME'),
      bySkillGroup: await tx.manager.query<RegionRow[]>('select key, amount as count, fewer_than_5 as "fewerThan5" from region_skill_supply($1::text[], $2::text[])', [
        skills.map(({ key }) => key),
        skills.map(({ cluster }) => cluster),
      ]),
      openingsByCampus: await tx.manager.query(
        `select v.campus_id as "campusId", count(*) as vacancies, sum(v.openings) as openings
         from vacancy v where v.state = 'LIVE' group by v.campus_id order by v.campus_id`,
      ),
    };
  }
}
