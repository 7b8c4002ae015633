import { Inject, Injectable } from '@nestjs/common';
import {
  Rejection,
  STAFF_ROLES,
  isUuid,
  notFound,
  type Actor,
  type LearnerId,
  type Membership,
  type OrganisationId,
  type Person,
  type Role,
  type Session,
  type SessionKind,
} from '@meriden/domain';
import { LearnerStore, MembershipStore, OrganisationStore, PersonStore, RecoveryCodeStore, SessionStore, type Tx } from '@meriden/persistence';
import { CONFIG, sha256, uuid, type Config } from '@meriden/platform';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';
import { Guesses } from './guesses.js';
import { Passwords } from './passwords.js';
import { acceptedStep, newTotpSecret, recoveryCodeHash, seal, unseal } from './second-factor.js';
import { SessionService, actorFrom, type SignedIn } from './sessions.service.js';
import { Faults, hasUnstorable } from '../validate/faults.js';
import { checkEmail } from '../validate/learner.js';

export type SignIn = Readonly<{
  email: string;
  password: string;
  /** Six digits of the second factor, or a recovery code; compulsory for staff roles. */
  code: string | null;
  /** Which membership, where a person has several; null = the first. */
  organisationId: OrganisationId | null;
  kind: SessionKind;
  /** Where it comes from, and the mark of a device that signed in before; for the count of tries. */
  address: string | null;
  device: string | null;
}>;

export type Account = Readonly<{
  email: string;
  name: string;
  password: string | null;
  role: Role;
  organisationId: OrganisationId;
  learnerId: LearnerId | null;
}>;

