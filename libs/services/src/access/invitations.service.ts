import { Inject, Injectable } from '@nestjs/common';
import {
  HOME_OF,
  MAY_INVITE,
  Rejection,
  STAFF_ROLES,
  forbidden,
  isUuid,
  notFound,
  whoMay,
  type Actor,
  type Founding,
  type Invitation,
  type InvitationId,
  type LearnerId,
  type OrganisationId,
  type Role,
} from '@meriden/domain';
import { InvitationStore, LearnerStore, OrganisationStore, PersonStore, RecoveryCodeStore, type Tx } from '@meriden/persistence';
import { CONFIG, sha256, uuid, type Config } from '@meriden/platform';
import { Desk } from '../desk.js';
import { Guesses } from './guesses.js';
import { MailService } from '../notices/mail.service.js';
import { linkSpent } from './password-reset.service.js';
import { Passwords } from './passwords.js';
import { ReferenceService } from '../reference.service.js';
import { newRecoveryCode, newTotpSecret, recoveryCodeHash, seal } from './second-factor.js';
import { Faults } from '../validate/faults.js';
import { checkEmail } from '../validate/learner.js';
import { checkOrganisation } from '../validate/organisation.js';

const DAYS = 14;
const RECOVERY_CODES = 10;

export type InvitationShown = Readonly<{ organisationName: string; role: Role; email: string; foundsOrganisation: boolean; hasAccount: boolean; expiresAt: string }>;
export type Joined = Readonly<{ email: string; role: Role; totpSecret: string | null; recoveryCodes: readonly string[] }>;
type Accept = Readonly<{ token: string; name: string; password: string; organisationName: string | null; address: string | null }>;

