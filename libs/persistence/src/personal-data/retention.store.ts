import type { IsoDate, IsoInstant, LearnerId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';
import type { Retention } from './vocabulary.js';

/** 84 days as the Department for Education's own service keeps an employer's interest. */
const ROUNDS_OVER = `select r.id from round r where r.published_at < $1::timestamptz - interval '84 days'`;
const NOTHING_JOINS = `not exists (select from learner_preference p where p.learner_id = t.learner_id)
  and not exists (select from proposal p where p.learner_id = t.learner_id and p.employer_id = t.organisation_id and p.state in ('PROPOSED', 'ACCEPTED'))`;
const COMMANDS_OVER = `select c.id from command c where c.state = 'DONE' and c.done_at < $1::timestamptz - interval '30 days'`;

/** The schedule in SQL: rule -> tables and conditions, in the order in which rows can go. `$1` is the moment. What is missing here goes with the record or is kept. */
const RULES: Readonly<Partial<Record<Retention, readonly (readonly [table: string, condition: string])[]>>> = {
  ANSWER: [['idempotent_answer', `t.created_at < $1::timestamptz - interval '24 hours'`]],
  SESSION: [
    ['refresh_token', `t.session_id in (select s.id from session s where coalesce(s.revoked_at, s.expires_at) < $1::timestamptz - interval '30 days')`],
    ['session', `coalesce(t.revoked_at, t.expires_at) < $1::timestamptz - interval '30 days'`],
  ],
  INTEREST: [
    ['learner_preference', `t.round_id in (${ROUNDS_OVER})`],
    ['employer_preference', `t.round_id in (${ROUNDS_OVER})`],
    ['preference_receipt', `t.round_id in (${ROUNDS_OVER})`],
    // An employer forgets a candidate, and what it decided, when nothing joins them any more: no list, no offer, no placement.
    ['candidate_decision', `t.decided_at < $1::timestamptz - interval '84 days' and ${NOTHING_JOINS}`],
    ['candidate', `exists (${ROUNDS_OVER}) and ${NOTHING_JOINS} and not exists (select from candidate_decision d where d.candidate_id = t.id)`],
  ],
  COMMAND: [
    ['outbox', `t.command_id in (${COMMANDS_OVER})`],
    ['inbox', `t.command_id in (${COMMANDS_OVER})`],
    ['command', `t.id in (${COMMANDS_OVER})`],
  ],
  SUBJECT_FILE: [['subject_file', `t.expires_at < $1::timestamptz`]],
  SUBJECT_REQUEST: [['subject_request', `t.state <> 'ACCEPTED' and t.done_at < $1::timestamptz - interval '6 years'`]],
};

export const RETENTION_RULES = Object.keys(RULES) as readonly (keyof typeof RULES)[];

/** What the rules need beyond the registered tables. */
export const RETENTION_TABLES = ['outbox', 'inbox', 'employer_preference'] as const;

@Injectable()
export class RetentionStore {
  /** Rows that a rule would delete, or deletes. */
  async apply(tx: Tx, rule: Retention, now: IsoInstant, dryRun: boolean): Promise<number> {
    await tx.manager.query('set local role meriden_privacy');
    let rows = 0;
    for (const [table, condition] of RULES[rule] ?? []) {
      if (dryRun) {
        const [row] = await tx.manager.query<{ n: number }[]>(`select count(*) as n from ${table} t where ${condition}`, [now]);
        rows += row?.n ?? 0;
      } else {
        const [, affected] = await tx.manager.query<[unknown[], number]>(`delete from ${table} t where ${condition}`, [now]);
        rows += affected;
      }
    }
    await tx.manager.query('reset role');
    return rows;
  }

  /** Records whose academic year ended a year ago or more, with no placement that still runs, no hold and no erasure yet. */
  async recordsDue(tx: Tx, today: IsoDate, limit: number): Promise<LearnerId[]> {
    const rows = await tx.manager.query<{ id: LearnerId }[]>(
      `select l.id from learner l
       where case when l.academic_year ~ '^20[0-9]{2}/[0-9]{2}$' then make_date(left(l.academic_year, 4)::integer + 1, 7, 31) + interval '1 year' < $1::date else false end
         and not exists (select from placement p where p.learner_id = l.id and p.state in ('AGREED', 'STARTED'))
         and not exists (select from legal_hold h where h.learner_id = l.id and h.released_at is null)
         and not exists (select from subject_request r where r.learner_id = l.id and r.kind = 'ERASURE' and r.state = 'DONE')
       order by l.id limit $2`,
      [today, limit],
    );
    return rows.map((row) => row.id);
  }

  /** Takes the day for this process. @returns false when another has, or had, it. */
  async beginDay(tx: Tx, day: IsoDate, startedAt: IsoInstant): Promise<boolean> {
    const rows = await tx.manager.query<unknown[]>(
      `insert into retention_run (day, counts, started_at) values ($1, '{}', $2)
       on conflict (day) do update set started_at = excluded.started_at where retention_run.ended_at is null and retention_run.started_at < excluded.started_at - interval '1 hour' returning 1`,
      [day, startedAt],
    );
    return rows.length > 0;
  }

  async endDay(tx: Tx, day: IsoDate, counts: Readonly<Record<string, number>>, endedAt: IsoInstant): Promise<void> {
    await tx.manager.query('update retention_run set counts = $2::jsonb, ended_at = $3 where day = $1', [day, JSON.stringify(counts), endedAt]);
  }
}
