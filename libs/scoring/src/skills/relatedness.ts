import type { SkillTables } from './esco-tables.js';
import type { SkillSpace } from './skill-space.js';
import { gramBag, stemBag, type Bag } from './words.js';

type Vector = ReadonlyMap<string | number, number>;

/** Shares of the likenesses, which add to 1, and how much of the whole the space of skills makes (fitted by hand on pairs from occupations held out by hash). */
const SHARE = { occupations: 0.26, groups: 0.16, fields: 0.08, broader: 0.25, words: 0.15, letters: 0.1 } as const;
const LATENT = 0.2;
const PARTS = Object.keys(SHARE) as readonly (keyof typeof SHARE)[];
/** What is kept of a relation at each step up the tree. */
const STEP = 0.8;
const GROUP_STEP = 0.6;

/**
 * How related two skills are, 0 to 1: required by the same occupations, by occupations of the same ISCO unit and minor groups,
 * under the same broader skills and groups, named alike, and found in like company
 * (`SkillSpace`; without one the others make the whole, as in the shipped graph, whose neighbours keep their version). Cosines throughout, so symmetric and 1 for a skill with itself
 * where all is known. O(size of the smaller vector) a pair after O(tables) to build.
 */
export class Relatedness {
  readonly #vectors: Readonly<Record<keyof typeof SHARE, readonly Vector[]>>;
  readonly #postings: Readonly<Record<keyof typeof SHARE, ReadonlyMap<string | number, Postings>>>;

  constructor(
    private readonly tables: SkillTables,
    private readonly space: SkillSpace | null,
  ) {
    const empty = (): Map<string | number, number>[] => tables.skills.map(() => new Map());
    const occupations = empty();
    const groups = empty();
    const fields = empty();
    const members = new Map<string, number>();
    tables.occupations.forEach((occupation, at) => {
      if (occupation.skills.length === 0) return;
      const codes = [occupation.isco, occupation.isco.slice(0, 3)] as const;
      for (const code of codes) members.set(code, (members.get(code) ?? 0) + 1);
      for (const [skill, grade] of occupation.skills) {
        (occupations[skill] as Map<number, number>).set(at, grade === 2 ? 1 : 0.6);
        add(groups[skill] as Map<string, number>, codes[0], grade / 2);
        add(fields[skill] as Map<string, number>, codes[1], grade / 2);
      }
    });
    for (const side of [groups, fields]) for (const vector of side) for (const [code, n] of vector) vector.set(code, Math.sqrt(n / (members.get(String(code)) as number)));
    this.#vectors = {
      occupations: occupations.map(unit),
      groups: groups.map(unit),
      fields: fields.map(unit),
      broader: ancestors(tables).map(unit),
      words: byRarity(tables.skills.map((skill) => stemBag([skill.label, ...skill.aliases].join(' ')))).map(unit),
      letters: byRarity(tables.skills.map((skill) => gramBag(skill.label))).map(unit),
    };
    const postings = PARTS.map((name) => [name, invert(this.#vectors[name])] as const);
    this.#postings = Object.fromEntries(postings) as Record<keyof typeof SHARE, ReadonlyMap<string | number, Postings>>;
  }

  /** By position in the tables. */
  of(a: number, b: number): number {
    let sum = 0;
    for (const name of PARTS) sum += SHARE[name] * cosine(this.#vectors[name][a] as Vector, this.#vectors[name][b] as Vector);
    return Math.min(1, this.space === null ? sum : (1 - LATENT) * sum + LATENT * this.space.between(a, b));
  }

  /** By id; an id that the tables do not know is related to nothing but itself. */
  between(a: string, b: string): number {
    if (a === b) return 1;
    const x = this.tables.positions.get(a);
    const y = this.tables.positions.get(b);
    return x === undefined || y === undefined ? 0 : this.of(x, y);
  }

  /** The nearest skills with at least `least`, best first, ties by position. O(postings touched), some milliseconds. */
  neighbours(position: number, most: number, least: number): readonly (readonly [position: number, relatedness: number])[] {
    const sums = new Float64Array(this.tables.skills.length);
    for (const name of PARTS) {
      for (const [key, value] of this.#vectors[name][position] as Vector) {
        const postings = this.#postings[name].get(key) as Postings;
        const weight = SHARE[name] * value;
        for (let i = 0; i < postings.skills.length; i++) sums[postings.skills[i] as number]! += weight * (postings.weights[i] as number);
      }
    }
    if (this.space !== null) for (let other = 0; other < sums.length; other++) sums[other] = (1 - LATENT) * (sums[other] as number) + LATENT * this.space.between(position, other);
    sums[position] = 0;
    const found: [number, number][] = [];
    for (let i = 0; i < sums.length; i++) if ((sums[i] as number) >= least) found.push([i, Math.min(1, sums[i] as number)]);
    return found.sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, most);
  }
}

type Postings = Readonly<{ skills: Int32Array; weights: Float32Array }>;

function invert(vectors: readonly Vector[]): ReadonlyMap<string | number, Postings> {
  const lists = new Map<string | number, [skill: number, weight: number][]>();
  vectors.forEach((vector, skill) => {
    for (const [key, weight] of vector) {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [[skill, weight]]);
      else list.push([skill, weight]);
    }
  });
  return new Map([...lists].map(([key, list]) => [key, { skills: Int32Array.from(list, ([skill]) => skill), weights: Float32Array.from(list, ([, weight]) => weight) }]));
}

function add(vector: Map<string | number, number>, key: string | number, value: number): void {
  vector.set(key, (vector.get(key) ?? 0) + value);
}

function unit(vector: Vector): Vector {
  let length = 0;
  for (const value of vector.values()) length += value * value;
  const scale = Math.sqrt(length) || 1;
  return new Map([...vector].map(([key, value]) => [key, value / scale]));
}

function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [key, value] of small) {
    const other = large.get(key);
    if (other !== undefined) sum += value * other;
  }
  return sum;
}

