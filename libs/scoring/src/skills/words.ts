/** English words that tell nothing about a job or a skill. */
const STOP = new Set(
  `a an and are as at be by do for from has have he her his i if in into is it its me my no not of on or our she so such than that
   the their them they this to up us use used using was we were what when where which who will with you your able all also any can
   both each etc across within including include included through other own new well good work working job role team join help`
    .split(/\s+/),
);

/**
 * The telling words of a text, lower case, without diacritics, cut to a rough stem, in the order of their first appearance.
 * A word is letters and digits, with `+`, `#` or an inner hyphen or dot kept where a name needs them ("c++", "13485").
 */
export function tellingWords(text: string, limit: number): readonly string[] {
  const seen = new Set<string>();
  for (const match of text.slice(0, LONGEST).toLowerCase().normalize('NFKD').replace(/\p{M}+/gu, '').matchAll(/[\p{L}\p{N}]+[+#]*/gu)) {
    const word = match[0];
    if (word.length < 2 || STOP.has(word)) continue;
    seen.add(roughStem(word));
    if (seen.size >= limit) break;
  }
  return [...seen];
}

/** Characters of a text that are looked at: a 1 MB advert costs no more than a long one. */
const LONGEST = 20_000;

/** Plural and -ing/-ed endings off, where at least four letters stay. */
export function roughStem(word: string): string {
  if (/\d/.test(word) || word.length < 5) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('ing') && word.length >= 7) return undouble(word.slice(0, -3));
  if (word.endsWith('ed') && word.length >= 6) return undouble(word.slice(0, -2));
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us') && !word.endsWith('is')) return word.slice(0, -1);
  return word;
}

function undouble(stem: string): string {
  const last = stem.at(-1);
  return last === stem.at(-2) && last !== 'l' && last !== 's' && last !== 'z' ? stem.slice(0, -1) : stem;
}
