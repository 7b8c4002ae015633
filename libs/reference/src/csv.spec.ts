import fc from 'fast-check';
import { readCsv } from './csv.js';

const cells = (text: string) => readCsv(text).lines.map((line) => line.cells);

describe('readCsv', () => {
  it('reads quotes, doubled quotes, commas and line breaks inside quotes, and numbers lines as an editor does', () => {
    expect(readCsv('a,b\r\n"x, ""y""\nz",2\n,\n')).toEqual({
      lines: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['x, "y"\nz', '2'] },
        { line: 4, cells: ['', ''] },
      ],
      unclosed: null,
    });
  });

  it('drops a byte-order mark and empty lines, and needs no last line break', () => {
    expect(cells('\ufeffa,b\n\n1,')).toEqual([['a', 'b'], ['1', '']]);
  });

  it('says on which line a quote was left open', () => {
    expect(readCsv('a\nb\n"c').unclosed).toBe(3);
  });

  it('gives back any table that was written with every cell quoted', () => {
    const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(cells(text)).toEqual(rows);
      }),
    );
  });

  it('reads any text to its end', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') }), (text) => expect(readCsv(text).lines).toBeDefined()));
  });
});
