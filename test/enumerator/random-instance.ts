// Small random instances with everything that can go wrong in them: ties, empty lists, zero capacities, one-sided entries,
// undeclared ids, unequal lists, employer caps, lower quotas, locks. Seeded, so a failure is a seed.
import type { Family, InstanceEmployer, InstanceLearner, InstanceVacancy, MatchingInstance, TieGroups } from '@meriden/matching';

export type Dice = () => number;

/** mulberry32: 32-bit state, uniform in [0, 1). */
export function mulberry32(seed: number): Dice {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (dice: Dice, n: number): number => Math.floor(dice() * n);

function shuffled<T>(dice: Dice, values: readonly T[]): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const j = pick(dice, i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

/** A random list over `ids`: each kept with probability `keep`, joined to its predecessor's tie with probability `tie`. */
export function randomList(dice: Dice, ids: readonly string[], keep: number, tie: number): TieGroups {
  const groups: string[][] = [];
  for (const id of shuffled(dice, ids)) {
    if (dice() >= keep) continue;
    if (groups.length > 0 && dice() < tie) (groups[groups.length - 1] as string[]).push(id);
    else groups.push([id]);
  }
  if (dice() < 0.05) groups.splice(pick(dice, groups.length + 1), 0, ['undeclared']);
  return groups;
}

export type RandomShape = Readonly<{ family?: Family; learners?: number; vacancies?: number; tie?: number; quotas?: boolean; locks?: boolean; capacity?: number }>;

export function randomInstance(seed: number, shape: RandomShape = {}): MatchingInstance {
  const dice = mulberry32(seed);
  const n = shape.learners ?? 2 + pick(dice, 4);
  const m = shape.vacancies ?? 1 + pick(dice, 4);
  const tie = shape.tie ?? [0, 0.3, 0.6][pick(dice, 3)]!;
  const family = shape.family ?? (['HRT', 'SPA-ST'] as const)[pick(dice, 2)]!;
  const learnerIds = shuffled(dice, Array.from({ length: n }, (_, i) => `s${i}`));
  const vacancyIds = shuffled(dice, Array.from({ length: m }, (_, i) => `v${i}`));
  const keep = 0.5 + 0.5 * dice();
  const most = shape.capacity ?? 2;
  const capacity = (): number => (dice() < 0.08 ? 0 : 1 + pick(dice, most));
  const quota = (cap: number): { lowerQuota?: number } => (shape.quotas && dice() < 0.4 ? { lowerQuota: pick(dice, cap + 1) } : {});
  const learners: InstanceLearner[] = learnerIds.map((id) => ({ id, preferences: dice() < 0.05 ? [] : randomList(dice, vacancyIds, keep, tie) }));
  const twoLevel = family.startsWith('SPA');
  const employerIds = Array.from({ length: 1 + pick(dice, Math.max(1, m - 1)) }, (_, i) => `e${i}`);
  const vacancies: InstanceVacancy[] = vacancyIds.map((id) => {
    const cap = capacity();
    if (twoLevel) return { id, capacity: cap, ...quota(cap), employer: employerIds[pick(dice, employerIds.length)]! };
    return { id, capacity: cap, ...quota(cap), preferences: dice() < 0.04 ? [] : randomList(dice, learnerIds, 0.6 + 0.4 * dice(), tie) };
  });
  const employers: InstanceEmployer[] = employerIds.map((id) => {
    const cap = dice() < 0.05 ? 0 : 1 + pick(dice, most + 1);
    const preferences = family === 'SPA-LQ-one-sided' ? [{}, { preferences: [] }, { preferences: [[]] }][pick(dice, 3)] : { preferences: dice() < 0.04 ? [] : randomList(dice, learnerIds, 0.6 + 0.4 * dice(), tie) };
    return { id, capacity: cap, ...quota(cap), ...preferences };
  });
  const base: MatchingInstance = { format: 'placement-matching-instance/1', id: `random-${seed}`, family, learners, vacancies, ...(twoLevel ? { employers } : {}) };
  return shape.locks === true ? withLocks(base, dice) : base;
}

/** One or two locks that fit, sometimes on a pair that nobody listed. */
function withLocks(instance: MatchingInstance, dice: Dice): MatchingInstance {
  const room = new Map(instance.vacancies.map((v) => [v.id, v.capacity]));
  const employerRoom = new Map((instance.employers ?? []).map((e) => [e.id, e.capacity]));
  const locks = shuffled(dice, instance.learners).slice(0, 1 + pick(dice, 2)).flatMap((learner, i) => {
    const vacancy = instance.vacancies[pick(dice, instance.vacancies.length)]!;
    const left = room.get(vacancy.id)!;
    const there = vacancy.employer === undefined ? 1 : employerRoom.get(vacancy.employer)!;
    if (left < 1 || there < 1) return [];
    room.set(vacancy.id, left - 1);
    if (vacancy.employer !== undefined) employerRoom.set(vacancy.employer, there - 1);
    return [{ learner: learner.id, vacancy: vacancy.id, name: `lock ${i}` }];
  });
  return { ...instance, locks };
}

/** The same instance with every list of the file in another order; ties too, for inside a tie order means nothing. */
export function reordered(instance: MatchingInstance, seed: number): MatchingInstance {
  const dice = mulberry32(seed);
  const ties = (groups: TieGroups): TieGroups => groups.map((g) => shuffled(dice, g));
  return {
    ...instance,
    learners: shuffled(dice, instance.learners).map((l) => ({ preferences: ties(l.preferences), id: l.id })),
    vacancies: shuffled(dice, instance.vacancies).map((v) => (v.preferences ? { ...v, preferences: ties(v.preferences) } : v)),
    ...(instance.employers ? { employers: shuffled(dice, instance.employers).map((e) => (e.preferences ? { ...e, preferences: ties(e.preferences) } : e)) } : {}),
  };
}
