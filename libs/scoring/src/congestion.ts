import type { BasisPoints } from '@meriden/domain';

export type Listed = Readonly<{ vacancy: number; orderKey: number }>;

/** Passes over all lists, and how far a price moves in the first of them for a vacancy shown twice as often as its part, in basis points of fit. */
const PASSES = 24;
const FIRST_STEP = 400;
/** The largest size of the price, in basis points, and how often the range is halved to find the one that loses just little enough. */
const LARGEST = 30_000;
const HALVINGS = 9;

/**
 * Orders every learner's list anew with the crowd in mind, and keeps the first `top`. A vacancy that stands in more lists than its part
 * (all that is shown, shared out by openings) gets a price, one that stands in fewer pays back; lists are ordered by order key
 * less price, which is the cheapest way to move a crowd (the prices are those of the assignment's dual). The price is then made as large as a mean loss
 * of `mostLoss` of the order key allows. For suggestions only: a matching round takes each side's own list. Whole numbers throughout; the order of learners does not matter.
 * O(passes x entries log entries).
 *
 * @param lists for each learner, more entries than `top`, best first
 * @param openings by vacancy
 * @returns positions into the given lists
 */
export function spread(lists: readonly (readonly Listed[])[], openings: readonly number[], top: number, mostLoss: BasisPoints = 200): readonly (readonly number[])[] {
  const plain = lists.map((list) => list.slice(0, top).map((_, at) => at));
  const reachable = new Uint8Array(openings.length);
  for (const list of lists) for (const { vacancy } of list) reachable[vacancy] = 1;
  const places = openings.map((n, v) => (reachable[v] === 1 ? Math.max(1, n) : 0));
  const total = places.reduce((a, b) => a + b, 0);
  const shown = plain.reduce((sum, positions) => sum + positions.length, 0);
  if (total === 0 || shown === 0) return plain;

  const price = new Int32Array(openings.length);
  let chosen: readonly (readonly number[])[] = plain;
  for (let pass = 0; pass < PASSES; pass++) {
    const count = new Int32Array(openings.length);
    chosen.forEach((positions, learner) => positions.forEach((at) => count[(lists[learner]?.[at] as Listed).vacancy]!++));
    const step = Math.floor(FIRST_STEP / (1 + pass / 4));
    for (let v = 0; v < price.length; v++) {
      const part = (places[v] as number) * shown;
      if (part > 0) price[v]! += Math.floor((step * Math.min(3 * part, (count[v] as number) * total - part)) / part);
    }
    chosen = chosenAt(lists, price, 10_000, top);
  }
  const best = keySum(lists, plain);
  let low = 0;
  let high = LARGEST;
  let kept: readonly (readonly number[])[] = plain;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const size = halving === 0 ? LARGEST : (low + high) >> 1;
    chosen = chosenAt(lists, price, size, top);
    if (keySum(lists, chosen) * 10_000 >= best * (10_000 - mostLoss)) {
      low = size;
      kept = chosen;
    } else high = size;
  }
  return kept;
}

function chosenAt(lists: readonly (readonly Listed[])[], price: Int32Array, size: number, top: number): readonly (readonly number[])[] {
  return lists.map((list) => {
    const keys = list.map((entry) => entry.orderKey * 10_000 - size * (price[entry.vacancy] as number));
    return list.map((_, at) => at).sort((a, b) => (keys[b] as number) - (keys[a] as number) || a - b).slice(0, top);
  });
}

const keySum = (lists: readonly (readonly Listed[])[], chosen: readonly (readonly number[])[]): number =>
  chosen.reduce((sum, positions, learner) => sum + positions.reduce((part, at) => part + (lists[learner]?.[at] as Listed).orderKey, 0), 0);

/** Gini coefficient of how often vacancies are shown: 0 = all alike, near 1 = one takes all. */
export function exposureGini(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const total = sorted.reduce((sum, n) => sum + n, 0);
  if (total === 0 || sorted.length === 0) return 0;
  const weighted = sorted.reduce((sum, n, i) => sum + (i + 1) * n, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}
