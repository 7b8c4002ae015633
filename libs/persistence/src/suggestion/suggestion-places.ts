import type { LearnerId, ScoreCause } from '@meriden/domain';
import { columnList } from '../rows.js';
import type { Tx } from '../tx.js';
import { SuggestionEntity } from './suggestion.entity.js';

/**
 * The part of a statement that keeps suggestions as they were. A score that came out the same from the same inputs on another day
 * is not another version.
 *
 * @param from rows of `suggestion s` that are about to change or go, with a condition; `left` says in SQL whether they go
 */
export function keepPast(tx: Tx, from: string, left: string, cause: ScoreCause): string {
  const columns = columnList(tx.manager, SuggestionEntity);
  return `insert into suggestion_past (${columns}, id, superseded_at, superseded_because, "left")
    select ${columnList(tx.manager, SuggestionEntity, 's.')}, gen_random_uuid(), now(), '${cause}', ${left} from ${from}`;
}

/** Whether what `alias` says differs from `suggestion s` in more than the day and the place. */
export function differs(alias: string): string {
  const columns = ['score', 'employer_score', 'learner_hash', 'vacancy_hash', 'policy_hash', 'reference_version', 'gates', 'terms'];
  return `(${columns.map((column) => `s.${column}`).join(', ')}) is distinct from (${columns.map((column) => `${alias}.${column}`).join(', ')})`;
}

/** Counts the places of these learners anew when a vacancy was slotted in; what lies beyond the best `keep` by fit goes. */
export async function renumber(tx: Tx, learnerIds: readonly LearnerId[], keep: number): Promise<void> {
  if (learnerIds.length === 0) return;
  await tx.manager.query(
    `with long as materialized (
       select learner_id from suggestion where learner_id = any ($1::uuid[]) group by learner_id having count(*) > $2
     ), ranked as materialized (
       select learner_id, vacancy_id, row_number() over (partition by learner_id order by fit_key desc, tie, vacancy_id) as place
       from suggestion where learner_id in (select learner_id from long)
     ), kept as (${keepPast(tx, 'suggestion s join ranked r on s.learner_id = r.learner_id and s.vacancy_id = r.vacancy_id where r.place > $2', 'true', 'VACANCY')})
     delete from suggestion s using ranked p where p.place > $2 and s.learner_id = p.learner_id and s.vacancy_id = p.vacancy_id`,
    [learnerIds, keep],
  );
  await tx.manager.query(
    `with placed as materialized (
       select learner_id, vacancy_id, rank, row_number() over (partition by learner_id order by order_key desc, fit_key desc, tie, vacancy_id) as place
       from suggestion where learner_id = any ($1::uuid[])
     )
     update suggestion s set rank = p.place from placed p
     where p.place <> p.rank and s.learner_id = p.learner_id and s.vacancy_id = p.vacancy_id`,
    [learnerIds],
  );
}
