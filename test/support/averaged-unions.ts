/** Sizes of groups of people, disjoint. */
type Sizes = readonly number[];

/**
 * What somebody takes small groups for who asks for every union of them and lays all answers side by side by least squares: with all unions
 * that is the mean of those that hold a group less the mean of those that don't.
 *
 * @param tell what is told of the people of the groups numbered so; null = too few
 * @returns groups of one to four people, and how many of them are taken for what they are
 */
export function averagedUnions(sizes: Sizes, tell: (groups: readonly number[]) => number | null): Readonly<{ small: number; right: number }> {
  const unions = 2 ** sizes.length;
  const [inside, outside] = [sizes.map(() => 0), sizes.map(() => 0)];
  for (let union = 0; union < unions; union++) {
    // The likeliest of those that are not told.
    const told = tell([...sizes.keys()].filter((group) => (union >> group) & 1)) ?? 2;
    for (const group of sizes.keys()) {
      const sums = (union >> group) & 1 ? inside : outside;
      sums[group] = (sums[group] as number) + told;
    }
  }
  const guess = sizes.map((_, group) => Math.round(((inside[group] as number) - (outside[group] as number)) / (unions / 2)));
  const small = [...sizes.keys()].filter((group) => (sizes[group] as number) >= 1 && (sizes[group] as number) <= 4);
  return { small: small.length, right: small.filter((group) => guess[group] === sizes[group]).length };
}
