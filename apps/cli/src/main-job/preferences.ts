import { Dice } from '../demonstration/dice.js';

/** A suggestion as its learner sees it. */
export type Suggested = Readonly<{ vacancyId: string; score: number }>;
/** A candidate as one employer sees them: what shows their skills, with everything that names a person taken out. */
export type Seen = Readonly<{ candidateId: string; evidence: readonly string[] }>;
/** A skill that an employer asks for: the names it goes by, in lower case, and how much it counts. */
export type Wanted = Readonly<{ names: readonly string[]; weight: number }>;
export type Groups = readonly (readonly string[])[];

/** Share of learners who give no preferences: some never do. */
const SILENT = 0.03;
const LIST = { shortest: 8, longest: 14 } as const;
/** Basis points by which taste moves a suggestion up or down. */
const TASTE = 1500;
/** Two neighbours this close are sometimes ranked equal. */
const SAME = 60;
const MOST_CANDIDATES = 5_000;

/**
 * What a learner of the demonstration region ranks: the suggestions in the order of their score, moved by taste, a few of them
 * tied, the list cut at 8 to 14. Depends on the seed, on the learner's own number, and on nothing else.
 *
 * @param person a number that stays with the person, such as the ULN
 * @returns best first, ties together; empty = this learner ranks nothing
 */
export function learnerGroups(seed: string, person: string, suggested: readonly Suggested[]): Groups {
  const dice = new Dice(`preferences/${seed}/${person}`);
  if (dice.chance(SILENT)) return [];
  const length = dice.between(LIST.shortest, LIST.longest);
  const wanted = suggested
    .map(({ vacancyId, score }) => ({ vacancyId, worth: score + dice.between(-TASTE, TASTE) }))
    .sort((a, b) => b.worth - a.worth)
    .slice(0, length);
  const groups: string[][] = [];
  let above = Number.POSITIVE_INFINITY;
  for (const { vacancyId, worth } of wanted) {
    if (above - worth <= SAME && dice.chance(0.5)) groups.at(-1)?.push(vacancyId);
    else groups.push([vacancyId]);
    above = worth;
  }
  return groups;
}

/**
 * How an employer of the demonstration region ranks its candidates: by the skills it asks for that their evidence names, with a
 * little of what an interview adds; equal ones stay tied. Takes everybody who ranked it, up to the limit of a list.
 *
 * @param wanted the skills that its adverts ask for
 */
export function employerGroups(seed: string, employer: string, candidates: readonly Seen[], wanted: readonly Wanted[]): Groups {
  const dice = new Dice(`candidates/${seed}/${employer}`);
  const byMerit = new Map<number, string[]>();
  for (const { candidateId, evidence } of candidates.slice(0, MOST_CANDIDATES)) {
    const text = evidence.join('\n').toLowerCase();
    const shown = wanted.reduce((sum, { names, weight }) => sum + (names.some((name) => text.includes(name)) ? weight : 0), 0);
    const merit = 2 * shown + dice.between(0, 5);
    const group = byMerit.get(merit);
    if (group) group.push(candidateId);
    else byMerit.set(merit, [candidateId]);
  }
  return [...byMerit].sort(([a], [b]) => b - a).map(([, ids]) => ids);
}
