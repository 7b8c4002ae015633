import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { PointBudgets } from './point-budgets.js';

/** Documents remembered because they ran; the console sends some ninety. */
const REMEMBERED = 2_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** What the answer to a refusal says nothing about: a session that ended, as every page meets one. */
const NO_FAULT = new Set(['UNAUTHENTICATED', 'SESSION_ENDED', 'CSRF_HEADER_MISSING', 'INTERNAL']);

/**
 * Documents that were refused before they ran, counted by who sent them (signed out: by address). Who had too many refused gets new
 * documents back unread for the rest of the minute; what ran before, for anybody, is read all the same, so that the people behind one address
 * are not shut out by one of them. Kept by each process for itself, like the points.
 */
export class Refusals {
  readonly #counts: PointBudgets;
  readonly #ran = new Set<string>();

  /** @param limit how many of one account's may be refused at once, and that come back within a minute */
  constructor(limit: number, now?: () => number) {
    this.#counts = new PointBudgets(limit, now);
  }

  /**
   * Before a document is read.
   * @throws GraphQLError TOO_MANY_REFUSALS
   */
  check(account: string, text: unknown): void {
    const { remaining, limit } = this.#counts.charge(account, 0);
    if (remaining >= 1 || (typeof text === 'string' && this.#ran.has(digest(text)))) return;
    throw new GraphQLError(`More than ${limit} of your documents were refused within a minute; new ones are not read for now.`, {
      extensions: { code: 'TOO_MANY_REFUSALS', remedy: 'Mend the document, and send it again in a minute.', http: { status: 429, headers: new Map([['retry-after', String(Math.ceil(60 / limit))]]) } },
    });
  }

  /** A document was not admitted: its first fault says why. */
  refused(account: string, code: unknown): void {
    if (typeof code !== 'string' || !NO_FAULT.has(code)) this.#counts.charge(account, 1);
  }

  /** A document was admitted. */
  ran(text: string): void {
    const known = digest(text);
    if (this.#ran.has(known)) return;
    const [first] = this.#ran;
    if (this.#ran.size >= REMEMBERED && first !== undefined) this.#ran.delete(first);
    this.#ran.add(known);
  }
}
