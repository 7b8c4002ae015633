import { headcount, MOST_DISTURBED, type Headcount, type LearnerId } from '@meriden/domain';
import { derived } from '../derived.js';

/**
 * People who are counted to be told of, by the cell key method of census offices: what disturbs the count follows from who they are
 * (Fraser and Wooton, A proposed method for confidentialising tabular output to protect against differencing, UNECE 2005; the census of
 * 2021 in England and Wales used it). The same people give the same count however they were asked for, so no repeating levels it out;
 * one person more or less gives another.
 */
export class GroupOfPeople {
  #size = 0;
  /** Sum of the random last 32 bits of their ids, modulo 2^32: in whatever order they come. */
  #key = 0;

  add(id: LearnerId): void {
    this.#size += 1;
    this.#key = (this.#key + Number.parseInt(id.slice(-8), 16)) >>> 0;
  }

  /** @param secret the installation's key: who knows ids can't work out what was added */
  told(secret: string): Headcount {
    const drawn = Buffer.from(derived(secret, 'headcount', `${this.#size} ${this.#key}`), 'base64url').readUInt32BE();
    return headcount(this.#size, (drawn % (2 * MOST_DISTURBED + 1)) - MOST_DISTURBED);
  }
}
