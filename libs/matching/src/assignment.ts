/**
 * Least-cost assignment of n rows to n columns, each to one, on a dense cost matrix.
 *
 * Method: Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems" (Computing 38, 1987): column
 * reduction, reduction transfer, two rounds of augmenting row reduction, then shortest augmenting paths for the rows still free. Exact for costs whose sums a
 * double holds exactly (integers); O(n^3) at worst. Determinism: a function of the matrix. The prices of the columns prove the optimum.
 *
 * @param cost row by row, n x n, finite
 * @returns the column of each row
 */
export function leastCostAssignment(cost: Float64Array, n: number): Int32Array {
  if (cost.length !== n * n) throw new RangeError(`cost has ${cost.length} entries, ${n} x ${n} are needed`);
  const columnOf = new Int32Array(n).fill(-1);
  const rowOf = new Int32Array(n).fill(-1);
  const price = new Float64Array(n);
  const taken = new Int32Array(n);
  // Column reduction: each column's cheapest row takes it if she is still free. By rows, so that memory is read in order.
  const cheapest = new Int32Array(n);
  price.set(cost.subarray(0, n));
  for (let i = 1; i < n; i++) {
    const base = i * n;
    for (let j = 0; j < n; j++) {
      const c = cost[base + j] as number;
      if (c < (price[j] as number)) {
        price[j] = c;
        cheapest[j] = i;
      }
    }
  }
  for (let j = n - 1; j >= 0; j--) {
    const i = cheapest[j] as number;
    if (++taken[i]! > 1) continue;
    columnOf[i] = j;
    rowOf[j] = i;
  }
  const free: number[] = [];
  for (let i = 0; i < n; i++) {
    if (taken[i] === 0) free.push(i);
    else if (taken[i] === 1) transferReduction(cost, n, i, columnOf[i] as number, price);
  }
  let left = free;
  for (let round = 0; round < 2 && left.length > 0; round++) left = augmentRows(cost, n, left, columnOf, rowOf, price);
  const search = { distance: new Float64Array(n), from: new Int32Array(n), columns: new Int32Array(n) };
  for (const row of left) augmentPath(cost, n, row, columnOf, rowOf, price, search);
  return columnOf;
}

/** Lowers the price of a row's own column as far as her second-best allows. */
function transferReduction(cost: Float64Array, n: number, row: number, own: number, price: Float64Array): void {
  let least = Infinity;
  const base = row * n;
  for (let j = 0; j < n; j++) {
    const reduced = (cost[base + j] as number) - (price[j] as number);
    if (j !== own && reduced < least) least = reduced;
  }
  if (least < Infinity) price[own]! -= least;
}

/** Each free row bids for her best column and may push its holder out, who bids next; returns the rows still free. */
function augmentRows(cost: Float64Array, n: number, free: readonly number[], columnOf: Int32Array, rowOf: Int32Array, price: Float64Array): number[] {
  const still: number[] = [];
  const queue = [...free].reverse();
  let bids = 0;
  while (queue.length > 0) {
    const row = queue.pop() as number;
    const base = row * n;
    let best = Infinity;
    let second = Infinity;
    let at = -1;
    let next = -1;
    for (let j = 0; j < n; j++) {
      const reduced = (cost[base + j] as number) - (price[j] as number);
      if (reduced >= second) continue;
      if (reduced >= best) {
        second = reduced;
        next = j;
      } else {
        second = best;
        next = at;
        best = reduced;
        at = j;
      }
    }
    let holder = rowOf[at] as number;
    const lowers = best < second && second < Infinity;
    if (lowers) price[at]! -= second - best;
    else if (holder >= 0 && next >= 0) {
      at = next;
      holder = rowOf[at] as number;
    }
    columnOf[row] = at;
    rowOf[at] = row;
    if (holder < 0) continue;
    columnOf[holder] = -1;
    // Bidding on at once pays while prices fall; the bound keeps nearly equal prices from falling for ever.
    if (lowers && ++bids < 4 * n) queue.push(holder);
    else still.push(holder);
  }
  return still;
}

type PathSearch = Readonly<{ distance: Float64Array; from: Int32Array; columns: Int32Array }>;

/** Dijkstra from one free row to the nearest free column over reduced costs; updates prices and turns the path around. */
function augmentPath(cost: Float64Array, n: number, row: number, columnOf: Int32Array, rowOf: Int32Array, price: Float64Array, search: PathSearch): void {
  const { distance, from, columns } = search;
  for (let j = 0; j < n; j++) {
    distance[j] = (cost[row * n + j] as number) - (price[j] as number);
    from[j] = row;
    columns[j] = j;
  }
  // columns: [0, low) done, [low, up) at the least distance, [up, n) further.
  let low = 0;
  let up = 0;
  let done = 0;
  let least = 0;
  let end = -1;
  while (end < 0) {
    if (up === low) {
      done = low;
      least = distance[columns[up] as number] as number;
      for (let k = up++ + 1; k < n; k++) {
        const j = columns[k] as number;
        const d = distance[j] as number;
        if (d > least) continue;
        if (d < least) {
          up = low;
          least = d;
        }
        columns[k] = columns[up] as number;
        columns[up++] = j;
      }
      // The first of the nearest stands at `low`; the scan kept it there.
      for (let k = low; k < up && end < 0; k++) if ((rowOf[columns[k] as number] as number) < 0) end = columns[k] as number;
    }
    while (low < up && end < 0) {
      const via = columns[low++] as number;
      const i = rowOf[via] as number;
      const base = i * n;
      const offset = (cost[base + via] as number) - (price[via] as number) - least;
      for (let k = up; k < n; k++) {
        const j = columns[k] as number;
        const d = (cost[base + j] as number) - (price[j] as number) - offset;
        if (d >= (distance[j] as number)) continue;
        distance[j] = d;
        from[j] = i;
        if (d !== least) continue;
        if ((rowOf[j] as number) < 0) {
          end = j;
          break;
        }
        columns[k] = columns[up] as number;
        columns[up++] = j;
      }
    }
  }
  for (let k = 0; k < done; k++) {
    const j = columns[k] as number;
    price[j]! += (distance[j] as number) - least;
  }
  for (let j = end; ; ) {
    const i = from[j] as number;
    const before = columnOf[i] as number;
    rowOf[j] = i;
    columnOf[i] = j;
    if (i === row) return;
    j = before;
  }
}
