import { post, type PostingsOf } from './postings.js';
import type { Bag } from './words.js';

/** How soon more of the same word stops counting, and how much a long text is held against itself. */
const SOON = 1.2;
const LENGTH = 0.75;

/** Okapi BM25 over bags of stems, inverted by word. O(postings touched) a query. */
export class WordIndex {
  readonly #postings: PostingsOf<string> = new Map();

  constructor(private readonly bags: readonly Bag[]) {
    const lengths = bags.map((bag) => [...bag.values()].reduce((a, b) => a + b, 0));
    const mean = lengths.reduce((a, b) => a + b, 0) / Math.max(1, bags.length) || 1;
    bags.forEach((bag, text) => {
      const brake = SOON * (1 - LENGTH + (LENGTH * (lengths[text] as number)) / mean);
      post(this.#postings, text, new Map([...bag].map(([word, count]) => [word, (count * (SOON + 1)) / (count + brake)])));
    });
  }

  scores(query: Bag): Float64Array {
    const out = new Float64Array(this.bags.length);
    for (const word of query.keys()) {
      const list = this.#postings.get(word) ?? [];
      const rarity = Math.log(1 + (this.bags.length - list.length + 0.5) / (list.length + 0.5));
      for (const [text, weight] of list) out[text]! += rarity * weight;
    }
    return out;
  }
}
