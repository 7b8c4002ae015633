import { csvCell } from './csv.js';

it.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '"=1', "'=1", ';=1', ',=1', '|=1', '\u200b=1', '＝1', '＋1', '－1', '＠x'])('%j is made plain text', (text) => {
  const cell = csvCell(text);
  expect(cell.startsWith("'") || cell.startsWith(`"'`)).toBe(true);
});

it('quotes by RFC 4180 and for every separator, keeps numbers and plain text', () => {
  expect([-5, 'Ashdown-Pike', 'say "hi"', 'a;b', 'two\r\nlines', 'a\u202eb'].map(csvCell)).toEqual(['-5', 'Ashdown-Pike', '"say ""hi"""', '"a;b"', '"two\nlines"', 'a b']);
});
