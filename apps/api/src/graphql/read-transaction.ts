import type { Actor } from '@meriden/domain';
import type { Tx } from '@meriden/persistence/reads';
import { refusedByLimit } from './limits.js';

/** `UnitOfWork.readAs`: opens a read-only repeatable-read transaction with the tenant set, runs the work in it, ends it. */
export type ReadAs = (actor: Actor, work: (tx: Tx) => Promise<void>) => Promise<void>;

/**
 * One read-only transaction held open over many resolvers: opened by the first that asks, so that an operation that reads
 * nothing opens none, and every answer of one operation comes from one state of the database. Reads run one after another,
 * since one connection carries one statement at a time.
 */
export class ReadTransaction {
  #opened: Promise<Tx> | null = null;
  #ended: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly readAs: ReadAs,
    private readonly actor: Actor,
    /** Milliseconds since 1970 after which no further read begins. */
    private readonly deadline: number,
  ) {}

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('read after the end of the operation'));
    const turn = this.#last.then(async () => {
      if (Date.now() > this.deadline) {
        throw refusedByLimit('DEADLINE_EXCEEDED', 'This operation took too long and was given up.', 'Ask for less at once, or try again later.', 503);
      }
      return work(await this.open());
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the transaction after the reads that were begun. Safe to call twice. */
  async end(): Promise<void> {
    this.#closed = true;
    await this.#last;
    this.#release();
    await this.#ended;
  }

  private open(): Promise<Tx> {
    this.#opened ??= new Promise<Tx>((resolve, reject) => {
      const released = new Promise<void>((release) => (this.#release = release));
      this.#ended = this.readAs(this.actor, (tx) => {
        resolve(tx);
        return released;
      }).catch(reject);
    });
    return this.#opened;
  }
}
