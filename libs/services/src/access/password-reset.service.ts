import { Injectable } from '@nestjs/common';
import { Rejection, type Actor } from '@meriden/domain';
import { FederatedIdentityStore, PasskeyStore, PasswordResetStore, PersonStore, SessionStore } from '@meriden/persistence';
import { sha256, uuid } from '@meriden/platform';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';
import { Guesses } from './guesses.js';
import { MailService } from '../notices/mail.service.js';
import { Passwords } from './passwords.js';
import { actorFrom } from './sessions.service.js';
import { Faults, hasUnstorable } from '../validate/faults.js';
import { checkEmail } from '../validate/learner.js';

const MINUTES = 30;

/**
 * A forgotten password. The authenticator stays: a mailbox alone opens no staff account. Passkeys go: who resets a password may do so
 * because somebody else got in, and a key that a stranger added must not outlive that.
 */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly desk: Desk,
    private readonly people: PersonStore,
    private readonly resets: PasswordResetStore,
    private readonly sessions: SessionStore,
    private readonly passkeys: PasskeyStore,
    private readonly identities: FederatedIdentityStore,
    private readonly passwords: Passwords,
    private readonly guesses: Guesses,
    private readonly mail: MailService,
    private readonly events: EventsService,
  ) {}

  /**
   * Sends a link to the address, if it has an account. Who asks cannot tell: known and unknown addresses take the same statements, write
   * the same rows and get the same answer.
   *
   * @throws Rejection FIELD_INVALID, TOO_MANY_TRIES
   */
  async request(input: Readonly<{ email: string; address: string | null }>): Promise<void> {
    const email = input.email.trim().toLowerCase();
    const faults = new Faults();
    checkEmail(faults, 'email', email);
    faults.refuseIfAny();
    await this.guesses.count('reset', { account: email, address: input.address });
    const found = hasUnstorable(email) ? null : await this.desk.uow.anonymous((tx) => this.people.byEmail(tx, email));
    const membership = found === null || found.person.disabled ? undefined : found.memberships[0];
    const id = uuid();
    const actor = membership === undefined ? nobody() : actorFrom({ id: uuid() }, membership);
    const createdAt = this.desk.clock.now();
    const expiresAt = new Date(this.desk.clock.epochMs() + MINUTES * 60_000).toISOString();
    await this.desk.uow.as(actor, async (tx) => {
      await this.resets.insert(tx, { id, personId: membership?.personId ?? null, tokenHash: this.mail.digestOf(id), createdAt, expiresAt, usedAt: null });
      await this.mail.post(tx, actor, { kind: 'PASSWORD_RESET', to: membership === undefined ? null : email, about: null, linkId: id, expiresAt });
    });
  }

  /**
   * Sets the new password, forgets every passkey and ends every session of the person.
   *
   * @throws Rejection LINK_SPENT, PASSWORD_GUESSABLE and its kin, TOO_MANY_TRIES
   */
  async complete(input: Readonly<{ token: string; password: string; address: string | null }>): Promise<void> {
    const hash = sha256(input.token.slice(0, 200));
    await this.guesses.count('link', { account: hash, address: input.address });
    const found = await this.desk.uow.anonymous((tx) => this.resets.byTokenHash(tx, hash));
    const membership = found?.memberships[0];
    if (found === null || membership === undefined || found.person.disabled || found.reset.usedAt !== null || found.reset.expiresAt <= this.desk.clock.now()) throw linkSpent();
    const { person, reset } = found;
    this.passwords.refuse('password', input.password, [person.email, person.name]);
    const passwordHash = await this.passwords.hash(input.password);
    const actor = actorFrom({ id: uuid() }, membership);
    const ended = await this.desk.uow.as(actor, async (tx) => {
      const at = this.desk.clock.now();
      if (!(await this.resets.use(tx, reset.id, person.id, at))) throw linkSpent();
      await this.people.setPassword(tx, person.id, passwordHash);
      await this.passkeys.forget(tx, person.id);
      await this.identities.forget(tx, person.id);
      await this.desk.record(tx, actor, 'reset the password of', 'person', person.id);
      return this.sessions.revokeAllOf(tx, person.id, at);
    });
    for (const session of ended) this.events.sessionRevoked(session);
  }
}

/** Stands in for the person that an unknown address has not: it owns nothing and sees what any learner of nowhere sees. */
function nobody(): Actor {
  return { personId: uuid(), membershipId: uuid(), organisationId: uuid(), role: 'LEARNER', sessionId: uuid(), learnerId: null };
}

export function linkSpent(): Rejection {
  return new Rejection({
    code: 'LINK_SPENT',
    message: 'This link was used already, has run out or was withdrawn.',
    rule: 'A link in a mail works once and for a limited time.',
    remedy: 'Ask for a new one.',
    path: ['input', 'token'],
  });
}
