/** What may stand before: a backslash that is itself escaped does not escape what follows. */
const BEYOND = /(\\*)([^\x00-\x7f])/g;

/**
 * The same program in ASCII: each letter beyond becomes its escape, which strings, templates, patterns and names take alike. Node reads
 * such a file faster: one letter beyond Latin-1, and all of it is kept, and parsed, in two bytes a letter.
 *
 * @param {string} code a program as our joiner writes it: such letters in strings, templates, patterns, comments and names, not between
 *   them; none in `String.raw` or in names beyond the first 65,536 letters, which would tell the difference
 */
export function inAscii(code) {
  return code.replace(BEYOND, (_, slashes, letter) => {
    // `\ä` is an ä: its own backslash goes.
    const kept = slashes.length % 2 === 0 ? slashes : slashes.slice(1);
    return `${kept}\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
