import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@meriden/persistence/reads';
import { CONFIG, type Config } from '@meriden/platform';
import { AccessService } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Context } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { credentials, deviceCookie, deviceOf, forgottenCookie, sessionCookie, type Credentials } from '../http/session-cookie.js';
import { Operation, type Caller, type CookieJar } from './operation.js';
import { ReadShelf } from './read-shelf.js';
import { RimOfInstallation } from './rim.js';
import { senderOver } from './sender.js';

/** A header that a page of another site cannot set without asking first: with it, a cookie stands for the person's own click. */
export const CSRF_HEADER = 'x-meriden-csrf';

/** What resolvers get as context. A holder, because Apollo and Nest copy the outermost object. */
export type GraphqlContext = Readonly<{ operation: Operation; req: object }>;

/** Makes the context of each operation from what the request brings. */
@Injectable()
export class OperationContexts {
  readonly senderOf: ReturnType<typeof senderOver>;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ReadShelf) private readonly shelf: ReadShelf,
    @Inject(RimOfInstallation) private readonly rim: RimOfInstallation,
  ) {
    this.senderOf = senderOver(config.trustedProxies);
  }

  /** @throws GraphQLError as `ofRequest`; before the document is read TOO_MANY_REFUSALS, or the fault its text is known for */
  async graphql(request: FastifyRequest, reply: FastifyReply): Promise<GraphqlContext> {
    const { query } = ((request.method === 'GET' ? request.query : request.body) ?? {}) as { query?: unknown };
    const given = this.givenWith(request);
    const token = given?.token ?? null;
    if (token !== null) this.rim.refusals.checkToken(token, query);
    const operation = await this.ofRequest(request, reply, given);
    this.rim.refusals.check(operation.account, query, operation.caller === null ? null : token);
    this.rim.refusals.again(operation.account, query);
    return { operation, req: {} };
  }

  /** @throws GraphQLError CSRF_HEADER_MISSING for a cookie without the header on anything but GET */
  async ofRequest(request: FastifyRequest, reply: FastifyReply, given = this.givenWith(request)): Promise<Operation> {
    if (given?.via === 'COOKIE' && request.method !== 'GET' && request.headers[CSRF_HEADER] !== '1') {
      throw new GraphQLError('A request with the session cookie needs a header that other sites cannot send.', {
        extensions: { code: 'CSRF_HEADER_MISSING', remedy: `Send the header ${CSRF_HEADER}: 1.`, http: { status: 403 } },
      });
    }
    return this.of(given, this.senderOf(request.raw), {
      keep: (token, expiresAt) => void reply.header('set-cookie', sessionCookie(this.config, token, expiresAt)),
      mark: (device) => void reply.header('set-cookie', deviceCookie(this.config, device)),
      device: deviceOf(this.config, request.headers.cookie),
      forget: () => void reply.header('set-cookie', forgottenCookie(this.config)),
    });
  }

  private givenWith({ headers }: FastifyRequest): Credentials | null {
    return credentials(this.config, headers.cookie, headers.authorization);
  }

  async of(given: Credentials | null, address: string, cookies: CookieJar | null): Promise<Operation> {
    const caller = given === null ? null : await this.callerOf(given);
    return new Operation({
      caller,
      sessionEnded: given !== null && caller === null,
      stillSignedIn: async () => given !== null && caller !== null && same(caller, await this.callerOf(given)),
      stands: (tx, actor) => this.access.stands(tx, actor),
      address,
      cookies,
      openRead: (actor, signal) => this.uow.openRead(actor, signal),
      shelf: this.shelf,
    });
  }

  /** Null for an unknown, expired or revoked token, and for a disabled person. */
  async callerOf({ token, via }: Credentials): Promise<Caller | null> {
    const found = await this.access.actorOf(token);
    return found === null ? null : { actor: found.actor, person: found.person, via, expiresAt: found.session.expiresAt };
  }
}

/** Parameter of a resolver: the operation it runs in. */
export const InOperation = (): ParameterDecorator => Context('operation');

/** The same session with the same rights; anything else must be asked for anew. */
function same(before: Caller, now: Caller | null): boolean {
  return (
    now !== null &&
    now.actor.sessionId === before.actor.sessionId &&
    now.actor.membershipId === before.actor.membershipId &&
    now.actor.organisationId === before.actor.organisationId &&
    now.actor.role === before.actor.role &&
    now.actor.learnerId === before.actor.learnerId
  );
}
