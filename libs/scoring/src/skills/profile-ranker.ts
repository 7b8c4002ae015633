import type { SkillTables } from './esco-tables.js';
import type { PhraseFinder } from './phrase-finder.js';
import type { Relatedness } from './relatedness.js';
import { inner, toUnit, unitOf } from './latent-space.js';
import { OccupationGuess } from './occupation-guess.js';
import { OccupationMatch, type Meaning } from './occupation-match.js';
import { addPostings, post, type PostingsOf } from './postings.js';
import { SkillCover } from './skill-cover.js';
import type { SkillSpace } from './skill-space.js';
import { TextIndex, topOf } from './text-index.js';
import type { TitleFinder } from './title-finder.js';
import { stemBag } from './words.js';
import { WordIndex } from './word-index.js';

/** An advert to be found: its title and the skills it asks for, by position. */
export type Advert = Readonly<{ title: string; skills: readonly number[] }>;

/** Shares of what is asked for and held, of what the title implies, and of plain words; then of the best of these. */
const BY_SKILLS = 0.6;
const BY_TITLE = 0.25;
const BY_WORDS = 0.15;
const BY_THESE = 0.8;
/**
 * Then, beside the best of these: the company that the advert's skills and title keep, and the words of all names of its skills. Chosen on profiles
 * of occupations of parts 0 and 1, in names that were not indexed.
 */
const BY_COMPANY = 1.2;
const BY_NAMES = 0.5;
const COMPANY_POWER = 3;
const TITLE_SHARE = 0.4;
/** And how much of the phrases the advert's skills cover; chosen as the shares of `OccupationMatch`, which come on top. */
const BY_COVER = 4;
/** Phrases from which on the guess counts in full (our judgement): one skill says little of an occupation, and an advert that asks for it should come first. */
const ENOUGH = 4;
/** Phrases of a profile that are read, each once. */
const MOST_PHRASES = 200;
/** A neighbour stands in for at most this part of a skill: more makes the order worse. */
const NEIGHBOUR = 0.25;
/** Skills considered for a phrase, how fast the less likely ones lose weight, and the implied skills kept of a title. */
const GUESSES = 4;
const SHARPNESS = 4;
const IMPLIED = 40;
/** Neighbours of a skill, and how sure a link must be for them to count, or beside the likeliest for the phrase to be covered by it. */
const NEAREST = 30;
const SURE = 0.4;

type Vector = ReadonlyMap<number, number>;

/** What the ranker asks. */
export type Knowledge = Readonly<{ tables: SkillTables; phrases: PhraseFinder; titles: TitleFinder; relatedness: Relatedness; space: SkillSpace }>;

/**
 * Orders adverts for a profile of skill phrases. Each phrase is linked to its likeliest skills; an advert earns by the cosine of
 * its rarity-weighted skills with these (near skills count up to a quarter), by that of the skills its title implies, and by
 * the words it shares with the phrases; then by how near they lie in the space of skills, by the words of all names of its
 * skills, by how much of each phrase its nearest skill covers, and by the occupations that both may belong to. Inverted by skill,
 * word and occupation; the space is a product of 60 numbers an advert, and the cover one for each skill of the adverts a likely
 * meaning.
 */
export class ProfileRanker {
  readonly #skillPostings: PostingsOf<number> = new Map();
  readonly #impliedPostings: PostingsOf<number> = new Map();
  readonly #occupations: OccupationMatch;
  readonly #cover: SkillCover;
  readonly #words: TextIndex;
  readonly #names: WordIndex;
  readonly #places: readonly Float64Array[];
  readonly #rarity: Float64Array;
  readonly #near = new Map<number, readonly (readonly [number, number])[]>();

