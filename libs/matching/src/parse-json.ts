import { MatchingError } from './matching-error.js';
import { parseWithLists } from './parse-lists.js';

/** Most characters of a file: V8 holds no longer text than 512 million, and 8 million entries of 36 characters take 330. */
export const MAX_TEXT = 400_000_000;
/** Most values (texts, numbers, lists, objects) in a file: 8 million entries in groups of their own are 16. */
const MAX_VALUES = 24_000_000;
const SPLIT = 'Split the file, or shorten the lists';

/**
 * JSON.parse for texts of anybody's making: what would take more memory than there is gets an error, not the end of the process.
 * Errors: MatchingError, `too-large` or `malformed`. O(length).
 */
export function parseJson(text: string, most = { characters: MAX_TEXT, values: MAX_VALUES }): unknown {
  if (text.length > most.characters) throw new MatchingError('too-large', 'file', `has ${text.length} characters, and at most ${most.characters} are read`, SPLIT);
  // A value takes at least two characters, so that shorter texts need no count.
  if (text.length > 2 * most.values && holdsMoreValuesThan(text, most.values)) throw new MatchingError('too-large', 'file', `holds more than ${most.values} values`, SPLIT);
  try {
    return parseWithLists(text);
  } catch (error) {
    throw new MatchingError('malformed', 'file', `is not JSON (${(error as Error).message})`, 'Give one JSON object a file');
  }
}

/** Each value but the first of its list or object follows a comma, and that one an opening bracket. An empty one counts twice; what stands inside texts is skipped. */
function holdsMoreValuesThan(text: string, most: number): boolean {
  let values = 1;
  for (let i = 0; i < text.length && values <= most; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x2c || c === 0x5b || c === 0x7b) values++;
    else if (c === 0x22) for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++;
  }
  return values > most;
}
