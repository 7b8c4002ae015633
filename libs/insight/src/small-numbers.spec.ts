import fc from 'fast-check';
import { SMALLEST_SHOWN, disclose, discloseTable } from './small-numbers.js';

const table = fc.array(fc.nat(30), { maxLength: 8 }).map((counts) => counts.map((count, i) => ({ key: `k${i}`, count })));

describe('discloseTable', () => {
  it('hides one to four and shows zero', () => {
    expect([0, 1, 4, 5].map((n) => disclose(n).count)).toEqual([0, null, null, 5]);
  });

  it('never lets a hidden small group be worked out from the total', () => {
    fc.assert(
      fc.property(table, (counts) => {
        const shown = discloseTable(counts);
        const hidden = shown.cells.flatMap((cell, i) => (cell.count === null ? [counts[i]?.count ?? 0] : []));
        for (const [i, cell] of shown.cells.entries()) {
          const truth = counts[i]?.count ?? 0;
          if (truth > 0 && truth < SMALLEST_SHOWN) expect(cell.count).toBeNull();
          if (cell.count !== null) expect(cell.count).toBe(truth);
        }
        if (shown.total.count !== null && hidden.length > 0) {
          // What subtraction gives is the sum of at least two groups, and not a small number.
          expect(hidden.length).toBeGreaterThan(1);
          expect(hidden.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('shows everything when nothing is small', () => {
    const shown = discloseTable([{ key: 'a', count: 7 }, { key: 'b', count: 0 }, { key: 'c', count: 12 }]);
    expect(shown).toEqual({
      total: { count: 19, fewerThan5: false },
      cells: [
        { key: 'a', count: 7, fewerThan5: false },
        { key: 'b', count: 0, fewerThan5: false },
        { key: 'c', count: 12, fewerThan5: false },
      ],
    });
  });
});
