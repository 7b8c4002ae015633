import { unitOf } from './latent-space.js';
import type { SkillTables } from './esco-tables.js';
import { post, type PostingsOf } from './postings.js';
import { topOf } from './text-index.js';

/**
 * The part of what is named that comes from the occupation's own skills (the rest may be any skill); what each skill tells beside the
 * others, which do not stand apart; and the likeliest occupations kept. Chosen on profiles of occupations of parts 0, 1 and 4 to 7; how
 * many are kept, where the occupations of all adverts were taken out: all of them only tell a known advert from an unknown one.
 */
const OWN = 0.25;
const TEMPER = 0.25;
const MOST = 100;

/** What a set of skills may belong to: occupations by position, and their ISCO unit groups, each of unit length. */
type Guess = Readonly<{ occupations: ReadonlyMap<number, number>; groups: ReadonlyMap<string, number> }>;

/**
 * Guesses the occupations of the folder that a set of skills belongs to: by how much likelier each skill is named by the occupation
 * than by any, the occupation's own shares mixed with those of all (C. Zhai, J. Lafferty, "A study of smoothing methods for language
 * models", 2004: Jelinek-Mercer), as naive Bayes adds it up, tempered. A profile and an advert that name different skills of the
 * same occupations thereby meet. O(postings touched) a set, less than 1 ms.
 */
export class OccupationGuess {
  readonly #likelier: PostingsOf<number> = new Map();

  constructor(private readonly tables: Pick<SkillTables, 'occupations'>) {
    const asked = new Map<number, number>();
    let all = 0;
    for (const { skills } of tables.occupations) {
      for (const [skill, grade] of skills) {
        asked.set(skill, (asked.get(skill) ?? 0) + grade);
        all += grade;
      }
    }
    tables.occupations.forEach(({ skills }, at) => {
      const own = skills.reduce((sum, [, grade]) => sum + grade, 0);
      post(this.#likelier, at, new Map(skills.map(([skill, grade]) => [skill, ((grade / own) * all) / (asked.get(skill) as number)])));
    });
  }

  /** The occupations that ask for a skill, and how many times likelier it is named by each than by any. */
  likelierFor(skill: number): readonly (readonly [occupation: number, times: number])[] {
    return this.#likelier.get(skill) ?? [];
  }

  /** Of skills by position, each with how surely it is meant. */
  of(skills: Iterable<readonly [skill: number, share: number]>): Guess {
    const likelihood = new Float64Array(this.tables.occupations.length);
    for (const [skill, share] of skills) for (const [at, times] of this.likelierFor(skill)) likelihood[at]! += share * Math.log1p((OWN / (1 - OWN)) * times);
    const likeliest = topOf(likelihood, MOST);
    const best = likeliest[0]?.[1] ?? 0;
    const occupations = new Map<number, number>();
    const groups = new Map<string, number>();
    for (const [at, likely] of likeliest) {
      const share = Math.exp(TEMPER * (likely - best));
      occupations.set(at, share);
      const { isco } = this.tables.occupations[at] as SkillTables['occupations'][number];
      // Occupations without a code are no group.
      if (isco !== '') groups.set(isco, (groups.get(isco) ?? 0) + share);
    }
    return { occupations: unitOf(occupations), groups: unitOf(groups) };
  }
}