function byRarity(bags: readonly Bag[]): Map<string, number>[] {
  const known = new Map<string, number>();
  for (const bag of bags) for (const term of bag.keys()) known.set(term, (known.get(term) ?? 0) + 1);
  return bags.map((bag) => new Map([...bag].map(([term, n]) => [term, (1 + Math.log(n)) * Math.log(1 + bags.length / (known.get(term) as number))])));
}

/** Every skill with what stands above it, less with each step; itself in full. Group codes go up by their parts: `S4.8.1`, `S4.8`. */
function ancestors(tables: SkillTables): Map<string, number>[] {
  const found = tables.skills.map((_, start) => {
    const above = new Map<string, number>();
    const raise = (key: string, share: number): void => void above.set(key, Math.max(above.get(key) ?? 0, share));
    const climb = (position: number, share: number, depth: number): void => {
      raise(`S${position}`, share);
      for (const code of tables.broaderGroups[position] ?? []) {
        parentsOf(code).forEach((group, step) => raise(group, share * STEP * GROUP_STEP ** step));
      }
      if (depth < 4) for (const broader of tables.broaderSkills[position] ?? []) climb(broader, share * STEP, depth + 1);
    };
    climb(start, 1, 0);
    return above;
  });
  const known = new Map<string, number>();
  for (const above of found) for (const key of above.keys()) known.set(key, (known.get(key) ?? 0) + 1);
  for (const above of found) for (const [key, share] of above) above.set(key, share * Math.log(1 + found.length / (known.get(key) as number)));
  return found;
}

function parentsOf(code: string): readonly string[] {
  const dotted = code.split('.');
  if (dotted.length > 1) return dotted.map((_, i) => dotted.slice(0, dotted.length - i).join('.'));
  const digits = code.slice(2);
  return Array.from({ length: Math.max(1, digits.length - 1) }, (_, i) => `G:${digits.slice(0, digits.length - i)}`);
}
