import { Inject, Injectable } from '@nestjs/common';
import { Rejection, isUuid, notFound, type Actor, type FederatedIdentity, type FederatedIdentityId, type IsoInstant } from '@meriden/domain';
import { FederatedIdentityStore, type Tx } from '@meriden/persistence';
import { CONFIG, Logger, uuid, type Config } from '@meriden/platform';
import type { Configuration } from 'openid-client';
import { needsTwoFactors, SECOND_FACTOR_RULE } from './access.service.js';
import { Desk } from '../desk.js';
import { Guesses } from './guesses.js';
import { SecondFactorService, type Proof } from './second-factor.service.js';
import { SessionService, type SignedIn } from './sessions.service.js';
import { openTicket, ticket } from './tickets.js';

/** Loaded when the first person sets out: worker and terminal never need it. */
const openid = () => import('openid-client');

const ASKED_MS = 10 * 60_000;
const ISSUER_SECONDS = 5;
const MOST_IDENTITIES = 5;
/** Where the issuer sends people back to, below the public origin. */
const RETURN_PATH = '/oidc/return';

/** What is kept in the browser while its person is at the issuer. `by`: who links an account, and what they proved; null where somebody signs in. */
type Asked = Readonly<{ state: string; nonce: string; verifier: string; by: Readonly<{ personId: string; proof: string }> | null; next: string; askedAt: IsoInstant }>;
/** Where to send the browser, and what it brings back beside the issuer's answer. */
export type Journey = Readonly<{ url: string; ticket: string }>;
type Claims = Readonly<{ iss: string; sub: string; amr?: unknown }>;

/**
 * Signing in at an OpenID Connect issuer (code flow with PKCE, state and nonce; OpenID Connect Core 1.0, RFC 9700). Nobody gets in by an
 * e-mail address that an issuer says is theirs: somebody who is signed in links the issuer's number for them to their account first, with
 * the password given again. Of the issuer nothing is asked but that number.
 */
@Injectable()
export class OidcService {
  #issuer: Promise<Configuration> | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly identities: FederatedIdentityStore,
    private readonly opening: SessionService,
    private readonly secondFactor: SecondFactorService,
    private readonly guesses: Guesses,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Name of the issuer that people may sign in at; null where there is none. */
  get offered(): string | null {
    return this.config.oidc?.name ?? null;
  }

  list(tx: Tx, actor: Actor): Promise<readonly FederatedIdentity[]> {
    return this.identities.ofPerson(tx, actor.personId);
  }

  /** @param next where the person was going when they were asked who they are @throws Rejection NOT_FOUND (no issuer), ISSUER_AWAY */
  askToSignIn(next: string): Promise<Journey> {
    return this.journey(null, next);
  }

  /**
   * A link outlives the session it is made in, so the password is given again.
   *
   * @throws Rejection SIGN_IN_FAILED (password), SECOND_FACTOR_WRONG, TOO_MANY_TRIES, NOT_FOUND (no issuer), ISSUER_AWAY
   */
  async askToLink(actor: Actor, proof: Proof): Promise<Journey> {
    const person = await this.secondFactor.proven(actor, proof);
    return this.journey({ personId: actor.personId, proof: this.secondFactor.proofOf(person) }, '');
  }

  /** What a person who comes back set out for; null for a ticket that is none. */
  setOut(given: string): Readonly<{ toLink: boolean; next: string }> | null {
    const asked = openTicket<Asked>(this.config.secretsKey, 'oidc', given, this.desk.clock.epochMs());
    return asked === null ? null : { toLink: asked.by !== null, next: asked.next };
  }

