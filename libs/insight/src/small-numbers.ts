/** Counts of people below this are not shown: a small group can be recognised (ICO anonymisation guidance; house rule k = 5). */
export const SMALLEST_SHOWN = 5;

/** `count` is null where it is hidden; `fewerThan5` says that it was hidden for its own size, not to protect a neighbour. */
export type Disclosed = Readonly<{ count: number | null; fewerThan5: boolean }>;

export type DisclosedTable<Key extends string> = Readonly<{
  total: Disclosed;
  cells: readonly (Readonly<{ key: Key }> & Disclosed)[];
}>;

/** One count on its own. Zero is shown: it tells of nobody. */
export function disclose(count: number): Disclosed {
  const small = count > 0 && count < SMALLEST_SHOWN;
  return { count: small ? null : count, fewerThan5: small };
}

/**
 * A table of counts that add up to its total. Hiding one cell alone would let anyone subtract the others from the total, so
 * the smallest shown cell is then hidden too; when no other cell is there to hide, the total goes instead. The same holds
 * for several hidden cells whose sum is still below the limit. Cells keep their order. Linear but for one sort.
 */
export function discloseTable<Key extends string>(counts: readonly Readonly<{ key: Key; count: number }>[]): DisclosedTable<Key> {
  const total = counts.reduce((sum, cell) => sum + cell.count, 0);
  const hidden = new Set<number>();
  counts.forEach((cell, i) => {
    if (disclose(cell.count).count === null) hidden.add(i);
  });
  const hiddenSum = (): number => [...hidden].reduce((sum, i) => sum + (counts[i]?.count ?? 0), 0);
  const shown = counts.map((cell, i) => ({ i, count: cell.count })).filter(({ i, count }) => !hidden.has(i) && count > 0);
  shown.sort((a, b) => a.count - b.count || a.i - b.i);
  while (hidden.size > 0 && (hidden.size === 1 || hiddenSum() < SMALLEST_SHOWN) && shown.length > 0) {
    hidden.add((shown.shift() as { i: number }).i);
  }
  const exposed = hidden.size > 0 && (hidden.size === 1 || hiddenSum() < SMALLEST_SHOWN);
  const disclosedTotal = disclose(total);
  return {
    total: exposed && disclosedTotal.count !== null ? { count: null, fewerThan5: false } : disclosedTotal,
    cells: counts.map((cell, i) => {
      const own = disclose(cell.count);
      return { key: cell.key, count: hidden.has(i) ? null : own.count, fewerThan5: own.fewerThan5 };
    }),
  };
}
