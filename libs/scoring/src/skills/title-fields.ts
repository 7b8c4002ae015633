import type { OccupationRow } from './esco-tables.js';
import { latentSpace, sparseRows } from './latent-space.js';
import { ridge } from './ridge.js';
import { placeOf, titleWordsOf, type Features, type TitleFeatures } from './title-features.js';
import type { WordCompany } from './word-company.js';
import { stemOf } from './words.js';

/** Numbers a field, and how hard and long the map is fitted: chosen on occupations of parts 0 and 1 (docs/guide-scoring.md). */
const DIMENSIONS = 128;
const PENALTY = 1;
const ROUNDS = 12;
/** How much the words and letters count, the company their words keep, and that company under the same last word. */
const SHARE = { words: 0.7, company: 0.5, headed: 0.3 } as const;
/** Titles that must end in a word before it has a map of its own. */
const FEWEST = 3;

/**
 * A linear map from a title to the ISCO groups it lies in, learned by ridge regression from the titles and groups of the folder's
 * occupations: what a title says of its trade, whatever skills are listed for its like. A title is read by its words and letters,
 * by the company its words keep (`WordCompany`), and by that company once more for its last word alone: an operator's words mean
 * another group than an engineer's. A code stands for its unit, minor and sub-major group, 3 : 2 : 1; the leading directions of
 * these stand for all 590 of them. For all of ESCO 38,000 features x 128 numbers, some 7 CPU-seconds beside other work.
 */
export class TitleFields {
  readonly #map: Float32Array;
  readonly #dimensions: number;
  readonly #heads: ReadonlyMap<string, number>;

  constructor(
    occupations: readonly OccupationRow[],
    private readonly features: TitleFeatures,
    private readonly company: WordCompany,
  ) {
    this.#heads = headsOf(occupations.map(({ title }) => title));
    const codes = new Map<string, number>();
    const groups = occupations.map(({ isco }) => {
      const own = new Map<number, number>();
      for (let digits = 2; digits <= isco.length; digits++) {
        const code = isco.slice(0, digits);
        const column = codes.get(code) ?? codes.size;
        codes.set(code, column);
        own.set(column, Math.sqrt(digits - 1));
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
    const width = features.size + (1 + this.#heads.size) * company.dimensions;
    this.#map = ridge(sparseRows(occupations.map(({ title }) => this.#read(title)), width), y, k, PENALTY, ROUNDS);
  }

  /** The field of a title; of unit length, 0 where nothing of it is known. */
  of(title: string): Float64Array {
    return placeOf(this.#read(title), this.#map, this.#dimensions);
  }

  #read(title: string): Features {
    const words = this.features.ofTitle(title);
    const read = new Map([...words].map(([column, x]) => [column, x * Math.sqrt(SHARE.words)]));
    const head = this.#heads.get(headOf(title));
    this.company.of(words).forEach((x, d) => {
      const column = this.features.size + d;
      read.set(column, x * Math.sqrt(SHARE.company));
      if (head !== undefined) read.set(column + (1 + head) * this.company.dimensions, x * Math.sqrt(SHARE.headed));
    });
    return read;
  }
}

const headOf = (title: string): string => stemOf(titleWordsOf(title).at(-1) ?? '');

/** Last words of titles that are frequent enough, each with its number. */
function headsOf(titles: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const head of titles.map(headOf)) counts.set(head, (counts.get(head) ?? 0) + 1);
  return new Map([...counts].filter(([, n]) => n >= FEWEST).map(([head], at) => [head, at]));
}