  /** @throws Rejection LINK_SPENT, ISSUER_REFUSED, ISSUER_AWAY, ALREADY_EXISTS, TOO_MANY_ENTRIES, TOO_MANY_TRIES */
  async link(actor: Actor, back: Readonly<{ ticket: string; query: string; address: string | null }>): Promise<FederatedIdentity> {
    const asked = this.asked(back.ticket);
    const { by } = asked;
    if (by?.personId !== actor.personId) throw spent();
    const guess = await this.guesses.count('link', { account: `oidc ${actor.personId}`, address: back.address });
    const { iss, sub } = await this.claims(asked, back.query);
    const identity: FederatedIdentity = { id: uuid(), personId: actor.personId, issuer: iss, subject: sub, createdAt: this.desk.clock.now(), lastUsedAt: null };
    await this.desk.uow.as(actor, async (tx) => {
      if (!(await this.secondFactor.stillProven(tx, actor, by.proof))) throw spent();
      const known = await this.identities.bySubject(tx, iss, sub);
      if (known !== null) throw linked(known.person.id === actor.personId);
      if ((await this.identities.ofPerson(tx, actor.personId)).length >= MOST_IDENTITIES) {
        throw new Rejection({ code: 'TOO_MANY_ENTRIES', message: `There are ${MOST_IDENTITIES} links already.`, rule: `A person has at most ${MOST_IDENTITIES} links to other services.`, remedy: 'Remove one that is no longer used.', path: [] });
      }
      await this.identities.insert(tx, identity);
      await this.desk.record(tx, actor, 'linked', 'federated identity', identity.id);
    });
    await guess.right();
    return identity;
  }

  async unlink(actor: Actor, id: FederatedIdentityId): Promise<void> {
    await this.desk.uow.as(actor, async (tx) => {
      if (!isUuid(id) || !(await this.identities.remove(tx, actor.personId, id))) throw notFound('federated identity', ['input', 'federatedIdentityId']);
      await this.desk.record(tx, actor, 'unlinked', 'federated identity', id);
    });
  }

  /** @throws Rejection LINK_SPENT, ISSUER_REFUSED, ISSUER_AWAY, SIGN_IN_FAILED, SECOND_FACTOR_REQUIRED, TOO_MANY_TRIES */
  async signIn(back: Readonly<{ ticket: string; query: string; address: string | null }>): Promise<SignedIn> {
    const asked = this.asked(back.ticket);
    if (asked.by !== null) throw spent();
    const guess = await this.guesses.count('sign-in', { account: `oidc ${asked.state}`, address: back.address });
    const { iss, sub, amr } = await this.claims(asked, back.query);
    const found = await this.desk.uow.anonymous((tx) => this.identities.bySubject(tx, iss, sub));
    const membership = found?.memberships[0];
    if (found === null || found.person.disabled || membership === undefined) throw unknown(this.offered ?? '');
    if (needsTwoFactors(found.person, found.memberships, membership) && !(Array.isArray(amr) && amr.includes('mfa'))) throw oneFactor();
    const opened = this.opening.opened(found.person, membership, 'COOKIE');
    const { actor } = opened.signedIn;
    await this.desk.uow.as(actor, async (tx) => {
      if (!(await this.opening.hold(tx, actor))) throw unknown(this.offered ?? '');
      if (!(await this.identities.use(tx, found.identity.id, { askedAt: asked.askedAt, at: this.desk.clock.now() }))) throw spent();
      await this.opening.save(tx, opened);
      await this.desk.record(tx, actor, 'signed in', 'session', actor.sessionId, { kind: 'COOKIE', with: 'federated identity' });
    });
    await guess.right();
    return opened.signedIn;
  }

  private async journey(by: Asked['by'], next: string): Promise<Journey> {
    const [issuer, oidc] = [await this.issuer(), await openid()];
    const verifier = oidc.randomPKCECodeVerifier();
    const asked: Asked = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, by, next, askedAt: this.desk.clock.now() };
    const url = oidc.buildAuthorizationUrl(issuer, {
      redirect_uri: `${this.config.publicOrigin}${RETURN_PATH}`,
      scope: 'openid',
      // On a computer that several share, the issuer may still know who sat there before.
      prompt: 'login',
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, ticket: ticket(this.config.secretsKey, 'oidc', asked, this.desk.clock.epochMs() + ASKED_MS) };
  }

  private asked(given: string): Asked {
    const asked = openTicket<Asked>(this.config.secretsKey, 'oidc', given, this.desk.clock.epochMs());
    if (asked === null) throw spent();
    return asked;
  }

