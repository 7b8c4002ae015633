import { times, transposedTimes, type SparseRows } from './latent-space.js';

/**
 * Ridge regression with several outputs: the B of columns x k with the least |A B - Y|^2 + penalty x |B|^2, `y` being Y by rows.
 * Conjugate gradients on the normal equations, each output with its own steps (M. Hestenes, E. Stiefel, "Methods of conjugate
 * gradients for solving linear systems", 1952); a fixed number of rounds from 0, so the same input gives the same bits.
 * To weigh a row, scale it and its part of Y by the root of the weight. O(rounds x (entries + rows + columns) x k).
 */
export function ridge(a: SparseRows, y: Float32Array, k: number, penalty: number, rounds: number): Float32Array {
  const size = a.columns * k;
  const solution = new Float32Array(size);
  const rest = new Float32Array(size);
  transposedTimes(a, y, k, rest);
  const direction = rest.slice();
  const image = new Float32Array(a.rows * k);
  const turned = new Float32Array(size);
  let left = columnDots(rest, rest, k);
  for (let round = 0; round < rounds; round++) {
    times(a, direction, k, image);
    transposedTimes(a, image, k, turned);
    addScaled(turned, direction, new Float64Array(k).fill(penalty));
    const bend = columnDots(direction, turned, k);
    const step = left.map((l, d) => ratio(l, bend[d] as number));
    addScaled(solution, direction, step);
    addScaled(rest, turned, step.map((s) => -s));
    const now = columnDots(rest, rest, k);
    scaleAndAdd(direction, now.map((l, d) => ratio(l, left[d] as number)), rest);
    left = now;
  }
  return solution;
}

const ratio = (a: number, b: number): number => (b > 0 ? a / b : 0);

/** Adds `b` to `a`, each column by its factor. */
function addScaled(a: Float32Array, b: Float32Array, by: Float64Array): void {
  for (let from = 0; from < a.length; from += by.length) for (let d = 0; d < by.length; d++) a[from + d]! += (by[d] as number) * (b[from + d] as number);
}

/** Scales each column of `a` by its factor, then adds `b`. */
function scaleAndAdd(a: Float32Array, by: Float64Array, b: Float32Array): void {
  for (let from = 0; from < a.length; from += by.length) for (let d = 0; d < by.length; d++) a[from + d] = (b[from + d] as number) + (by[d] as number) * (a[from + d] as number);
}

/** Of each of the k columns of two matrices kept by rows. */
function columnDots(a: Float32Array, b: Float32Array, k: number): Float64Array {
  const sums = new Float64Array(k);
  for (let from = 0; from < a.length; from += k) for (let d = 0; d < k; d++) sums[d]! += (a[from + d] as number) * (b[from + d] as number);
  return sums;
}
