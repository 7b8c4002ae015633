import type { IsoInstant, LearnerId, Proposal, ProposalId, RoundId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, saveVersion, selectList } from '../rows.js';
import type { Tx } from '../tx.js';
import { ProposalEntity } from './proposal.entity.js';

@Injectable()
export class ProposalStore {
  byId(tx: Tx, id: ProposalId): Promise<Proposal | null> {
    return tx.manager.findOneBy(ProposalEntity, { id });
  }

  ofLearner(tx: Tx, learnerId: LearnerId): Promise<Proposal[]> {
    return tx.manager.find(ProposalEntity, { where: { learnerId }, order: { replyBy: 'DESC', id: 'ASC' } });
  }

  /** Unanswered proposals whose time was up before `now`, locked for this transaction; what another one holds is left to it. */
  dueBefore(tx: Tx, now: IsoInstant, limit: number): Promise<Proposal[]> {
    return tx.manager.query<Proposal[]>(
      `select ${selectList(tx.manager, ProposalEntity, 'p')} from proposal p where p.state = 'PROPOSED' and p.reply_by < $1
       order by p.reply_by, p.id limit $2 for update skip locked`,
      [now, limit],
    );
  }

  /** What learners said no to in one round. */
  declinedIn(tx: Tx, roundId: RoundId): Promise<Pick<Proposal, 'learnerId' | 'vacancyId'>[]> {
    return tx.manager.query(`select p.learner_id as "learnerId", p.vacancy_id as "vacancyId" from proposal p where p.round_id = $1 and p.state = 'DECLINED' order by p.id`, [roundId]);
  }

  /** Who holds which place now, unanswered or accepted, over all rounds: what a new round must leave alone. */
  held(tx: Tx): Promise<Pick<Proposal, 'learnerId' | 'vacancyId'>[]> {
    return tx.manager.query<Pick<Proposal, 'learnerId' | 'vacancyId'>[]>(
      `select p.learner_id as "learnerId", p.vacancy_id as "vacancyId" from proposal p where p.state in ('PROPOSED', 'ACCEPTED') order by p.id`,
    );
  }

  /** The same for whoever publishes: of two rounds published at one moment the second waits, and sees what the first gave. */
  async heldBeforePublishing(tx: Tx): Promise<Pick<Proposal, 'learnerId' | 'vacancyId'>[]> {
    await tx.manager.query(`select pg_advisory_xact_lock(hashtextextended('meriden publish', 0))`);
    return this.held(tx);
  }

  /** @throws at commit Rejection OPENINGS_TAKEN where a vacancy would have more live proposals than openings. */
  insertMany(tx: Tx, proposals: readonly Proposal[]): Promise<void> {
    return insertRows(tx, ProposalEntity, proposals);
  }

  save(tx: Tx, proposal: Proposal): Promise<void> {
    return saveVersion(tx, ProposalEntity, 'proposal', proposal);
  }
}