  constructor(
    private readonly known: Knowledge,
    list: readonly Advert[],
  ) {
    const { tables, titles, space } = known;
    const asked = new Float64Array(tables.skills.length);
    for (const occupation of tables.occupations) for (const [skill] of occupation.skills) asked[skill]!++;
    this.#rarity = asked.map((n) => Math.log(1 + tables.occupations.length / (1 + n)));
    // A skill asked for twice is asked for once.
    const adverts = list.map(({ title, skills }) => ({ title, skills: [...new Set(skills)] }));
    const asks = adverts.map((advert) => advert.skills);
    this.#occupations = new OccupationMatch(new OccupationGuess(tables), asks);
    this.#cover = new SkillCover(space, asks);
    const implied = new Map<string, Vector>();
    adverts.forEach((advert, at) => {
      post(this.#skillPostings, at, this.#unit(new Map(advert.skills.map((skill) => [skill, 1]))));
      let vector = implied.get(advert.title);
      if (vector === undefined) implied.set(advert.title, (vector = this.#unit(new Map(topOf(titles.skillsOf(advert.title), IMPLIED)))));
      post(this.#impliedPostings, at, vector);
    });
    this.#words = new TextIndex(adverts.map((advert) => stemBag([advert.title, ...advert.skills.map((skill) => tables.skills[skill]?.label ?? '')].join(' '))));
    const named = (skill: number): string => [tables.skills[skill]?.label ?? '', ...(tables.skills[skill]?.aliases ?? [])].join(' ');
    this.#names = new WordIndex(adverts.map((advert) => stemBag([advert.title, ...advert.skills.map(named)].join(' '))));
    this.#places = adverts.map((advert) => {
      const place = space.ofSkills(advert.skills.map((skill) => [skill, this.#rarity[skill] as number]));
      const title = space.ofTitle(advert.title);
      for (let d = 0; d < place.length; d++) place[d]! += TITLE_SHARE * (title[d] as number);
      toUnit(place, 0, place.length);
      return place;
    });
  }

  /** Scores of all adverts, by their position in the list given. */
  rank(said: readonly string[]): Float64Array {
    const phrases = [...new Set(said)].slice(0, MOST_PHRASES);
    const meant = phrases.map((phrase) => this.#meaningOf(phrase));
    const held = mostOf(meant);
    const out = new Float64Array(this.#places.length);
    this.#words.cosines(stemBag(phrases.join(' ')), out);
    for (let i = 0; i < out.length; i++) out[i]! *= BY_WORDS;
    const near = this.#unit(this.#withNeighbours(held));
    addPostings(this.#skillPostings, near, BY_SKILLS, out);
    addPostings(this.#impliedPostings, near, BY_TITLE, out);
    toMost(out, BY_THESE);
    const names = this.#names.scores(stemBag(phrases.join(' ')));
    toMost(names, BY_NAMES);
    const place = this.known.space.ofSkills([...held].map(([skill, share]) => [skill, share * (this.#rarity[skill] as number)]));
    const likely = meant.map((meaning) => meaning.filter(([, share], at) => at === 0 || share >= SURE));
    const cover = this.#cover.of(likely.map((skills) => ({ skills, weight: this.#rarity[skills[0]?.[0] ?? -1] ?? 0 })));
    const occupations = this.#occupations.of(held, likely);
    const known = Math.min(1, likely.filter((skills) => skills.length > 0).length / ENOUGH);
    for (let i = 0; i < out.length; i++) {
      const company = Math.max(0, inner(place, this.#places[i] as Float64Array)) ** COMPANY_POWER;
      out[i]! += (names[i] as number) + BY_COMPANY * company + BY_COVER * (cover[i] as number) + known * (occupations[i] as number);
    }
    return out;
  }

  /** The skills a phrase may mean, likeliest first, each with how surely. */
  #meaningOf(phrase: string): Meaning {
    const guesses = this.known.phrases.find(phrase, GUESSES);
    const best = guesses[0]?.[1] ?? 0;
    return guesses.map(([skill, likeness]) => [skill, Math.min(1, best) * (likeness / best) ** SHARPNESS]);
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
    if (near === undefined) this.#near.set(skill, (near = this.known.relatedness.neighbours(skill, NEAREST, 0.15)));
    return near;
  }

  #unit(vector: Vector): Vector {
    return unitOf(new Map([...vector].map(([skill, share]) => [skill, share * (this.#rarity[skill] as number)])));
  }
}

/** Each skill by the phrase that means it most. */
function mostOf(meant: readonly Meaning[]): Map<number, number> {
  const held = new Map<number, number>();
  for (const [skill, share] of meant.flat()) if (share > (held.get(skill) ?? 0)) held.set(skill, share);
  return held;
}

/** Scales scores so that the highest is `most`. */
function toMost(scores: Float64Array, most: number): void {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  if (highest > 0) for (let i = 0; i < scores.length; i++) scores[i]! *= most / highest;
}
