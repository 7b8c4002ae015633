import type { SkillTables } from './esco-tables.js';
import type { PhraseFinder } from './phrase-finder.js';
import type { Relatedness } from './relatedness.js';
import { TextIndex, topOf } from './text-index.js';
import type { TitleFinder } from './title-finder.js';
import { stemBag } from './words.js';

/** An advert to be found: its title and the skills it asks for, by position. */
export type Advert = Readonly<{ title: string; skills: readonly number[] }>;

/** Shares of what is asked for and held, of what the title implies, and of plain words. */
const BY_SKILLS = 0.6;
const BY_TITLE = 0.25;
const BY_WORDS = 0.15;
/** A neighbour stands in for at most this part of a skill: more makes the order worse. */
const NEIGHBOUR = 0.25;
/** Skills considered for a phrase, how fast the less likely ones lose weight, and the implied skills kept of a title. */
const GUESSES = 4;
const SHARPNESS = 4;
const IMPLIED = 40;
/** Neighbours of a skill, and how sure a link must be for them to count. */
const NEAREST = 30;
const SURE = 0.4;

type Vector = ReadonlyMap<number, number>;

/**
 * Orders adverts for a profile of skill phrases. Each phrase is linked to its likeliest skills; an advert earns by the cosine of
 * its rarity-weighted skills with these (near skills count up to a quarter), by that of the skills its title implies, and by
 * the words it shares with the phrases. Inverted by skill: a query touches adverts that share something with it.
 */
export class ProfileRanker {
  readonly #skillPostings = new Map<number, [advert: number, weight: number][]>();
  readonly #impliedPostings = new Map<number, [advert: number, weight: number][]>();
  readonly #words: TextIndex;
  readonly #rarity: Float64Array;
  readonly #near = new Map<number, readonly (readonly [number, number])[]>();

  constructor(
    tables: SkillTables,
    private readonly phrases: PhraseFinder,
    titles: TitleFinder,
    private readonly relatedness: Relatedness,
    private readonly adverts: readonly Advert[],
  ) {
    const asked = new Float64Array(tables.skills.length);
    for (const occupation of tables.occupations) for (const [skill] of occupation.skills) asked[skill]!++;
    this.#rarity = asked.map((n) => Math.log(1 + tables.occupations.length / (1 + n)));
    const implied = new Map<string, Vector>();
    adverts.forEach((advert, at) => {
      post(this.#skillPostings, at, this.#unit(new Map(advert.skills.map((skill) => [skill, 1]))));
      let vector = implied.get(advert.title);
      if (vector === undefined) implied.set(advert.title, (vector = this.#unit(new Map(topOf(titles.skillsOf(advert.title), IMPLIED)))));
      post(this.#impliedPostings, at, vector);
    });
    this.#words = new TextIndex(adverts.map((advert) => stemBag([advert.title, ...advert.skills.map((skill) => tables.skills[skill]?.label ?? '')].join(' '))));
  }

  /** Scores of all adverts, by their position in the list given. */
  rank(phrases: readonly string[]): Float64Array {
    const held = this.#skillsHeld(phrases);
    const out = new Float64Array(this.adverts.length);
    this.#words.cosines(stemBag(phrases.join(' ')), out);
    for (let i = 0; i < out.length; i++) out[i]! *= BY_WORDS;
    const near = this.#unit(this.#withNeighbours(held));
    addPostings(this.#skillPostings, near, BY_SKILLS, out);
    addPostings(this.#impliedPostings, near, BY_TITLE, out);
    return out;
  }

  #skillsHeld(phrases: readonly string[]): Map<number, number> {
    const held = new Map<number, number>();
    for (const phrase of phrases) {
      const guesses = this.phrases.find(phrase, GUESSES);
      const best = guesses[0]?.[1] ?? 0;
      for (const [skill, likeness] of guesses) {
        const share = Math.min(1, best) * (likeness / best) ** SHARPNESS;
        if (share > (held.get(skill) ?? 0)) held.set(skill, share);
      }
    }
    return held;
  }

  /** Neighbours of what is surely held. */
  #withNeighbours(held: Vector): Map<number, number> {
    const credits = new Map(held);
    for (const [skill, share] of held) {
      if (share < SURE) continue;
      for (const [near, likeness] of this.#nearOf(skill)) {
        const credit = NEIGHBOUR * share * likeness;
        if (credit > (credits.get(near) ?? 0)) credits.set(near, credit);
      }
    }
    return credits;
  }

  #nearOf(skill: number): readonly (readonly [number, number])[] {
    let near = this.#near.get(skill);
    if (near === undefined) this.#near.set(skill, (near = this.relatedness.neighbours(skill, NEAREST, 0.15)));
    return near;
  }

  #unit(vector: Vector): Vector {
    const weighted = [...vector].map(([skill, share]) => [skill, share * (this.#rarity[skill] as number)] as const);
    const length = Math.sqrt(weighted.reduce((sum, [, w]) => sum + w * w, 0)) || 1;
    return new Map(weighted.map(([skill, w]) => [skill, w / length]));
  }
}

function post(postings: Map<number, [number, number][]>, advert: number, vector: Vector): void {
  for (const [skill, weight] of vector) {
    const list = postings.get(skill);
    if (list === undefined) postings.set(skill, [[advert, weight]]);
    else list.push([advert, weight]);
  }
}

function addPostings(postings: ReadonlyMap<number, readonly (readonly [number, number])[]>, query: Vector, share: number, out: Float64Array): void {
  for (const [skill, weight] of query) for (const [advert, w] of postings.get(skill) ?? []) out[advert]! += share * weight * w;
}
