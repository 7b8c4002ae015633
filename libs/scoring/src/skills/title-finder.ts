import type { OccupationRow, SkillTables } from './esco-tables.js';
import type { SkillSpace } from './skill-space.js';
import { TextIndex, topOf } from './text-index.js';
import { gramBag, gramsOf, stemBag, stemOf, wordsOf, type Bag } from './words.js';

/** Words for a rank or role, not for a field of work: they tell two titles apart less than the rest does (our judgement). */
const RANKS = new Set(
  `senior junior trainee lead leader head chief assistant associate deputy principal expert specialist consultant adviser advisor officer worker
   professional practitioner staff member operative personnel intern apprentice graduate placement vacancy post`.split(/\s+/),
);
const ROLES = new Set('manager supervisor director technician technologist operator engineer analyst scientist coordinator administrator executive'.split(' '));
const weightOf = (word: string): number => (RANKS.has(word) ? 0.35 : ROLES.has(word) ? 0.6 : 1);

const GLUE = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

const weighted = (pairs: Iterable<readonly [string, number]>): Bag => {
  const bag = new Map<string, number>();
  for (const [term, weight] of pairs) bag.set(term, (bag.get(term) ?? 0) + weight);
  return bag;
};
const titleWords = (title: string): Bag => weighted(wordsOf(title).filter((w) => !GLUE.has(w)).map((w) => [stemOf(w), weightOf(w)] as const));
const titleGrams = (title: string): Bag => weighted(wordsOf(title).filter((w) => !GLUE.has(w)).flatMap((w) => gramsOf(w).map((g) => [g, weightOf(w)] as const)));

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

/** What the place of a title in the space of skills adds: to each skill, and to a title near it. */
const BY_COMPANY = 0.15;
const TITLES_BY_COMPANY = 0.3;

type Profile = ReadonlyMap<number, number>;
type Field = ReadonlyMap<string, number>;

/** What a title stands for: skills of like occupations, and the ISCO groups they lie in, both of unit length. */
type Meaning = Readonly<{ skills: Profile; field: Field }>;

