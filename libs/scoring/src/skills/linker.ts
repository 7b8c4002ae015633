import type { PhraseFinder } from './phrase-finder.js';
import { fold, stemOf } from './words.js';

/** A skill named in a text: `start` and `end` in code points, end exclusive; `score` 0 to 1, 1 = written as the reference has it. */
export type SkillSpan = Readonly<{ start: number; end: number; skill: number; score: number }>;

const GLUE = new Set(['a', 'an', 'the', 'of', 'for', 'in', 'on', 'to', 'with', 'at', 'by', 'from', 'and', 'or', 'as', 'its', 'their', 'my', 'our', 'your', 'some', 'various']);
/** Words that begin a denial of what follows in the clause, and those that end it. */
const DENIALS = new Set(['no', 'not', 'never', 'without', 'lack', 'lacking', 'cannot', 'unfamiliar', 'unable', 'isn', 'don', 'doesn', 'didn', 'haven', 'hasn', 'wasn', 'dont', 'havent', 'didnt', 'nor', 'neither', 'zero']);
const AFTER_DENIAL = new Set(['but', 'however', 'although', 'though', 'yet', 'instead', 'except']);
/** "not only" and "no problem" deny nothing. */
const NO_DENIAL = new Set(['only', 'just', 'problem', 'matter']);
/** Single words that name a skill in the reference and yet say nothing of the sort in running text. */
const EVERYDAY = new Set(
  `advice age aim art balance benefits board body building business care change class clean communication community company contact content control cost country
   course culture data date day delivery design detail development display drawing duties education energy environment equipment events exercise experience
   family field file finance fish food form friends game health help home hours house instructions knowledge language law learning level life light list management
   material market marketing media memory model money music network offer office order paper part people place planning plants play power practice pressure
   process product production project quality range read report research risk safety sales school science service services skill skills software space speech
   sport standard standards store stress strategy students study success support system systems team technology test text time tools trade training transport travel
   treatment water writing year`.split(/\s+/),
);
/** Most telling words of a name that is looked for, and of a clause that is compared as a whole. */
const LONGEST_NAME = 8;
const LONGEST_CLAUSE = 6;
/** A clause that is no name is linked only if it is at least this like one. */
const SURE_ENOUGH = 0.68;
/** Text beyond this many characters is not read. */
const LONGEST = 100_000;

type Word = Readonly<{ text: string; folded: string; stem: string; start: number; end: number; clause: number; denied: boolean }>;
type Name = Readonly<{ skill: number; written: string; folded: string; isLabel: boolean }>;

/** What a skill is called. */
export type NamedSkill = Readonly<{ label: string; aliases: readonly string[] }>;

/**
 * Finds the skills that a text names, in order, without overlap: the longest name wins. A name may be written in another form
 * ("soldered boards" for "solder boards") or order; whole words only. What is denied ("no experience of Java") is no claim. A
 * short clause that is no name in itself is linked to the likeliest skill if it is very like it.
 */
export class Linker {
  readonly #inOrder = new Map<string, Name[]>();
  readonly #anyOrder = new Map<string, Name[]>();

  constructor(
    skills: readonly NamedSkill[],
    private readonly phrases: PhraseFinder | null,
  ) {
    this.add(skills, 0);
  }

