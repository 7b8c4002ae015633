import { Inject, Injectable } from '@nestjs/common';
import { Rejection, canonicalJson, type Actor, type Person } from '@meriden/domain';
import { FederatedIdentityStore, PasskeyStore, PersonStore, RecoveryCodeStore, SessionStore, type Tx } from '@meriden/persistence';
import { CONFIG, sha256, uuid, type Config } from '@meriden/platform';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';
import { Guesses } from './guesses.js';
import { Passwords } from './passwords.js';
import { acceptedStep, newRecoveryCode, newTotpSecret, recoveryCodeHash, seal, unseal } from './second-factor.js';
import { SessionService, sessionEnded, type SignedIn } from './sessions.service.js';
import { openTicket, ticket } from './tickets.js';

const RECOVERY_CODES = 10;
const ENROLMENT_MS = 15 * 60_000;

/** What somebody who is signed in gives once more, so that an open session alone changes nothing about how the account is entered. */
export type Proof = Readonly<{
  password: string;
  /** A code of the authenticator, for an account that has no password. */
  code?: string | null;
  address: string | null;
  /** As of a `Guesser`: where the person has signed in before, strangers cannot use up the tries. */
  device?: string | null;
}>;

export type Enrolment = Readonly<{
  /** Base32 secret, for typing in. */
  secret: string;
  /** The same as an `otpauth://` address, which authenticators open. */
  uri: string;
  /** Given back with the first code; the secret is not stored before. */
  ticket: string;
}>;

