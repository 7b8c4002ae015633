import { Inject, Injectable } from '@nestjs/common';
import { Rejection, isUuid, notFound, type Actor, type IsoInstant, type Membership, type OrganisationId, type Person, type RefreshToken, type Role, type Session, type SessionId, type SessionKind } from '@meriden/domain';
import { PersonStore, RefreshTokenStore, SessionStore, type Tx } from '@meriden/persistence';
import { CONFIG, randomToken, sha256, uuid, type Config } from '@meriden/platform';
import { derived } from '../derived.js';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';

/** How long one token is good. A cookie is for a working day; a program renews its token. */
const MINUTES = { COOKIE: 12 * 60, BEARER: 120 } as const satisfies Record<SessionKind, number>;
/** How long a family of bearer tokens can be renewed at all. */
const FAMILY_DAYS = 30;
/** An answer that was lost on its way can be asked for again for so long. */
const GRACE_MS = 10_000;
const TOKEN = /^[\w-]{20,200}$/;

export type SignedIn = Readonly<{
  token: string;
  /** For bearer sessions: worth one renewal. */
  refreshToken: string | null;
  expiresAt: IsoInstant;
  actor: Actor;
  person: Pick<Person, 'id' | 'name' | 'email'>;
}>;

/** A session that is about to be written. */
export type OpenedSession = Readonly<{ session: Session; refresh: RefreshToken | null; signedIn: SignedIn }>;

export type LiveSession = Readonly<{ id: SessionId; kind: SessionKind; createdAt: IsoInstant; expiresAt: IsoInstant; organisationId: OrganisationId; role: Role; current: boolean }>;

