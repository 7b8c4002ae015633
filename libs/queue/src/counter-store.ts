import type { RedisLink } from './redis-link.js';

/** What is noted under a key: a mark, and the instant it was noted at, in milliseconds since 1970. */
export type Noted = ReadonlyMap<string, number>;

/** Where tries are noted and counted: the one door to Redis for whoever counts. No job, no event, and no personal data: keys are digests. */
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

  /** @param since what is older is over. @throws RedisUnavailable, or the fault of a command */
  async noted(key: string, since: number): Promise<Noted> {
    const redis = await this.link.use();
    return pairs(await redis.zrangebyscore(key, `(${since}`, '+inf', 'WITHSCORES'));
  }

  /**
   * Notes a mark in one step with looking at what is noted beside it, so that of any two that come at once one sees the other.
   *
   * @returns the others, marks that are to be taken back among them
   */
  async note(key: string, { mark, at, since }: Readonly<{ mark: string; at: number; since: number }>): Promise<Noted> {
    const redis = await this.link.use();
    const replies = await redis.multi().zremrangebyscore(key, '-inf', since).zrangebyscore(key, '-inf', '+inf', 'WITHSCORES').zadd(key, at, mark).pexpire(key, at - since).exec();
    const [failed, others] = replies?.[1] ?? [new Error('the transaction was not run'), null];
    if (failed !== null) throw failed;
    return pairs(others as string[]);
  }

  async takeBack(key: string, mark: string): Promise<void> {
    await (await this.link.use()).zrem(key, mark);
  }
}

/** Redis gives members and scores by turns. */
function pairs(flat: readonly string[]): Noted {
  const noted = new Map<string, number>();
  for (let i = 0; i < flat.length; i += 2) noted.set(flat[i] as string, Number(flat[i + 1]));
  return noted;
}
