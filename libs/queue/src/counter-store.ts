import type { RedisLink } from './redis-link.js';

/** Where counts of tries are kept: the one door to Redis for whoever counts. No job, no event, and no personal data: keys are digests. */
export class CounterStore {
  constructor(
    private readonly link: RedisLink,
    private readonly prefix: string,
  ) {}

  /** What a counting library is given to talk to. */
  get client(): object {
    return this.link.client;
  }

  /** Before every key, beside the installation's own. */
  prefixOf(purpose: string): string {
    return `${this.prefix}:tries:${purpose}`;
  }
}