/** Sessions: opened, renewed, listed, ended. Only digests of their tokens are stored. */
@Injectable()
export class SessionService {
  constructor(
    private readonly desk: Desk,
    private readonly sessions: SessionStore,
    private readonly people: PersonStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly events: EventsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * A new session with new tokens, whatever the caller held before: what was planted in a browser before sign-in opens nothing.
   * @param minutes for the terminal: so long and no longer, without renewal
   */
  opened(person: Pick<Person, 'id' | 'name' | 'email'>, membership: Membership, kind: SessionKind, minutes?: number): OpenedSession {
    const createdAt = this.desk.clock.now();
    const renewable = kind === 'BEARER' && minutes === undefined;
    const refreshToken = renewable ? randomToken() : null;
    const token = refreshToken === null ? randomToken() : this.accessOf(refreshToken);
    const expiresAt = this.in((minutes ?? MINUTES[kind]) * 60_000);
    const session: Session = { id: uuid(), tokenHash: sha256(token), membershipId: membership.id, kind, createdAt, expiresAt, revokedAt: null };
    const refresh = refreshToken === null ? null : { tokenHash: sha256(refreshToken), sessionId: session.id, expiresAt: this.in(FAMILY_DAYS * 86_400_000), spentAt: null };
    const { id, name, email } = person;
    return { session, refresh, signedIn: { token, refreshToken, expiresAt, actor: actorFrom(session, membership), person: { id, name, email } } };
  }

  async save(tx: Tx, { session, refresh }: OpenedSession): Promise<void> {
    await this.sessions.insert(tx, session);
    if (refresh !== null) await this.refreshTokens.insert(tx, refresh);
  }

  /** Whether the account is open, which stays so until the transaction ends: whoever shuts it or ends its sessions finds what was opened. */
  hold(tx: Tx, actor: Pick<Actor, 'personId'>): Promise<boolean> {
    return this.people.hold(tx, actor.personId);
  }

  /** A session in the place of the actor's own, of the same kind: rights that were raised must not hang on a token that was known before. */
  async replace(tx: Tx, actor: Actor, person: Pick<Person, 'id' | 'name' | 'email'>): Promise<SignedIn> {
    const before = await this.sessions.lock(tx, actor.sessionId);
    if (before === null) throw sessionEnded();
    const opened = this.opened(person, { id: actor.membershipId, ...actor, endedAt: null }, before.kind);
    await this.save(tx, opened);
    return opened.signedIn;
  }

  /**
   * The next tokens of a family. Each refresh token works once; asked again within ten seconds it gives the same successor, since an
   * answer can get lost; later, or when its successor was used, somebody else has it, and the whole family ends.
   *
   * @throws Rejection SESSION_ENDED
   */
  async refresh(refreshToken: string): Promise<SignedIn & { refreshToken: string }> {
    const hash = sha256(refreshToken);
    const owner = TOKEN.test(refreshToken) ? await this.desk.uow.anonymous((tx) => this.refreshTokens.ownerOf(tx, hash)) : null;
    if (owner === null || owner.person.disabled) throw sessionEnded();
    const actor = actorFrom(owner.session, owner.membership);
    const successor = derived(this.config.secretsKey, 'refresh', refreshToken);
    const token = this.accessOf(successor);
    const done = await this.desk.uow.as(actor, async (tx): Promise<IsoInstant | 'ended' | 'reused'> => {
      const session = await this.sessions.lock(tx, actor.sessionId);
      const held = await this.refreshTokens.byHash(tx, hash);
      const now = this.desk.clock.now();
      if (session === null || held === null || session.revokedAt !== null || held.expiresAt <= now) return 'ended';
      if (held.spentAt !== null) {
        const next = await this.refreshTokens.byHash(tx, sha256(successor));
        if (next?.spentAt === null && Date.parse(now) - Date.parse(held.spentAt) <= GRACE_MS) return session.expiresAt;
        await this.sessions.revoke(tx, session.id, now);
        await this.desk.record(tx, actor, 'ended because a spent token came back', 'session', session.id);
        return 'reused';
      }
      const expiresAt = [this.in(MINUTES.BEARER * 60_000), held.expiresAt].sort()[0] as IsoInstant;
      await this.refreshTokens.spend(tx, hash, now);
      await this.refreshTokens.insert(tx, { tokenHash: sha256(successor), sessionId: session.id, expiresAt: held.expiresAt, spentAt: null });
      await this.sessions.renew(tx, session.id, sha256(token), expiresAt);
      return expiresAt;
    });
    if (done === 'reused') this.events.sessionRevoked(actor.sessionId);
    if (done === 'ended' || done === 'reused') throw sessionEnded();
    const { id, name, email } = owner.person;
    return { token, refreshToken: successor, expiresAt: done, actor, person: { id, name, email } };
  }

  async list(tx: Tx, actor: Actor): Promise<readonly LiveSession[]> {
    const found = await this.sessions.liveOf(tx, actor.personId, this.desk.clock.now());
    return found.map(({ id, kind, createdAt, expiresAt, organisationId, role }) => ({ id, kind, createdAt, expiresAt, organisationId, role, current: id === actor.sessionId }));
  }

  /**
   * Ends one of the person's own sessions, or all but the present one.
   *
   * @returns how many ended
   * @throws Rejection NOT_FOUND for an unknown session, another person's, or one that has ended
   */
  async end(actor: Actor, sessionId: SessionId | null): Promise<number> {
    const ended = await this.desk.uow.as(actor, async (tx) => {
      // A change of the password that is on its way opens a session in the place of those it ends: what came of it is seen then.
      await this.hold(tx, actor);
      const at = this.desk.clock.now();
      if (sessionId === null) {
        const all = await this.sessions.revokeAllOf(tx, actor.personId, at, actor.sessionId);
        await this.desk.record(tx, actor, 'ended all other sessions of', 'person', actor.personId, { sessions: all.length });
        return all;
      }
      const live = isUuid(sessionId) ? await this.sessions.liveOf(tx, actor.personId, at) : [];
      if (!live.some((session) => session.id === sessionId) || !(await this.sessions.revoke(tx, sessionId, at))) throw notFound('session', ['input', 'sessionId']);
      await this.desk.record(tx, actor, 'ended', 'session', sessionId);
      return [sessionId];
    });
    for (const id of ended) this.events.sessionRevoked(id);
    return ended.length;
  }

  /** The access token is derived from the refresh token it came with, so that a repeated answer is the same answer. */
  private accessOf(refreshToken: string): string {
    return derived(this.config.secretsKey, 'access', refreshToken);
  }

  private in(milliseconds: number): IsoInstant {
    return new Date(this.desk.clock.epochMs() + milliseconds).toISOString();
  }
}

export function actorFrom(session: Pick<Session, 'id'>, membership: Membership): Actor {
  return {
    personId: membership.personId,
    membershipId: membership.id,
    organisationId: membership.organisationId,
    role: membership.role,
    sessionId: session.id,
    learnerId: membership.learnerId,
  };
}

export function sessionEnded(): Rejection {
  return new Rejection({
    code: 'SESSION_ENDED',
    message: 'This session cannot be renewed.',
    rule: 'A refresh token works once; one that is used again ends its session, for somebody else may have it.',
    remedy: 'Sign in again.',
    path: ['input', 'refreshToken'],
  });
}