/**
 * Job titles against occupations, skills and each other. Skills of a title: those of the occupations with a like title, of the
 * ISCO groups these lie in (a title that the tables know without its skills still has its group), and those whose names share
 * its words. Weights fitted on occupations held out by hash.
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
      for (const code of [occupation.isco, occupation.isco.slice(0, 3)]) {
        let sector = sectors.get(code);
        if (sector === undefined) sectors.set(code, (sector = { members: 0, skills: new Map() }));
        sector.members++;
        for (const [skill, grade] of occupation.skills) sector.skills.set(skill, (sector.skills.get(skill) ?? 0) + grade / 2);
      }
    }
    this.#bySector = new Map([...sectors].map(([code, { members, skills }]) => [code, new Map([...skills].map(([skill, n]) => [skill, n / (members + 1)]))]));
    this.#popularity = counts.map((n) => Math.log(1 + n) / 8);
    this.#rarity = counts.map((n) => Math.log(1 + described / (1 + n)));
  }

  /** How likely a job with this title needs each skill: a score to order by, by position. */
  skillsOf(title: string): Float64Array {
    const out = new Float64Array(this.#skillCount);
    const likeness = this.#titles.likeness(title);
    this.#fromOccupations(likeness, 2, 30, 0.5, out);
    this.#fromSectors(likeness, 6, 15, 4, 0.25, out);
    this.#fromSectors(likeness, 3, 30, 4, 0.3, out);
    this.#fromOccupations(this.#liftedBySector(likeness), 2, 15, 0.2, out);
    const near = this.space.skillsNear(this.space.ofTitle(title));
    for (let i = 0; i < out.length; i++) out[i]! += BY_COMPANY * (near[i] as number);
    const scratch = new Float64Array(this.#skillCount);
    this.#skillNames.cosines(stemBag(title), scratch);
    for (let i = 0; i < out.length; i++) out[i]! += 0.35 * (scratch[i] as number);
    this.#skillLetters.cosines(gramBag(title), scratch);
    for (let i = 0; i < out.length; i++) {
      out[i]! += 0.3 * (scratch[i] as number);
      if ((out[i] as number) > 0) out[i]! += 0.1 * (this.#popularity[i] as number);
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
    const index = new TitleIndex(titles, titleWords, titleGrams, 0.3);
    const meanings = titles.map((title) => this.#meaning(title));
    const places = titles.map((title) => this.space.ofTitle(title));
    return (title) => {
      const out = index.likeness(title);
      const meaning = this.#meaning(title);
      const place = this.space.ofTitle(title);
      meanings.forEach((other, i) => {
        out[i]! += TITLES_BY_COMPANY * Math.max(0, inner(place, places[i] as Float64Array));
        out[i]! += 0.12 * dot(meaning.skills, other.skills) + 0.08 * dot(meaning.field, other.field);
      });
      return out;
    };
  }

  #meaning(title: string): Meaning {
    const skills = new Map<number, number>();
    const field = new Map<string, number>();
    for (const [position, likeness] of topOf(this.#titles.likeness(title), 20)) {
      const occupation = this.#occupations[position] as OccupationRow;
      const weight = likeness ** 4;
      for (const [skill, grade] of occupation.skills) skills.set(skill, (skills.get(skill) ?? 0) + (weight * grade * (this.#rarity[skill] as number)) / 2);
      for (const digits of [1, 2, 3, 4]) {
        const code = occupation.isco.slice(0, digits);
        field.set(code, (field.get(code) ?? 0) + weight);
      }
    }
    return { skills: toUnit(skills), field: toUnit(field) };
  }

  #fromOccupations(likeness: Float64Array, power: number, nearest: number, weight: number, out: Float64Array): void {
    const top = topOf(likeness, likeness.length).filter(([i]) => (this.#occupations[i] as OccupationRow).skills.length > 0).slice(0, nearest);
    const total = top.reduce((sum, [, like]) => sum + like ** power, 0) || 1;
    for (const [i, like] of top) {
      for (const [skill, grade] of (this.#occupations[i] as OccupationRow).skills) out[skill]! += (weight * like ** power * grade) / (2 * total);
    }
  }

  #sectorShares(likeness: Float64Array, power: number, nearest: number, digits: number): Map<string, number> {
    const shares = new Map<string, number>();
    const top = topOf(likeness, nearest);
    const total = top.reduce((sum, [, like]) => sum + like ** power, 0) || 1;
    for (const [i, like] of top) {
      const code = (this.#occupations[i] as OccupationRow).isco.slice(0, digits);
      shares.set(code, (shares.get(code) ?? 0) + like ** power / total);
    }
    return shares;
  }

  #fromSectors(likeness: Float64Array, power: number, nearest: number, digits: number, weight: number, out: Float64Array): void {
    for (const [code, share] of this.#sectorShares(likeness, power, nearest, digits)) {
      for (const [skill, rate] of this.#bySector.get(code) ?? []) out[skill]! += weight * share * rate;
    }
  }

  #liftedBySector(likeness: Float64Array): Float64Array {
    const shares = [2, 3, 4].map((digits) => this.#sectorShares(likeness, 6, 15, digits));
    return likeness.map((like, i) => {
      const isco = (this.#occupations[i] as OccupationRow).isco;
      return like + 0.15 * shares.reduce((sum, of, at) => sum + (of.get(isco.slice(0, at + 2)) ?? 0), 0);
    });
  }
}

function toUnit<Key>(vector: Map<Key, number>): Map<Key, number> {
  let length = 0;
  for (const value of vector.values()) length += value * value;
  const unit = Math.sqrt(length) || 1;
  for (const [key, value] of vector) vector.set(key, value / unit);
  return vector;
}

export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number);
  return sum;
}

function dot<Key>(a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [key, value] of small) sum += value * (large.get(key) ?? 0);
  return sum;
}
