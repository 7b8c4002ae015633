import { randomInt, randomUUID } from 'node:crypto';
import type { Candidate, CandidateId, LearnerId, OrganisationId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { insertRows, selectList } from '../rows.js';
import type { Tx } from '../tx.js';
import { CandidateEntity } from './candidate.entity.js';

export type CandidatePair = Pick<Candidate, 'organisationId' | 'learnerId' | 'providerId'>;

@Injectable()
export class CandidateStore {
  byIds(tx: Tx, ids: readonly CandidateId[]): Promise<Candidate[]> {
    return tx.manager.findBy(CandidateEntity, { id: In(ids) });
  }

  ofLearner(tx: Tx, learnerId: LearnerId): Promise<Candidate[]> {
    return tx.manager.find(CandidateEntity, { where: { learnerId }, order: { id: 'ASC' } });
  }

  ofOrganisation(tx: Tx, organisationId: OrganisationId): Promise<Candidate[]> {
    return tx.manager.find(CandidateEntity, { where: { organisationId }, order: { id: 'ASC' } });
  }

  /** Every candidate of the region, for the worker's snapshot. */
  all(tx: Tx): Promise<Candidate[]> {
    return tx.manager.find(CandidateEntity, { order: { id: 'ASC' } });
  }

  async ensure(tx: Tx, pair: CandidatePair): Promise<Candidate> {
    const [candidate] = await this.ensureMany(tx, [pair]);
    if (candidate === undefined) throw new Error('A candidate was neither found nor made');
    return candidate;
  }

  /** The candidates of these pairs, made where they were missing: a learner keeps one pseudonym for each employer. */
  async ensureMany(tx: Tx, pairs: readonly CandidatePair[]): Promise<Candidate[]> {
    if (pairs.length === 0) return [];
    // In one order for all, so that two who make the same never wait for one another in a circle.
    const inOrder = [...pairs].sort((a, b) => (`${a.learnerId}${a.organisationId}` < `${b.learnerId}${b.organisationId}` ? -1 : 1));
    const rows = inOrder.map(({ organisationId, learnerId, providerId }) => {
      return { id: randomUUID(), organisationId, learnerId, providerId, pseudonym: pseudonym() };
    });
    await insertRows(tx, CandidateEntity, rows, 'on conflict (organisation_id, learner_id) do nothing');
    return tx.manager.query<Candidate[]>(
      `select ${selectList(tx.manager, CandidateEntity, 'c')} from candidate c
       join unnest($1::uuid[], $2::uuid[]) pair(organisation, learner) on c.organisation_id = pair.organisation and c.learner_id = pair.learner
       order by c.id`,
      [pairs.map((pair) => pair.organisationId), pairs.map((pair) => pair.learnerId)],
    );
  }
}

/** Letters and digits that are not mistaken for one another when read aloud. */
const SIGNS = 'ABCDEFGHJKLMNPQRTUVWXY346789';

/** Such as `Candidate K7M4-QX9P`: 28^8 of them, drawn at random, so it tells neither the person nor how many there are. */
function pseudonym(): string {
  const signs = Array.from({ length: 8 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return `Candidate ${signs.slice(0, 4)}-${signs.slice(4)}`;
}
