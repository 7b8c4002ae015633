/**
 * Seeded dice for the demonstration region: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, filled from the text of
 * the seed by FNV-1a. The same seed gives the same region on every machine. Not for lotteries and not for secrets.
 */
export class Dice {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(readonly seed: string) {
    this.#a = fnv1a(seed, 0x811c9dc5);
    this.#b = fnv1a(seed, this.#a ^ 0x9e3779b9);
    this.#c = fnv1a(seed, this.#b ^ 0x85ebca6b);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Dice of their own for one thing, so that adding a throw here never changes what is thrown there. */
  apart(label: string | number): Dice {
    return new Dice(`${this.seed}/${label}`);
  }

  /** 32 random bits. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 up to but not including 1. */
  fraction(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('dice: nothing to pick from');
    return items[Math.floor(this.fraction() * items.length)] as T;
  }

  /** Up to `count` different items, in the order drawn. */
  some<T>(items: readonly T[], count: number): T[] {
    const rest = [...items];
    const drawn: T[] = [];
    while (drawn.length < count && rest.length > 0) drawn.push(...rest.splice(Math.floor(this.fraction() * rest.length), 1));
    return drawn;
  }

  /** One item, each as likely as its weight; weights of 0 or less are never drawn. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T {
    let total = 0;
    for (const item of items) total += Math.max(0, weight(item));
    let left = this.fraction() * total;
    for (const item of items) {
      left -= Math.max(0, weight(item));
      if (left < 0) return item;
    }
    return this.pick(items);
  }
}

function fnv1a(text: string, basis: number): number {
  let hash = basis | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/**
 * Shares a whole number out in proportion to weights, by largest remainder; nobody gets less than `least`.
 * Ties go to the earlier. The parts add up to `total` exactly when `total >= least * weights.length`.
 */
export function apportion(total: number, weights: readonly number[], least = 0): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const free = Math.max(0, total - least * weights.length);
  const exact = weights.map((weight) => (sum === 0 ? free / weights.length : (free * weight) / sum));
  const parts = exact.map((part) => least + Math.floor(part));
  const order = exact.map((part, i) => ({ i, rest: part - Math.floor(part) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  let left = total - parts.reduce((a, b) => a + b, 0);
  for (const { i } of order) {
    if (left <= 0) break;
    parts[i] = (parts[i] as number) + 1;
    left -= 1;
  }
  return parts;
}
