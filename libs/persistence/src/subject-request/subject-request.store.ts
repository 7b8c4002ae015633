import type { IsoInstant, LearnerId, LegalHold, LegalHoldId, PersonId, SubjectRequest, SubjectRequestId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, updateRow } from '../rows.js';
import type { Tx } from '../tx.js';
import { LegalHoldEntity, SubjectRequestEntity } from './subject-request.entity.js';

@Injectable()
export class SubjectRequestStore {
  byId(tx: Tx, id: SubjectRequestId): Promise<SubjectRequest | null> {
    return tx.manager.findOneBy(SubjectRequestEntity, { id });
  }

  /** Newest first: what this person asked, or was asked about them. */
  about(tx: Tx, personId: PersonId, learnerId: LearnerId | null): Promise<SubjectRequest[]> {
    const wheres = [{ personId }, ...(learnerId === null ? [] : [{ learnerId }])];
    return tx.manager.find(SubjectRequestEntity, { where: wheres, order: { askedAt: 'DESC', id: 'ASC' }, take: 20 });
  }

  insert(tx: Tx, request: SubjectRequest): Promise<void> {
    return insertRows(tx, SubjectRequestEntity, [request]);
  }

  async save(tx: Tx, request: SubjectRequest): Promise<void> {
    await updateRow(tx, SubjectRequestEntity, request);
  }

  /** Whose erasure was done, of these. */
  async erasedOf(tx: Tx, learnerIds: readonly LearnerId[]): Promise<ReadonlySet<LearnerId>> {
    const rows = await tx.manager.query<{ id: LearnerId }[]>(
      `select distinct learner_id as id from subject_request where kind = 'ERASURE' and state = 'DONE' and learner_id = any ($1::uuid[])`,
      [learnerIds],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** As the worker, who cannot read it again. */
  async keepFile(tx: Tx, requestId: SubjectRequestId, file: Uint8Array, expiresAt: IsoInstant): Promise<void> {
    await tx.manager.query('set local role meriden_privacy');
    await tx.manager.query('insert into subject_file (request_id, file, expires_at) values ($1, $2, $3) on conflict (request_id) do update set file = excluded.file, expires_at = excluded.expires_at', [requestId, file, expiresAt]);
    await tx.manager.query('reset role');
  }

  /** When the copy will be gone; null when it was fetched or there is none. */
  async fileExpiry(tx: Tx, requestId: SubjectRequestId, now: IsoInstant): Promise<IsoInstant | null> {
    const [row] = await tx.manager.query<{ at: IsoInstant }[]>('select expires_at as at from subject_file where request_id = $1 and expires_at > $2', [requestId, now]);
    return row?.at ?? null;
  }

  /** Hands the copy out and deletes it: of two who ask at once one gets it. */
  async fetchFile(tx: Tx, requestId: SubjectRequestId, now: IsoInstant): Promise<Uint8Array | null> {
    const [rows] = await tx.manager.query<[{ file: Uint8Array }[], number]>('delete from subject_file where request_id = $1 and expires_at > $2 returning file', [requestId, now]);
    return rows[0]?.file ?? null;
  }

  async holdOn(tx: Tx, learnerIds: readonly LearnerId[]): Promise<LegalHold | null> {
    const rows = await tx.manager.query<{ id: LegalHoldId }[]>('select id from legal_hold where learner_id = any ($1::uuid[]) and released_at is null limit 1', [learnerIds]);
    return rows[0] === undefined ? null : tx.manager.findOneBy(LegalHoldEntity, { id: rows[0].id });
  }

  /** @throws Rejection ALREADY_EXISTS when one stands already. */
  insertHold(tx: Tx, hold: LegalHold): Promise<void> {
    return insertRows(tx, LegalHoldEntity, [hold]);
  }

  async saveHold(tx: Tx, hold: LegalHold): Promise<void> {
    await updateRow(tx, LegalHoldEntity, hold);
  }
}
