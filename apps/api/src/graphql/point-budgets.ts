/** What is left to whoever asks. Seconds; points as `costOf` counts them. */
export type Budget = Readonly<{ limit: number; remaining: number; resetSeconds: number; spent: boolean }>;

const MINUTE = 60;
/** Accounts remembered; beyond, those whose budget is full again are forgotten, for they are as good as unknown. */
const REMEMBERED = 10_000;

/**
 * A bucket of points an account, refilled evenly. Kept by each process for itself: it guards this process, and guessing at
 * passwords has counters of its own that all processes share.
 */
export class PointBudgets {
  readonly #buckets = new Map<string, { points: number; at: number }>();

  constructor(
    /** Points that one account (signed out: one address) may spend at once, and that come back within a minute. */
    private readonly limit: number,
    /** Seconds that only go forward. */
    private readonly now: () => number = () => performance.now() / 1000,
  ) {}

  /** Takes the points, or none of them when there are not so many left. */
  charge(account: string, points: number): Budget {
    const now = this.now();
    const known = this.#buckets.get(account) ?? { points: this.limit, at: now };
    const left = Math.min(this.limit, known.points + ((now - known.at) * this.limit) / MINUTE);
    const spent = points > left;
    const remaining = spent ? left : left - points;
    if (!this.#buckets.has(account) && this.#buckets.size >= REMEMBERED) this.forget(now);
    this.#buckets.set(account, { points: remaining, at: now });
    const wanted = spent ? points - left : this.limit - remaining;
    return { limit: this.limit, remaining: Math.floor(remaining), resetSeconds: Math.ceil((wanted * MINUTE) / this.limit), spent };
  }

  private forget(now: number): void {
    for (const [account, { points, at }] of this.#buckets) {
      if (points + ((now - at) * this.limit) / MINUTE >= this.limit) this.#buckets.delete(account);
    }
    // All of them busy: the one that came first starts anew, and memory stays bounded.
    const [first] = this.#buckets.keys();
    if (this.#buckets.size >= REMEMBERED && first !== undefined) this.#buckets.delete(first);
  }
}
