import type { OccupationRow, SkillTables } from './esco-tables.js';
import { inner, unitOf } from './latent-space.js';
import type { SkillSpace } from './skill-space.js';
import { TextIndex, topOf } from './text-index.js';
import { titleWordsOf } from './title-features.js';
import { TitleFields } from './title-fields.js';
import { TitlePlaces } from './title-places.js';
import { WordCompany } from './word-company.js';
import { gramBag, gramsOf, stemBag, stemOf, type Bag } from './words.js';

/** Words for a rank or role, not for a field of work: they tell two titles apart less than the rest does (our judgement). */
const RANKS = new Set(
  `senior junior trainee lead leader head chief assistant associate deputy principal expert specialist consultant adviser advisor officer worker
   professional practitioner staff member operative personnel intern apprentice graduate placement vacancy post`.split(/\s+/),
);
const ROLES = new Set('manager supervisor director technician technologist operator engineer analyst scientist coordinator administrator executive'.split(' '));
const weightOf = (word: string): number => (RANKS.has(word) ? 0.35 : ROLES.has(word) ? 0.6 : 1);

const weighted = (pairs: Iterable<readonly [string, number]>): Bag => {
  const bag = new Map<string, number>();
  for (const [term, weight] of pairs) bag.set(term, (bag.get(term) ?? 0) + weight);
  return bag;
};
const titleWords = (title: string): Bag => weighted(titleWordsOf(title).map((w) => [stemOf(w), weightOf(w)] as const));
const titleGrams = (title: string): Bag => weighted(titleWordsOf(title).flatMap((w) => gramsOf(w).map((g) => [g, weightOf(w)] as const)));

/** Titles by their letters and words. */
class TitleIndex {
  readonly #words: TextIndex;
  readonly #grams: TextIndex;
  readonly #scratch: Float64Array;

  constructor(
    titles: readonly string[],
    private readonly wordsOfTitle: (title: string) => Bag,
    private readonly gramsOfTitle: (title: string) => Bag,
    private readonly byWords: number,
  ) {
    this.#words = new TextIndex(titles.map(wordsOfTitle));
    this.#grams = new TextIndex(titles.map(gramsOfTitle));
    this.#scratch = new Float64Array(titles.length);
  }

