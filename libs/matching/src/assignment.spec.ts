import { countOr } from '../../../test/enumerator/digest.js';
import { mulberry32 } from '../../../test/enumerator/random-instance.js';
import { leastCostAssignment } from './index.js';

const total = (cost: Float64Array, n: number, columns: ArrayLike<number>): number => Array.from({ length: n }, (_, i) => cost[i * n + columns[i]!]!).reduce((a, b) => a + b, 0);

function* permutations(values: number[]): Generator<number[]> {
  if (values.length <= 1) yield values;
  for (let i = 0; i < values.length; i++) for (const rest of permutations([...values.slice(0, i), ...values.slice(i + 1)])) yield [values[i]!, ...rest];
}

describe('least-cost assignment', () => {
  it('is the cheapest of all permutations', () => {
    for (let seed = 0; seed < countOr(600); seed++) {
      const dice = mulberry32(seed);
      const n = 1 + (seed % 6);
      const range = [3, 10, 1000][seed % 3]!;
      const cost = Float64Array.from({ length: n * n }, () => Math.floor(range * dice()) - (seed % 5 === 0 ? range >> 1 : 0));
      const columns = leastCostAssignment(cost, n);
      expect(new Set(columns).size).toBe(n);
      const best = Math.min(...[...permutations(Array.from({ length: n }, (_, i) => i))].map((p) => total(cost, n, p)));
      expect({ seed, total: total(cost, n, columns) }).toEqual({ seed, total: best });
    }
  });

  it('agrees with itself turned on its side, at a size no enumeration reaches', () => {
    for (const seed of [1, 2, 3]) {
      const n = 120;
      const dice = mulberry32(seed);
      const cost = Float64Array.from({ length: n * n }, () => Math.floor(200 * dice()));
      const turned = Float64Array.from(cost, (_, at) => cost[(at % n) * n + Math.floor(at / n)]!);
      expect(total(turned, n, leastCostAssignment(turned, n))).toBe(total(cost, n, leastCostAssignment(cost, n)));
    }
  });

  it('refuses a matrix that is not square', () => {
    expect(() => leastCostAssignment(new Float64Array(5), 2)).toThrow(RangeError);
  });
});