  /** Exchanges the code; the library checks state, nonce, issuer, audience, times and signature. */
  private async claims(asked: Asked, query: string): Promise<Claims> {
    const [issuer, oidc] = [await this.issuer(), await openid()];
    const address = new URL(`${this.config.publicOrigin}${RETURN_PATH}${query}`);
    try {
      const tokens = await oidc.authorizationCodeGrant(issuer, address, { expectedState: asked.state, expectedNonce: asked.nonce, pkceCodeVerifier: asked.verifier, idTokenExpected: true });
      const { iss, sub, amr } = tokens.claims() as Claims;
      return { iss, sub, amr };
    } catch (error) {
      throw this.told(error);
    }
  }

  /** What a person is told; what is wrong between the two services stands in the log, for whoever runs this one. */
  private told(error: unknown): Rejection {
    const { code, error: said, name } = error as { code?: string; error?: string; name?: string };
    this.logger.warn('the issuer did not say who somebody is', { code, said, name, status: statusOf(error) });
    return isAway(error) ? away() : refused();
  }

  /** Its published configuration, asked for once; a failed try is forgotten. */
  private issuer(): Promise<Configuration> {
    const { oidc: given } = this.config;
    if (given === null) throw notFound('issuer');
    this.#issuer ??= discovered(given).catch((error: unknown) => {
      this.#issuer = null;
      throw this.told(error);
    });
    return this.#issuer;
  }
}

async function discovered({ issuer, clientId, clientSecret }: NonNullable<Config['oidc']>): Promise<Configuration> {
  const oidc = await openid();
  return oidc.discovery(new URL(issuer), clientId, clientSecret ?? undefined, clientSecret === null ? oidc.None() : undefined, {
    timeout: ISSUER_SECONDS,
    execute: [oidc.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [])],
  });
}

/** The HTTP status that the issuer answered with, where it did. */
function statusOf(error: unknown): number | undefined {
  const { status, cause } = error as { status?: number; cause?: unknown };
  return status ?? (cause instanceof Response ? cause.status : undefined);
}

/** Connections that fail or last too long, as `fetch` says it, and an issuer that says itself that it is out of order. */
function isAway(error: unknown): boolean {
  return (statusOf(error) ?? 0) >= 500 || error instanceof TypeError || (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError' || (error as { code?: string }).code === 'OAUTH_TIMEOUT'));
}

const spent = (): Rejection =>
  new Rejection({ code: 'LINK_SPENT', message: 'This sign-in was used, has run out, or the password or authenticator was changed meanwhile.', rule: 'An answer of the other service is taken once, within ten minutes, in the browser that asked, from who still gets in as when it was asked for.', remedy: 'Begin again.', path: [] });

const away = (): Rejection =>
  new Rejection({ code: 'ISSUER_AWAY', message: 'The other service does not answer.', rule: 'It says who somebody is, so nobody gets in through it while it is away.', remedy: 'Try again in a few minutes, or sign in with your password.', path: [] });

const refused = (): Rejection =>
  new Rejection({ code: 'ISSUER_REFUSED', message: 'The other service did not say who you are.', rule: 'Its answer must be made for this question, by the issuer that was asked.', remedy: 'Begin again, or sign in with your password.', path: [] });

const unknown = (name: string): Rejection =>
  new Rejection({ code: 'SIGN_IN_FAILED', message: `No account here is linked to yours at ${name}.`, rule: 'An account is linked by the person who is signed in to it.', remedy: 'Sign in with your password once and link it under Account.', path: [] });

const oneFactor = (): Rejection =>
  new Rejection({ code: 'SECOND_FACTOR_REQUIRED', message: 'The other service did not ask you for a second factor.', rule: SECOND_FACTOR_RULE, remedy: 'Sign in here with password and code, or have a second factor set up there.', path: [] });

const linked = (own: boolean): Rejection =>
  new Rejection({ code: 'ALREADY_EXISTS', message: own ? 'This is linked already.' : 'This is linked to another account here.', rule: 'One person of an issuer opens one account.', remedy: own ? 'Nothing needs doing.' : 'Remove it there first.', path: [] });
