type Entry<Item> = { key: number; item: Item; tie: string | null };

/**
 * The k best items by key, ties by a digest that is asked for only when two keys are equal at all. A binary heap with the worst
 * kept item on top: O(log k) an offer that is kept, O(1) one that is not. The result does not depend on the order of offers.
 */
export class TopList<Item> {
  readonly #heap: Entry<Item>[] = [];
  readonly #size: number;
  readonly #tieOf: (item: Item) => string;

  constructor(size: number, tieOf: (item: Item) => string) {
    this.#size = Math.max(0, Math.floor(size));
    this.#tieOf = tieOf;
  }

  /** Keys below this one are not kept any more; -1 while there is room. */
  get floor(): number {
    return this.#heap.length < this.#size ? -1 : (this.#heap[0]?.key ?? Infinity);
  }

  offer(key: number, item: Item): void {
    const heap = this.#heap;
    if (this.#size === 0 || (heap.length === this.#size && key < (heap[0] as Entry<Item>).key)) return;
    const entry: Entry<Item> = { key, item, tie: null };
    if (heap.length < this.#size) {
      heap.push(entry);
      this.#up(heap.length - 1);
      return;
    }
    const worst = heap[0] as Entry<Item>;
    if (!this.#before(entry, worst)) return;
    heap[0] = entry;
    this.#down(0);
  }

  /** Best first. */
  best(): readonly Readonly<{ key: number; item: Item }>[] {
    return [...this.#heap].sort((a, b) => (this.#before(a, b) ? -1 : 1));
  }

  #before(a: Entry<Item>, b: Entry<Item>): boolean {
    if (a.key !== b.key) return a.key > b.key;
    a.tie ??= this.#tieOf(a.item);
    b.tie ??= this.#tieOf(b.item);
    return a.tie < b.tie;
  }

  #up(from: number): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(heap[parent] as Entry<Item>, heap[at] as Entry<Item>)) return;
      [heap[parent], heap[at]] = [heap[at] as Entry<Item>, heap[parent] as Entry<Item>];
      at = parent;
    }
  }

  #down(from: number): void {
    const heap = this.#heap;
    let at = from;
    for (;;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && this.#before(heap[worst] as Entry<Item>, heap[child] as Entry<Item>)) worst = child;
      }
      if (worst === at) return;
      [heap[worst], heap[at]] = [heap[at] as Entry<Item>, heap[worst] as Entry<Item>];
      at = worst;
    }
  }
}