/** How people come into an organisation, and organisations into the region: by an invitation that is accepted once. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly desk: Desk,
    private readonly invitations: InvitationStore,
    private readonly organisations: OrganisationStore,
    private readonly learners: LearnerStore,
    private readonly recoveryCodes: RecoveryCodeStore,
    private readonly people: PersonStore,
    private readonly reference: ReferenceService,
    private readonly passwords: Passwords,
    private readonly guesses: Guesses,
    private readonly mail: MailService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Rejection FORBIDDEN (role), NOT_FOUND (organisation, learner), FIELD_INVALID, FIELD_REQUIRED */
  async invite(actor: Actor, input: Readonly<{ idempotencyKey: string; email: string; role: Role; organisationId: OrganisationId | null; learnerId: LearnerId | null }>): Promise<Invitation> {
    const { idempotencyKey, ...wish } = input;
    const organisationId = wish.organisationId ?? actor.organisationId;
    return this.desk.writeOnce(actor, 'invite people', { operation: 'invite', idempotencyKey, input: wish }, async (tx) => {
      if (actor.role !== 'OPERATOR' && organisationId !== actor.organisationId) throw notFound('organisation', ['input', 'organisationId']);
      const organisation = await this.organisations.byId(tx, organisationId);
      if (organisation === null) throw notFound('organisation', ['input', 'organisationId']);
      if (!MAY_INVITE[actor.role].includes(wish.role)) throw forbidden(`invite people as ${wish.role}`, whoMay('create accounts'));
      const faults = new Faults();
      checkEmail(faults, 'email', wish.email.trim());
      if (!organisation.roles.includes(HOME_OF[wish.role])) {
        faults.add('FIELD_INVALID', 'role', `${organisation.name} has nobody in the role ${wish.role}.`, `People of this role belong to an organisation that is ${HOME_OF[wish.role]}.`, 'Choose another role or organisation.');
      }
      if ((wish.role === 'LEARNER') !== (wish.learnerId !== null)) {
        faults.add('FIELD_REQUIRED', 'learnerId', 'A learner’s invitation and a learner’s record go together.', 'Invitations of role LEARNER name a learner, all others none.', 'Give the learner’s id, or another role.');
      }
      faults.refuseIfAny();
      if (wish.learnerId !== null) {
        const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, wish.learnerId), ['input', 'learnerId']);
        if (learner.organisationId !== organisationId) throw notFound('learner', ['input', 'learnerId']);
      }
      return this.send(tx, actor, { email: wish.email, role: wish.role, organisationId, founding: null, learnerId: wish.learnerId }, organisation.name);
    });
  }

  /** An organisation that joins by accepting: it begins when its first person does. Operators only. */
  async inviteOrganisation(actor: Actor, input: Readonly<{ idempotencyKey: string; email: string; role: Role; founding: Founding }>): Promise<Invitation> {
    const { idempotencyKey, ...wish } = input;
    return this.desk.writeOnce(actor, 'create accounts', { operation: 'inviteOrganisation', idempotencyKey, input: wish }, async (tx) => {
      checkOrganisation({ ...wish.founding, roundCapacity: null }, this.reference);
      const faults = new Faults();
      checkEmail(faults, 'email', wish.email.trim());
      if (wish.role === 'LEARNER' || !wish.founding.roles.includes(HOME_OF[wish.role])) {
        faults.add('FIELD_INVALID', 'role', 'The first person of an organisation has a role that belongs to it.', 'PROVIDER: PROVIDER_STAFF, EMPLOYER: EMPLOYER, FUNDER: REGION.', 'Choose the role that fits the organisation.');
      }
      faults.refuseIfAny();
      const founding = { ...wish.founding, name: wish.founding.name.trim() };
      return this.send(tx, actor, { email: wish.email, role: wish.role, organisationId: null, founding, learnerId: null }, founding.name);
    });
  }

  async withdraw(actor: Actor, id: InvitationId): Promise<void> {
    await this.desk.write(actor, 'invite people', async (tx) => {
      const invitation = isUuid(id) ? await this.invitations.byId(tx, id) : null;
      const own = invitation !== null && (actor.role === 'OPERATOR' || invitation.organisationId === actor.organisationId);
      if (!own || !(await this.invitations.withdraw(tx, id, this.desk.clock.now()))) throw notFound('invitation', ['input', 'invitationId']);
      await this.desk.record(tx, actor, 'withdrew', 'invitation', id);
    });
  }

  /** What the page behind a link shows. @throws Rejection LINK_SPENT, TOO_MANY_TRIES */
  async look(token: string, address: string | null): Promise<InvitationShown> {
    const found = await this.found(token, address);
    const { role, email, founding, expiresAt } = found.invitation;
    return { organisationName: found.organisationName, role, email, foundsOrganisation: founding !== null, hasAccount: found.hasPassword, expiresAt };
  }

  /**
   * Accepts, once. Whoever has an account is signed in with it; others choose a name and a password here, and staff get a second factor.
   * So does who had an account without one: what opened a learner's page does not open other people's records.
   * No session begins: the first sign-in shows that all of it works.
   *
   * @param signedIn the person who is signed in, or null
   * @throws Rejection LINK_SPENT, FORBIDDEN, ALREADY_EXISTS, PASSWORD_GUESSABLE and its kin, TOO_MANY_TRIES
   */
  async accept(signedIn: Actor | null, input: Accept): Promise<Joined> {
    const { invitation, personId, hasPassword, organisationName } = await this.found(input.token, input.address);
    const staff = STAFF_ROLES.includes(invitation.role);
    const fresh = !hasPassword;
    if (!fresh && signedIn?.personId !== personId) throw signInFirst();
    const faults = new Faults();
    const name = fresh ? faults.text('name', input.name, { max: 200 }) : '';
    if (fresh) this.passwords.check(faults, 'password', input.password, [invitation.email, name]);
    const confirmed = invitation.founding === null ? organisationName : faults.text('organisationName', input.organisationName ?? '', { min: 2, max: 200 });
    faults.refuseIfAny();
    const totpSecret = staff ? newTotpSecret() : null;
    const sealed = totpSecret === null ? null : seal(totpSecret, this.config.secretsKey);
    const codes = totpSecret !== null ? Array.from({ length: RECOVERY_CODES }, newRecoveryCode) : [];
    const given = {
      personId: uuid(),
      membershipId: uuid(),
      organisationId: uuid(),
      organisationName: confirmed,
      name,
      passwordHash: fresh ? await this.passwords.hash(input.password) : null,
      totpSecret: sealed,
    };
    const organisationId = invitation.organisationId ?? given.organisationId;
    const actor: Actor = { personId: personId ?? given.personId, membershipId: given.membershipId, organisationId, role: invitation.role, sessionId: uuid(), learnerId: invitation.learnerId };
    const shown = await this.desk.uow.as(actor, async (tx) => {
      const done = await this.invitations.accept(tx, invitation.tokenHash, this.desk.clock.now(), signedIn?.personId ?? null, given);
      if ('refused' in done) throw refusedAs(done.refused);
      if (invitation.founding !== null) await this.desk.record(tx, actor, 'founded', 'organisation', organisationId, { roles: invitation.founding.roles.join(' ') });
      await this.desk.record(tx, actor, 'accepted', 'invitation', invitation.id, { role: invitation.role });
      if (sealed === null) return false;
      const person = await this.people.byId(tx, actor.personId);
      if (person !== null && person.totpSecret !== sealed) {
        // Who has set up a second factor keeps it, and is shown none.
        if (!fresh) return false;
        // An account that waited for its first password may have a secret of before: the one that is shown now is the one that holds.
        await this.people.setSecondFactor(tx, person.id, sealed, null);
      }
      await this.recoveryCodes.replace(tx, actor.personId, codes.map((code) => ({ id: uuid(), personId: actor.personId, codeHash: recoveryCodeHash(code) ?? '', usedAt: null })));
      return true;
    });
    return { email: invitation.email, role: invitation.role, totpSecret: shown ? totpSecret : null, recoveryCodes: shown ? codes : [] };
  }

  private async send(tx: Tx, actor: Actor, wish: Pick<Invitation, 'email' | 'role' | 'organisationId' | 'founding' | 'learnerId'>, about: string): Promise<Invitation> {
    const id = uuid();
    const email = wish.email.trim().toLowerCase();
    const invitation: Invitation = {
      ...wish,
      id,
      email,
      invitedBy: actor.personId,
      tokenHash: this.mail.digestOf(id),
      createdAt: this.desk.clock.now(),
      expiresAt: new Date(this.desk.clock.epochMs() + DAYS * 86_400_000).toISOString(),
      acceptedAt: null,
      withdrawnAt: null,
    };
    await this.invitations.insert(tx, invitation);
    await this.mail.post(tx, actor, { kind: 'INVITATION', to: email, about, linkId: id, expiresAt: invitation.expiresAt });
    await this.desk.record(tx, actor, 'sent', 'invitation', id, { role: wish.role });
    return invitation;
  }

  private async found(token: string, address: string | null) {
    const hash = sha256(token.slice(0, 200));
    const guess = await this.guesses.count('link', { account: hash, address });
    const found = await this.desk.uow.anonymous((tx) => this.invitations.byTokenHash(tx, hash));
    const spent = found === null || found.invitation.acceptedAt !== null || found.invitation.withdrawnAt !== null || found.invitation.expiresAt <= this.desk.clock.now();
    if (spent) throw linkSpent();
    await guess.right();
    return found;
  }
}

