import type { OccupationGuess } from './occupation-guess.js';
import { addPostings, post, type PostingsOf } from './postings.js';

/**
 * Shares of the occupations that both may belong to, of their unit groups, and of what the occupations of the set let expect. Chosen on
 * profiles of occupations of parts 4 to 7 and 0 and 1, and there with one advert an occupation and with the occupations of all adverts taken out.
 */
const BY_OCCUPATION = 0.6;
const BY_GROUP = 0.6;
const BY_EXPECTED = 0.55;

/** Skills by position that one phrase may mean, likeliest first, each with how surely. */
export type Meaning = readonly (readonly [skill: number, share: number])[];

/**
 * How well sets of skills go with what phrases mean, by the occupations that each may belong to (`OccupationGuess`): as cosines of
 * these and of their groups, and by how much likelier the skill of each phrase is asked for in the occupations of the set than in
 * any, ln(1 + times), the mean over the phrases (J. Ponte, W. Croft, "A language modeling approach to information retrieval", 1998;
 * the set stands for what else its occupations ask). O(postings touched) a question.
 */
export class OccupationMatch {
  readonly #occupations: PostingsOf<number> = new Map();
  /** By set, what makes the shares of its occupations chances: one over their sum. */
  readonly #toChance: Float64Array;
  readonly #groups: PostingsOf<string> = new Map();

  constructor(
    private readonly guess: OccupationGuess,
    private readonly sets: readonly (readonly number[])[],
  ) {
    this.#toChance = new Float64Array(sets.length);
    sets.forEach((skills, at) => {
      const { occupations, groups } = guess.of(skills.map((skill) => [skill, 1]));
      post(this.#occupations, at, occupations);
      post(this.#groups, at, groups);
      this.#toChance[at] = 1 / ([...occupations.values()].reduce((a, b) => a + b, 0) || 1);
    });
  }

  /** By set; `held` are the skills of all phrases, `meanings` what each may mean. */
  of(held: Iterable<readonly [skill: number, share: number]>, meanings: readonly Meaning[]): Float64Array {
    const out = new Float64Array(this.sets.length);
    const { occupations, groups } = this.guess.of(held);
    addPostings(this.#occupations, occupations, BY_OCCUPATION, out);
    addPostings(this.#groups, groups, BY_GROUP, out);
    const telling = meanings.filter((meaning) => meaning.length > 0);
    const times = new Float64Array(out.length);
    for (const meaning of telling) {
      const expected = new Float64Array(out.length);
      for (const [skill, share] of meaning) {
        times.fill(0);
        addPostings(this.#occupations, this.guess.likelierFor(skill), 1, times);
        for (let at = 0; at < out.length; at++) expected[at] = Math.max(expected[at] as number, share * Math.log1p((times[at] as number) * (this.#toChance[at] as number)));
      }
      for (let at = 0; at < out.length; at++) out[at]! += (BY_EXPECTED / telling.length) * (expected[at] as number);
    }
    return out;
  }
}
