import type { SkillTables } from './esco-tables.js';
import { inner, sparseRows, toUnit } from './latent-space.js';
import { ridge } from './ridge.js';
import type { SkillSpace } from './skill-space.js';
import { gramsOf, stemOf, wordsOf } from './words.js';

const GLUE = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

/** Words of a job title without those that only hold it together. */
export const titleWordsOf = (title: string): readonly string[] => wordsOf(title).filter((word) => !GLUE.has(word));

/** How much a skill's names count beside an occupation's title, and how hard and long the map is fitted: chosen on occupations of parts 0 and 1. */
const NAMES = 0.3;
const PENALTY = 1;
const ROUNDS = 10;

/** Features of a text, by their column, with how much each counts. */
type Features = ReadonlyMap<number, number>;

/**
 * A linear map from the words and letters of a title to its place in the space of skills, learned from the folder itself: from
 * each occupation's title to where its skills lie, and from the words of each skill's names to where that skill lies, so that a
 * title may speak of its work in words that no other title has. A text is TF-IDF of its stems and of its letter n-grams, half
 * each. For all of ESCO 22,000 features x 60 numbers, about two CPU-seconds.
 */
export class TitlePlaces {
  readonly #columns = new Map<string, number>();
  readonly #rarity: readonly number[];
  readonly #unseen: number;
  readonly #map: Float32Array;
  readonly #occupations: readonly Float64Array[];

  constructor(
    tables: SkillTables,
    private readonly space: SkillSpace,
    rarityOfSkill: Float64Array,
  ) {
    const { occupations, skills } = tables;
    this.#unseen = Math.log(1 + occupations.length);
    const known: number[] = [];
    const count = (term: string): void => {
      const at = this.#columns.get(term);
      if (at === undefined) this.#columns.set(term, known.push(1) - 1);
      else known[at]!++;
    };
    for (const { title } of occupations) for (const side of [stemsIn(title), lettersIn(title)]) for (const term of side.keys()) count(term);
    const names = skills.map(({ label, aliases }) => meanOf([label, ...aliases].map(stemsIn)));
    for (const name of names) for (const term of name.keys()) if (!this.#columns.has(term)) this.#columns.set(term, known.push(1) - 1);
    this.#rarity = known.map((n) => Math.log(1 + occupations.length / n));
    this.#occupations = occupations.map((occupation) => space.ofSkills(occupation.skills.map(([skill, grade]) => [skill, grade * (rarityOfSkill[skill] as number)])));
    const texts: Features[] = [];
    const places: Float64Array[] = [];
    const asked = new Set<number>();
    occupations.forEach((occupation, at) => {
      if (occupation.skills.length === 0) return;
      for (const [skill] of occupation.skills) asked.add(skill);
      texts.push(this.#featuresOf(occupation.title));
      places.push(this.#occupations[at] as Float64Array);
    });
    const share = Math.sqrt(NAMES);
    for (const skill of [...asked].sort((a, b) => a - b)) {
      texts.push(new Map(this.#half(names[skill] as ReadonlyMap<string, number>).map(([column, x]) => [column, x * share])));
      places.push(space.ofSkills([[skill, 1]]).map((x) => x * share));
    }
    const k = space.dimensions;
    const y = new Float32Array(places.length * k);
    places.forEach((place, row) => y.set(place, row * k));
    this.#map = ridge(sparseRows(texts, this.#columns.size), y, k, PENALTY, ROUNDS);
  }

  /** Where a title lies; of unit length, 0 where nothing of it is known. */
  of(title: string): Float64Array {
    const k = this.space.dimensions;
    const out = new Float64Array(k);
    for (const [column, x] of this.#featuresOf(title)) for (let d = 0; d < k; d++) out[d]! += x * (this.#map[column * k + d] as number);
    toUnit(out, 0, k);
    return out;
  }

  /** Cosine of a place with that of every occupation's skills, at least 0, by position; 0 for one without skills. */
  occupationsNear(place: Float64Array): Float64Array {
    return Float64Array.from(this.#occupations, (other) => Math.max(0, inner(place, other)));
  }

  #featuresOf(title: string): Features {
    return new Map([...this.#half(stemsIn(title)), ...this.#half(lettersIn(title))]);
  }

  /** One side of a text, of length sqrt(1/2); terms that the folder does not have lengthen it and are left out. */
  #half(terms: ReadonlyMap<string, number>): (readonly [column: number, weight: number])[] {
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

const stemsIn = (text: string): ReadonlyMap<string, number> => new Map(titleWordsOf(text).map((word) => [`word ${stemOf(word)}`, 1]));
const lettersIn = (text: string): ReadonlyMap<string, number> => new Map(titleWordsOf(text).flatMap((word) => gramsOf(word).map((gram) => [`letters ${gram}`, 1] as const)));

function meanOf(bags: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const bag of bags) for (const [term, n] of bag) sum.set(term, (sum.get(term) ?? 0) + n / bags.length);
  return sum;
}
