import type { TieGroups } from './instance.js';

/**
 * The value that JSON.parse gives of an instance's text (or of a file with an `instance` in it), in less time and memory: nearly all of such a text are tie groups
 * of one, and there are no more different ones than there are ids. They are read here, each made once and shared; the rest, with a mark for each list, goes to JSON.parse.
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

/**
 * What a list says in compact JSON with the members of each tie in code-unit order, where it was read from a text that says it so: the largest part of an instance's text need not be written anew.
 * The lists must be as they were read.
 */
export function textOfList(list: TieGroups): string | undefined {
  return written.get(list);
}

const KEY = '"preferences"';
const MARK = '\u0001';
const [COMMA, COLON, QUOTE, OPEN, CLOSE] = [0x2c, 0x3a, 0x22, 0x5b, 0x5d];

type Names = { readonly alone: Map<string, string[]>; asJson: boolean };

function takeOut(text: string): { lists: string[][][]; rest: string } {
  const names: Names = { alone: new Map(), asJson: true };
  const lists: string[][][] = [];
  const pieces: string[] = [];
  let done = 0;
  for (let key = text.indexOf(KEY); key >= 0; key = text.indexOf(KEY, key + KEY.length)) {
    const colon = afterSpace(text, key + KEY.length);
    if (text.charCodeAt(colon) !== COLON) continue;
    const from = afterSpace(text, colon + 1);
    const list: string[][] = [];
    const end = readList(text, from, list, names);
    if (end < 0) continue;
    if (names.asJson && isCompact(list, end - from)) written.set(list, text.slice(from, end));
    pieces.push(text.slice(done, from), `"\\u0001${lists.length}"`);
    lists.push(list);
    done = end;
  }
  pieces.push(text.slice(done));
  return { lists, rest: pieces.join('') };
}

/** Reads a list of lists of texts that begins at `at` into `list`. @returns where it ends, or -1 if it is anything else */
function readList(text: string, at: number, list: string[][], names: Names): number {
  const { alone } = names;
  if (text.charCodeAt(at) !== OPEN) return -1;
  at = afterSpace(text, at + 1);
  if (text.charCodeAt(at) === CLOSE) return at + 1;
  for (;;) {
    if (text.charCodeAt(at) !== OPEN) return -1;
    let group: string[] | null = null;
    do {
      const from = afterSpace(text, at + 1);
      if (text.charCodeAt(from) !== QUOTE) return -1;
      const to = text.indexOf('"', from + 1);
      if (to < 0) return -1;
      const id = text.slice(from + 1, to);
      let one = alone.get(id);
      if (one === undefined) {
        // Checked, and a text of its own: a slice would keep the whole file in memory.
        one = [JSON.parse(text.slice(from, to + 1)) as string];
        // JSON.stringify escapes halves of surrogate pairs.
        names.asJson &&= JSON.stringify(id).length === to + 1 - from;
        alone.set(one[0] as string, one);
      }
      if (group === null) group = one;
      else group = group.length === 1 ? [group[0] as string, one[0] as string] : (group.push(one[0] as string), group);
      at = afterSpace(text, to + 1);
    } while (text.charCodeAt(at) === COMMA);
    if (text.charCodeAt(at) !== CLOSE) return -1;
    list.push(group);
    at = afterSpace(text, at + 1);
    if (text.charCodeAt(at) === CLOSE) return at + 1;
    if (text.charCodeAt(at) !== COMMA) return -1;
    at = afterSpace(text, at + 1);
  }
}

/** Whether a list's text of this length has no blanks, and whether its ties are in order. */
function isCompact(list: readonly string[][], length: number): boolean {
  // A bracket and a comma, or two brackets, for the list; two brackets and a comma a group; two quotes and a comma a name.
  let compact = list.length === 0 ? 2 : 1;
  for (const group of list) {
    compact += 2;
    for (let k = 0; k < group.length; k++) {
      compact += (group[k] as string).length + 3;
      if (k > 0 && (group[k] as string) < (group[k - 1] as string)) return false;
    }
  }
  return compact === length;
}

/** The first place from `at` on that is no blank of JSON. */
function afterSpace(text: string, at: number): number {
  for (let c = text.charCodeAt(at); c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09; c = text.charCodeAt(++at));
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
