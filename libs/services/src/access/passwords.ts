import { hash, verify } from '@node-rs/argon2';
import { Rejection } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { guessable } from './common-passwords.js';
import { Faults } from '../validate/faults.js';

/** OWASP's lighter profile: 19 MiB, two passes, one lane; about 30 ms on a laptop core. */
const ARGON2ID = 2;
const PROFILE = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const ENCODED = `$argon2id$v=19$m=${PROFILE.memoryCost},t=${PROFILE.timeCost},p=${PROFILE.parallelism}$`;
const AT_ONCE = 2;
/** About two seconds of hashing. */
const WAITING_AT_MOST = 100;
const SHORTEST = 12;
const LONGEST = 1_024;

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
    return this.gated(() => hash(plain(password), PROFILE));
  }

  /** @param encoded null for an unknown account or one without a password: takes as long and says no. */
  async matches(encoded: string | null, password: string): Promise<boolean> {
    this.#decoy ??= this.hash('decoy for accounts that do not exist');
    const against = encoded ?? (await this.#decoy);
    const same = await this.gated(() => verify(against, plain(password)));
    return encoded !== null && same;
  }

  /** Whether a hash was made with other parameters than we use now: it is made anew when its password is next seen. */
  outdated(encoded: string): boolean {
    return !encoded.startsWith(ENCODED);
  }

  /** @throws Rejection as `check` finds it */
  refuse(path: string, password: string, about: readonly string[]): void {
    const faults = new Faults();
    this.check(faults, path, password, about);
    faults.refuseIfAny();
  }

  /** @param about what is known of the person, of which the password must not be made */
  check(faults: Faults, path: string, password: string, about: readonly string[]): void {
    if (password.length > LONGEST) {
      faults.add('FIELD_TOO_LONG', path, 'The password is too long.', `At most ${LONGEST} characters.`, 'Shorten it.');
      return;
    }
    if ([...plain(password)].length < SHORTEST) {
      faults.add('FIELD_INVALID', path, 'The password is too short.', `A password has at least ${SHORTEST} characters.`, 'Choose a longer one; three unusual words will do.');
      return;
    }
    const why = guessable(password, about);
    if (why === null) return;
    faults.add('PASSWORD_GUESSABLE', path, `This password would be guessed soon. ${why}`, 'Passwords that guessers try first are not taken.', 'Take three or four words that have nothing to do with one another.');
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

/** One spelling for what looks the same: keyboards differ in how they send an accented letter. */
const plain = (password: string): string => password.slice(0, LONGEST).normalize('NFKC');
