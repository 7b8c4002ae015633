import type { Actor, Person, Role } from '@meriden/domain';
import { Rejection } from '@meriden/domain';
import type { Tx } from '@meriden/persistence/reads';
import { GraphQLError } from 'graphql';
import { LIMITS } from './limits.js';
import { buildLoaders, type Loaders, type ReadShelf } from './loaders.js';
import { ReadTransaction, type ReadAs } from './read-transaction.js';

export type Caller = Readonly<{
  actor: Actor;
  person: Pick<Person, 'id' | 'name' | 'email'>;
  via: 'COOKIE' | 'BEARER';
  expiresAt: string;
}>;

/** How an operation reaches the session cookie; absent on the socket, which cannot set one. */
export type CookieJar = Readonly<{ keep(token: string, expiresAt: string): void; forget(): void }>;

export type OperationParts = Readonly<{
  caller: Caller | null;
  /** A token came, but its session has ended: said in words instead of "signed out". */
  sessionEnded: boolean;
  /** Where the request comes from, for rate limits. */
  address: string;
  cookies: CookieJar | null;
  readAs: ReadAs;
  shelf: ReadShelf;
}>;

/**
 * The context of one GraphQL operation (one event, on the socket): who asks, one lazily opened read transaction, and loaders
 * that live exactly as long as it does.
 */
export class Operation {
  #reads: ReadTransaction | null = null;
  #loaders: Loaders | null = null;
  /** Points of the operation, set before it runs and echoed in its answer. */
  cost = 0;

  constructor(private readonly parts: OperationParts) {}

  get caller(): Caller | null {
    return this.parts.caller;
  }

  get address(): string {
    return this.parts.address;
  }

  get cookies(): CookieJar | null {
    return this.parts.cookies;
  }

  get sessionEnded(): boolean {
    return this.parts.sessionEnded;
  }

  /** @throws GraphQLError UNAUTHENTICATED or SESSION_ENDED */
  get actor(): Actor {
    if (this.parts.caller === null) throw this.signedOut();
    return this.parts.caller.actor;
  }

  get role(): Role {
    return this.actor.role;
  }

  signedOut(): GraphQLError {
    return this.parts.sessionEnded
      ? new GraphQLError('Your session has ended.', {
          extensions: { code: 'SESSION_ENDED', remedy: 'Sign in again.', http: { status: 401 } },
        })
      : new GraphQLError('You are not signed in.', {
          extensions: {
            code: 'UNAUTHENTICATED',
            remedy: 'Sign in with the mutation signIn, or send `Authorization: Bearer TOKEN`.',
            http: { status: 401 },
          },
        });
  }

  /** Runs one read in the operation's transaction. Never nest: reads run one after another. */
  read<T>(work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
    const actor = this.actor;
    this.#reads ??= new ReadTransaction(this.parts.readAs, actor, Date.now() + LIMITS.deadlineMs);
    return this.#reads.run((tx) => work(tx, actor));
  }

  get loaders(): Loaders {
    this.#loaders ??= buildLoaders(this, this.parts.shelf);
    return this.#loaders;
  }

  get shelf(): ReadShelf {
    return this.parts.shelf;
  }

  /**
   * Ends the read transaction and forgets what was loaded; the next read opens a new one. Called before a write, so that its
   * payload is read from after it, between events, and at the end of the response.
   */
  async refresh(): Promise<void> {
    const reads = this.#reads;
    this.#reads = null;
    this.#loaders = null;
    await reads?.end();
  }

  /** One write: what follows is read from a new state. A `Rejection` passes through. */
  async write<T>(verb: (actor: Actor) => Promise<T>): Promise<T> {
    const actor = this.actor;
    await this.refresh();
    return verb(actor);
  }
}

/** Reads of one object: whatever it is refused for, the caller learns the same as of an unknown id. */
export async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Rejection && error.kind === 'NOT_FOUND') return null;
    throw error;
  }
}
