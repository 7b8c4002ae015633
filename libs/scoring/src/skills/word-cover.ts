import type { Bag } from './words.js';

/** Another word that may stand for one, 0 to 1, strongest first. */
export type Standin = Readonly<{ word: string; strength: number }>;

/**
 * How much of a question each text covers: the part of its words, by rarity (ln(1 + N / df)), that the text has, or has a stand-in
 * for, which counts by its strength. 0 to 1; what else is in the text costs nothing. O(postings touched) a question.
 */
export class WordCover {
  readonly #postings: ReadonlyMap<string, Int32Array>;
  readonly #seen: Int32Array;
  #stamp = 0;

  constructor(texts: readonly Iterable<string>[]) {
    const lists = new Map<string, number[]>();
    texts.forEach((words, text) => {
      for (const word of new Set(words)) {
        const list = lists.get(word);
        if (list === undefined) lists.set(word, [text]);
        else list.push(text);
      }
    });
    this.#postings = new Map([...lists].map(([word, list]) => [word, Int32Array.from(list)]));
    this.#seen = new Int32Array(texts.length);
  }

  /** By text; of one word's stand-ins the strongest counts. */
  of(question: Bag, standinsOf: (word: string) => readonly Standin[]): Float64Array {
    const out = new Float64Array(this.#seen.length);
    const weights = [...question].map(([word, share]) => [word, share * this.#rarity(word)] as const);
    const whole = weights.reduce((sum, [, weight]) => sum + weight, 0) || 1;
    for (const [word, weight] of weights) {
      this.#stamp++;
      for (const { word: there, strength } of [{ word, strength: 1 }, ...standinsOf(word)]) {
        for (const text of this.#postings.get(there) ?? []) {
          if (this.#seen[text] === this.#stamp) continue;
          this.#seen[text] = this.#stamp;
          out[text]! += (weight / whole) * strength;
        }
      }
    }
    return out;
  }

  #rarity(word: string): number {
    return Math.log(1 + this.#seen.length / (this.#postings.get(word)?.length ?? 1));
  }
}
