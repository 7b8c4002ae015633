import type { Actor, Person, Role } from '@meriden/domain';
import type { ReadSession, Tx } from '@meriden/persistence/reads';
import { GraphQLError } from 'graphql';
import { LIMITS, refusedByLimit } from './limits.js';
import type { Budget } from './point-budgets.js';
import { buildLoaders, type Loaders } from './loaders.js';
import type { ReadShelf } from './read-shelf.js';

export type Caller = Readonly<{
  actor: Actor;
  person: Pick<Person, 'id' | 'name' | 'email'>;
  via: 'COOKIE' | 'BEARER';
  expiresAt: string;
}>;

/** How an operation reaches the session cookie; absent on the socket, which cannot set one. */
export type CookieJar = Readonly<{ keep(token: string, expiresAt: string): void; mark(device: string): void; device: string | null; forget(): void }>;

export type OperationParts = Readonly<{
  caller: Caller | null;
  /** A token came, but its session has ended: said in words instead of "signed out". */
  sessionEnded: boolean;
  /** Asks the session's row again: rights that changed act on the next event. */
  stillSignedIn: () => Promise<boolean>;
  /** Asks it once more in the very state of the database that an event is made from. */
  stands: (tx: Tx, actor: Actor) => Promise<boolean>;
  /** Where the request comes from, for rate limits. */
  address: string;
  cookies: CookieJar | null;
  /** A read transaction that begins with the first read. */
  openRead: (actor: Actor, signal: AbortSignal) => ReadSession;
  shelf: ReadShelf;
}>;

/**
 * The context of one GraphQL operation (one event, on the socket): who asks, one lazily opened read transaction, and loaders
 * that live exactly as long as it does.
 */
export class Operation {
  #reads: ReadSession | null = null;
  #deadline: { readonly signal: AbortSignal; readonly stop: () => void } | null = null;
  #loaders: Loaders | null = null;
  #resting = false;
  /** Points of the operation, set before it runs and echoed in its answer. */
  cost = 0;
  /** What is left to the caller after it; null before it was admitted. */
  budget: Budget | null = null;

  constructor(private readonly parts: OperationParts) {}

  get caller(): Caller | null {
    return this.parts.caller;
  }

  get address(): string {
    return this.parts.address;
  }

  /** Under whose name points and refusals are counted. */
  get account(): string {
    return this.parts.caller?.actor.personId ?? `address ${this.parts.address}`;
  }

  /** The mark of the browser, if it brought one: it has a count of tries of its own. */
  get device(): string | null {
    return this.parts.cookies?.device ?? null;
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

  stillSignedIn(): Promise<boolean> {
    return this.parts.stillSignedIn();
  }

  /** Whether the session stood in the state that is being read: what is told then was no secret from its holder. */
  stands(): Promise<boolean> {
    return this.read((tx, actor) => this.parts.stands(tx, actor));
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

  /**
   * One read in the operation's transaction: every answer of an operation comes from one state of the database. From the first
   * one on, the operation has so long: then its running statement is cancelled, and none begins.
   */
  async read<T>(work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
    const actor = this.actor;
    if (this.#resting) throw new Error('The answer is given: nothing is read for it any more');
    this.#deadline ??= deadline(LIMITS.deadlineMs);
    const { signal } = this.#deadline;
    this.#reads ??= this.parts.openRead(actor, signal);
    try {
      return await work(await this.#reads.tx(), actor);
    } catch (error) {
      throw signal.aborted ? refusedByLimit('DEADLINE_EXCEEDED', 'This operation took too long and was given up.', 'Ask for less at once, or try again later.', 503) : error;
    }
  }

  get loaders(): Loaders {
    this.#loaders ??= buildLoaders(this);
    return this.#loaders;
  }

  get shelf(): ReadShelf {
    return this.parts.shelf;
  }

  /**
   * Ends the read transaction and forgets what was loaded; the next read opens a new one. Called before a write, so that its
   * payload is read from after it, and when an event is looked for.
   */
  async refresh(): Promise<void> {
    await this.rest();
    this.#resting = false;
  }

  /**
   * Ends the read transaction and refuses reads until the next `refresh`. Called when an answer is out: where one field failed, its
   * neighbours may still be at work, and a transaction that they opened would be ended by nobody. The time of the operation runs on until
   * the transaction has ended: it waits for what they are reading, and the answer waits for it.
   */
  async rest(): Promise<void> {
    this.#resting = true;
    const reads = this.#reads;
    const time = this.#deadline;
    this.#reads = null;
    this.#loaders = null;
    this.#deadline = null;
    try {
      await reads?.close();
    } finally {
      time?.stop();
    }
  }

  /** One write: what follows is read from a new state. A `Rejection` passes through. */
  async write<T>(verb: (actor: Actor) => Promise<T>): Promise<T> {
    const actor = this.actor;
    await this.refresh();
    return verb(actor);
  }
}

/** A signal that comes after `ms`, unless it is stopped before. */
function deadline(ms: number): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms).unref();
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}