function signInFirst(): Rejection {
  return new Rejection({
    code: 'FORBIDDEN',
    message: 'This address has an account already.',
    rule: 'Whoever has an account accepts while signed in with it, so that a forwarded mail gives nobody else’s account new rights.',
    remedy: 'Sign in with the invited address, then open the link again.',
    path: ['input', 'token'],
  });
}

function refusedAs(why: 'SPENT' | 'SIGN_IN' | 'OTHER_PERSON' | 'NAME_TAKEN'): Rejection {
  if (why === 'SPENT') return linkSpent();
  if (why === 'SIGN_IN') return signInFirst();
  if (why === 'OTHER_PERSON') {
    return new Rejection({
      code: 'FORBIDDEN',
      message: 'You are signed in as somebody else.',
      rule: 'An invitation is accepted by the person whose address it went to.',
      remedy: 'Sign out, then open the link again.',
      path: ['input', 'token'],
    });
  }
  return new Rejection({
    code: 'ALREADY_EXISTS',
    message: 'There is an organisation of this name already.',
    rule: 'Each organisation stands here once, under a name that nobody takes for another’s.',
    remedy: 'Is it yours? Ask a colleague there to invite you. If not, add what tells the two apart, such as the town.',
    path: ['input', 'organisationName'],
  });
}
