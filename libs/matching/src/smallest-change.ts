import type { Digest, MatchingInstance, TieGroups } from './instance.js';
import { isTwoLevel } from './instance.js';
import { MatchingError } from './matching-error.js';
import type { SolveResult } from './result.js';
import { solve } from './solve.js';

/**
 * What would have given one learner one vacancy (or better), everything else equal. `rankAheadOf`: the worst rank at the employer ahead of which
 * she would have to stand, null if not even first place helps. `oneMoreOpening`: whether one opening more (at the vacancy, and at
 * the employer where that is full too) would have done.
 */
export type SmallestChange = Readonly<{ learner: string; vacancy: string; rankAheadOf: number | null; oneMoreOpening: boolean }>;

/**
 * Answers by solving the changed instance, so it is true and not estimated. Mode `learner-optimal` only, where a better rank never hurts a learner
 * (it respects improvements), which makes the search for the worst sufficient rank a bisection: O(log ranks) solves.
 */
export function smallestChange(instance: MatchingInstance, result: SolveResult, learnerId: string, vacancyId: string, digest: Digest): SmallestChange {
  if (result.mode !== 'learner-optimal') throw new MatchingError('unsupported', 'result.mode', `is ${result.mode}`, 'The smallest change is answered for learner-optimal results');
  const learner = instance.learners.find((l) => l.id === learnerId);
  const vacancy = instance.vacancies.find((v) => v.id === vacancyId);
  const wish = learner?.preferences.findIndex((g) => g.includes(vacancyId)) ?? -1;
  if (learner === undefined || vacancy === undefined || wish < 0)
    throw new MatchingError('contradictory', 'vacancy', `"${vacancyId}" is not on the list of "${learnerId}"`, 'Name an entry of the learner');
  const seed = result.certificate.lottery.seed;
  const gets = (changed: MatchingInstance): boolean => {
    const outcome = solve(changed, { mode: 'learner-optimal', digest, seed }).matching?.[learnerId] ?? null;
    return outcome !== null && learner.preferences.slice(0, wish + 1).some((g) => g.includes(outcome));
  };
  const owner = isTwoLevel(instance) ? vacancy.employer : vacancyId;
  const row = result.certificate.vacancies.find((r) => r.id === vacancyId);
  const employerRow = result.certificate.employers?.find((r) => r.id === owner);
  const more = {
    ...instance,
    vacancies: instance.vacancies.map((v) => (v.id === vacancyId && row !== undefined && row.filled >= row.capacity ? { ...v, capacity: v.capacity + 1 } : v)),
    ...(instance.employers
      ? { employers: instance.employers.map((e) => (e.id === owner && employerRow !== undefined && employerRow.filled >= employerRow.capacity ? { ...e, capacity: e.capacity + 1 } : e)) }
      : {}),
  };
  const aheadOf = (rank: number): MatchingInstance => {
    const move = <T extends { id: string; preferences?: TieGroups }>(one: T): T => (one.id === owner && one.preferences ? { ...one, preferences: movedAhead(one.preferences, learnerId, rank) } : one);
    return { ...instance, vacancies: instance.vacancies.map(move), ...(instance.employers ? { employers: instance.employers.map(move) } : {}) };
  };
  const list = (isTwoLevel(instance) ? instance.employers?.find((e) => e.id === owner)?.preferences : vacancy.preferences) ?? [];
  const own = list.findIndex((g) => g.includes(learnerId));
  // From unsuitable (her own rank; unlisted: below everybody) to suitable, if first place suits at all.
  let bad = own < 0 ? list.length + 1 : own + 2;
  let good = gets(aheadOf(1)) ? 1 : null;
  while (good !== null && bad - good > 1) {
    const middle = (bad + good) >> 1;
    if (gets(aheadOf(middle))) good = middle;
    else bad = middle;
  }
  return { learner: learnerId, vacancy: vacancyId, rankAheadOf: good, oneMoreOpening: gets(more) };
}

/** The list with one learner alone just ahead of the tie group of the given rank; her old group keeps its place, maybe empty. */
function movedAhead(groups: TieGroups, learner: string, rank: number): TieGroups {
  const without = groups.map((g) => g.filter((id) => id !== learner));
  return [...without.slice(0, rank - 1), [learner], ...without.slice(rank - 1)];
}
