import type { LearnerId, PastSuggestion, ScoreCause, Suggestion, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { columnList, recordsJson, recordset } from '../rows.js';
import type { Tx } from '../tx.js';
import { SuggestionEntity } from './suggestion.entity.js';
import { SuggestionPastEntity } from './suggestion-past.entity.js';
import { differs, keepPast, renumber } from './suggestion-places.js';

// Lists are changed under advisory locks: a learner's list by one writer at a time, and none while a vacancy leaves all of them, or two
// writers would number the same places.
const SLOTTING = "hashtextextended('meriden suggestions', 0)";

/** What orders a row in its list, as one text. */
const KEYS = `s.order_key || ' ' || s.fit_key || ' ' || s.tie`;
const keysOf = ({ orderKey, fitKey, tie }: Suggestion): string => `${orderKey} ${fitKey} ${tie}`;

@Injectable()
export class SuggestionStore {
  /** Best first. */
  forLearner(tx: Tx, learnerId: LearnerId): Promise<Suggestion[]> {
    return tx.manager.find(SuggestionEntity, { where: { learnerId }, order: { rank: 'ASC' } });
  }

  forPair(tx: Tx, learnerId: LearnerId, vacancyId: VacancyId): Promise<Suggestion | null> {
    return tx.manager.findOneBy(SuggestionEntity, { learnerId, vacancyId });
  }

  /** An earlier version, by what it was computed from. */
  past(tx: Tx, learnerId: LearnerId, vacancyId: VacancyId, inputHash: string): Promise<PastSuggestion | null> {
    return tx.manager.findOne(SuggestionPastEntity, { where: { learnerId, vacancyId, inputHash }, order: { supersededAt: 'DESC' } });
  }

  /** Every stored score, present and earlier, that was computed from these inputs. Reads all of them: for an operator's rare question. */
  async ofInputs(tx: Tx, inputHash: string): Promise<readonly (Suggestion | PastSuggestion)[]> {
    // Nothing indexes the hash, and the tables of a country are read for longer than a page may take.
    await tx.manager.query(`set local statement_timeout = '10min'`);
    return [...(await tx.manager.findBy(SuggestionEntity, { inputHash })), ...(await tx.manager.find(SuggestionPastEntity, { where: { inputHash }, order: { supersededAt: 'DESC' } }))];
  }

  /** Learners who have this vacancy among their suggestions. */
  async holders(tx: Tx, vacancyId: VacancyId): Promise<LearnerId[]> {
    const rows = await tx.manager.query<{ learner: LearnerId }[]>('select learner_id as learner from suggestion where vacancy_id = $1', [vacancyId]);
    return rows.map((row) => row.learner);
  }

  /** The lowest fit key of each of these lists that is full (`keep` long): a pair below it cannot get in. */
  async floors(tx: Tx, keep: number, learnerIds: readonly LearnerId[]): Promise<Map<LearnerId, number>> {
    const rows = await tx.manager.query<{ learner: LearnerId; floor: number }[]>(
      'select learner_id as learner, lowest_fit as floor from suggestion_list where length >= $1 and learner_id = any ($2::uuid[])',
      [keep, learnerIds],
    );
    return new Map(rows.map((row) => [row.learner, row.floor]));
  }

  /** Lets nobody else write these lists until the transaction ends: what is compared from here on is still so when they are written. */
  async hold(tx: Tx, learnerIds: readonly LearnerId[]): Promise<void> {
    await tx.manager.query(
      `select pg_advisory_xact_lock_shared(${SLOTTING}), (select count(pg_advisory_xact_lock(hashtextextended(l::text, 1)))
         from (select l from unnest($1::uuid[]) l order by l) ordered)`,
      [learnerIds],
    );
  }

  /** As `hold`, for the lists of all. */
  async holdAll(tx: Tx): Promise<void> {
    await tx.manager.query(`select pg_advisory_xact_lock(${SLOTTING})`);
  }

  replaceForLearner(tx: Tx, learnerId: LearnerId, suggestions: readonly Suggestion[], cause: ScoreCause = 'PROFILE'): Promise<void> {
    return this.replaceForLearners(tx, [learnerId], suggestions, cause);
  }

  /**
   * The lists of `learnerIds` become `suggestions`, in one statement. A row whose inputs and place are as they were stays untouched,
   * its `scoredAt` too: scoring twice gives the same rows. What changes or goes is kept as it was.
   */
  async replaceForLearners(tx: Tx, learnerIds: readonly LearnerId[], suggestions: readonly Suggestion[], cause: ScoreCause): Promise<void> {
    await this.hold(tx, learnerIds);
    const same = 'i.learner_id = s.learner_id and i.vacancy_id = s.vacancy_id';
    await tx.manager.query(
      `with incoming as materialized (select * from ${recordset(tx.manager, SuggestionEntity, '$2')}),
       past as (${keepPast(tx, `suggestion s left join incoming i on ${same} where s.learner_id = any ($1::uuid[]) and (i.learner_id is null or ${differs('i')})`, 'i.learner_id is null', cause)}),
       gone as (
         delete from suggestion s where s.learner_id = any ($1::uuid[]) and not exists (select 1 from incoming i where ${same})
       )
       ${upsert(tx)}`,
      [learnerIds, recordsJson(tx.manager, SuggestionEntity, suggestions)],
    );
  }

  /**
   * Slots one vacancy into the lists of learners: rows for it become `suggestions` (their `rank` is not read), ranks are counted
   * anew, and what lies beyond the best `keep` of a learner goes.
   *
   * @param among whose lists may be touched; null = everybody's
   * @returns learners whose full list lost this vacancy or now ends with it: a vacancy that is not stored may be better for them,
   *   so they must be scored again.
   */
  async replaceForVacancy(tx: Tx, vacancyId: VacancyId, suggestions: readonly Suggestion[], keep: number, among: readonly LearnerId[] | null = null): Promise<LearnerId[]> {
    const { manager } = tx;
    await (among === null ? this.holdAll(tx) : this.hold(tx, among));
    const before = await manager.query<{ learner: LearnerId; full: boolean; rank: number; keys: string }[]>(
      `select s.learner_id as learner, (select count(*) from suggestion o where o.learner_id = s.learner_id) >= $2 as full, s.rank, ${KEYS} as keys
       from suggestion s where s.vacancy_id = $1 and ($3::uuid[] is null or s.learner_id = any ($3))`,
      [vacancyId, keep, among],
    );
    const held = new Map(before.map((row) => [row.learner, row]));
    await manager.query(
      `with incoming as materialized (select * from ${recordset(manager, SuggestionEntity, '$2')}),
       past as (${keepPast(tx, `suggestion s left join incoming i on i.learner_id = s.learner_id where s.vacancy_id = $1 and ($3::uuid[] is null or s.learner_id = any ($3)) and (i.learner_id is null or ${differs('i')})`, 'i.learner_id is null', 'VACANCY')}),
       gone as (
         delete from suggestion s where s.vacancy_id = $1 and ($3::uuid[] is null or s.learner_id = any ($3)) and not exists (select 1 from incoming i where i.learner_id = s.learner_id)
       )
       ${upsert(tx)}`,
      [vacancyId, recordsJson(manager, SuggestionEntity, suggestions.map((suggestion) => ({ ...suggestion, rank: held.get(suggestion.learnerId)?.rank ?? 1 }))), among],
    );
    // Whose row orders itself as before keeps all places: most edits change a score and move nothing.
    const settled = new Set(suggestions.filter((suggestion) => held.get(suggestion.learnerId)?.keys === keysOf(suggestion)).map((suggestion) => suggestion.learnerId));
    const moved = [...new Set([...held.keys(), ...suggestions.map((suggestion) => suggestion.learnerId)])].filter((id) => !settled.has(id));
    await renumber(tx, moved, keep);
    const full = before.filter((row) => row.full && !settled.has(row.learner)).map((row) => row.learner);
    const short = await manager.query<{ learner: LearnerId }[]>(
      `select l as learner from unnest($1::uuid[]) l
       where not exists (select 1 from suggestion s where s.learner_id = l and s.vacancy_id = $2
         and (select count(*) from suggestion o where o.learner_id = l and (o.fit_key, s.tie) > (s.fit_key, o.tie)) < $3 - 1)`,
      [full, vacancyId, keep],
    );
    return short.map((row) => row.learner);
  }
}

function upsert(tx: Tx): string {
  const columns = columnList(tx.manager, SuggestionEntity);
  // Long values that came out as they were stay as they lie: packing them anew is much of what a row costs.
  const values = ['gates', 'terms'].reduce(
    (list, long) => list.replace(`excluded."${long}"`, `case when suggestion.${long} = excluded.${long} then suggestion.${long} else excluded.${long} end`),
    columnList(tx.manager, SuggestionEntity, 'excluded.'),
  );
  return `insert into suggestion (${columns}) select ${columns} from incoming
    on conflict (learner_id, vacancy_id) do update set (${columns}) = row(${values})
    where (suggestion.input_hash, suggestion.policy_version, suggestion.rank, suggestion.order_key, suggestion.fit_key)
      is distinct from (excluded.input_hash, excluded.policy_version, excluded.rank, excluded.order_key, excluded.fit_key)`;
}
