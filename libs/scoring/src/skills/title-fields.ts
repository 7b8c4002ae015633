import type { OccupationRow } from './esco-tables.js';
import { latentSpace, sparseRows } from './latent-space.js';
import { ridge } from './ridge.js';
import { placeOf, type TitleFeatures } from './title-features.js';

/** Numbers a field, and how hard and long the map is fitted: chosen on occupations of parts 0 and 1 (docs/guide-scoring.md). */
const DIMENSIONS = 128;
const PENALTY = 1;
const ROUNDS = 8;

/**
 * A linear map from the words and letters of a title to the ISCO groups it lies in, learned by ridge regression from the titles
 * and groups of the folder's occupations: what a title says of its trade, whatever skills are listed for its like. A code stands for
 * its major, sub-major, minor and unit group alike; the leading directions of these stand for all 600 of them. For all of ESCO
 * 22,000 features x 128 numbers, some 1.6 CPU-seconds.
 */
export class TitleFields {
  readonly #map: Float32Array;
  readonly #dimensions: number;

  constructor(
    occupations: readonly OccupationRow[],
    private readonly features: TitleFeatures,
  ) {
    const codes = new Map<string, number>();
    const groups = occupations.map(({ isco }) => {
      const own = new Map<number, number>();
      for (let digits = 1; digits <= isco.length; digits++) {
        const code = isco.slice(0, digits);
        const column = codes.get(code) ?? codes.size;
        codes.set(code, column);
        own.set(column, 1 / Math.sqrt(isco.length));
      }
      return own;
    });
    const k = Math.max(1, Math.min(DIMENSIONS, codes.size, occupations.length));
    const { columns } = latentSpace(sparseRows(groups, codes.size), k);
    const y = new Float32Array(groups.length * k);
    groups.forEach((own, row) => {
      for (const [column, x] of own) for (let d = 0; d < k; d++) y[row * k + d]! += x * (columns[column * k + d] as number);
    });
    this.#dimensions = k;
    this.#map = ridge(sparseRows(occupations.map(({ title }) => features.ofTitle(title)), features.size), y, k, PENALTY, ROUNDS);
  }

  /** The field of a title; of unit length, 0 where nothing of it is known. */
  of(title: string): Float64Array {
    return placeOf(this.features.ofTitle(title), this.#map, this.#dimensions);
  }
}
