import type { Meaning } from './occupation-match.js';
import type { SkillSpace } from './skill-space.js';

/** What is asked by one phrase: the skills it may mean, and how much the phrase counts. */
export type Asked = Readonly<{ skills: Meaning; weight: number }>;

/**
 * How much of what is asked each set of skills covers, 0 to 1: of each phrase the nearest skill of the set counts, by the square of
 * its cosine in the space, the skill itself in full (R. Mihalcea, C. Corley, C. Strapparava, "Corpus-based and knowledge-based
 * measures of text semantic similarity", AAAI 2006, from the asker's side). What else the set holds costs nothing, and many skills
 * that are a little like one phrase do not make up for another that nothing answers.
 * O(likely skills x different skills of all sets x dimensions + phrases x skills of all sets) a question.
 */
export class SkillCover {
  readonly #position = new Map<number, number>();
  readonly #places: Float64Array;
  readonly #sets: readonly Int32Array[];

  constructor(
    private readonly space: SkillSpace,
    sets: readonly (readonly number[])[],
  ) {
    this.#sets = sets.map((skills) => Int32Array.from(skills, (skill) => {
      const position = this.#position.get(skill) ?? this.#position.size;
      this.#position.set(skill, position);
      return position;
    }));
    const places = [...this.#position.keys()].map((skill) => space.ofSkills([[skill, 1]]));
    this.#places = new Float64Array(places.length * (places[0]?.length ?? 0));
    places.forEach((place, at) => this.#places.set(place, at * place.length));
  }

  /** By set. */
  of(phrases: readonly Asked[]): Float64Array {
    const out = new Float64Array(this.#sets.length);
    const whole = phrases.reduce((sum, { weight }) => sum + weight, 0) || 1;
    const nearness = new Float64Array(this.#position.size);
    for (const { skills, weight } of phrases) {
      nearness.fill(0);
      for (const [skill, share] of skills) this.#raise(nearness, skill, share);
      this.#sets.forEach((set, at) => {
        let nearest = 0;
        for (let i = 0; i < set.length; i++) nearest = Math.max(nearest, nearness[set[i] as number] as number);
        out[at]! += (weight / whole) * nearest;
      });
    }
    return out;
  }

  /** Each skill of the sets by the likeliest meaning it is near. */
  #raise(nearness: Float64Array, skill: number, share: number): void {
    const place = this.space.ofSkills([[skill, 1]]);
    for (let at = 0, from = 0; at < nearness.length; at++, from += place.length) {
      const cosine = innerAt(place, this.#places, from);
      if (cosine > 0 && share * cosine * cosine > (nearness[at] as number)) nearness[at] = share * cosine * cosine;
    }
    const itself = this.#position.get(skill);
    if (itself !== undefined) nearness[itself] = Math.max(nearness[itself] as number, share);
  }
}

/** Product of `a` with what stands in `b` from a place on; four sums at once, since each waits for its last addition: two thirds of the time. */
function innerAt(a: Float64Array, b: Float64Array, from: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let d = 0;
  for (; d + 3 < a.length; d += 4) {
    s0 += (a[d] as number) * (b[from + d] as number);
    s1 += (a[d + 1] as number) * (b[from + d + 1] as number);
    s2 += (a[d + 2] as number) * (b[from + d + 2] as number);
    s3 += (a[d + 3] as number) * (b[from + d + 3] as number);
  }
  for (; d < a.length; d++) s0 += (a[d] as number) * (b[from + d] as number);
  return s0 + s1 + s2 + s3;
}
