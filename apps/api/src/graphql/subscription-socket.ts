import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, Logger, Metrics, type Config } from '@meriden/platform';
import { EventsService } from '@meriden/services';
import { GraphQLError, getOperationAST, parse, validate, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { credentials, type Credentials } from '../http/session-cookie.js';
import { admit } from './admission.js';
import { OperationContexts, type GraphqlContext } from './context.js';
import { ErrorTranslator } from './errors.js';
import { LIMITS, refusedByLimit } from './limits.js';
import type { Operation } from './operation.js';
import { RimOfInstallation } from './rim.js';
import { withoutSuggestions } from './suggestions.js';

const PATH = '/graphql';
const MAX_MESSAGE = 64 * 1024;
const MAX_SOCKETS = 2_000;
/** Over all sessions of one person: signing in again gives no new sockets. */
const MAX_SOCKETS_PER_PERSON = 20;
const MAX_SUBSCRIPTIONS_PER_SOCKET = 20;
/** Milliseconds between two looks at the sessions behind open sockets, for when the bell of a revoked one was not heard. */
const SWEEP_MS = 1_500;
/** Sessions looked up together, well below the connections there are. */
const LOOKS_AT_ONCE = 4;

type Sent = Readonly<{ query: string; operationName?: string | null | undefined; variables?: Record<string, unknown> | null | undefined }>;

type Member = { given: Credentials; sessionId: string; personId: string; socket: WebSocket };

/** A refusal that was thrown, as the list that the protocol answers with. */
function asAnswer<T>(work: () => T): T | readonly GraphQLError[] {
  try {
    return work();
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/**
 * Subscriptions over graphql-ws at the same path as HTTP. Its own server, because here the same limits hold: only
 * subscriptions, parsed under the token limit, admitted like HTTP operations, errors translated once, the Origin of browsers
 * checked, and sockets closed when their session ends.
 */
@Injectable()
export class SubscriptionSocket implements OnModuleDestroy {
  readonly #members = new Map<Extra['request'], Member>();
  readonly #stopping = new AbortController();
  #server: WebSocketServer | null = null;
  #dispose: (() => Promise<void> | void) | null = null;
  #sweep: NodeJS.Timeout | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Logger) private readonly logger: Logger,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(EventsService) private readonly events: EventsService,
    @Inject(OperationContexts) private readonly contexts: OperationContexts,
    @Inject(ErrorTranslator) private readonly errors: ErrorTranslator,
    @Inject(RimOfInstallation) private readonly rim: RimOfInstallation,
  ) {}

  attach(http: Server, schema: GraphQLSchema): void {
    const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
    this.#server = server;
    this.metrics.gauge('meriden_sockets', 'Open subscription sockets.');
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Node takes its own listener off a socket that is handed over; a reset by the other side must not end the process.
      socket.on('error', () => socket.destroy());
      const refusal = this.refusalOf(request, server);
      if (refusal !== null) {
        socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (accepted) => server.emit('connection', accepted, request));
    });
    const disposable = useServer<Record<string, unknown>>(
      {
        schema,
        connectionInitWaitTimeout: 3_000,
        onConnect: (context) => this.join(context.extra, context.connectionParams),
        onClose: (context) => this.leave(context.extra),
        onSubscribe: async (context, _id, payload) => {
          try {
            if (Object.keys(context.subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET) {
              throw refusedByLimit('TOO_MANY_SUBSCRIPTIONS', `One socket carries ${MAX_SUBSCRIPTIONS_PER_SOCKET} subscriptions.`, 'End one first.');
            }
            return await this.prepare(schema, context.extra, payload);
          } catch (error) {
            return [error instanceof GraphQLError ? error : new GraphQLError('internal', { originalError: error as Error })];
          }
        },
        onError: (_context, _id, _payload, errors) => errors.map((error) => this.errors.translate(error.toJSON(), error)),
        onNext: async (_context, _id, _payload, args, result) => {
          const { operation } = args.contextValue as GraphqlContext;
          await operation.rest();
          return {
            ...result,
            ...(result.errors && { errors: result.errors.map((error) => this.errors.translate(error.toJSON(), error)) }),
            extensions: { cost: { requested: operation.cost, limit: LIMITS.cost }, ...(this.config.demonstration && { notice: 'demonstration data' }) },
          };
        },
      },
      server,
    );
    this.#dispose = () => disposable.dispose();
    void this.followRevocations();
    void this.followRights();
    this.#sweep = setInterval(() => void this.sweep(), SWEEP_MS).unref();
  }

  /** First of all at the end: Apollo and HTTP would wait for open sockets. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    if (this.#sweep !== null) clearInterval(this.#sweep);
    await this.#dispose?.();
    this.#server?.close();
  }

  /** Null to accept; else the status line. A browser always says its Origin, and only our own pages may open a socket. */
  private refusalOf(request: IncomingMessage, server: WebSocketServer): string | null {
    // As text: what a stranger sends need not be an address that parses.
    if (request.url?.split('?')[0] !== PATH) return '404 Not Found';
    if (server.clients.size >= MAX_SOCKETS) return '503 Service Unavailable';
    const origin = request.headers.origin;
    if (origin === undefined || origin === this.config.publicOrigin) return null;
    // A first try on another name of this machine (127.0.0.1 for localhost): the page came from the host it talks to.
    const own = URL.canParse(origin) && new URL(origin).host === request.headers.host && !this.config.publicOrigin.startsWith('https:');
    return own ? null : '403 Forbidden';
  }

  /** @returns false to close with 4403 */
  private async join(extra: Extra, params: Record<string, unknown> | undefined): Promise<boolean> {
    const { headers } = extra.request;
    const said = params?.['authorization'] ?? params?.['Authorization'];
    // A cookie counts only from a page, whose Origin was checked; a program says who it is.
    const cookie = headers.origin === undefined ? undefined : headers.cookie;
    const given = credentials(this.config, cookie, typeof said === 'string' ? said : headers.authorization);
    const caller = given === null ? null : await this.contexts.callerOf(given);
    if (given === null || caller === null) return false;
    const { sessionId, personId } = caller.actor;
    const beside = [...this.#members.values()].filter((member) => member.personId === personId).length;
    if (beside >= MAX_SOCKETS_PER_PERSON) return false;
    this.#members.set(extra.request, { given, sessionId, personId, socket: extra.socket as unknown as WebSocket });
    this.count();
    return true;
  }

  private leave(extra: Extra): void {
    this.#members.delete(extra.request);
    this.count();
  }

  private count(): void {
    this.metrics.gauge('meriden_sockets', 'Open subscription sockets.').set(this.#members.size);
  }

  private async prepare(schema: GraphQLSchema, extra: Extra, payload: Sent): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const member = this.#members.get(extra.request);
    const token = member?.given.token ?? null;
    if (token !== null) this.rim.refusals.checkToken(token, payload.query);
    const operation = await this.contexts.of(member?.given ?? null, this.contexts.senderOf(extra.request), null);
    if (operation.caller === null) throw operation.signedOut();
    this.rim.refusals.check(operation.account, payload.query, token);
    this.rim.refusals.again(operation.account, payload.query);
    const answer = asAnswer(() => this.admitted(schema, operation, payload));
    if ('schema' in answer) this.rim.refusals.ran(payload.query);
    else this.rim.refusals.refused(operation.account, payload.query, answer);
    return answer;
  }

  /** @throws GraphQLError with the one fault, where it is not a list of them */
  private admitted(schema: GraphQLSchema, operation: Operation, payload: Sent): ExecutionArgs | readonly GraphQLError[] {
    const document = this.parsed(payload.query);
    const wrong = validate(schema, document);
    if (wrong.length > 0) return wrong.map((error) => new GraphQLError(withoutSuggestions(error.message), { nodes: error.nodes ?? null, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }));
    const asked = { schema, document, operationName: payload.operationName ?? null, variables: payload.variables ?? {} };
    if (getOperationAST(document, asked.operationName)?.operation !== 'subscription') {
      throw refusedByLimit('WRONG_TRANSPORT', 'The socket carries subscriptions only.', 'Send queries and mutations over HTTP.');
    }
    admit(operation, asked, this.rim);
    return { schema, document, operationName: asked.operationName, variableValues: asked.variables, contextValue: { operation, req: {} } satisfies GraphqlContext };
  }

  private parsed(query: string) {
    try {
      return parse(query, { maxTokens: LIMITS.tokens });
    } catch (error) {
      const { message, source, positions } = error as GraphQLError;
      throw new GraphQLError(message, { source, positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    }
  }

  private async followRevocations(): Promise<void> {
    try {
      for await (const bell of this.events.watchRevokedSessions(this.#stopping.signal)) {
        if (bell.kind === 'gap') await this.sweep();
        else this.close((member) => member.sessionId === bell.event.sessionId);
      }
    } catch (error) {
      this.logger.warn('revocations are not heard; the sweep goes on', { error });
    }
  }

  private async followRights(): Promise<void> {
    try {
      for await (const bell of this.events.watchRights(this.#stopping.signal)) {
        await this.sweep((member) => bell.kind === 'gap' || member.personId === bell.event.personId);
      }
    } catch (error) {
      this.logger.warn('changes of rights are not heard; the sweep goes on', { error });
    }
  }

  /** Looks at the session of every open socket; a database that does not answer closes nothing. */
  private async sweep(which: (member: Member) => boolean = () => true): Promise<void> {
    const sessions = new Map([...this.#members.values()].filter(which).map((member) => [member.sessionId, member.given]));
    const left = sessions.entries();
    // Several at once: one after another, hundreds of sockets would take longer than a revoked one may stay open.
    await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, async () => {
      for (const [sessionId, given] of left) {
        try {
          if ((await this.contexts.callerOf(given)) === null) this.close((member) => member.sessionId === sessionId);
        } catch (error) {
          this.logger.warn('sessions behind sockets were not checked', { error });
          return;
        }
      }
    }));
  }

  private close(which: (member: Member) => boolean): void {
    for (const member of this.#members.values()) if (which(member)) member.socket.close(CloseCode.Forbidden, 'The session has ended.');
  }
}
