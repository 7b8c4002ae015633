import { headcount, type Headcount, type LearnerId } from '@meriden/domain';
import { derived } from '../derived.js';

/** By how much a blurred count is moved at most, after people count for none, one or two. */
const MOST_MOVED = 3;

/**
 * People who are counted to be told of, blurred twice. Each counts for none, one or two (a third each, by chance of the own id and the
 * installation's key), the same in every group: however many groups somebody lays side by side, what comes out of them is that sum and never
 * how many there are, since any group may hold more who count for none. And the whole is moved by up to three, which follows from who counts
 * in it, by the cell key method of census offices (Fraser and Wooton, A proposed method for confidentialising tabular output to protect
 * against differencing, UNECE 2005): the second alone is levelled out by a few hundred unions that hold the same few people.
 *
 * Off by 5 of 40, 8 of 100 and 26 of 1,000 (one standard deviation: the root of two thirds of the number).
 */
export class GroupOfPeople {
  #size = 0;
  #blurred = 0;
  /** Sum of random bits of the ids of those who count, modulo 2^32: in whatever order they come. */
  #key = 0;
  readonly #mask: number;

  /** @param secret the installation's key, in hex: who knows ids can't work out what they count for */
  constructor(private readonly secret: string) {
    this.#mask = Number.parseInt(secret.slice(0, 8), 16);
  }

  add(id: LearnerId): void {
    this.#size += 1;
    const bits = Number.parseInt(id.slice(-8), 16);
    // Spread over all 32 bits first (the finisher of MurmurHash3): three divides none of them evenly, but by one in a thousand million.
    const counts = mixed(bits ^ this.#mask) % 3;
    this.#blurred += counts;
    if (counts > 0) this.#key = (this.#key + bits) >>> 0;
  }

  told(): Headcount {
    const drawn = Buffer.from(derived(this.secret, 'headcount', `${this.#blurred} ${this.#key}`), 'base64url').readUInt32BE();
    return headcount(this.#size, this.#blurred + (drawn % (2 * MOST_MOVED + 1)) - MOST_MOVED);
  }
}

function mixed(bits: number): number {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