  /** More skills to look for, the first of them at this position: for a caller that builds the index of many in stretches. */
  add(skills: readonly NamedSkill[], from: number): void {
    skills.forEach((row, at) => {
      const seen = new Set<string>();
      const known = (name: string, isLabel: boolean): void => {
        for (const written of namesIn(name)) {
          if (seen.has(written)) continue;
          seen.add(written);
          const words = wordsIn(written);
          const folded = words.map((word) => word.folded).join(' ');
          const stems = words.filter((word) => !GLUE.has(word.folded)).map((word) => word.stem);
          if (stems.length === 0 || stems.length > LONGEST_NAME) continue;
          push(this.#inOrder, stems.join(' '), { skill: from + at, written, folded, isLabel });
          if (stems.length > 1) push(this.#anyOrder, [...stems].sort().join(' '), { skill: from + at, written, folded, isLabel });
        }
      };
      known(row.label, true);
      row.aliases.forEach((alias) => known(alias, false));
    });
  }

  link(text: string): readonly SkillSpan[] {
    const words = wordsIn(text.slice(0, LONGEST));
    const spans: { from: number; to: number; skill: number; score: number }[] = [];
    for (let at = 0; at < words.length; ) {
      const found = this.#longestAt(words, at);
      if (found) {
        spans.push(found);
        at = found.to;
      } else at++;
    }
    if (this.phrases) spans.push(...this.#likelyClauses(words, spans, this.phrases));
    const points = codePoints(text);
    return spans
      .filter(({ from, to }) => !words.slice(from, to).some((word) => word.denied))
      .sort((a, b) => a.from - b.from)
      .map(({ from, to, skill, score }) => ({ start: points((words[from] as Word).start), end: points((words[to - 1] as Word).end), skill, score }));
  }

  /** The words of the text that name this skill, as written; empty when none do. */
  quote(text: string, skills: ReadonlySet<number>): string {
    const span = this.link(text).find((found) => skills.has(found.skill));
    return span === undefined ? '' : [...text].slice(span.start, span.end).join('');
  }

  #longestAt(words: readonly Word[], at: number): { from: number; to: number; skill: number; score: number } | null {
    const first = words[at] as Word;
    if (GLUE.has(first.folded)) return null;
    const stems: string[] = [];
    let best: { from: number; to: number; skill: number; score: number } | null = null;
    for (let to = at; to < words.length && stems.length < LONGEST_NAME; to++) {
      const word = words[to] as Word;
      if (word.clause !== first.clause) break;
      if (GLUE.has(word.folded)) continue;
      stems.push(word.stem);
      const written = words.slice(at, to + 1);
      const name = this.#pick(this.#inOrder.get(stems.join(' ')), written);
      if (name) best = { from: at, to: to + 1, skill: name.skill, score: name.score };
      else if (stems.length > 1) {
        const turned = this.#pick(this.#anyOrder.get([...stems].sort().join(' ')), written);
        if (turned && turned.score > 0) best = { from: at, to: to + 1, skill: turned.skill, score: 0.85 };
      }
    }
    return best;
  }

  #pick(names: readonly Name[] | undefined, words: readonly Word[]): { skill: number; score: number } | null {
    let best: { skill: number; score: number; rank: number } | null = null;
    const folded = words.map((word) => word.folded).join(' ');
    for (const name of names ?? []) {
      const same = name.folded === folded;
      if (words.length === 1 && !this.#singleMeansIt(words[0] as Word, name, same)) continue;
      const score = same ? 1 : 0.95;
      // As written before another form ("Canva" is no form of "Canvas"), then labels before other names.
      const rank = (same ? 2 : 0) + (name.isLabel ? 1 : 0);
      if (best === null || rank > best.rank) best = { skill: name.skill, score, rank };
    }
    return best;
  }

  /** One word is a thin ground: it has to stand there as the name is written, and short names in the same capitals. */
  #singleMeansIt(word: Word, name: Name, same: boolean): boolean {
    if (EVERYDAY.has(word.folded)) return false;
    if (word.text.length <= 3) return word.text === name.written || (word.text === word.text.toUpperCase() && /\p{L}/u.test(word.text) && same && word.text.length > 1);
    if (name.written === name.written.toUpperCase()) return same && word.text === word.text.toUpperCase();
    return same || (name.isLabel && word.stem.length >= 5);
  }

  #likelyClauses(words: readonly Word[], taken: readonly { from: number; to: number }[], phrases: PhraseFinder): { from: number; to: number; skill: number; score: number }[] {
    const found: { from: number; to: number; skill: number; score: number }[] = [];
    const busy = new Uint8Array(words.length);
    for (const { from, to } of taken) busy.fill(1, from, to);
    for (let from = 0; from < words.length; ) {
      let to = from;
      while (to < words.length && (words[to] as Word).clause === (words[from] as Word).clause) to++;
      const telling = words.slice(from, to).filter((word) => !GLUE.has(word.folded)).length;
      if (telling >= 2 && telling <= LONGEST_CLAUSE && !busy.subarray(from, to).includes(1)) {
        const [best] = phrases.find(words.slice(from, to).map((word) => word.folded).join(' '), 1);
        if (best && best[1] >= SURE_ENOUGH) found.push({ from, to, skill: best[0], score: Math.min(0.84, best[1]) });
      }
      from = to;
    }
    return found;
  }
}

/** A label with its gloss in brackets off: "Python (computer programming)" is written "Python". */
function namesIn(name: string): readonly string[] {
  const bare = name.replace(/\s*\([^)]*\)\s*/g, ' ').trim();
  return bare === '' || bare === name ? [name] : [name, bare];
}

/** Whole words with their places; a clause ends at punctuation between words, at a line's end and at "but". */
function wordsIn(text: string): readonly Word[] {
  const words: Word[] = [];
  let clause = 0;
  let denied = false;
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[+#]+|(?<=\p{N})[.](?=\p{N})[\p{N}]+)*/gu)) {
    const between = text.slice(end, match.index);
    const word = fold(match[0]);
    // A point in the midst of a word ends nothing: "Node.js", "ASP.NET".
    if (between !== '.' && /[.;:!?\n\r•|()[\]]/.test(between)) {
      clause++;
      denied = false;
    } else if (/[,/]/.test(between)) clause++;
    if (AFTER_DENIAL.has(word)) {
      clause++;
      denied = false;
    }
    if (denied && NO_DENIAL.has(word) && words.length > 0 && DENIALS.has((words[words.length - 1] as Word).folded)) denied = false;
    words.push({ text: match[0], folded: word, stem: stemOf(word), start: match.index, end: match.index + match[0].length, clause, denied });
    if (DENIALS.has(word)) denied = true;
    end = match.index + match[0].length;
  }
  return words;
}

/** UTF-16 offset to code point offset, for rising offsets. */
function codePoints(text: string): (offset: number) => number {
  let seen = 0;
  let count = 0;
  return (offset) => {
    if (offset < seen) {
      seen = 0;
      count = 0;
    }
    while (seen < offset) {
      seen += (text.codePointAt(seen) as number) > 0xffff ? 2 : 1;
      count++;
    }
    return count;
  };
}

function push(table: Map<string, Name[]>, key: string, name: Name): void {
  const list = table.get(key);
  if (list === undefined) table.set(key, [name]);
  else list.push(name);
}
