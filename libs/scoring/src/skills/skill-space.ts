import type { SkillTables } from './esco-tables.js';
import { latentSpace, sparseRows, toUnit, type LatentSpace } from './latent-space.js';
import { stemBag } from './words.js';

/** Directions kept, and how much each kind of company counts; chosen on occupations of parts 0 and 1 (docs/guide-scoring.md). */
const DIMENSIONS = 60;
const KINDS = { occupations: 1, groups: 1, titles: 1, broader: 0.3, names: 0.2 } as const;
type Kind = keyof typeof KINDS;
/** What an optional skill counts beside an essential one, a group further up beside the nearest, and a skill's name beside a title with the same word. */
const OPTIONAL = 0.6;
const FURTHER_UP = 0.6;
const NAME_FOR_TITLE = 0.5;

/**
 * Skills, job titles and their words in one space, made of the company that skills keep in the folder: occupations, their ISCO
 * groups, the words of their titles, broader groups, words of their own names. Skills that never meet in one occupation lie together when
 * they meet the same others. Built from counts alone: two seconds for all of ESCO.
 */
export class SkillSpace {
  readonly #space: LatentSpace;
  readonly #columns = new Map<string, number>();
  readonly #titlesWith: ReadonlyMap<string, number>;

  constructor(private readonly tables: SkillTables) {
    this.#titlesWith = countTitleWords(tables);
    const kinds = Object.keys(KINDS) as readonly Kind[];
    const vectors = kinds.map((kind) => weighted(this.#company(kind), KINDS[kind], kind === 'groups' || kind === 'titles'));
    const rows = tables.skills.map((_, skill) => new Map(vectors.flatMap((of) => [...(of[skill] as ReadonlyMap<number, number>)])));
    this.#space = latentSpace(sparseRows(rows, this.#columns.size), Math.max(1, Math.min(DIMENSIONS, this.#columns.size, rows.length)));
  }

  /** Numbers a place: fewer than wanted where the folder is small. */
  get dimensions(): number {
    return this.#space.dimensions;
  }

  /** Cosine of two skills by position, at least 0. */
  between(a: number, b: number): number {
    const { rows, dimensions } = this.#space;
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += (rows[a * dimensions + d] as number) * (rows[b * dimensions + d] as number);
    return Math.max(0, sum);
  }

  /** Where the skills lie together, each by its weight; of unit length. */
  ofSkills(skills: Iterable<readonly [skill: number, weight: number]>): Float64Array {
    const { rows, dimensions } = this.#space;
    const out = new Float64Array(dimensions);
    for (const [skill, weight] of skills) for (let d = 0; d < dimensions; d++) out[d]! += weight * (rows[skill * dimensions + d] as number);
    toUnit(out, 0, dimensions);
    return out;
  }

  /** Where a title lies by its words, rare ones first; of unit length, 0 where no word is known. */
  ofTitle(title: string): Float64Array {
    const { columns, dimensions } = this.#space;
    const out = new Float64Array(dimensions);
    for (const word of stemBag(title).keys()) {
      const rarity = Math.log(1 + this.tables.occupations.length / (this.#titlesWith.get(word) ?? 1));
      for (const [key, share] of [[`titles ${word}`, 1], [`names ${word}`, NAME_FOR_TITLE]] as const) {
        const from = (this.#columns.get(key) ?? -1) * dimensions;
        if (from < 0) continue;
        let length = 0;
        for (let d = 0; d < dimensions; d++) length += (columns[from + d] as number) ** 2;
        const scale = length === 0 ? 0 : (share * rarity) / Math.sqrt(Math.sqrt(length));
        for (let d = 0; d < dimensions; d++) out[d]! += scale * (columns[from + d] as number);
      }
    }
    toUnit(out, 0, dimensions);
    return out;
  }

  /** Cosine of every skill with a place, at least 0, by position. */
  skillsNear(place: Float64Array): Float64Array {
    const { rows, dimensions } = this.#space;
    const out = new Float64Array(this.tables.skills.length);
    for (let skill = 0; skill < out.length; skill++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += (place[d] as number) * (rows[skill * dimensions + d] as number);
      out[skill] = Math.max(0, sum);
    }
    return out;
  }

  #column(kind: Kind, name: string | number): number {
    const key = `${kind} ${name}`;
    let column = this.#columns.get(key);
    if (column === undefined) this.#columns.set(key, (column = this.#columns.size));
    return column;
  }

  /** By skill: with what it is found, and how often. */
  #company(kind: Kind): Map<number, number>[] {
    const { skills, occupations, broaderGroups, broaderSkills } = this.tables;
    const out = skills.map(() => new Map<number, number>());
    const meet = (skill: number, name: string | number, share: number): void => {
      const row = out[skill] as Map<number, number>;
      const column = this.#column(kind, name);
      row.set(column, (row.get(column) ?? 0) + share);
    };
    if (kind === 'names') {
      skills.forEach((skill, at) => stemBag([skill.label, ...skill.aliases].join(' ')).forEach((n, word) => meet(at, word, 1 + Math.log(n))));
    } else if (kind === 'broader') {
      skills.forEach((_, at) => {
        for (const code of broaderGroups[at] ?? []) stepsUp(code).forEach((group, step) => meet(at, group, step === 0 ? 1 : FURTHER_UP));
        for (const above of broaderSkills[at] ?? []) {
          meet(at, above, 1);
          meet(above, above, 1);
        }
      });
    } else {
      occupations.forEach((occupation, at) => {
        const words = kind === 'titles' ? [...stemBag(occupation.title).keys()] : [];
        for (const [skill, grade] of occupation.skills) {
          const share = grade === 2 ? 1 : OPTIONAL;
          if (kind === 'occupations') meet(skill, at, share);
          if (kind === 'groups') for (const digits of [2, 3, 4]) meet(skill, occupation.isco.slice(0, digits), share);
          for (const word of words) meet(skill, word, share * Math.log(1 + occupations.length / (this.#titlesWith.get(word) as number)));
        }
      });
    }
    return out;
  }
}

function countTitleWords(tables: SkillTables): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const occupation of tables.occupations) for (const word of stemBag(occupation.title).keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Rare company counts more; each skill's company of one kind has length sqrt(share), so that kinds add up whatever their sizes. */
function weighted(vectors: readonly ReadonlyMap<number, number>[], share: number, damped: boolean): readonly ReadonlyMap<number, number>[] {
  const met = new Map<number, number>();
  for (const vector of vectors) for (const column of vector.keys()) met.set(column, (met.get(column) ?? 0) + 1);
  return vectors.map((vector) => {
    const rare = [...vector].map(([column, n]) => [column, (damped ? Math.sqrt(n) : n) * Math.log(1 + vectors.length / (met.get(column) as number))] as const);
    const length = Math.sqrt(rare.reduce((sum, [, x]) => sum + x * x, 0)) || 1;
    return new Map(rare.map(([column, x]) => [column, (x * Math.sqrt(share)) / length]));
  });
}

/** `G:S4.8.1`, `S4.8`, `S4`: a group and what lies above it. */
function stepsUp(code: string): readonly string[] {
  const parts = code.slice(2).split('.');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
}
