import type { DryRun, DryRunId, LearnerId, RoundId, Scope, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same, sameId } from '../noun-reads.js';
import { selectList } from '../rows.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { DryRunEntity } from './dry-run.entity.js';

export type DryRunFilter = Readonly<{ roundId?: RoundId; state?: DryRun['state'] }>;
/** Newest first. */
export type DryRunOrder = 'ASKED_AT';

/** One learner whom two trials treat differently; no vacancy = no place. */
export type DryRunDifference = Readonly<{ learnerId: LearnerId; aVacancyId: VacancyId | null; aRank: number | null; bVacancyId: VacancyId | null; bRank: number | null }>;
/** How many learners two trials treat differently, by who is better off where. */
export type DryRunBalance = Readonly<{ moved: number; betterInA: number; betterInB: number; placedOnlyInA: number; placedOnlyInB: number }>;

const JOINED = `(select * from dry_run_place where dry_run_id = $1) a full join (select * from dry_run_place where dry_run_id = $2) b using (learner_id)
  where a.vacancy_id is distinct from b.vacancy_id`;

@Injectable()
export class DryRunReads extends NounReads<DryRun, DryRunFilter, DryRunOrder> {
  protected readonly shape = {
    entity: DryRunEntity,
    key: ['id'],
    orders: { ASKED_AT: [['askedAt', 'desc']] },
    filters: { roundId: sameId('round_id'), state: same('state') },
  } as const;

  /** The trials of each round, the newest first; the promised and the other mode, again where one failed or was cancelled. One statement. */
  async ofRounds(tx: Tx, scope: Scope, roundIds: readonly string[]): Promise<DryRun[][]> {
    const parameters = new Parameters();
    const wanted = parameters.add(roundIds);
    const rows = await tx.manager.query<DryRun[]>(
      `select ${selectList(tx.manager, DryRunEntity, 't')} from dry_run t
       where t.round_id = any (${wanted}::uuid[]) and ${this.where(tx.manager, scope, undefined, parameters)} order by t.asked_at desc, t.id`,
      parameters.values,
    );
    return roundIds.map((id) => rows.filter((row) => row.roundId === id));
  }

  /** The learners on whom two trials differ, those who lose or gain a place first. `scope` is that of the trials. */
  async differences(tx: Tx, scope: Scope, a: DryRunId, b: DryRunId, first: number): Promise<DryRunDifference[]> {
    if (!(await this.both(tx, scope, a, b))) return [];
    return tx.manager.query<DryRunDifference[]>(
      `select learner_id as "learnerId", a.vacancy_id as "aVacancyId", a.rank as "aRank", b.vacancy_id as "bVacancyId", b.rank as "bRank"
       from ${JOINED} order by (a.rank is null or b.rank is null) desc, abs(coalesce(a.rank, 0) - coalesce(b.rank, 0)) desc, learner_id limit $3`,
      [a, b, first],
    );
  }

  async balance(tx: Tx, scope: Scope, a: DryRunId, b: DryRunId): Promise<DryRunBalance | null> {
    if (!(await this.both(tx, scope, a, b))) return null;
    const [row] = await tx.manager.query<DryRunBalance[]>(
      `select count(*)::int as moved, count(*) filter (where a.rank < b.rank)::int as "betterInA", count(*) filter (where b.rank < a.rank)::int as "betterInB",
         count(*) filter (where b.rank is null)::int as "placedOnlyInA", count(*) filter (where a.rank is null)::int as "placedOnlyInB" from ${JOINED}`,
      [a, b],
    );
    return row ?? null;
  }

  private async both(tx: Tx, scope: Scope, a: DryRunId, b: DryRunId): Promise<boolean> {
    return (await this.byIds(tx, scope, [a, b])).every((run) => run?.state === 'DONE');
  }
}
