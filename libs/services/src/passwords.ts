import { hash, verify } from '@node-rs/argon2';
import { Rejection } from '@meriden/domain';
import { Injectable } from '@nestjs/common';

/** OWASP's lighter profile: 19 MiB, two passes, one lane; about 30 ms on a laptop core. */
const ARGON2ID = 2;
const PROFILE = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 2;
/** About two seconds of hashing. */
const WAITING_AT_MOST = 100;

/**
 * argon2id behind its own gate of two at once: hashing is the dearest thing a stranger can make us do, so it must never take
 * all cores or all threads of the pool.
 */
@Injectable()
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** Verified for unknown accounts, so that they take as long as known ones. */
  #decoy: Promise<string> | null = null;

  async hash(password: string): Promise<string> {
    return this.gated(() => hash(password, PROFILE));
  }

  /** @param encoded null for an unknown account or one without a password: takes as long and says no. */
  async matches(encoded: string | null, password: string): Promise<boolean> {
    this.#decoy ??= this.hash('decoy for accounts that do not exist');
    const against = encoded ?? (await this.#decoy);
    const same = await this.gated(() => verify(against, password));
    return encoded !== null && same;
  }

  private async gated<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= WAITING_AT_MOST) {
      throw new Rejection({
        code: 'TOO_MANY_TRIES',
        message: 'Too many people sign in at this moment.',
        rule: `At most ${WAITING_AT_MOST} sign-ins wait at once, so that nobody waits for ever.`,
        remedy: 'Try again in a few seconds.',
        path: [],
      });
    }
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
