import { Injectable } from '@nestjs/common';
import { acceptProposal, declineProposal, versionConflict, type Actor, type Placement, type Proposal, type ProposalId } from '@meriden/domain';
import { PlacementStore, ProposalStore, VacancyStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { Desk } from '../desk.js';
import { Faults } from '../validate/faults.js';

const EXPIRED_AT_ONCE = 500;

type Handle = Readonly<{ idempotencyKey: string; proposalId: ProposalId; version: number }>;

/** Proposals of a published round: the learner accepts or declines; what is not answered in time expires. */
@Injectable()
export class ProposalService {
  constructor(
    private readonly desk: Desk,
    private readonly proposals: ProposalStore,
    private readonly placements: PlacementStore,
    private readonly vacancies: VacancyStore,
  ) {}

  async accept(actor: Actor, input: Handle): Promise<Proposal> {
    return this.answer(actor, 'accept', input, input, async (tx, proposal) => {
      const accepted = acceptProposal(proposal, this.desk.clock.now());
      await this.proposals.save(tx, accepted);
      const vacancy = await this.vacancies.byId(tx, proposal.vacancyId);
      const today = this.desk.clock.today();
      const placement: Placement = {
        id: uuid(),
        proposalId: proposal.id,
        learnerId: proposal.learnerId,
        vacancyId: proposal.vacancyId,
        organisationId: proposal.organisationId,
        employerId: proposal.employerId,
        startsOn: vacancy?.startsOn ?? today,
        endsOn: vacancy?.endsOn ?? today,
        state: 'AGREED',
        version: 1,
      };
      await this.placements.insert(tx, placement);
      await this.desk.record(tx, actor, 'accepted', 'proposal', proposal.id, { version: accepted.version });
      return accepted;
    });
  }

  async decline(actor: Actor, input: Handle & Readonly<{ reason: string }>): Promise<Proposal> {
    const faults = new Faults();
    const reason = faults.text('reason', input.reason, { min: 3, max: 500 });
    faults.refuseIfAny();
    return this.answer(actor, 'decline', input, { ...input, reason }, async (tx, proposal) => {
      const declined = declineProposal(proposal, reason, this.desk.clock.now());
      await this.proposals.save(tx, declined);
      await this.desk.record(tx, actor, 'declined', 'proposal', proposal.id, { version: declined.version });
      return declined;
    });
  }

  /** Expires what was not answered in time; returns how many. Safe to run at any moment and twice. */
  async expireDue(): Promise<number> {
    return this.desk.uow.asSystem({ name: 'expire-proposals' }, async (tx) => {
      const due = await this.proposals.dueBefore(tx, this.desk.clock.now(), EXPIRED_AT_ONCE);
      for (const proposal of due) {
        await this.proposals.save(tx, { ...proposal, state: 'EXPIRED', version: proposal.version + 1 });
        await this.desk.record(tx, null, 'expired', 'proposal', proposal.id);
      }
      return due.length;
    });
  }

  private async answer(
    actor: Actor,
    operation: string,
    handle: Handle,
    input: object,
    work: (tx: Tx, proposal: Proposal) => Promise<Proposal>,
  ): Promise<Proposal> {
    const request = { operation, idempotencyKey: handle.idempotencyKey, input: { ...input, idempotencyKey: undefined } };
    return this.desk.writeOnce(actor, 'answer a proposal', request, async (tx) => {
      const found = await this.proposals.byId(tx, handle.proposalId);
      const proposal = this.desk.visible(actor, 'proposal', found, ['input', 'proposalId']);
      if (proposal.version !== handle.version) throw versionConflict('proposal', proposal.version, handle.version);
      return work(tx, proposal);
    });
  }
}
