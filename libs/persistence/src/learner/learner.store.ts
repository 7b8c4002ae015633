import type { Learner, LearnerId, OrganisationId, PersonId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { insertRows, saveVersion } from '../rows.js';
import type { Tx } from '../tx.js';
import { LearnerEntity } from './learner.entity.js';

/** Records made from rows at once. */
const PART = 1_000;

@Injectable()
export class LearnerStore {
  byId(tx: Tx, id: LearnerId): Promise<Learner | null> {
    return tx.manager.findOneBy(LearnerEntity, { id });
  }

  /** In no promised order; an id that is unknown or not to be seen is left out. */
  byIds(tx: Tx, ids: readonly LearnerId[]): Promise<Learner[]> {
    return tx.manager.findBy(LearnerEntity, { id: In(ids) });
  }

  /** By id, read in parts: making tens of thousands of records at once would hold up everybody else. */
  async ofOrganisation(tx: Tx, organisationId: OrganisationId): Promise<Learner[]> {
    const learners: Learner[] = [];
    for (let part: readonly Learner[] | null = null; part === null || part.length === PART; ) {
      const last = learners.at(-1)?.id;
      part = await tx.manager.find(LearnerEntity, { where: { organisationId, ...(last !== undefined && { id: MoreThan(last) }) }, order: { id: 'ASC' }, take: PART });
      learners.push(...part);
    }
    return learners;
  }

  /** Learners who agreed to matching, by id, after `afterId` (null: from the first). */
  page(tx: Tx, afterId: LearnerId | null, limit: number): Promise<Learner[]> {
    return tx.manager.find(LearnerEntity, {
      where: { consentToMatching: true, ...(afterId === null ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Every learner of the region with all of the record, by id; for the worker's snapshot. */
  all(tx: Tx): Promise<Learner[]> {
    return tx.manager.find(LearnerEntity, { order: { id: 'ASC' } });
  }

  /** Ids and owners of every learner, by id. */
  everyone(tx: Tx): Promise<Pick<Learner, 'id' | 'organisationId'>[]> {
    return tx.manager.query('select id, organisation_id as "organisationId" from learner order by id');
  }

  /** Who agreed to matching, and at which version, by id. */
  versions(tx: Tx): Promise<Pick<Learner, 'id' | 'version'>[]> {
    return tx.manager.query('select id, version from learner where consent_to_matching order by id');
  }

  /**
   * The same as one text, a line `id version` each: of a hundred thousand it is read and compared with an earlier one in a fraction of the time that
   * rows take.
   */
  async roll(tx: Tx): Promise<string> {
    const [row] = await tx.manager.query<{ roll: string | null }[]>(`select string_agg(id || ' ' || version, E'\\n' order by id) as roll from learner where consent_to_matching`);
    return row?.roll ?? '';
  }

  /** At which version each of these stands now; who is gone is missing. */
  async versionsOf(tx: Tx, ids: readonly LearnerId[]): Promise<ReadonlyMap<LearnerId, number>> {
    const rows = await tx.manager.query<Pick<Learner, 'id' | 'version'>[]>('select id, version from learner where id = any ($1::uuid[])', [ids]);
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  /** One of `parts` shares of all learners, told by the id alone, so that who joins meanwhile moves nobody between shares. */
  share(tx: Tx, part: number, parts: number): Promise<Learner[]> {
    return tx.manager
      .createQueryBuilder(LearnerEntity, 'l')
      .where('mod(abs(hashtext(l.id::text)::bigint), :parts) = :part', { part, parts })
      .orderBy('l.id')
      .getMany();
  }

  /** How many agreed to matching: what `page` goes through. */
  count(tx: Tx): Promise<number> {
    return tx.manager.countBy(LearnerEntity, { consentToMatching: true });
  }

  /** @throws Rejection ALREADY_EXISTS for a learner number that this provider already has. */
  insert(tx: Tx, learner: Learner): Promise<void> {
    return this.insertMany(tx, [learner]);
  }

  insertMany(tx: Tx, learners: readonly Learner[]): Promise<void> {
    return insertRows(tx, LearnerEntity, learners);
  }

  /**
   * Notes which person the learner is, once. No new version: nothing that is scored or edited changes.
   *
   * @returns false when the learner has an account already, is not there, or belongs to another organisation
   */
  async tie(tx: Tx, { learnerId, organisationId, personId }: Readonly<{ learnerId: LearnerId; organisationId: OrganisationId; personId: PersonId }>): Promise<boolean> {
    const [, affected] = await tx.manager.query<[unknown[], number]>(
      'update learner set person_id = $3 where id = $1 and organisation_id = $2 and person_id is null',
      [learnerId, organisationId, personId],
    );
    return affected === 1;
  }

  /** @throws Rejection VERSION_CONFLICT, NOT_FOUND, ALREADY_EXISTS (learner number). */
  save(tx: Tx, learner: Learner): Promise<void> {
    return saveVersion(tx, LearnerEntity, 'learner', learner);
  }
}