/** The second factor of the person who is signed in, and their password: what they change about how they get in. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly desk: Desk,
    private readonly people: PersonStore,
    private readonly recoveryCodes: RecoveryCodeStore,
    private readonly passkeys: PasskeyStore,
    private readonly identities: FederatedIdentityStore,
    private readonly sessions: SessionStore,
    private readonly opening: SessionService,
    private readonly passwords: Passwords,
    private readonly guesses: Guesses,
    private readonly events: EventsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A new secret that is not yet in force: it is, once `confirm` has seen a code made with it. */
  async begin(actor: Actor): Promise<Enrolment> {
    const { email } = await this.desk.uow.readAs(actor, (tx) => this.own(tx, actor));
    const secret = newTotpSecret();
    const label = encodeURIComponent(`Meriden:${email}`);
    return {
      secret,
      uri: `otpauth://totp/${label}?secret=${secret}&issuer=Meriden&algorithm=SHA1&digits=6&period=30`,
      ticket: ticket(this.config.secretsKey, 'totp', { personId: actor.personId, secret }, this.desk.clock.epochMs() + ENROLMENT_MS),
    };
  }

  /**
   * Puts a new secret in force in the place of the old one. All other sessions end, and this one goes on under a new token, since what
   * was known before must not carry the new rights.
   *
   * @returns ten recovery codes, told this once, and the new session
   * @throws Rejection SIGN_IN_FAILED (password), SECOND_FACTOR_WRONG, LINK_SPENT (ticket), TOO_MANY_TRIES
   */
  async confirm(actor: Actor, input: Omit<Proof, 'code'> & Readonly<{ ticket: string; code: string }>): Promise<Readonly<{ recoveryCodes: readonly string[]; signedIn: SignedIn }>> {
    const person = await this.proven(actor, { password: input.password, address: input.address, device: input.device });
    const now = this.desk.clock.epochMs();
    const held = openTicket<{ personId: string; secret: string }>(this.config.secretsKey, 'totp', input.ticket, now);
    if (held?.personId !== actor.personId) throw tooOld();
    const step = acceptedStep(held.secret, input.code, now, null);
    if (step === null) {
      throw new Rejection({
        code: 'SECOND_FACTOR_WRONG',
        message: 'That code was not made with the new secret.',
        rule: 'A second factor is in force only once a code made with it was seen.',
        remedy: 'Check that the clock of the device is right, and give the code it shows now.',
        path: ['input', 'code'],
      });
    }
    const codes = newCodes();
    const signedIn = await this.changed(actor, person, 'changed the second factor of', async (tx) => {
      await this.people.setSecondFactor(tx, actor.personId, seal(held.secret, this.config.secretsKey), step);
      await this.recoveryCodes.replace(tx, actor.personId, this.rows(actor, codes));
    });
    return { recoveryCodes: codes, signedIn };
  }

  /** New recovery codes in the place of all old ones. @throws Rejection as `confirm` */
  async renewRecoveryCodes(actor: Actor, input: Proof): Promise<readonly string[]> {
    const person = await this.proven(actor, input);
    const codes = newCodes();
    await this.desk.uow.as(actor, async (tx) => {
      if (!(await this.people.stillAs(tx, person))) throw sessionEnded();
      await this.recoveryCodes.replace(tx, actor.personId, this.rows(actor, codes));
      await this.desk.record(tx, actor, 'renewed the recovery codes of', 'person', actor.personId);
    });
    return codes;
  }

  /** @throws Rejection SIGN_IN_FAILED (present password), PASSWORD_GUESSABLE and its kin, TOO_MANY_TRIES */
  async changePassword(actor: Actor, input: Proof & Readonly<{ newPassword: string }>): Promise<SignedIn> {
    const person = await this.proven(actor, input);
    this.passwords.refuse('newPassword', input.newPassword, [person.email, person.name]);
    const passwordHash = await this.passwords.hash(input.newPassword);
    return this.changed(actor, person, 'changed the password of', (tx) => this.people.setPassword(tx, actor.personId, passwordHash));
  }

  /** What the person has to get in with. */
  async standing(tx: Tx, actor: Actor): Promise<Readonly<{ totp: boolean; recoveryCodesLeft: number }>> {
    return { totp: (await this.own(tx, actor)).totpSecret !== null, recoveryCodesLeft: await this.recoveryCodes.unused(tx, actor.personId) };
  }

  /**
   * An operator gives a person who lost device and codes a new secret, to be handed over in person. Passkeys and codes go, sessions end.
   *
   * @returns the secret, told this once
   */
  async resetFor(actor: Actor, input: Readonly<{ email: string; reason: string }>): Promise<string> {
    const secret = newTotpSecret();
    const ended = await this.desk.write(actor, 'create accounts', async (tx) => {
      const found = await this.people.byEmail(tx, input.email.trim());
      if (found === null) {
        throw new Rejection({ code: 'NOT_FOUND', message: 'No such account.', rule: 'A second factor belongs to an account.', remedy: 'Check the address.', path: ['input', 'email'] });
      }
      if (input.reason.trim().length < 10) {
        throw new Rejection({
          code: 'REASON_REQUIRED',
          message: 'No reason is given.',
          rule: 'Whoever replaces another person’s second factor writes down how they made sure of that person, in at least 10 characters.',
          remedy: 'Write how you know the person, without names.',
          path: ['input', 'reason'],
        });
      }
      const { person } = found;
      await this.people.setSecondFactor(tx, person.id, seal(secret, this.config.secretsKey), null);
      await this.recoveryCodes.forget(tx, person.id);
      await this.passkeys.forget(tx, person.id);
      await this.identities.forget(tx, person.id);
      await this.desk.record(tx, actor, 'replaced the second factor of', 'person', person.id);
      return this.sessions.revokeAllOf(tx, person.id, this.desk.clock.now(), actor.sessionId);
    });
    for (const id of ended) this.events.sessionRevoked(id);
    return secret;
  }

  /**
   * The person, who has just said their password again, or where there is none a fresh code of their authenticator; each wrong one counts.
   *
   * @throws Rejection SIGN_IN_FAILED (password), SECOND_FACTOR_WRONG, TOO_MANY_TRIES
   */
  async proven(actor: Actor, { password, code = null, address, device = null }: Proof): Promise<Person> {
    const person = await this.desk.uow.readAs(actor, (tx) => this.own(tx, actor));
    // The same count as signing in: an open session must not give ten more guesses at the same password.
    const guess = await this.guesses.count('sign-in', { account: person.email, address, device });
    if (person.passwordHash === null && person.totpSecret !== null && code !== null) {
      const step = acceptedStep(unseal(person.totpSecret, this.config.secretsKey), code, this.desk.clock.epochMs(), person.totpLastStep);
      if (step === null || !(await this.desk.uow.as(actor, (tx) => this.people.useTotpStep(tx, actor.personId, step)))) throw wrongCode();
    } else if (!(await this.passwords.matches(person.passwordHash, password))) {
      throw wrongPassword(person.passwordHash === null);
    }
    await guess.right();
    return person;
  }

  /** What `proven` went by, for a ticket: whoever has another password or authenticator since has another digest. */
  proofOf({ passwordHash, totpSecret }: Person): string {
    return sha256(canonicalJson([passwordHash, totpSecret]));
  }

  /**
   * Whether a person still gets in with what they proved when a ticket was made; until the transaction ends nobody changes that. What is
   * added to an account outlives its sessions: without this, what a stranger has on its way would also outlive the reset that was to end it.
   */
  async stillProven(tx: Tx, actor: Actor, proof: string): Promise<boolean> {
    const person = await this.own(tx, actor);
    return this.proofOf(person) === proof && this.people.stillAs(tx, person);
  }

  /** Makes the change, ends every session of the person, and opens a new one in the place of the caller's. */
  private async changed(actor: Actor, person: Person, verb: string, change: (tx: Tx) => Promise<void>): Promise<SignedIn> {
    const { ended, signedIn } = await this.desk.uow.as(actor, async (tx) => {
      await change(tx);
      await this.desk.record(tx, actor, verb, 'person', actor.personId);
      const all = await this.sessions.revokeAllOf(tx, actor.personId, this.desk.clock.now());
      // Ended by somebody else since this request began: it must not open another in its place.
      if (!all.includes(actor.sessionId)) throw sessionEnded();
      return { ended: all, signedIn: await this.opening.replace(tx, actor, person) };
    });
    for (const id of ended) this.events.sessionRevoked(id);
    return signedIn;
  }

  private async own(tx: Tx, actor: Actor): Promise<Person> {
    const person = await this.people.byId(tx, actor.personId);
    if (person === null) throw new Error('a signed-in person has no row');
    return person;
  }

  private rows(actor: Actor, codes: readonly string[]) {
    return codes.map((code) => ({ id: uuid(), personId: actor.personId, codeHash: recoveryCodeHash(code) ?? '', usedAt: null }));
  }
}

const newCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newRecoveryCode);

const ENTERS = 'Whoever changes how an account is entered shows that they can enter it.';

function wrongPassword(none: boolean): Rejection {
  return new Rejection({
    code: 'SIGN_IN_FAILED',
    message: none ? 'This account has no password yet.' : 'The present password is wrong.',
    rule: ENTERS,
    remedy: none ? 'Set a password under “Forgotten password”, or give a code of your authenticator.' : 'Give the password you sign in with, or reset it.',
    path: ['input', 'password'],
  });
}

function wrongCode(): Rejection {
  return new Rejection({
    code: 'SECOND_FACTOR_WRONG',
    message: 'That code is wrong or was used already.',
    rule: ENTERS,
    remedy: 'Wait for the next code and give that one.',
    path: ['input', 'code'],
  });
}

function tooOld(): Rejection {
  return new Rejection({
    code: 'LINK_SPENT',
    message: 'This set-up has run out.',
    rule: 'A set-up is finished within a quarter of an hour, by the person who began it.',
    remedy: 'Begin again.',
    path: ['input', 'ticket'],
  });
}
