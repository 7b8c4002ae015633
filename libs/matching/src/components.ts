import type { Market } from './market.js';

/** Groups learners that compete, directly or through others, over the kept pairs. Learners without pairs are left out. Near-linear. */
export function components(market: Market, keep: Uint8Array): number[][] {
  const { learners, rankers, start, entry, ranker } = market;
  const parent = Int32Array.from({ length: learners + rankers }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] as number] as number;
    return at;
  };
  const used = new Uint8Array(learners);
  for (let s = 0; s < learners; s++)
    for (let k = start[s] as number; k < (start[s + 1] as number); k++) {
      if (keep[k] !== 1) continue;
      used[s] = 1;
      parent[root(s)] = root(learners + (ranker[entry[k] as number] as number));
    }
  const groups = new Map<number, number[]>();
  for (let s = 0; s < learners; s++) {
    if (used[s] !== 1) continue;
    const r = root(s);
    const group = groups.get(r);
    if (group === undefined) groups.set(r, [s]);
    else group.push(s);
  }
  return [...groups.values()];
}
