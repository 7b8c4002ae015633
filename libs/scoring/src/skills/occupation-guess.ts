import { inner, unitOf } from './latent-space.js';
import type { SkillTables } from './esco-tables.js';
import type { SkillSpace } from './skill-space.js';

/** How much the place in the space counts beside the skills shared, how fast less like occupations lose weight, and below which part of the best they are left out. */
const BY_PLACE = 0.5;
const POWER = 6;
const LEAST = 0.5;

/** What a set of skills may belong to: occupations by position, and their ISCO unit groups, each of unit length. */
type Guess = Readonly<{ occupations: ReadonlyMap<number, number>; groups: ReadonlyMap<string, number> }>;

/**
 * Guesses the occupations of the folder that a set of skills belongs to, by the skills shared, rare ones first, and by the places
 * in the space. A profile and an advert that name different skills of the same occupations thereby meet. O(postings touched +
 * occupations x 60) a set, less than 1 ms.
 */
export class OccupationGuess {
  readonly #bySkill = new Map<number, [occupation: number, weight: number][]>();
  readonly #places: readonly Float64Array[];

  constructor(
    private readonly tables: Pick<SkillTables, 'occupations'>,
    private readonly space: SkillSpace,
    private readonly rarity: Float64Array,
  ) {
    this.#places = tables.occupations.map(({ skills }, at) => {
      const weights = this.#weighted(skills.map(([skill, grade]) => [skill, grade / 2]));
      for (const [skill, weight] of weights) {
        const list = this.#bySkill.get(skill);
        if (list === undefined) this.#bySkill.set(skill, [[at, weight]]);
        else list.push([at, weight]);
      }
      return space.ofSkills(weights);
    });
  }

  /** Of skills by position, each with how surely it is meant. */
  of(skills: Iterable<readonly [skill: number, share: number]>): Guess {
    const weights = this.#weighted(skills);
    const place = this.space.ofSkills(weights);
    const likeness = Float64Array.from(this.#places, (other) => BY_PLACE * Math.max(0, inner(place, other)));
    for (const [skill, weight] of weights) for (const [at, w] of this.#bySkill.get(skill) ?? []) likeness[at]! += weight * w;
    const best = likeness.reduce((a, b) => Math.max(a, b), 0);
    const occupations = new Map<number, number>();
    const groups = new Map<string, number>();
    likeness.forEach((like, at) => {
      if (like === 0 || like < LEAST * best) return;
      const share = (like / best) ** POWER;
      occupations.set(at, share);
      const { isco } = this.tables.occupations[at] as SkillTables['occupations'][number];
      // Occupations without a code are no group.
      if (isco !== '') groups.set(isco, (groups.get(isco) ?? 0) + share);
    });
    return { occupations: unitOf(occupations), groups: unitOf(groups) };
  }

  #weighted(skills: Iterable<readonly [skill: number, share: number]>): ReadonlyMap<number, number> {
    return unitOf(new Map([...skills].map(([skill, share]) => [skill, share * (this.rarity[skill] as number)])));
  }
}
