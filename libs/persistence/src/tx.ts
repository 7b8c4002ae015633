import type { EntityManager } from 'typeorm';

/** What stores and reads work in: one open transaction with its tenant set. Services only pass it on. */
export class Tx {
  readonly #afterCommit: (() => void | Promise<void>)[] = [];

  constructor(readonly manager: EntityManager) {}

  /**
   * Runs `call` once the transaction is committed, never when it is rolled back or tried again. For hints that may be lost (an
   * event, a poke at the relay): what must not be lost goes into the outbox.
   */
  afterCommit(call: () => void | Promise<void>): void {
    this.#afterCommit.push(call);
  }

  /** The calls, in order; for the unit of work. */
  get calls(): readonly (() => void | Promise<void>)[] {
    return this.#afterCommit;
  }
}
