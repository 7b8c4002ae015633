import type { TieGroups } from './instance.js';

/**
 * The value that JSON.parse gives of an instance's text (or of a file with an `instance` in it), in less time and memory: nearly all of such a text are tie groups
 * of one, and there are no more different ones than there are ids. They are read here, each made once and shared; the rest, with a mark for each list, goes to JSON.parse.
 * The lists must stay as they are: their text is remembered.
 * Errors: those of JSON.parse for the whole text. O(length).
 */
export function parseWithLists(text: string): unknown {
  // A text without escapes can hold no mark of ours, and no quote inside a text.
  if (text.includes('\\')) return JSON.parse(text) as unknown;
  try {
    const { lists, rest } = takeOut(text);
    const value = JSON.parse(rest) as unknown;
    // Where a list stands elsewhere (in notes, say), or is one of two of the same owner, JSON.parse takes it all.
    if (putBack(value, lists) === lists.length) return value;
  } catch {
    // Not JSON: the error is to tell the place in the whole text.
  }
  return JSON.parse(text) as unknown;
}

const written = new WeakMap<TieGroups, string>();
/** Longest file, in characters, of which the lists' texts are kept: a part of a text keeps the whole of it. 100,000 learners with 15 entries take 42 million. */
const KEPT_TEXT = 64_000_000;

/**
 * What a list says in compact JSON with the members of each tie in code-unit order, where it was read from a text that says it so: the largest part of an instance's text need not be written anew.
 * The lists must be as they were read.
 */
export function textOfList(list: TieGroups): string | undefined {
  return written.get(list);
}

const KEY = '"preferences"';
const MARK = '\u0001';
const [BLANK, COMMA, COLON, QUOTE, OPEN, CLOSE] = [0x20, 0x2c, 0x3a, 0x22, 0x5b, 0x5d];

/** Tie groups of one by the name in them, each made once. */
class Names {
  readonly #groups = new Map<string, string[]>();
  /** Whether all names so far stand as JSON.stringify would write them. */
  asJson = true;

  of(name: string): string[] {
    return this.#groups.get(name) ?? this.made(name);
  }

  /** Checked, and a text of its own: a slice would keep the whole file in memory. */
  private made(slice: string): string[] {
    const written = `"${slice}"`;
    const name = JSON.parse(written) as string;
    // JSON.stringify escapes halves of surrogate pairs.
    this.asJson &&= JSON.stringify(name) === written;
    const group = [name];
    this.#groups.set(name, group);
    return group;
  }
}

function takeOut(text: string): { lists: string[][][]; rest: string } {
  const reader = new ListReader(text);
  const lists: string[][][] = [];
  const pieces: string[] = [];
  let done = 0;
  for (let key = text.indexOf(KEY); key >= 0; key = text.indexOf(KEY, Math.max(done, key + KEY.length))) {
    const colon = afterSpace(text, key + KEY.length);
    if (text.charCodeAt(colon) !== COLON) continue;
    const from = afterSpace(text, colon + 1);
    const end = reader.read(from);
    if (end < 0) continue;
    const list = reader.list();
    if (text.length <= KEPT_TEXT && reader.isCanonical) written.set(list, text.slice(from, end));
    pieces.push(text.slice(done, from), `"\\u0001${lists.length}"`);
    lists.push(list);
    done = end;
  }
  pieces.push(text.slice(done));
  return { lists, rest: pieces.join('') };
}

class ListReader {
  readonly #names: Names;
  /** The groups read last: lists are copied out of it in their own length, where each would have been copied often while it grew. */
  readonly #read: string[][] = [];
  #count = 0;
  #compact = true;
  #inOrder = true;

  constructor(private readonly text: string) {
    this.#names = new Names();
  }

  /** Whether the list read last stands as `textOfList` says. */
  get isCanonical(): boolean {
    return this.#compact && this.#inOrder && this.#names.asJson;
  }

  /** The list read last. */
  list(): string[][] {
    return this.#read.slice(0, this.#count);
  }

  /** Reads a list of lists of texts that begins at `at`. @returns where it ends, or -1 if it is anything else */
  read(at: number): number {
    const { text } = this;
    this.#count = 0;
    this.#compact = true;
    this.#inOrder = true;
    if (text.charCodeAt(at) !== OPEN) return -1;
    at = this.after(at + 1);
    if (text.charCodeAt(at) === CLOSE) return at + 1;
    for (;;) {
      if (text.charCodeAt(at) !== OPEN) return -1;
      let group: string[] | null = null;
      do {
        const from = this.after(at + 1) + 1;
        if (text.charCodeAt(from - 1) !== QUOTE) return -1;
        const to = text.indexOf('"', from);
        if (to < 0) return -1;
        const one = this.#names.of(text.slice(from, to));
        group = group === null ? one : this.joined(group, one[0] as string);
        at = this.after(to + 1);
      } while (text.charCodeAt(at) === COMMA);
      if (text.charCodeAt(at) !== CLOSE) return -1;
      this.#read[this.#count++] = group;
      at = this.after(at + 1);
      if (text.charCodeAt(at) === CLOSE) return at + 1;
      if (text.charCodeAt(at) !== COMMA) return -1;
      at = this.after(at + 1);
    }
  }

  /** A tie group with one more; groups of one are shared, and so are left as they are. */
  private joined(group: string[], name: string): string[] {
    if ((group[group.length - 1] as string) > name) this.#inOrder = false;
    if (group.length === 1) return [group[0] as string, name];
    group.push(name);
    return group;
  }

  private after(at: number): number {
    if (this.text.charCodeAt(at) > BLANK) return at;
    const next = afterSpace(this.text, at);
    if (next > at) this.#compact = false;
    return next;
  }
}

/** The first place from `at` on that is no blank of JSON. */
function afterSpace(text: string, at: number): number {
  for (let c = text.charCodeAt(at); c === BLANK || c === 0x0a || c === 0x0d || c === 0x09; c = text.charCodeAt(++at));
  return at;
}

/** Puts the lists where their marks stand among those who have preferences; returns how many it found a place for. */
function putBack(value: unknown, lists: readonly string[][][]): number {
  let found = 0;
  const members = (of: unknown): Record<string, unknown> => (of !== null && typeof of === 'object' && !Array.isArray(of) ? (of as Record<string, unknown>) : {});
  for (const file of [members(value), members(members(value)['instance'])])
    for (const side of ['learners', 'vacancies', 'employers'])
      for (const owner of Array.isArray(file[side]) ? (file[side] as unknown[]) : []) {
        const mark = members(owner)['preferences'];
        if (typeof mark !== 'string' || !mark.startsWith(MARK)) continue;
        (owner as Record<string, unknown>)['preferences'] = lists[Number(mark.slice(1))];
        found++;
      }
  return found;
}
