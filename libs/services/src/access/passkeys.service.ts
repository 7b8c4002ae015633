import { Inject, Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { Rejection, isUuid, notFound, type Actor, type IsoInstant, type OrganisationId, type Passkey, type PasskeyId } from '@meriden/domain';
import { PasskeyStore, type Tx } from '@meriden/persistence';
import { CONFIG, uuid, type Config } from '@meriden/platform';
import { z } from 'zod';
import { Desk } from '../desk.js';
import { Guesses } from './guesses.js';
import { SecondFactorService, type Proof } from './second-factor.service.js';
import { SessionService, type SignedIn } from './sessions.service.js';
import { openTicket, ticket } from './tickets.js';
import { Faults } from '../validate/faults.js';

/** Loaded when the first passkey is met: it brings three hundred modules of certificates, which worker and terminal never need. */
const webAuthn = () => import('@simplewebauthn/server');

const ASKED_MS = 5 * 60_000;
const MOST_KEYS = 10;

const text = z.string().max(20_000);
/** The members that are read; WebAuthn may send others. */
const RESPONSE = z.object({ id: text, rawId: text, type: z.literal('public-key'), response: z.record(z.string(), z.unknown()), clientExtensionResults: z.record(z.string(), z.unknown()).default({}) });

/** `by`: who adds a key, and what they proved; null where somebody signs in with one. */
type Asked = Readonly<{ challenge: string; by: Readonly<{ personId: string; proof: string }> | null; askedAt: IsoInstant }>;
/** What a browser is asked with, and what it gives back beside its answer. */
export type Challenge = Readonly<{ options: object; ticket: string }>;

/**
 * Passkeys: a key pair on the person's device that answers only to this site, unlocked by the device itself. That is two factors in
 * one, so whoever signs in with one needs no code.
 */
@Injectable()
export class PasskeyService {
  constructor(
    private readonly desk: Desk,
    private readonly passkeys: PasskeyStore,
    private readonly opening: SessionService,
    private readonly guesses: Guesses,
    private readonly secondFactor: SecondFactorService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(tx: Tx, actor: Actor): Promise<readonly Passkey[]> {
    return this.passkeys.ofPerson(tx, actor.personId);
  }

  /**
   * What a device is asked with. A passkey outlives the session it is added in, so whoever only found that session open must not get one:
   * the password is given again.
   *
   * @throws Rejection SIGN_IN_FAILED (password), SECOND_FACTOR_WRONG, TOO_MANY_TRIES
   */
  async askToRegister(actor: Actor, proof: Proof): Promise<Challenge> {
    const person = await this.secondFactor.proven(actor, proof);
    const keys = await this.desk.uow.readAs(actor, (tx) => this.passkeys.ofPerson(tx, actor.personId));
    const options = await (await webAuthn()).generateRegistrationOptions({
      rpName: 'Meriden',
      rpID: this.host,
      userName: person.email,
      userDisplayName: person.name,
      userID: new TextEncoder().encode(actor.personId),
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: keys.map(({ credentialId }) => ({ id: credentialId })),
    });
    return this.challenge('register', options, { personId: actor.personId, proof: this.secondFactor.proofOf(person) });
  }

  /** @throws Rejection LINK_SPENT (ticket), FIELD_INVALID (the device's answer), TOO_MANY_ENTRIES, ALREADY_EXISTS */
  async register(actor: Actor, input: Readonly<{ ticket: string; response: unknown; label: string }>): Promise<Passkey> {
    const { by, challenge } = this.asked('register', input.ticket);
    if (by?.personId !== actor.personId) throw spent();
    const faults = new Faults([]);
    const label = faults.text('label', input.label, { max: 100 });
    faults.refuseIfAny();
    const parsed = RESPONSE.safeParse(input.response);
    const verified = parsed.success
      ? await (await webAuthn()).verifyRegistrationResponse({ response: parsed.data as unknown as RegistrationResponseJSON, expectedChallenge: challenge, expectedOrigin: this.config.publicOrigin, expectedRPID: this.host, requireUserVerification: true }).catch(() => null)
      : null;
    if (verified?.verified !== true) throw notAccepted();
    const { credential } = verified.registrationInfo;
    const passkey: Passkey = {
      id: uuid(),
      personId: actor.personId,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: (credential.transports ?? []).slice(0, 8),
      label,
      createdAt: this.desk.clock.now(),
      lastUsedAt: null,
    };
    await this.desk.uow.as(actor, async (tx) => {
      if (!(await this.secondFactor.stillProven(tx, actor, by.proof))) throw spent();
      if ((await this.passkeys.ofPerson(tx, actor.personId)).length >= MOST_KEYS) {
        throw new Rejection({ code: 'TOO_MANY_ENTRIES', message: `There are ${MOST_KEYS} passkeys already.`, rule: `A person has at most ${MOST_KEYS} passkeys.`, remedy: 'Remove one that is no longer used.', path: [] });
      }
      await this.passkeys.insert(tx, passkey);
      await this.desk.record(tx, actor, 'added', 'passkey', passkey.id);
    });
    return passkey;
  }

  async remove(actor: Actor, id: PasskeyId): Promise<void> {
    await this.desk.uow.as(actor, async (tx) => {
      if (!isUuid(id) || !(await this.passkeys.remove(tx, actor.personId, id))) throw notFound('passkey', ['input', 'passkeyId']);
      await this.desk.record(tx, actor, 'removed', 'passkey', id);
    });
  }

  async askToSignIn(): Promise<Challenge> {
    return this.challenge('sign-in', await (await webAuthn()).generateAuthenticationOptions({ rpID: this.host, userVerification: 'required' }), null);
  }

  /** @throws Rejection LINK_SPENT (ticket), SIGN_IN_FAILED, TOO_MANY_TRIES */
  async signIn(input: Readonly<{ ticket: string; response: unknown; organisationId: OrganisationId | null; address: string | null }>): Promise<SignedIn> {
    const asked = this.asked('sign-in', input.ticket);
    const parsed = RESPONSE.safeParse(input.response);
    if (!parsed.success) throw notAccepted();
    const { id } = parsed.data;
    const guess = await this.guesses.count('sign-in', { account: `passkey ${id}`, address: input.address });
    const found = await this.desk.uow.anonymous((tx) => this.passkeys.byCredential(tx, id));
    const membership = found?.memberships.find((m) => input.organisationId === null || m.organisationId === input.organisationId);
    if (found === null || found.person.disabled || membership === undefined) throw signInFailed();
    const { passkey, person } = found;
    const verified = await (await webAuthn()).verifyAuthenticationResponse({
      response: parsed.data as unknown as AuthenticationResponseJSON,
      expectedChallenge: asked.challenge,
      expectedOrigin: this.config.publicOrigin,
      expectedRPID: this.host,
      requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')), counter: passkey.counter },
    }).catch(() => null);
    if (verified?.verified !== true) throw signInFailed();
    const opened = this.opening.opened(person, membership, 'COOKIE');
    const { actor } = opened.signedIn;
    await this.desk.uow.as(actor, async (tx) => {
      const use = { counter: verified.authenticationInfo.newCounter, askedAt: asked.askedAt, at: this.desk.clock.now() };
      if (!(await this.opening.hold(tx, actor))) throw signInFailed();
      if (!(await this.passkeys.use(tx, passkey.id, use))) throw spent();
      await this.opening.save(tx, opened);
      await this.desk.record(tx, actor, 'signed in', 'session', actor.sessionId, { kind: 'COOKIE', with: 'passkey' });
    });
    await guess.right();
    return opened.signedIn;
  }

  private challenge(purpose: string, options: { challenge: string }, by: Asked['by']): Challenge {
    const content: Asked = { challenge: options.challenge, by, askedAt: this.desk.clock.now() };
    return { options, ticket: ticket(this.config.secretsKey, `passkey ${purpose}`, content, this.desk.clock.epochMs() + ASKED_MS) };
  }

  private asked(purpose: string, given: string): Asked {
    const asked = openTicket<Asked>(this.config.secretsKey, `passkey ${purpose}`, given, this.desk.clock.epochMs());
    if (asked === null) throw spent();
    return asked;
  }

  private get host(): string {
    return new URL(this.config.publicOrigin).hostname;
  }
}

function spent(): Rejection {
  return new Rejection({ code: 'LINK_SPENT', message: 'This challenge was used, has run out, or the password or authenticator was changed meanwhile.', rule: 'A challenge is answered once, within five minutes, by the person it was made for, who still gets in as when it was made.', remedy: 'Begin again.', path: ['ticket'] });
}

function notAccepted(): Rejection {
  return new Rejection({ code: 'FIELD_INVALID', message: 'The answer of the device was not accepted.', rule: 'It must answer this site’s own challenge and have made sure of the person.', remedy: 'Try again, with a device that asks for your finger, face or code.', path: ['response'] });
}

function signInFailed(): Rejection {
  return new Rejection({ code: 'SIGN_IN_FAILED', message: 'This passkey does not open an account here.', rule: 'The answer is the same for unknown keys and wrong answers.', remedy: 'Sign in with e-mail address and password, or with another passkey.', path: [] });
}
