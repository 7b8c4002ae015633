import { randomToken } from '@meriden/platform';
import type { CounterStore, Noted } from '@meriden/queue';

/** The time in which tries are counted: any quarter of an hour, not one that begins at certain moments. */
export const WINDOW_MS = 15 * 60_000;
/** Tries that need no pause; after each further one the next waits twice as long, from two seconds on. */
export const FREE = 5;
/** Keys remembered for when Redis is away; the oldest go first. */
const MOST_KEYS = 50_000;

/**
 * Milliseconds until one more try may be made; 0 = now. Of any `WINDOW_MS` on end, at most `limit` tries lie in it, because the next one
 * waits until the `limit`-th last is older than that.
 *
 * @param before instants of tries, in milliseconds since 1970, in any order
 */
export function waitAfter(before: readonly number[], now: number, limit: number): number {
  const within = before.filter((at) => at > now - WINDOW_MS).sort((one, other) => one - other);
  const last = within.at(-1);
  if (last === undefined) return 0;
  const full = within.length < limit ? 0 : (within.at(-limit) as number) + WINDOW_MS - now;
  const pause = within.length < FREE ? 0 : last + 1_000 * 2 ** (within.length - FREE + 1) - now;
  return Math.max(0, full, pause);
}

type Own = Readonly<{ mark: string; at: number }>;

/**
 * Tries by key, in Redis for all processes together. Each process remembers its own beside and adds what Redis does not know of, so that
 * neither Redis going away nor its coming back, with all that it held or with nothing, makes room for more.
 */
export class Tries {
  readonly #own = new Map<string, readonly Own[]>();

  constructor(private readonly store: CounterStore) {}

  /** As `waitAfter`, and nothing is counted: whoever hammers leaves no trace. */
  async wait(key: string, now: number, limit: number): Promise<number> {
    const noted = await this.store.noted(key, now - WINDOW_MS).catch(() => null);
    return waitAfter(this.all(key, noted), now, limit);
  }

  /** Counts a try, or says how long it has to wait. Those that come at the same moment are met here; who is refused does not count. */
  async take(key: string, now: number, limit: number): Promise<Readonly<{ waitMs: number; mark: string }>> {
    const mark = randomToken(16);
    const noted = await this.store.note(key, { mark, at: now, since: now - WINDOW_MS }).catch(() => null);
    // Nothing is awaited from here on: what this process remembers is looked at and added to in one step.
    const waitMs = waitAfter(this.all(key, noted), now, limit);
    if (waitMs === 0) this.remember(key, { mark, at: now });
    else if (noted !== null) await this.store.takeBack(key, mark).catch(() => undefined);
    return { waitMs, mark };
  }

  /** For a try that was a good one. */
  async takeBack(key: string, mark: string): Promise<void> {
    const left = (this.#own.get(key) ?? []).filter((own) => own.mark !== mark);
    if (left.length > 0) this.#own.set(key, left);
    else this.#own.delete(key);
    await this.store.takeBack(key, mark).catch(() => undefined);
  }

  /** @param noted by all processes; null while Redis is away */
  private all(key: string, noted: Noted | null): number[] {
    const own = (this.#own.get(key) ?? []).filter(({ mark }) => noted?.has(mark) !== true);
    return [...(noted?.values() ?? []), ...own.map(({ at }) => at)];
  }

  private remember(key: string, own: Own): void {
    const before = (this.#own.get(key) ?? []).filter(({ at }) => at > own.at - WINDOW_MS);
    // Anew, so that the keys stand in the order of their last try.
    this.#own.delete(key);
    this.#own.set(key, [...before, own]);
    if (this.#own.size <= MOST_KEYS) return;
    const [oldest] = this.#own.keys();
    if (oldest !== undefined) this.#own.delete(oldest);
  }
}
