/** By key, the places of a list that have it, each with its weight. */
export type PostingsOf<Key> = Map<Key, [at: number, weight: number][]>;

export function post<Key>(postings: PostingsOf<Key>, at: number, vector: ReadonlyMap<Key, number>): void {
  for (const [key, weight] of vector) {
    const list = postings.get(key);
    if (list === undefined) postings.set(key, [[at, weight]]);
    else list.push([at, weight]);
  }
}

/** Adds to each place `share` of the product of its vector with the query. */
export function addPostings<Key>(postings: Readonly<PostingsOf<Key>>, query: Iterable<readonly [Key, number]>, share: number, out: Float64Array): void {
  for (const [key, weight] of query) for (const [at, w] of postings.get(key) ?? []) out[at]! += share * weight * w;
}
