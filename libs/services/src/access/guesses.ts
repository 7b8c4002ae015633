import { Inject, Injectable } from '@nestjs/common';
import { Rejection } from '@meriden/domain';
import { CONFIG, Clock, randomToken, type Config } from '@meriden/platform';
import { CounterStore } from '@meriden/queue';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { derived, sameText } from '../derived.js';
import { FREE, Tries, WINDOW_MS } from './tries.js';

/** What can be guessed at, and how often in a quarter of an hour: for one account, and from one address over all accounts. */
const LIMITS = {
  'sign-in': { account: 10, address: 300 },
  reset: { account: 5, address: 60 },
  link: { account: 10, address: 120 },
} as const;
export type GuessKind = keyof typeof LIMITS;

export type Guesser = Readonly<{
  /** What is guessed at: an address, a person, a link. */
  account: string;
  /** The network address it comes from; null where there is none, as on the terminal. */
  address: string | null;
  /** The device's own mark, if it brought one. */
  device?: string | null;
}>;

/** A try that was let through; the caller says when it was a good one. */
export type Guess = Readonly<{ right(): Promise<void> }>;

/**
 * Counts guesses for each field that is executed, so that aliases, batches and parallel requests count like requests one by one. Kept in
 * Redis, for all processes together; while Redis is away each process counts for itself. Nobody is locked out for good: the pause
 * doubles, and a device that signed in before has a count of its own, so that a stranger cannot keep its owner out. A right guess takes
 * back itself alone: what strangers tried before its owner came in stays counted.
 */
@Injectable()
export class Guesses {
  readonly #limiters = new Map<string, RateLimiterAbstract>();
  readonly #tries: Tries;

  constructor(
    private readonly store: CounterStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.#tries = new Tries(store);
  }

  /** @throws Rejection TOO_MANY_TRIES, with the seconds to wait */
  async count(kind: GuessKind, { account, address, device = null }: Guesser): Promise<Guess> {
    const limits = LIMITS[kind];
    const known = device !== null && this.isOf(device, account);
    const key = `${this.store.prefixOf(`${kind}-tries`)}:${this.digest(known ? `device ${device}` : `account ${account}`)}`;
    const waiting = await this.#tries.wait(key, this.clock.epochMs(), limits.account);
    if (waiting > 0) throw tooMany(waiting);
    const from = address === null ? null : { limiter: this.limiter(`${kind}-address`, limits.address), key: this.digest(`address ${address}`) };
    if (from !== null) await consume(from.limiter, from.key);
    const { waitMs, mark } = await this.#tries.take(key, this.clock.epochMs(), limits.account);
    if (waitMs > 0) throw tooMany(waitMs);
    return {
      right: async () => {
        await Promise.all([this.#tries.takeBack(key, mark), from?.limiter.reward(from.key, 1)]);
      },
    };
  }

  /** A mark for a device that has just signed in: random, and bound to the account. */
  deviceFor(account: string): string {
    const id = randomToken(16);
    return `${id}.${this.seal(id, account)}`;
  }

  private isOf(device: string, account: string): boolean {
    const [id, seal, ...more] = device.split('.');
    return id !== undefined && seal !== undefined && more.length === 0 && device.length < 200 && sameText(seal, this.seal(id, account));
  }

  private seal(id: string, account: string): string {
    return derived(this.config.secretsKey, 'device', `${id} ${account}`);
  }

  /** Redis holds no addresses of anybody. */
  private digest(text: string): string {
    return derived(this.config.secretsKey, 'tries', text);
  }

  private limiter(name: string, points: number): RateLimiterAbstract {
    const known = this.#limiters.get(name);
    if (known !== undefined) return known;
    const common = { keyPrefix: this.store.prefixOf(name), points, duration: WINDOW_MS / 1_000 };
    const limiter = new RateLimiterRedis({
      ...common,
      storeClient: this.store.client,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(common),
    });
    this.#limiters.set(name, limiter);
    return limiter;
  }
}

/** @throws Rejection when that is too many */
async function consume(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    // One that is refused does not count, or hammering would keep the owner out for longer than the window.
    await limiter.reward(key, 1);
    throw tooMany(refused.msBeforeNext);
  }
}

function tooMany(waitMs: number): Rejection {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return new Rejection({
    code: 'TOO_MANY_TRIES',
    message: `Too many tries. The next one is possible in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    rule: `After ${FREE} tries each further one waits longer, and there are at most ten in a quarter of an hour, however they are sent.`,
    remedy: 'Wait that long, or reset the password.',
    path: ['input'],
  });
}
