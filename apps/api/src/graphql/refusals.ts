import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { PointBudgets } from './point-budgets.js';

/** Documents remembered because they ran; the console sends some ninety. */
const REMEMBERED = 2_000;
/** A document that ran before is parsed and found valid already, so that refusing it costs little: so many times as many may be refused. */
const KNOWN = 50;
/** A page whose session ended, or that nobody is signed in to, is no attack; but such documents are read before it is known. */
const SIGNED_OUT = new Set<unknown>(['UNAUTHENTICATED', 'SESSION_ENDED']);
const WEIGHT = { usual: 10, signedOut: 1 } as const;
/** Faulty documents remembered with their fault, so that reading the same text again costs nothing. */
const FAULTY = 200;
/** Sessions remembered with whose they are while that person's documents come back unread. */
const PAUSED = 1_000;
/** What a text is refused for whoever sends it, with whatever variables. */
const OF_THE_TEXT = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'TOO_DEEP', 'TOO_MANY_ALIASES', 'TOO_MANY_DIRECTIVES']);

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** What is known of texts by their digest; beyond `most` of them the one noted longest ago is forgotten. */
class Memory<Value> {
  readonly #known = new Map<string, Value>();

  constructor(private readonly most: number) {}

  of(text: string): Value | undefined {
    return this.#known.size === 0 ? undefined : this.#known.get(digest(text));
  }

  note(text: string, value: Value): void {
    const key = digest(text);
    this.#known.delete(key);
    const [oldest] = this.#known.keys();
    if (this.#known.size >= this.most && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, value);
  }
}

/**
 * Documents that were refused before they ran, counted by who sent them (signed out: by address). Who had too many refused gets new
 * documents back unread for the rest of the minute; what ran before, for anybody, is read all the same, so that the people behind one address
 * are not shut out by one of them. Kept by each process for itself, like the points.
 */
export class Refusals {
  readonly #ofNew: PointBudgets;
  readonly #ofKnown: PointBudgets;
  readonly #ran = new Memory<true>(REMEMBERED);
  readonly #faulty = new Memory<GraphQLError>(FAULTY);
  /** Accounts, by the token that their documents came with. */
  readonly #paused = new Memory<string>(PAUSED);

  /** @param limit how many of one account's may be refused at once, and that come back within a minute */
  constructor(limit: number, now?: () => number) {
    this.#ofNew = new PointBudgets(limit * WEIGHT.usual, now);
    this.#ofKnown = new PointBudgets(limit * WEIGHT.usual * KNOWN, now);
  }

  /**
   * Before a session is looked up: whoever was told to pause and goes on is told so again, and costs the database nothing.
   * @throws GraphQLError TOO_MANY_REFUSALS
   */
  checkToken(token: string, text: unknown): void {
    const account = this.#paused.of(token);
    if (account !== undefined) this.check(account, text);
  }

  /**
   * Before a document is read.
   * @param token of the session that it came with; null = signed out
   * @throws GraphQLError TOO_MANY_REFUSALS
   */
  check(account: string, text: unknown, token: string | null = null): void {
    const { remaining, limit } = this.countsOf(text).charge(account, 0);
    if (remaining >= WEIGHT.usual) return;
    if (token !== null) this.#paused.note(token, account);
    const documents = limit / WEIGHT.usual;
    throw new GraphQLError(`More than ${documents} of your documents were refused within a minute; such as this are not read for now.`, {
      extensions: { code: 'TOO_MANY_REFUSALS', remedy: 'Mend the document, and send it again in a minute.', http: { status: 429, headers: new Map([['retry-after', String(Math.ceil(60 / documents))]]) } },
    });
  }

  /**
   * Before a document is read: one whose very text was found faulty comes back with the same fault, and counts.
   * @throws GraphQLError the fault
   */
  again(account: string, text: unknown): void {
    const fault = typeof text === 'string' ? this.#faulty.of(text) : undefined;
    if (fault === undefined) return;
    this.countsOf(text).charge(account, WEIGHT.usual);
    throw fault;
  }

  /** A document was not admitted, for these faults; the first says how it counts. */
  refused(account: string, text: unknown, faults: readonly GraphQLError[]): void {
    const [fault] = faults;
    const code = fault?.extensions['code'];
    this.countsOf(text).charge(account, SIGNED_OUT.has(code) ? WEIGHT.signedOut : WEIGHT.usual);
    if (fault === undefined || typeof text !== 'string' || !OF_THE_TEXT.has(code)) return;
    // Of many the first is told again: a text that is wrong in a hundred places would cost a hundred errors at each sending.
    const { message, source, positions, extensions } = fault;
    this.#faulty.note(text, new GraphQLError(message, { source, positions, extensions: { ...extensions, http: { status: 400 } } }));
  }

  /** A document was admitted. */
  ran(text: string): void {
    this.#ran.note(text, true);
  }

  private countsOf(text: unknown): PointBudgets {
    return typeof text === 'string' && this.#ran.of(text) === true ? this.#ofKnown : this.#ofNew;
  }
}
