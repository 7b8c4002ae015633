/** One kept item, best first where they come in a list. */
export type Kept = Readonly<{ key: number; item: number }>;

/**
 * The k best items of each of many lists by key (whole numbers from 0), ties by a digest that is asked for only where two equal keys stand at the cut or
 * are put in order. Flat arrays, each list sorted by falling key: O(1) an offer that is not kept, at most k places moved for one that is, nothing
 * allocated. The result does not depend on the order of offers.
 */
export class TopLists {
  /** By list: keys below this one are not kept any more; -1 while there is room. */
  readonly floors: Int32Array;
  readonly #keys: Int32Array;
  readonly #items: Int32Array;
  /** The first 52 bits of the tie's digest, NaN where it was not asked for yet. */
  readonly #ties: Float64Array;
  readonly #counts: Int32Array;
  readonly #size: number;

  /** @param tieOf hex digest by list and item; the smaller is the better */
  constructor(
    lists: number,
    size: number,
    private readonly tieOf: (list: number, item: number) => string,
  ) {
    this.#size = Math.max(0, Math.floor(size));
    this.floors = new Int32Array(lists).fill(this.#size === 0 ? ALL : -1);
    this.#keys = new Int32Array(lists * this.#size);
    this.#items = new Int32Array(lists * this.#size);
    this.#ties = new Float64Array(lists * this.#size);
    this.#counts = new Int32Array(lists);
  }

  /** Forgets what the list holds. */
  clear(list: number): void {
    this.#counts[list] = 0;
    this.floors[list] = this.#size === 0 ? ALL : -1;
  }

  offer(list: number, key: number, item: number): void {
    const floor = this.floors[list] as number;
    if (key < floor) return;
    const from = list * this.#size;
    const count = this.#counts[list] as number;
    if (count < this.#size) {
      this.#insert(from, from + count, key, item, Number.NaN);
      this.#counts[list] = count + 1;
      if (count + 1 === this.#size) this.floors[list] = this.#keys[from + count] as number;
      return;
    }
    const last = from + count - 1;
    const alone = count === 1 || this.#keys[last - 1] !== floor;
    if (key > floor) {
      if (!alone) this.#move(last, this.#worst(list, from, last));
      this.#insert(from, last, key, item, Number.NaN);
      this.floors[list] = this.#keys[last] as number;
      return;
    }
    const worst = alone ? last : this.#worst(list, from, last);
    const tie = bitsOf(this.tieOf(list, item));
    if (this.#before(list, tie, item, this.#tie(list, worst), this.#items[worst] as number)) {
      this.#items[worst] = item;
      this.#ties[worst] = tie;
    }
  }

  /** Best first. */
  best(list: number): readonly Kept[] {
    const from = list * this.#size;
    const keys = this.#keys;
    return Array.from({ length: this.#counts[list] as number }, (_, i) => from + i)
      .sort((a, b) => (keys[b] as number) - (keys[a] as number) || (this.#before(list, this.#tie(list, a), this.#items[a] as number, this.#tie(list, b), this.#items[b] as number) ? -1 : 1))
      .map((at) => ({ key: keys[at] as number, item: this.#items[at] as number }));
  }

  /** Of the items that share the lowest key, the place of the one that goes first. */
  #worst(list: number, from: number, last: number): number {
    let worst = last;
    for (let at = last - 1; at >= from && this.#keys[at] === this.#keys[last]; at--) {
      if (this.#before(list, this.#tie(list, worst), this.#items[worst] as number, this.#tie(list, at), this.#items[at] as number)) worst = at;
    }
    return worst;
  }

  /** Puts an item in its place among those from `from` to `end`; what stands at `end` is overwritten. */
  #insert(from: number, end: number, key: number, item: number, tie: number): void {
    const keys = this.#keys;
    let at = end;
    for (; at > from && (keys[at - 1] as number) < key; at--) this.#move(at - 1, at);
    keys[at] = key;
    this.#items[at] = item;
    this.#ties[at] = tie;
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from] as number;
    this.#items[to] = this.#items[from] as number;
    this.#ties[to] = this.#ties[from] as number;
  }

  #tie(list: number, at: number): number {
    const known = this.#ties[at] as number;
    return known >= 0 ? known : (this.#ties[at] = bitsOf(this.tieOf(list, this.#items[at] as number)));
  }

  #before(list: number, a: number, itemA: number, b: number, itemB: number): boolean {
    if (a < b) return true;
    if (a > b) return false;
    // Equal in the bits kept: the whole digests decide.
    return this.tieOf(list, itemA) < this.tieOf(list, itemB);
  }
}

const bitsOf = (digest: string): number => Number.parseInt(digest.slice(0, 13), 16);
/** A floor that no key reaches. */
const ALL = 0x7fffffff;
