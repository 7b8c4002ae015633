import type { Bag } from './words.js';

/**
 * Cosine of TF-IDF vectors between a query and many short texts: term weight (1 + ln tf) x ln(1 + N / df), both sides of unit
 * length. An inverted index: a query touches only texts that share a term with it. O(postings touched) a query.
 */
export class TextIndex {
  readonly size: number;
  readonly #terms = new Map<string, number>();
  readonly #idf: Float64Array;
  readonly #docs: readonly Int32Array[];
  readonly #weights: readonly Float32Array[];
  readonly #unseen: number;

  /** Counts may be fractions: a word of half the weight counts half. */
  constructor(bags: readonly Bag[]) {
    this.size = bags.length;
    const docs: number[][] = [];
    bags.forEach((bag, doc) => {
      for (const term of bag.keys()) {
        let at = this.#terms.get(term);
        if (at === undefined) {
          at = docs.length;
          this.#terms.set(term, at);
          docs.push([]);
        }
        (docs[at] as number[]).push(doc);
      }
    });
    this.#unseen = Math.log(1 + this.size);
    this.#idf = Float64Array.from(docs, (list) => Math.log(1 + this.size / list.length));
    this.#docs = docs.map((list) => Int32Array.from(list));
    this.#weights = docs.map((list) => new Float32Array(list.length));
    const filled = new Int32Array(docs.length);
    for (const bag of bags) {
      let length = 0;
      for (const [term, count] of bag) length += (termWeight(count) * this.idf(term)) ** 2;
      const unit = Math.sqrt(length) || 1;
      for (const [term, count] of bag) {
        const at = this.#terms.get(term) as number;
        (this.#weights[at] as Float32Array)[filled[at]!++] = (termWeight(count) * (this.#idf[at] as number)) / unit;
      }
    }
  }

  idf(term: string): number {
    const at = this.#terms.get(term);
    return at === undefined ? this.#unseen : (this.#idf[at] as number);
  }

  has(term: string): boolean {
    return this.#terms.has(term);
  }

  /**
   * Adds up the cosines into `out` (one place a text, cleared first). `expanded` holds terms that are not in the query but mean
   * as much, each with how much of the query's term it stands for; they do not lengthen the query.
   */
  cosines(query: Bag, out: Float64Array, expanded: Bag = EMPTY): void {
    out.fill(0);
    let length = 0;
    for (const [term, count] of query) length += (termWeight(count) * this.idf(term)) ** 2;
    const unit = Math.sqrt(length) || 1;
    for (const [term, count] of query) this.#add(term, termWeight(count) / unit, out);
    for (const [term, share] of expanded) if (!query.has(term)) this.#add(term, share / unit, out);
  }

  #add(term: string, weight: number, out: Float64Array): void {
    const at = this.#terms.get(term);
    if (at === undefined) return;
    const w = weight * (this.#idf[at] as number);
    const docs = this.#docs[at] as Int32Array;
    const weights = this.#weights[at] as Float32Array;
    for (let i = 0; i < docs.length; i++) out[docs[i] as number]! += w * (weights[i] as number);
  }
}

const EMPTY: Bag = new Map();
const termWeight = (count: number): number => (count > 1 ? 1 + Math.log(count) : count);

/** The k highest scores above 0, best first, ties by position. */
export function topOf(scores: Float64Array, k: number): readonly (readonly [position: number, score: number])[] {
  const found: [number, number][] = [];
  for (let i = 0; i < scores.length; i++) if ((scores[i] as number) > 0) found.push([i, scores[i] as number]);
  found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return found.slice(0, k);
}