/** Who a request comes from: sign-in, sessions, accounts. */
@Injectable()
export class AccessService {
  constructor(
    private readonly desk: Desk,
    private readonly sessions: SessionStore,
    private readonly people: PersonStore,
    private readonly memberships: MembershipStore,
    private readonly organisations: OrganisationStore,
    private readonly learners: LearnerStore,
    private readonly passwords: Passwords,
    private readonly guesses: Guesses,
    private readonly opening: SessionService,
    private readonly recoveryCodes: RecoveryCodeStore,
    private readonly events: EventsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * E-mail and password, and for staff the second factor. Unknown accounts cost and answer the same as wrong passwords.
   *
   * @returns the session, and the mark that the device keeps
   * @throws Rejection TOO_MANY_TRIES, SIGN_IN_FAILED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_WRONG
   */
  async signIn(input: SignIn): Promise<SignedIn & { device: string }> {
    const email = input.email.trim().toLowerCase().slice(0, 254);
    const guess = await this.guesses.count('sign-in', { account: email, address: input.address, device: input.device });
    const found = hasUnstorable(email) ? null : await this.desk.uow.anonymous((tx) => this.people.byEmail(tx, email));
    const usable = found !== null && !found.person.disabled ? found : null;
    const right = await this.passwords.matches(usable?.person.passwordHash ?? null, input.password);
    if (usable === null || !right) throw signInFailed();
    const membership = this.chosen(usable.memberships, input.organisationId);
    const twofold = needsTwoFactors(usable.person, usable.memberships, membership);
    // The right password and no code yet is how signing in begins, and guesses at nothing.
    if (twofold && input.code === null) await guess.right();
    const factor = twofold ? this.secondFactor(usable.person, input.code) : null;
    const renewed = this.passwords.outdated(usable.person.passwordHash ?? '') ? await this.passwords.hash(input.password) : null;
    const opened = this.opening.opened(usable.person, membership, input.kind);
    const { actor } = opened.signedIn;
    await this.desk.uow.as(actor, async (tx) => {
      // While the password was checked, it may have been reset or the account shut, and what that ended must not begin again.
      const stands = await this.people.stillAs(tx, usable.person);
      // The hash may also have been renewed by another sign-in with the same password.
      if (!stands && (renewed === null || !(await this.renewedBeside(tx, usable.person, input.password)))) throw signInFailed();
      if (factor !== null) await this.useFactor(tx, actor, factor);
      if (stands && renewed !== null) await this.people.setPassword(tx, actor.personId, renewed);
      await this.opening.save(tx, opened);
      await this.desk.record(tx, actor, 'signed in', 'session', actor.sessionId, { kind: input.kind });
    });
    await guess.right();
    return { ...opened.signedIn, device: this.guesses.deviceFor(email) };
  }

  /** Whether nothing changed of the person but the hash, which is one of the same password still; locked as by `stillAs`. */
  private async renewedBeside(tx: Tx, before: Person, password: string): Promise<boolean> {
    const now = await this.people.byId(tx, before.id);
    if (now === null || now.totpSecret !== before.totpSecret || this.passwords.outdated(now.passwordHash ?? '')) return false;
    return (await this.passwords.matches(now.passwordHash, password)) && this.people.stillAs(tx, now);
  }

  /** The session row is asked at each request, so that a revoked one ends at once. */
  async actorOf(token: string): Promise<Readonly<{ actor: Actor; person: Pick<Person, 'id' | 'name' | 'email'>; session: Session }> | null> {
    if (token.length < 20 || token.length > 200) return null;
    const found = await this.desk.uow.anonymous((tx) => this.sessions.byTokenHash(tx, sha256(token)));
    if (found === null || found.person.disabled) return null;
    const { session, membership, person } = found;
    if (session.revokedAt !== null || session.expiresAt <= this.desk.clock.now()) return null;
    return { actor: actorFrom(session, membership), person: { id: person.id, name: person.name, email: person.email }, session };
  }

  /** Whether the actor's session still stands in the state of the database that a transaction reads. */
  stands(tx: Tx, actor: Actor): Promise<boolean> {
    return this.sessions.stands(tx, actor.sessionId, this.desk.clock.now());
  }

  async signOut(actor: Actor): Promise<void> {
    await this.desk.uow.as(actor, async (tx) => {
      await this.sessions.revoke(tx, actor.sessionId, this.desk.clock.now());
      await this.desk.record(tx, actor, 'signed out of', 'session', actor.sessionId);
    });
    this.events.sessionRevoked(actor.sessionId);
  }

  /**
   * A bearer token for the operator's own terminal: whoever can start this process owns the installation, so there is no
   * password to ask. Audited.
   */
  async issueToken(email: string, minutes: number): Promise<SignedIn> {
    const found = await this.desk.uow.anonymous((tx) => this.people.byEmail(tx, email.trim()));
    if (found === null || found.person.disabled) throw notFound('account');
    const membership = this.chosen(found.memberships, null);
    const opened = this.opening.opened(found.person, membership, 'BEARER', minutes);
    await this.desk.uow.atTerminal({ name: 'issue-token', objectId: found.person.id }, (tx) => this.opening.save(tx, opened));
    return opened.signedIn;
  }

  /**
   * As `issueToken` for many accounts, in one transaction; each is audited.
   *
   * @returns the token by address as given
   * @throws Rejection NOT_FOUND when one of them has no account
   */
  async issueTokens(emails: readonly string[], minutes: number): Promise<ReadonlyMap<string, string>> {
    return this.desk.uow.atTerminal({ name: 'issue-tokens' }, async (tx) => {
      const tokens = new Map<string, string>();
      for (const email of emails) {
        const found = await this.people.byEmail(tx, email.trim());
        if (found === null || found.person.disabled) throw notFound('account');
        const opened = this.opening.opened(found.person, this.chosen(found.memberships, null), 'BEARER', minutes);
        await this.opening.save(tx, opened);
        await this.desk.record(tx, null, 'issued a token for', 'person', found.person.id);
        tokens.set(email, opened.signedIn.token);
      }
      return tokens;
    });
  }

  /**
   * Founds an installation: the operator's organisation and its first account, from the operator's own terminal.
   *
   * @throws Rejection ALREADY_EXISTS when there is an operator already.
   */
  async found(input: Readonly<{ organisationName: string; email: string; name: string; password: string; demonstration: boolean }>): Promise<Readonly<{ actor: Actor; totpSecret: string }>> {
    const organisationId = uuid();
    const actor: Actor = { personId: uuid(), membershipId: uuid(), organisationId, role: 'OPERATOR', sessionId: uuid(), learnerId: null };
    const totpSecret = newTotpSecret();
    const passwordHash = await this.passwords.hash(input.password);
    await this.desk.uow.as(actor, async (tx) => {
      if ((await this.organisations.all(tx)).some((organisation) => organisation.roles.includes('OPERATOR'))) {
        throw new Rejection({
          code: 'ALREADY_EXISTS',
          message: 'This installation has an operator already.',
          rule: 'An installation is founded once.',
          remedy: 'Sign in as the operator and create accounts there.',
          path: [],
        });
      }
      await this.organisations.insert(tx, {
        id: organisationId,
        name: input.organisationName,
        roles: ['OPERATOR'],
        ukprn: null,
        odsCode: null,
        fictional: input.demonstration,
        roundCapacity: null,
        version: 1,
      });
      const person: Person = {
        id: actor.personId,
        email: input.email.trim().toLowerCase(),
        name: input.name,
        passwordHash,
        totpSecret: seal(totpSecret, this.config.secretsKey),
        totpLastStep: null,
        disabled: false,
      };
      await this.people.insert(tx, person);
      await this.memberships.insert(tx, { id: actor.membershipId, personId: actor.personId, organisationId, role: 'OPERATOR', learnerId: null });
      await this.desk.record(tx, actor, 'founded', 'organisation', organisationId);
    });
    return { actor, totpSecret };
  }

  /**
   * Makes a person with one membership; for staff also a second factor, whose secret is given back once. With a learner, whom it ties
   * to the person.
   *
   * @throws Rejection NOT_FOUND (organisation, or a learner of it without an account), ALREADY_EXISTS (address)
   */
  async createAccount(actor: Actor, account: Account): Promise<Readonly<{ person: Person; totpSecret: string | null }>> {
    const faults = new Faults();
    checkEmail(faults, 'email', account.email.trim());
    faults.text('name', account.name, { max: 200 });
    if (account.password !== null) this.passwords.check(faults, 'password', account.password, [account.email, account.name]);
    if ((account.role === 'LEARNER') !== (account.learnerId !== null)) {
      faults.add('FIELD_REQUIRED', 'learnerId', 'A learner’s account and a learner’s record go together.', 'Accounts of role LEARNER name a learner, all others none.', 'Give the learner’s id, or another role.');
    }
    faults.refuseIfAny();
    return this.desk.write(actor, 'create accounts', async (tx) => {
      if ((await this.organisations.byId(tx, account.organisationId)) === null) throw notFound('organisation');
      const totpSecret = STAFF_ROLES.includes(account.role) ? newTotpSecret() : null;
      const person: Person = {
        id: uuid(),
        email: account.email.trim().toLowerCase(),
        name: account.name,
        passwordHash: account.password === null ? null : await this.passwords.hash(account.password),
        totpSecret: totpSecret === null ? null : seal(totpSecret, this.config.secretsKey),
        totpLastStep: null,
        disabled: false,
      };
      await this.people.insert(tx, person);
      await this.memberships.insert(tx, {
        id: uuid(),
        personId: person.id,
        organisationId: account.organisationId,
        role: account.role,
        learnerId: account.learnerId,
      });
      if (account.learnerId !== null) {
        const tied = await this.learners.tie(tx, { learnerId: account.learnerId, organisationId: account.organisationId, personId: person.id });
        if (!tied) throw notFound('learner', ['input', 'learnerId']);
      }
      await this.desk.record(tx, actor, 'created the account of', 'person', person.id, { role: account.role });
      return { person, totpSecret };
    });
  }

  private chosen(memberships: readonly Membership[], organisationId: OrganisationId | null): Membership {
    if (organisationId !== null && !isUuid(organisationId)) throw signInFailed();
    const membership = organisationId === null ? memberships[0] : memberships.find((m) => m.organisationId === organisationId);
    if (!membership) throw signInFailed();
    return membership;
  }

  /** What the code is good for; it is marked as used with the session, in one transaction. */
  private secondFactor(person: Person, code: string | null): Factor {
    if (code === null || person.totpSecret === null) {
      throw new Rejection({
        code: 'SECOND_FACTOR_REQUIRED',
        message: 'A code from your authenticator is needed.',
        rule: SECOND_FACTOR_RULE,
        remedy: 'Give the six digits your authenticator shows now, or one of your recovery codes.',
        path: ['input', 'code'],
      });
    }
    const recovery = recoveryCodeHash(code);
    if (recovery !== null) return { recovery };
    const step = acceptedStep(unseal(person.totpSecret, this.config.secretsKey), code, this.desk.clock.epochMs(), person.totpLastStep);
    if (step === null) throw wrongCode();
    return { step };
  }

  private async useFactor(tx: Tx, actor: Actor, factor: Factor): Promise<void> {
    if ('step' in factor) {
      if (!(await this.people.useTotpStep(tx, actor.personId, factor.step))) throw wrongCode();
      return;
    }
    if (!(await this.recoveryCodes.use(tx, actor.personId, factor.recovery, this.desk.clock.now()))) throw wrongCode();
    await this.desk.record(tx, actor, 'used a recovery code of', 'person', actor.personId);
  }
}

type Factor = Readonly<{ step: number }> | Readonly<{ recovery: string }>;

/** The factor belongs to the person: who acts for anybody as staff gives it in every role, or the weaker door would open the stronger. */
export function needsTwoFactors(person: Person, memberships: readonly Membership[], chosen: Membership): boolean {
  const staffSomewhere = memberships.some(({ role }) => STAFF_ROLES.includes(role));
  return STAFF_ROLES.includes(chosen.role) || (staffSomewhere && person.totpSecret !== null);
}

export const SECOND_FACTOR_RULE = 'Staff sign in with a second factor, because they see other people’s data.';

function wrongCode(): Rejection {
  return new Rejection({
    code: 'SECOND_FACTOR_WRONG',
    message: 'That code is wrong or was used already.',
    rule: SECOND_FACTOR_RULE,
    remedy: 'Wait for the next code and give that one.',
    path: ['input', 'code'],
  });
}

function signInFailed(): Rejection {
  return new Rejection({
    code: 'SIGN_IN_FAILED',
    message: 'E-mail address or password is wrong.',
    rule: 'The answer is the same for unknown accounts and wrong passwords.',
    remedy: 'Check both and try again, or reset the password.',
    path: ['input'],
  });
}
