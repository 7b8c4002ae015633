import type { SkillTables } from './esco-tables.js';
import { TextIndex, topOf } from './text-index.js';
import { WordCover, type Standin } from './word-cover.js';
import { gramBag, gramsOf, stemBag, stemOf, stemsOf, wordsOf, type Bag } from './words.js';

/** Weights of the three likenesses, fitted on a tenth of the aliases that were held out and are reported nowhere. */
const BY_LETTERS = 0.3;
const BY_WORDS = 0.4;
const BY_COVER = 0.3;
/** How strongly a word that replaces another in names of the same skill may stand in for it. */
const STAND_IN = 4;

/** What adverts put around a skill ("proven experience of ..."): in a question such words count little, unless nothing else is there. */
const AROUND = new Set(
  `experience experienced knowledge ability abilities able strong excellent good proven track record understanding familiarity familiar proficient
   proficiency skill skills skilled expertise demonstrated demonstrable background required desirable essential must have you will be your as part of the
   team working solid sound keen interest`.split(/\s+/),
);
const AROUND_SHARE = 0.3;

/**
 * Finds the skills a phrase means. Three likenesses, each at most 1, are added: by letters (n-grams against each name of a
 * skill, the best name counts), by words (stems against each name, with words that replace one another in names of the same
 * skill: "mend" for "repair"), and by cover (the part of the phrase's words that all its names together have, or have one that
 * replaces them; squared). What replaces what is counted in the reference's own synonyms: no model, no download, the same answer everywhere.
 */
export class PhraseFinder {
  readonly #owner: Int32Array;
  readonly #words: TextIndex;
  readonly #letters: TextIndex;
  readonly #cover: WordCover;
  readonly #standins: ReadonlyMap<string, readonly Standin[]>;
  readonly #count: number;
  readonly #forms: Float64Array;

  constructor(tables: Pick<SkillTables, 'skills'>) {
    const owner: number[] = [];
    const stems: Bag[] = [];
    const letters: Bag[] = [];
    const starts: number[] = [];
    tables.skills.forEach((skill, position) => {
      const names = new Set([skill.label, ...skill.aliases].map((name) => name.toLowerCase().trim()));
      starts.push(stems.length);
      for (const name of names) {
        const bag = stemBag(name);
        owner.push(position);
        stems.push(bag);
        letters.push(gramBag(name));
      }
    });
    starts.push(stems.length);
    this.#count = tables.skills.length;
    this.#owner = Int32Array.from(owner);
    this.#words = new TextIndex(stems);
    this.#letters = new TextIndex(letters);
    this.#cover = new WordCover(tables.skills.map((_, skill) => stems.slice(starts[skill], starts[skill + 1]).flatMap((bag) => [...bag.keys()])));
    this.#standins = countStandins(stems, starts);
    this.#forms = new Float64Array(stems.length);
  }

  /** Likeness of the phrase to every skill, 0 to about 1, by position. A new array. */
  likeness(phrase: string): Float64Array {
    const out = new Float64Array(this.#count);
    const words = wordsAsked(phrase);
    const telling = new Set(stemsOf(phrase));
    const stems = added(words.map(([word, share]) => [stemOf(word), share] as const).filter(([word]) => telling.has(word)));
    this.#letters.cosines(added(words.flatMap(([word, share]) => gramsOf(word).map((gram) => [gram, share] as const))), this.#forms);
    this.#raise(out, BY_LETTERS);
    this.#words.cosines(stems, this.#forms, this.#expanded(stems));
    const byWords = new Float64Array(this.#count);
    this.#raise(byWords, BY_WORDS);
    const cover = this.#cover.of(stems, (word) => this.#standins.get(word) ?? []);
    for (let i = 0; i < out.length; i++) out[i]! += (byWords[i] as number) + BY_COVER * (cover[i] as number) ** 2;
    return out;
  }

  find(phrase: string, top: number): readonly (readonly [position: number, likeness: number])[] {
    return topOf(this.likeness(phrase), top);
  }

  /** Each skill by its best name. */
  #raise(out: Float64Array, weight: number): void {
    const forms = this.#forms;
    for (let form = 0; form < forms.length; form++) {
      const score = (forms[form] as number) * weight;
      const position = this.#owner[form] as number;
      if (score > (out[position] as number)) out[position] = score;
    }
  }

  #expanded(query: Bag): Bag {
    const expanded = new Map<string, number>();
    for (const word of query.keys()) {
      for (const { word: standin, strength } of this.#standins.get(word) ?? []) if (strength > (expanded.get(standin) ?? 0)) expanded.set(standin, strength);
    }
    return expanded;
  }
}

/** Words of a question with how much each counts. */
function wordsAsked(phrase: string): readonly (readonly [word: string, share: number])[] {
  const words = wordsOf(phrase);
  const telling = words.some((word) => !AROUND.has(word));
  return words.map((word) => [word, telling && AROUND.has(word) ? AROUND_SHARE : 1]);
}

function added(terms: readonly (readonly [string, number])[]): Bag {
  const bag = new Map<string, number>();
  for (const [term, share] of terms) bag.set(term, (bag.get(term) ?? 0) + share);
  return bag;
}

/** Standins kept a word, and the longest difference between two names that still tells what replaces what. */
const MOST_STANDINS = 12;
const LONGEST_DIFFERENCE = 4;

/**
 * Counts which words replace which between two names of the same skill: one for a single word, 1 / (n m) for n words against
 * m, once a skill; divided by the geometric mean of the numbers of skills that know each word. O(sum of names squared).
 */
function countStandins(stems: readonly Bag[], starts: readonly number[]): ReadonlyMap<string, readonly Standin[]> {
  const counts = new Map<string, Map<string, number>>();
  const skillsWith = new Map<string, number>();
  for (let skill = 0; skill + 1 < starts.length; skill++) {
    const names = stems.slice(starts[skill], starts[skill + 1]);
    for (const word of new Set(names.flatMap((bag) => [...bag.keys()]))) skillsWith.set(word, (skillsWith.get(word) ?? 0) + 1);
    const here = new Map<string, Map<string, number>>();
    for (const a of names) {
      for (const b of names) {
        if (a === b) continue;
        const gone = [...a.keys()].filter((word) => !b.has(word));
        const come = [...b.keys()].filter((word) => !a.has(word));
        if (gone.length === 0 || come.length === 0 || gone.length > LONGEST_DIFFERENCE || come.length > LONGEST_DIFFERENCE) continue;
        const share = 1 / (gone.length * come.length);
        for (const from of gone) {
          const row = rowOf(here, from);
          for (const to of come) row.set(to, Math.max(row.get(to) ?? 0, share));
        }
      }
    }
    for (const [from, row] of here) {
      const total = rowOf(counts, from);
      for (const [to, share] of row) total.set(to, (total.get(to) ?? 0) + share);
    }
  }
  const known = (word: string): number => (skillsWith.get(word) ?? 0) + 2;
  return new Map(
    [...counts].map(([from, row]) => [
      from,
      [...row]
        .map(([word, count]) => ({ word, strength: count / Math.sqrt(known(from) * known(word)) }))
        .sort((a, b) => b.strength - a.strength || (a.word < b.word ? -1 : 1))
        .slice(0, MOST_STANDINS)
        .map(({ word, strength }) => ({ word, strength: Math.min(1, STAND_IN * strength) })),
    ]),
  );
}

function rowOf(table: Map<string, Map<string, number>>, key: string): Map<string, number> {
  let row = table.get(key);
  if (row === undefined) table.set(key, (row = new Map()));
  return row;
}
