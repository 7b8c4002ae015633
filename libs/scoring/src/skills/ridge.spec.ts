import { sparseRows } from './latent-space.js';
import { ridge } from './ridge.js';

describe('ridge regression', () => {
  const rows = [new Map([[0, 1]]), new Map([[1, 2]]), new Map([[0, 1], [1, 1]])];
  const a = sparseRows(rows, 3);
  const y = Float32Array.from([1, 0, 4, 1, 3, 2]);

  it('solves the normal equations for each output', () => {
    const b = ridge(a, y, 2, 0.5, 10);
    // (A'A + 0.5 I) B = A'Y with A'A = [[2, 1], [1, 5]] over the columns that occur: [[2.5, 1], [1, 5.5]] B = [[4, 2], [11, 4]]
    const det = 2.5 * 5.5 - 1;
    const wanted = [(4 * 5.5 - 11) / det, (2 * 5.5 - 4) / det, (11 * 2.5 - 4) / det, (4 * 2.5 - 2) / det, 0, 0];
    wanted.forEach((value, i) => expect(b[i]).toBeCloseTo(value, 4));
  });

  it('draws towards nothing as the penalty grows, and takes an empty matrix', () => {
    expect(Math.max(...ridge(a, y, 2, 1e6, 10).map(Math.abs))).toBeLessThan(1e-4);
    expect(ridge(sparseRows([], 0), new Float32Array(0), 1, 1, 3)).toHaveLength(0);
  });
});
