import type { OrganisationId, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../tx.js';

export type AnswerKey = Readonly<{ organisationId: OrganisationId; personId: PersonId; key: string }>;
export type KeptAnswer = Readonly<{ requestHash: string; answer: unknown }>;

@Injectable()
export class IdempotencyStore {
  /**
   * The answer given under a key, if any. Until this transaction ends, another one that asks for the same key waits here, and then
   * finds the answer: two requests at once are answered once.
   */
  async find(tx: Tx, { organisationId, personId, key }: AnswerKey): Promise<KeptAnswer | null> {
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [`${organisationId} ${personId} ${key}`]);
    const [kept] = await tx.manager.query<KeptAnswer[]>(
      `select request_hash as "requestHash", answer from idempotent_answer where organisation_id = $1 and person_id = $2 and key = $3`,
      [organisationId, personId, key],
    );
    return kept ?? null;
  }

  /** Keeps the answer, in the transaction of the change it answers. `answer` is JSON data: ids, not rows. */
  async save(tx: Tx, { organisationId, personId, key, requestHash, answer }: AnswerKey & KeptAnswer): Promise<void> {
    await tx.manager.query(
      'insert into idempotent_answer (organisation_id, person_id, key, request_hash, answer) values ($1, $2, $3, $4, $5::jsonb)',
      [organisationId, personId, key, requestHash, JSON.stringify(answer)],
    );
  }

  /** Forgets answers older than `hours`; the worker's. @returns how many. */
  async purge(tx: Tx, hours = 24): Promise<number> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(`delete from idempotent_answer where created_at < now() - $1 * interval '1 hour'`, [
      hours,
    ]);
    return affected;
  }
}
