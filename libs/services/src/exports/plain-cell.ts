/**
 * What a spreadsheet would take for a formula: = + - @ and their full-width twins, also behind white space, quotes, separators and
 * signs without width, which some spreadsheets strip before they look.
 */
const FORMULA = /^[\s"';,|\u200b-\u200f\u2060\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20\u2212]/u;

/** Control signs but line feed; the marks that turn the direction of text around. */
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A text cell as plain text: an apostrophe before what would run, and nothing that is not seen. */
export function plainCell(text: string): string {
  // A tab or carriage return at the front would itself begin a formula; inside they shift what follows into other cells.
  const seen = text.replace(/\r\n?/g, '\n').replace(UNSEEN, ' ');
  return FORMULA.test(seen) ? `'${seen}` : seen;
}
