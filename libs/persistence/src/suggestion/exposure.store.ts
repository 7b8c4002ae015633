import type { BasisPoints, LearnerId, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';

/** Entries of a list that count as shown: a learner's first page. */
const SHOWN = 10;

// Learners an opening at which the factor starts to bite, and the least that is left of a key. A rule that one statement can follow; the pure
// `spread` of libs/scoring goes further, by prices, and needs everybody's list in memory at once.
const factor = (load: string): string =>
  `case when coalesce(${load}, 0) <= 3 * v.openings then 10000 else greatest(5000, floor(30000 * v.openings / ${load}))::int end`;

const counted = (order: string): string =>
  `select vacancy_id, count(*)::numeric as n from (
     select l.vacancy_id, row_number() over (partition by l.learner_id order by ${order}) as place from listed l left join first f using (vacancy_id)) placed
   where place <= ${SHOWN} group by vacancy_id`;

type ExposureCounts = Readonly<{
  /** Of every live vacancy, by fit alone and as shown. */
  byFit: readonly number[];
  shown: readonly number[];
  learnersWithThree: number;
  learnersWithNone: number;
}>;

/** How often vacancies are shown, counted over everybody's list, and what follows from it for the order of the lists. */
@Injectable()
export class ExposureStore {
  /** The crowded vacancies at the last run; all others keep all of their key. */
  async crowded(tx: Tx): Promise<Map<VacancyId, BasisPoints>> {
    const rows = await tx.manager.query<{ id: VacancyId; congestion: number }[]>('select vacancy_id as id, congestion from vacancy_exposure where congestion < 10000');
    return new Map(rows.map((row) => [row.id, row.congestion]));
  }

  /** One run at a time weighs and notes: two would write the same rows. */
  async hold(tx: Tx): Promise<void> {
    await tx.manager.query(`select pg_advisory_xact_lock(hashtextextended('meriden exposure', 0))`);
  }

  /**
   * Weighs the vacancies anew by the load of everybody's lists. Two passes: the first moves the crowd, the second sees where it went. It reads
   * the lists by fit alone, so running it twice gives the same rows.
   */
  async weigh(tx: Tx): Promise<void> {
    const { manager } = tx;
    await manager.query(
      `with listed as materialized (select learner_id, vacancy_id, fit_key, tie from suggestion),
       alone as (
         select vacancy_id, count(*)::numeric as n from (
           select vacancy_id, row_number() over (partition by learner_id order by fit_key desc, tie) as place from listed) placed
         where place <= ${SHOWN} group by vacancy_id),
       first as materialized (select v.id as vacancy_id, ${factor('a.n')} as factor from vacancy v left join alone a on a.vacancy_id = v.id),
       again as (${counted('floor(l.fit_key * coalesce(f.factor, 10000) / 10000) desc, l.fit_key desc, l.tie')}),
       loads as (
         select v.id, v.openings, (coalesce(a.n, 0) + coalesce(b.n, 0)) / 2 as load
         from vacancy v left join alone a on a.vacancy_id = v.id left join again b on b.vacancy_id = v.id where a.n is not null or b.n is not null),
       gone as (delete from vacancy_exposure e where not exists (select 1 from loads v where v.id = e.vacancy_id))
       insert into vacancy_exposure (vacancy_id, shown, congestion) select v.id, 0, ${factor('v.load')} from loads v
       on conflict (vacancy_id) do update set congestion = excluded.congestion`,
    );
  }

  /** Learners who have a list. */
  async listed(tx: Tx): Promise<LearnerId[]> {
    const rows = await tx.manager.query<{ learner: LearnerId }[]>('select id as learner from learner l where exists (select 1 from suggestion s where s.learner_id = l.id) order by id');
    return rows.map((row) => row.learner);
  }

  /**
   * Orders these lists by the weights, each row written once. Nobody else may write them meanwhile: see `SuggestionStore.hold`.
   *
   * @returns learners whose order changed
   */
  async order(tx: Tx, learnerIds: readonly LearnerId[]): Promise<LearnerId[]> {
    const [moved] = await tx.manager.query<[{ learner: LearnerId }[], number]>(
      `with weighed as (
         select s.learner_id, s.vacancy_id, s.fit_key, s.tie, coalesce(e.congestion, 10000) as congestion, s.fit_key * coalesce(e.congestion, 10000) / 10000 as order_key
         from suggestion s left join vacancy_exposure e on e.vacancy_id = s.vacancy_id where s.learner_id = any ($1::uuid[])
       ), placed as materialized (
         select learner_id, vacancy_id, congestion, order_key, row_number() over (partition by learner_id order by order_key desc, fit_key desc, tie, vacancy_id) as place from weighed
       )
       update suggestion s set congestion = p.congestion, order_key = p.order_key, rank = p.place from placed p
       where s.learner_id = p.learner_id and s.vacancy_id = p.vacancy_id and (s.congestion, s.order_key, s.rank) is distinct from (p.congestion, p.order_key, p.place)
       returning s.learner_id as learner`,
      [learnerIds],
    );
    return [...new Set(moved.map((row) => row.learner))];
  }

  /** Notes how often each is shown, when all lists are ordered. */
  async note(tx: Tx): Promise<void> {
    await tx.manager.query(
      `update vacancy_exposure e set shown = coalesce(c.n, 0)
       from vacancy_exposure o left join (select vacancy_id, count(*) as n from suggestion where rank <= ${SHOWN} group by vacancy_id) c on c.vacancy_id = o.vacancy_id
       where o.vacancy_id = e.vacancy_id`,
    );
  }

  /** Counts for the figures of a run. */
  async counts(tx: Tx): Promise<ExposureCounts> {
    const [row] = await tx.manager.query<{ byFit: number[]; shown: number[]; three: number; none: number }[]>(
      `with placed as (
         select vacancy_id, rank, row_number() over (partition by learner_id order by fit_key desc, tie) as place from suggestion),
       counted as (
         select v.id, count(*) filter (where p.place <= ${SHOWN}) as fit, count(*) filter (where p.rank <= ${SHOWN}) as shown
         from vacancy v left join placed p on p.vacancy_id = v.id where v.state = 'LIVE' group by v.id),
       lists as (select count(s.vacancy_id) as n from learner l left join suggestion s on s.learner_id = l.id group by l.id)
       select coalesce((select jsonb_agg(fit) from counted), '[]') as "byFit", coalesce((select jsonb_agg(shown) from counted), '[]') as shown,
         (select count(*) from lists where n >= 3)::int as three, (select count(*) from lists where n = 0)::int as none`,
    );
    return { byFit: row?.byFit ?? [], shown: row?.shown ?? [], learnersWithThree: row?.three ?? 0, learnersWithNone: row?.none ?? 0 };
  }
}
