/** A sparse matrix by rows: `start[r]` to `start[r + 1]` are the places of row r in `column` and `value`. */
export type SparseRows = Readonly<{ rows: number; columns: number; start: Int32Array; column: Int32Array; value: Float32Array }>;

/** A low-rank map of a matrix: unit row vectors, and column vectors that place anything described by columns among the rows. */
export type LatentSpace = Readonly<{ dimensions: number; rows: Float32Array; columns: Float32Array }>;

export function sparseRows(vectors: readonly ReadonlyMap<number, number>[], columns: number): SparseRows {
  const start = new Int32Array(vectors.length + 1);
  vectors.forEach((vector, row) => (start[row + 1] = (start[row] as number) + vector.size));
  const column = new Int32Array(start[vectors.length] as number);
  const value = new Float32Array(column.length);
  vectors.forEach((vector, row) => {
    let at = start[row] as number;
    for (const [c, v] of vector) {
      column[at] = c;
      value[at++] = v;
    }
  });
  return { rows: vectors.length, columns, start, column, value };
}

const ROUNDS = 4;

/**
 * The leading right singular vectors by subspace iteration from a fixed start (N. Halko, P. G. Martinsson, J. A. Tropp, "Finding
 * structure with randomness", SIAM Review 2011): things that share neighbours without sharing a name come to lie together. Row r
 * lies at A[r] V, so whatever can be written in columns (a title by its words) has a place too. No dice: the start is drawn from a fixed stream.
 * More steps a round bring the last directions nearer for little, since making them orthonormal costs most.
 * O(rounds x (steps x entries x k + (rows + columns) x k^2)).
 */
export function latentSpace(a: SparseRows, k: number, steps = 1): LatentSpace {
  const v = new Float32Array(a.columns * k);
  let state = 0x9e3779b9;
  for (let i = 0; i < v.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    v[i] = state / 4_294_967_296 - 0.5;
  }
  const u = new Float32Array(a.rows * k);
  for (let round = 0; round < ROUNDS; round++) {
    for (let step = 0; step < steps; step++) {
      times(a, v, k, u);
      transposedTimes(a, u, k, v);
    }
    orthonormal(v, a.columns, k);
  }
  times(a, v, k, u);
  for (let r = 0; r < a.rows; r++) toUnit(u, r * k, k);
  return { dimensions: k, rows: u, columns: v };
}

export function times(a: SparseRows, v: Float32Array, k: number, out: Float32Array): void {
  out.fill(0);
  for (let r = 0; r < a.rows; r++) {
    const to = r * k;
    for (let i = a.start[r] as number; i < (a.start[r + 1] as number); i++) {
      const from = (a.column[i] as number) * k;
      const x = a.value[i] as number;
      for (let d = 0; d < k; d++) out[to + d]! += x * (v[from + d] as number);
    }
  }
}

export function transposedTimes(a: SparseRows, u: Float32Array, k: number, out: Float32Array): void {
  out.fill(0);
  for (let r = 0; r < a.rows; r++) {
    const from = r * k;
    for (let i = a.start[r] as number; i < (a.start[r + 1] as number); i++) {
      const to = (a.column[i] as number) * k;
      const x = a.value[i] as number;
      for (let d = 0; d < k; d++) out[to + d]! += x * (u[from + d] as number);
    }
  }
}

/** Makes the k columns of a tall matrix orthonormal by a Cholesky factor of its Gram matrix, twice for the sake of rounding. */
function orthonormal(m: Float32Array, rows: number, k: number): void {
  for (let pass = 0; pass < 2; pass++) {
    const factor = choleskyOf(gramOf(m, rows, k), k);
    const row = new Float64Array(k);
    for (let r = 0; r < rows; r++) {
      for (let d = 0; d < k; d++) {
        let x = m[r * k + d] as number;
        for (let e = 0; e < d; e++) x -= (row[e] as number) * (factor[d * k + e] as number);
        const pivot = factor[d * k + d] as number;
        row[d] = pivot === 0 ? 0 : x / pivot;
      }
      m.set(row, r * k);
    }
  }
}

function gramOf(m: Float32Array, rows: number, k: number): Float64Array {
  const gram = new Float64Array(k * k);
  for (let r = 0; r < rows; r++) {
    const from = r * k;
    for (let d = 0; d < k; d++) {
      const x = m[from + d] as number;
      if (x === 0) continue;
      for (let e = 0; e <= d; e++) gram[d * k + e]! += x * (m[from + e] as number);
    }
  }
  return gram;
}

/** Lower triangle L with L L' = G; a direction that the others span already gets a pivot of 0. */
function choleskyOf(gram: Float64Array, k: number): Float64Array {
  const factor = new Float64Array(k * k);
  for (let d = 0; d < k; d++) {
    for (let e = 0; e <= d; e++) {
      let x = gram[d * k + e] as number;
      for (let f = 0; f < e; f++) x -= (factor[d * k + f] as number) * (factor[e * k + f] as number);
      if (e < d) factor[d * k + e] = (factor[e * k + e] as number) === 0 ? 0 : x / (factor[e * k + e] as number);
      else factor[d * k + d] = x > 1e-9 * (gram[d * k + d] as number) && x > 0 ? Math.sqrt(x) : 0;
    }
  }
  return factor;
}

/** Scales the k numbers at `from` to length 1; nothing where all are 0. */
export function toUnit(m: Float32Array | Float64Array, from: number, k: number): void {
  let length = 0;
  for (let d = 0; d < k; d++) length += (m[from + d] as number) ** 2;
  if (length === 0) return;
  const scale = 1 / Math.sqrt(length);
  for (let d = 0; d < k; d++) m[from + d]! *= scale;
}

/** The same directions with length 1; all 0 where all are 0. */
export function unitOf<Key>(vector: ReadonlyMap<Key, number>): ReadonlyMap<Key, number> {
  let length = 0;
  for (const value of vector.values()) length += value * value;
  const unit = Math.sqrt(length) || 1;
  return new Map([...vector].map(([key, value]) => [key, value / unit]));
}

export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number);
  return sum;
}
