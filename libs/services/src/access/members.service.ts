import { Injectable } from '@nestjs/common';
import { MAY_INVITE, Rejection, isUuid, notFound, type Actor, type Invitation, type MembershipId, type OrganisationId } from '@meriden/domain';
import { InvitationStore, MembershipStore, PersonStore, SessionStore, type Member, type Tx } from '@meriden/persistence';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';

/** Who acts for an organisation, and how that ends. */
@Injectable()
export class MemberService {
  constructor(
    private readonly desk: Desk,
    private readonly memberships: MembershipStore,
    private readonly invitations: InvitationStore,
    private readonly people: PersonStore,
    private readonly sessions: SessionStore,
    private readonly events: EventsService,
  ) {}

  /** Staff of one organisation and the invitations that are open; the own one's for its staff, any for an operator. */
  async team(tx: Tx, actor: Actor, organisationId: OrganisationId | null): Promise<Readonly<{ members: readonly Member[]; invitations: readonly Invitation[] }>> {
    this.desk.permit(actor, 'invite people');
    const wanted = organisationId ?? actor.organisationId;
    if (actor.role !== 'OPERATOR' && wanted !== actor.organisationId) throw notFound('organisation', ['organisationId']);
    return { members: await this.memberships.membersOf(tx, wanted), invitations: await this.invitations.openOf(tx, wanted, this.desk.clock.now()) };
  }

  /**
   * Ends a membership: its sessions open nothing from that moment, and sockets close within two seconds.
   *
   * @throws Rejection NOT_FOUND, LAST_MEMBER
   */
  async end(actor: Actor, id: MembershipId): Promise<void> {
    const personId = await this.desk.write(actor, 'invite people', async (tx) => {
      const membership = isUuid(id) ? await this.memberships.byId(tx, id) : null;
      const within = membership !== null && membership.endedAt === null && (actor.role === 'OPERATOR' || (membership.organisationId === actor.organisationId && MAY_INVITE[actor.role].includes(membership.role)));
      if (!within) throw notFound('membership', ['input', 'membershipId']);
      if (membership.role !== 'LEARNER' && (await this.memberships.countStaffLocked(tx, membership.organisationId)) <= 1) {
        throw new Rejection({
          code: 'LAST_MEMBER',
          message: 'This is the last person who acts for the organisation.',
          rule: 'An organisation keeps at least one person who can act for it and invite others.',
          remedy: 'Invite a colleague first; once they have accepted, this membership can end.',
          path: ['input', 'membershipId'],
        });
      }
      if (!(await this.memberships.end(tx, id, this.desk.clock.now()))) throw notFound('membership', ['input', 'membershipId']);
      await this.desk.record(tx, actor, 'ended', 'membership', id, { role: membership.role });
      return membership.personId;
    });
    this.events.rightsChanged(personId);
  }

  /** An operator shuts an account, or opens it again. Shut, it opens nothing and its sessions are over. */
  async shutAccount(actor: Actor, input: Readonly<{ email: string; shut: boolean }>): Promise<void> {
    const { personId, ended } = await this.desk.write(actor, 'create accounts', async (tx) => {
      const found = await this.people.byEmail(tx, input.email.trim());
      if (found === null || found.person.id === actor.personId) throw notFound('account', ['input', 'email']);
      const { person } = found;
      await this.people.setDisabled(tx, person.id, input.shut);
      await this.desk.record(tx, actor, input.shut ? 'shut the account of' : 'opened again the account of', 'person', person.id);
      return { personId: person.id, ended: input.shut ? await this.sessions.revokeAllOf(tx, person.id, this.desk.clock.now()) : [] };
    });
    for (const id of ended) this.events.sessionRevoked(id);
    this.events.rightsChanged(personId);
  }
}
