import { latentSpace, sparseRows, toUnit } from './latent-space.js';
import type { Features } from './title-features.js';

/** Numbers a word, and how exactly they are found: chosen on occupations of parts 0 and 1. */
const DIMENSIONS = 100;
const STEPS = 4;

/**
 * Places of words by the company they keep in the names of skills: words that stand in names of the same skills, or beside the
 * same others, lie together ("baker" by "pastry"), though no title has both. Counted in the folder alone, as features of
 * `TitleFeatures`. O(rounds x (entries x k + (words + skills) x k^2)), for all of ESCO k = 100 and some 3 CPU-seconds.
 */
export class WordCompany {
  readonly dimensions: number;
  readonly #places: Float32Array;

  /** `names`: by skill, the words of all its names; `words`: how many columns these may name. */
  constructor(names: readonly Features[], words: number) {
    const rows = Array.from({ length: words }, () => new Map<number, number>());
    names.forEach((name, skill) => {
      for (const [word, weight] of name) (rows[word] as Map<number, number>).set(skill, weight);
    });
    for (const row of rows) {
      let length = 0;
      for (const weight of row.values()) length += weight * weight;
      const scale = length === 0 ? 0 : length ** -0.25;
      for (const [skill, weight] of row) row.set(skill, weight * scale);
    }
    const space = latentSpace(sparseRows(rows, names.length), Math.max(1, Math.min(DIMENSIONS, words, names.length)), STEPS);
    this.dimensions = space.dimensions;
    this.#places = space.rows;
  }

  /** Where the words of a text lie together, each by its weight; of unit length, 0 where none is in a name. */
  of(features: Features): Float64Array {
    const k = this.dimensions;
    const out = new Float64Array(k);
    for (const [word, weight] of features) for (let d = 0; d < k; d++) out[d]! += weight * (this.#places[word * k + d] as number);
    toUnit(out, 0, k);
    return out;
  }
}