  likeness(title: string): Float64Array {
    const out = new Float64Array(this.#scratch.length);
    this.#words.cosines(this.wordsOfTitle(title), this.#scratch);
    for (let i = 0; i < out.length; i++) out[i] = this.byWords * (this.#scratch[i] as number);
    this.#grams.cosines(this.gramsOfTitle(title), this.#scratch);
    for (let i = 0; i < out.length; i++) out[i]! += (1 - this.byWords) * (this.#scratch[i] as number);
    return out;
  }
}

/** How much each source counts: for the skills of a title, and for two titles. Chosen on occupations of parts 0 and 1, for two titles also on MedTech titles that are not reported. */
const SKILLS = { byPlace: 0.5, byPlaceAndName: 0.4, bySector: 0.25, byWiderSector: 0.7, near: 0.4, named: 0.45, lettered: 0.6, popular: 0.065 } as const;
const TITLES = { byWords: 0.1, placed: 0.55, skills: 0.05, field: 0.28, learned: 0.78 } as const;

type Profile = ReadonlyMap<number, number>;
type Field = ReadonlyMap<string, number>;

/** What a title stands for: skills of like occupations, and the ISCO groups they lie in, both of unit length. */
type Meaning = Readonly<{ skills: Profile; field: Field }>;

/**
 * Job titles against occupations, skills and each other. Skills of a title: those of the occupations near its learned place
 * (`TitlePlaces`) and named alike, of the ISCO groups that these lie in (a title that the tables know without its skills still
 * has its group), those near that place, and those whose names share its words. Two titles are alike by their words and letters,
 * by the skills and ISCO groups of the occupations near each, and by the places and groups learned of such words (`TitlePlaces`,
 * `TitleFields`); these tell most.
 */
export class TitleFinder {
  readonly #occupations: readonly OccupationRow[];
  readonly #titles: TitleIndex;
  readonly #weightedTitles: TitleIndex;
  readonly #skillNames: TextIndex;
  readonly #skillLetters: TextIndex;
  readonly #bySector: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly #popularity: Float64Array;
  readonly #rarity: Float64Array;
  readonly #skillCount: number;
  readonly #places: TitlePlaces;
  #fields: TitleFields | null = null;

  constructor(
    tables: SkillTables,
    private readonly space: SkillSpace,
  ) {
    this.#occupations = tables.occupations;
    this.#skillCount = tables.skills.length;
    const titles = tables.occupations.map((occupation) => occupation.title);
    this.#titles = new TitleIndex(titles, stemBag, gramBag, 0.5);
    this.#weightedTitles = new TitleIndex(titles, titleWords, titleGrams, 0.3);
    this.#skillNames = new TextIndex(tables.skills.map((skill) => stemBag([skill.label, ...skill.aliases].join(' '))));
    this.#skillLetters = new TextIndex(tables.skills.map((skill) => gramBag(skill.label)));
    const counts = new Float64Array(this.#skillCount);
    let described = 0;
    const sectors = new Map<string, { members: number; skills: Map<number, number> }>();
    for (const occupation of tables.occupations) {
      if (occupation.skills.length === 0) continue;
      described++;
      for (const [skill, grade] of occupation.skills) counts[skill]! += grade / 2;
      let sector = sectors.get(occupation.isco);
      if (sector === undefined) sectors.set(occupation.isco, (sector = { members: 0, skills: new Map() }));
      sector.members++;
      for (const [skill, grade] of occupation.skills) sector.skills.set(skill, (sector.skills.get(skill) ?? 0) + grade / 2);
    }
    this.#bySector = new Map([...sectors].map(([code, { members, skills }]) => [code, new Map([...skills].map(([skill, n]) => [skill, n / (members + 1)]))]));
    this.#popularity = counts.map((n) => Math.log(1 + n) / 8);
    this.#rarity = counts.map((n) => Math.log(1 + described / (1 + n)));
    this.#places = new TitlePlaces(tables, space, this.#rarity);
  }

  /** How likely a job with this title needs each skill: a score to order by, by position. */
  skillsOf(title: string): Float64Array {
    const out = new Float64Array(this.#skillCount);
    const likeness = this.#titles.likeness(title);
    const place = this.#places.of(title);
    const nearness = this.#places.occupationsNear(place);
    this.#fromOccupations(nearness, 12, 30, SKILLS.byPlace, out);
    this.#fromOccupations(nearness.map((near, i) => near + (likeness[i] as number)), 6, 20, SKILLS.byPlaceAndName, out);
    this.#fromSectors(likeness, 6, 15, SKILLS.bySector, out);
    this.#fromSectors(likeness, 3, 30, SKILLS.byWiderSector, out);
    const near = this.space.skillsNear(place);
    const named = new Float64Array(this.#skillCount);
    this.#skillNames.cosines(stemBag(title), named);
    const lettered = new Float64Array(this.#skillCount);
    this.#skillLetters.cosines(gramBag(title), lettered);
    for (let i = 0; i < out.length; i++) {
      out[i]! += SKILLS.near * (near[i] as number) + SKILLS.named * (named[i] as number) + SKILLS.lettered * (lettered[i] as number);
      if ((out[i] as number) > 0) out[i]! += SKILLS.popular * (this.#popularity[i] as number);
    }
    return out;
  }

  /** Likeness of a title to every occupation of the tables, by position. */
  occupationsOf(title: string): Float64Array {
    const out = this.#weightedTitles.likeness(title);
    const meaning = this.#meaning(title);
    this.#occupations.forEach((occupation, i) => {
      let field = 0;
      for (const digits of [1, 2, 3, 4]) field += meaning.field.get(occupation.isco.slice(0, digits)) ?? 0;
      out[i]! += 0.05 * field;
    });
    return out;
  }

  /** A ranker over a fixed list of titles, for one query after another. */
  over(titles: readonly string[]): (title: string) => Float64Array {
    const index = new TitleIndex(titles, titleWords, titleGrams, TITLES.byWords);
    const meanings = titles.map((title) => this.#meaning(title));
    const learned = (this.#fields ??= new TitleFields(this.#occupations, this.#places.features, new WordCompany(this.#places.names, this.#places.features.size)));
    const fields = titles.map((title) => learned.of(title));
    const learnedPlaces = titles.map((title) => this.#places.of(title));
    return (title) => {
      const out = index.likeness(title);
      const meaning = this.#meaning(title);
      const field = learned.of(title);
      const learnedPlace = this.#places.of(title);
      meanings.forEach((other, i) => {
        out[i]! += TITLES.skills * dot(meaning.skills, other.skills) + TITLES.field * dot(meaning.field, other.field);
        out[i]! += TITLES.placed * Math.max(0, inner(learnedPlace, learnedPlaces[i] as Float64Array));
        out[i]! += TITLES.learned * Math.max(0, inner(field, fields[i] as Float64Array));
      });
      return out;
    };
  }

  #meaning(title: string): Meaning {
    const skills = new Map<number, number>();
    for (const [position, likeness] of topOf(this.#titles.likeness(title), 20)) {
      const weight = likeness ** 4;
      for (const [skill, grade] of (this.#occupations[position] as OccupationRow).skills) skills.set(skill, (skills.get(skill) ?? 0) + (weight * grade * (this.#rarity[skill] as number)) / 2);
    }
    const field = new Map<string, number>();
    for (const [position, nearness] of topOf(this.#places.occupationsNear(this.#places.of(title)), 20)) {
      const isco = (this.#occupations[position] as OccupationRow).isco;
      for (const digits of [1, 2, 3, 4]) field.set(isco.slice(0, digits), (field.get(isco.slice(0, digits)) ?? 0) + nearness ** 8);
    }
    return { skills: unitOf(skills), field: unitOf(field) };
  }

  #fromOccupations(likeness: Float64Array, power: number, nearest: number, weight: number, out: Float64Array): void {
    const top = topOf(likeness, likeness.length).filter(([i]) => (this.#occupations[i] as OccupationRow).skills.length > 0).slice(0, nearest);
    const total = top.reduce((sum, [, like]) => sum + like ** power, 0) || 1;
    for (const [i, like] of top) {
      for (const [skill, grade] of (this.#occupations[i] as OccupationRow).skills) out[skill]! += (weight * like ** power * grade) / (2 * total);
    }
  }

  #fromSectors(likeness: Float64Array, power: number, nearest: number, weight: number, out: Float64Array): void {
    const shares = new Map<string, number>();
    const top = topOf(likeness, nearest);
    const total = top.reduce((sum, [, like]) => sum + like ** power, 0) || 1;
    for (const [i, like] of top) {
      const { isco } = this.#occupations[i] as OccupationRow;
      shares.set(isco, (shares.get(isco) ?? 0) + like ** power / total);
    }
    for (const [code, share] of shares) {
      for (const [skill, rate] of this.#bySector.get(code) ?? []) out[skill]! += weight * share * rate;
    }
  }
}

function dot<Key>(a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [key, value] of small) sum += value * (large.get(key) ?? 0);
  return sum;
}
