/** A floor that no key reaches. */
const ALL = 0x7fffffff;

type Entry<Item> = { key: number; item: Item; tie: string | null };

/**
 * The k best items by key, ties by a digest that is asked for only when two keys are equal at all. A binary heap with the worst
 * kept item on top: O(log k) an offer that is kept, O(1) one that is not. The result does not depend on the order of offers.
 */
export class TopList<Item> {
  readonly #heap: Entry<Item>[] = [];
  readonly #size: number;
  readonly #tieOf: (item: Item) => string;

  readonly #floors: Int32Array;
  readonly #slot: number;

  /** @param floors where the list writes, at `slot`, the key below which nothing is kept any more */
  constructor(size: number, tieOf: (item: Item) => string, floors = new Int32Array(1), slot = 0) {
    this.#size = Math.max(0, Math.floor(size));
    this.#tieOf = tieOf;
    this.#floors = floors;
    this.#slot = slot;
    floors[slot] = this.#size === 0 ? ALL : -1;
  }

  /** Keys below this one are not kept any more; -1 while there is room. */
  get floor(): number {
    return this.#floors[this.#slot] as number;
  }

  offer(key: number, item: Item): void {
    const heap = this.#heap;
    if (this.#size === 0 || key < (this.#floors[this.#slot] as number)) return;
    const entry: Entry<Item> = { key, item, tie: null };
    if (heap.length < this.#size) {
      heap.push(entry);
      this.#up(heap.length - 1);
      if (heap.length === this.#size) this.#floors[this.#slot] = (heap[0] as Entry<Item>).key;
      return;
    }
    const worst = heap[0] as Entry<Item>;
    if (!this.#before(entry, worst)) return;
    heap[0] = entry;
    this.#down(0);
    this.#floors[this.#slot] = (heap[0] as Entry<Item>).key;
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
