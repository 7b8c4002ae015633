import { stem } from './stem.js';

/** English words that tell nothing about a job or a skill. */
const STOP = new Set(
  `a an and are as at be by do for from has have he her his i if in into is it its me my no not of on or our she so such than that
   the their them they this to up us use used using was we were what when where which who will with you your able all also any can
   both each etc across within including include included through other own new well good work working job role team join help`
    .split(/\s+/),
);

/** Words that only hold a name of a skill or job together. */
const GLUE = new Set(['a', 'an', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with', 'its', 'their']);

/** Characters of a text that are looked at: a 1 MB advert costs no more than a long one. */
export const LONGEST_TEXT = 20_000;

/** Nothing in it to take apart: nearly all that is folded. */
const ASCII = /^[\x20-\x7e]*$/;

/** Lower case without diacritics: "Élan" and "elan" are one. */
export const fold = (text: string): string => (ASCII.test(text) ? text.toLowerCase() : text.toLowerCase().normalize('NFKD').replace(/\p{M}+/gu, ''));

/** Words of a text, folded: letters and digits, with a final `+` or `#` kept where a name needs it ("c++", "c#"). */
export function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+[+#]*/gu) ?? [];
}

const stems = new Map<string, string>();

/** The stem, remembered: skills and jobs share a small vocabulary. The memory never changes an answer. */
export function stemOf(word: string): string {
  let found = stems.get(word);
  if (found === undefined) {
    if (stems.size > 200_000) stems.clear();
    found = /\d/.test(word) ? word : stem(word);
    stems.set(word, found);
  }
  return found;
}

/** Stems without glue words; with them when nothing else is there ("as is"). */
export function stemsOf(text: string): readonly string[] {
  const words = wordsOf(text);
  const telling = words.filter((word) => !GLUE.has(word));
  return (telling.length === 0 ? words : telling).map(stemOf);
}

/** Character n-grams of 3 to 5 within each word, its borders marked: a typing slip or another ending leaves most of them. */
export function gramsOf(word: string): readonly string[] {
  const marked = `^${word}$`;
  if (marked.length < 3) return [marked];
  const grams: string[] = [];
  for (let n = 3; n <= 5; n++) for (let i = 0; i + n <= marked.length; i++) grams.push(marked.slice(i, i + n));
  return grams;
}

export type Bag = ReadonlyMap<string, number>;

/** Words to how much they count; `weigh` lets a caller count some less. */
export function bagOf(tokens: Iterable<string>): Bag {
  const bag = new Map<string, number>();
  for (const token of tokens) bag.set(token, (bag.get(token) ?? 0) + 1);
  return bag;
}

export const stemBag = (text: string): Bag => bagOf(stemsOf(text));
export const gramBag = (text: string): Bag => bagOf(wordsOf(text).flatMap((word) => gramsOf(word)));

/** The telling stems of a long text, in the order of their first appearance, each once. */
export function tellingWords(text: string, limit: number): readonly string[] {
  const seen = new Set<string>();
  for (const word of wordsOf(text.slice(0, LONGEST_TEXT))) {
    if (word.length < 2 || STOP.has(word)) continue;
    seen.add(stemOf(word));
    if (seen.size >= limit) break;
  }
  return [...seen];
}
