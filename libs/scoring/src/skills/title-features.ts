import { toUnit } from './latent-space.js';
import { gramsOf, stemOf, wordsOf, type Bag } from './words.js';

const GLUE = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

/** Words of a job title without those that only hold it together. */
export const titleWordsOf = (title: string): readonly string[] => wordsOf(title).filter((word) => !GLUE.has(word));

/** Features of a text, by their column, with how much each counts. */
export type Features = ReadonlyMap<number, number>;

/** What a title is read by when something is learned of it: TF-IDF of its stems and of its letter n-grams, half each, rarity being counted in `titles`. */
export class TitleFeatures {
  readonly #columns = new Map<string, number>();
  readonly #rarity: readonly number[];
  readonly #unseen: number;

  /** Words that only `names` have get a column too. */
  constructor(titles: readonly string[], names: readonly Bag[]) {
    this.#unseen = Math.log(1 + titles.length);
    const known: number[] = [];
    const count = (term: string): void => {
      const at = this.#columns.get(term);
      if (at === undefined) this.#columns.set(term, known.push(1) - 1);
      else known[at]!++;
    };
    for (const title of titles) for (const side of [stemsIn(title), lettersIn(title)]) for (const term of side.keys()) count(term);
    for (const name of names) for (const term of name.keys()) if (!this.#columns.has(term)) this.#columns.set(term, known.push(1) - 1);
    this.#rarity = known.map((n) => Math.log(1 + titles.length / n));
  }

  get size(): number {
    return this.#columns.size;
  }

  ofTitle(title: string): Features {
    return new Map([...this.ofTerms(stemsIn(title)), ...this.ofTerms(lettersIn(title))]);
  }

  /** One side of a text, of length sqrt(1/2); terms that the folder does not have lengthen it and are left out. */
  ofTerms(terms: Bag): readonly (readonly [column: number, weight: number])[] {
    let length = 0;
    const found: [number, number][] = [];
    for (const [term, n] of terms) {
      const column = this.#columns.get(term);
      const weight = n * (column === undefined ? this.#unseen : (this.#rarity[column] as number));
      length += weight * weight;
      if (column !== undefined) found.push([column, weight]);
    }
    const scale = Math.SQRT1_2 / (Math.sqrt(length) || 1);
    return found.map(([column, weight]) => [column, weight * scale]);
  }
}

/** The place of a text under a map learned from its features, `k` numbers a column; of unit length, 0 where nothing of it is known. */
export function placeOf(features: Features, map: Float32Array, k: number): Float64Array {
  const out = new Float64Array(k);
  for (const [column, x] of features) for (let d = 0; d < k; d++) out[d]! += x * (map[column * k + d] as number);
  toUnit(out, 0, k);
  return out;
}

/** Terms of the words of a text. */
export const stemsIn = (text: string): Bag => new Map(titleWordsOf(text).map((word) => [`word ${stemOf(word)}`, 1]));
const lettersIn = (text: string): Bag => new Map(titleWordsOf(text).flatMap((word) => gramsOf(word).map((gram) => [`letters ${gram}`, 1] as const)));
