import type { SkillTables } from './esco-tables.js';
import { inner, sparseRows } from './latent-space.js';
import { ridge } from './ridge.js';
import type { SkillSpace } from './skill-space.js';
import { placeOf, stemsIn, TitleFeatures, type Features } from './title-features.js';
import type { Bag } from './words.js';

/** How much a skill's names count beside an occupation's title, and how hard and long the map is fitted: chosen on occupations of parts 0 and 1. */
const NAMES = 0.3;
const PENALTY = 1;
const ROUNDS = 10;

/**
 * A linear map from the words and letters of a title to its place in the space of skills, learned from the folder itself: from
 * each occupation's title to where its skills lie, and from the words of each skill's names to where that skill lies, so that a
 * title may speak of its work in words that no other title has. For all of ESCO 22,000 features x 60 numbers, about two CPU-seconds.
 */
export class TitlePlaces {
  readonly features: TitleFeatures;
  /** By skill, the words of all its names. */
  readonly names: readonly Features[];
  readonly #map: Float32Array;
  readonly #occupations: readonly Float64Array[];

  constructor(
    tables: SkillTables,
    private readonly space: SkillSpace,
    rarityOfSkill: Float64Array,
  ) {
    const { occupations, skills } = tables;
    const names = skills.map(({ label, aliases }) => meanOf([label, ...aliases].map(stemsIn)));
    const features = new TitleFeatures(occupations.map(({ title }) => title), names);
    this.features = features;
    this.names = names.map((name) => new Map(features.ofTerms(name)));
    this.#occupations = occupations.map((occupation) => space.ofSkills(occupation.skills.map(([skill, grade]) => [skill, grade * (rarityOfSkill[skill] as number)])));
    const texts: Features[] = [];
    const places: Float64Array[] = [];
    const asked = new Set<number>();
    occupations.forEach((occupation, at) => {
      if (occupation.skills.length === 0) return;
      for (const [skill] of occupation.skills) asked.add(skill);
      texts.push(features.ofTitle(occupation.title));
      places.push(this.#occupations[at] as Float64Array);
    });
    const share = Math.sqrt(NAMES);
    for (const skill of [...asked].sort((a, b) => a - b)) {
      texts.push(new Map([...(this.names[skill] as Features)].map(([column, x]) => [column, x * share])));
      places.push(space.ofSkills([[skill, 1]]).map((x) => x * share));
    }
    const k = space.dimensions;
    const y = new Float32Array(places.length * k);
    places.forEach((place, row) => y.set(place, row * k));
    this.#map = ridge(sparseRows(texts, features.size), y, k, PENALTY, ROUNDS);
  }

  /** Where a title lies; of unit length, 0 where nothing of it is known. */
  of(title: string): Float64Array {
    return placeOf(this.features.ofTitle(title), this.#map, this.space.dimensions);
  }

  /** Cosine of a place with that of every occupation's skills, at least 0, by position; 0 for one without skills. */
  occupationsNear(place: Float64Array): Float64Array {
    return Float64Array.from(this.#occupations, (other) => Math.max(0, inner(place, other)));
  }
}

function meanOf(bags: readonly Bag[]): Bag {
  const sum = new Map<string, number>();
  for (const bag of bags) for (const [term, n] of bag) sum.set(term, (sum.get(term) ?? 0) + n / bags.length);
  return sum;
}
