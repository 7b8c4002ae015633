import { solve, verifyResult, type MatchingInstance, type SolveResult } from '@meriden/matching';
import { digest } from '../../parts/digest.js';

export const LEARNERS = ['ava', 'ben', 'cyra', 'dev'] as const;
export const VACANCIES = ['lab', 'wear', 'image'] as const;
export type LearnerName = (typeof LEARNERS)[number];
export type VacancyName = (typeof VACANCIES)[number];

/** A round small enough to hold in the head: four learners, three vacancies. Lists are best first. */
export type Example = Readonly<{
  wishes: Readonly<Record<LearnerName, readonly VacancyName[]>>;
  openings: Readonly<Record<VacancyName, number>>;
  takes: Readonly<Record<VacancyName, readonly (readonly LearnerName[])[]>>;
  seed: string;
}>;

export const START: Example = {
  wishes: { ava: ['lab', 'wear', 'image'], ben: ['lab', 'image'], cyra: ['wear', 'lab'], dev: ['lab', 'wear', 'image'] },
  openings: { lab: 1, wear: 1, image: 1 },
  takes: { lab: [['cyra'], ['ava', 'ben'], ['dev']], wear: [['ava'], ['cyra'], ['dev']], image: [['ben'], ['ava'], ['dev']] },
  seed: '7',
};

/** The example in the neutral format in which every real round is solved. */
export function instanceOf({ wishes, openings, takes, seed }: Example): MatchingInstance {
  return {
    format: 'placement-matching-instance/1',
    id: 'example',
    family: 'HRT',
    learners: LEARNERS.map((id) => ({ id, preferences: wishes[id].map((vacancy) => [vacancy]) })),
    vacancies: VACANCIES.map((id) => ({ id, capacity: openings[id], preferences: takes[id] })),
    lottery: { seed },
  };
}

/** Solved and checked with the code that does it for real rounds. */
export function solveExample(example: Example): Readonly<{ result: SolveResult; violations: readonly string[] }> {
  const instance = instanceOf(example);
  const result = solve(instance, { mode: 'learner-optimal', digest });
  return { result, violations: verifyResult(instance, result, digest).violations.map((violation) => violation.message) };
}
