// The exhaustive enumerator: every matching of a small instance, judged by the definitions read word for word.
// Written for being right, on ids and maps; it shares nothing with the library but the instance type.
import type { MatchingInstance, Stability } from '@meriden/matching';

export type Matching = Readonly<Record<string, string | null>>;

type World = {
  instance: MatchingInstance;
  learners: string[];
  ranker: (vacancy: string) => string;
  capacity: Map<string, number>;
  rankerCapacity: Map<string, number>;
  wish: (learner: string, vacancy: string) => number | null;
  rank: (ranker: string, learner: string) => number | null;
  acceptable: (learner: string) => string[];
};

const rankIn = (groups: readonly (readonly string[])[] | undefined, id: string): number | null => {
  const at = (groups ?? []).findIndex((g) => g.includes(id));
  return at < 0 ? null : at + 1;
};

export function worldOf(instance: MatchingInstance): World {
  const spa = instance.family.startsWith('SPA') || (instance.family === 'RERUN' && instance.vacancies.every((v) => v.preferences === undefined));
  const vacancy = new Map(instance.vacancies.map((v) => [v.id, v]));
  const owner = new Map<string, { capacity: number; preferences?: readonly (readonly string[])[] }>(
    spa ? (instance.employers ?? []).map((e) => [e.id, e]) : instance.vacancies.map((v) => [v.id, v]),
  );
  const learner = new Map(instance.learners.map((l) => [l.id, l]));
  const ranker = (v: string): string => (spa ? vacancy.get(v)!.employer! : v);
  const wish = (s: string, v: string): number | null => rankIn(learner.get(s)!.preferences, v);
  const rank = (r: string, s: string): number | null => {
    const preferences = owner.get(r)!.preferences ?? [];
    return instance.family === 'SPA-LQ-one-sided' && preferences.flat().length === 0 ? 1 : rankIn(preferences, s);
  };
  const acceptable = (s: string): string[] => instance.vacancies.map((v) => v.id).filter((v) => wish(s, v) !== null && rank(ranker(v), s) !== null);
  return {
    instance, learners: [...learner.keys()].sort(), ranker, wish, rank, acceptable,
    capacity: new Map(instance.vacancies.map((v) => [v.id, v.capacity])),
    rankerCapacity: new Map([...owner].map(([id, o]) => [id, o.capacity])),
  };
}

/** Every matching within the capacities. */
export function* matchings(world: World): Generator<Matching> {
  const now: Record<string, string | null> = {};
  const used = new Map<string, number>();
  const count = (key: string, by: number): number => {
    const next = (used.get(key) ?? 0) + by;
    used.set(key, next);
    return next;
  };
  function* place(i: number): Generator<Matching> {
    if (i === world.learners.length) {
      yield { ...now };
      return;
    }
    const s = world.learners[i]!;
    now[s] = null;
    yield* place(i + 1);
    for (const v of world.acceptable(s)) {
      const r = world.ranker(v);
      if (count(`v ${v}`, 1) <= world.capacity.get(v)! && count(`r ${r}`, 1) <= world.rankerCapacity.get(r)!) {
        now[s] = v;
        yield* place(i + 1);
        now[s] = null;
        count(`r ${r}`, -1);
      } else if ((used.get(`v ${v}`) ?? 0) <= world.capacity.get(v)!) count(`r ${r}`, -1);
      count(`v ${v}`, -1);
    }
  }
  yield* place(0);
}

/** The definitions of section 6, clause by clause. */
export function isStable(world: World, matching: Matching, stability: Stability): boolean {
  const { ranker, wish, rank } = world;
  const placed = world.learners.filter((s) => matching[s] !== null);
  const inVacancy = (v: string): string[] => placed.filter((s) => matching[s] === v);
  const inRanker = (r: string): string[] => placed.filter((s) => ranker(matching[s]!) === r);
  for (const s of world.learners) {
    const own = matching[s] ?? null;
    for (const p of world.acceptable(s)) {
      if (p === own) continue;
      const l = ranker(p);
      const strict = own === null || wish(s, p)! < wish(s, own)!;
      const indifferent = own !== null && wish(s, p)! === wish(s, own)!;
      const pRoom = inVacancy(p).length < world.capacity.get(p)!;
      const lRoom = inRanker(l).length < world.rankerCapacity.get(l)!;
      const mine = rank(l, s)!;
      const worstIn = (who: string[]): number => Math.max(...who.map((t) => rank(l, t)!));
      const strictlyBetter = (who: string[]): boolean => who.length > 0 && mine < worstIn(who);
      const weaklyBetter = (who: string[]): boolean => who.length > 0 && mine <= worstIn(who);
      const at = own !== null && ranker(own) === l;
      const a = pRoom && lRoom;
      const clauses = (better: (who: string[]) => boolean): boolean => a || (pRoom && !lRoom && (at || better(inRanker(l)))) || (!pRoom && better(inVacancy(p)));
      if (stability === 'weak' && strict && clauses(strictlyBetter)) return false;
      if (stability === 'super' && (strict || indifferent) && clauses(weaklyBetter)) return false;
      if (stability === 'strong') {
        if (strict && clauses(weaklyBetter)) return false;
        if (indifferent && ((a && !at) || (pRoom && !lRoom && !at && strictlyBetter(inRanker(l))) || (!pRoom && strictlyBetter(inVacancy(p))))) return false;
      }
    }
  }
  return true;
}

export function stableMatchings(instance: MatchingInstance, stability: Stability): Matching[] {
  const world = worldOf(instance);
  return [...matchings(world)].filter((m) => isStable(world, m, stability));
}

export const sizeOf = (matching: Matching): number => Object.values(matching).filter((v) => v !== null).length;

/** The same instance with every tie broken by the given numbers: rows of one, so the strict definitions apply. */
export function brokenTies(instance: MatchingInstance, atEmployer: (owner: string, learner: string) => number, ofVacancy: (learner: string, vacancy: string) => number): MatchingInstance {
  const split = (groups: readonly (readonly string[])[] | undefined, number: (id: string) => number): string[][] =>
    (groups ?? []).flatMap((g) => [...g].sort((a, b) => number(a) - number(b)).map((id) => [id]));
  return {
    ...instance,
    learners: instance.learners.map((l) => ({ ...l, preferences: split(l.preferences, (v) => ofVacancy(l.id, v)) })),
    vacancies: instance.vacancies.map((v) => (v.preferences ? { ...v, preferences: split(v.preferences, (s) => atEmployer(v.id, s)) } : v)),
    ...(instance.employers ? { employers: instance.employers.map((e) => (e.preferences ? { ...e, preferences: split(e.preferences, (s) => atEmployer(e.id, s)) } : e)) } : {}),
  };
}
