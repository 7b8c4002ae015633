import { blockingPairs, OFF_LIST, seatingOf } from './blocking-pairs.js';
import { canonicalInstance } from './canonical-instance.js';
import type { EncodedInstance } from './encode-instance.js';
import { encodeInstance } from './encode-instance.js';
import { numberedLists } from './numbered-lists.js';
import type { Digest, MatchingInstance } from './instance.js';
import type { Lottery } from './lottery.js';
import type { Assignment } from './market.js';
import type { BoundProof, Certificate, CertificateRow, CutOff, LockBlockingPair, Mode, Objective, SolveResult, SolveStatus, Stability } from './result.js';

/** What a solver hands over to be written down. `held` is null when there is no matching to show. */
export type Outcome = Readonly<{
  mode: Mode;
  status: SolveStatus;
  stability: Stability | null;
  objective?: Objective;
  guarantee: string;
  held: Assignment | null;
  /** Whether the committed lottery decided ties, so that numbers stand beside ranks. */
  byLottery: boolean;
  bound: number | null;
  changedBound?: number;
  proofs?: readonly BoundProof[];
}>;

/** Turns an outcome into the result line with its certificate. O(entries). */
export function certify(instance: MatchingInstance, encoded: EncodedInstance, outcome: Outcome, lottery: Lottery, digest: Digest): SolveResult {
  const { mode, status, stability, objective, held, bound, changedBound, proofs } = outcome;
  const figures = held === null ? null : figuresOf(instance, encoded, held);
  const certificate: Certificate = {
    format: 'placement-matching-certificate/1',
    instanceHash: digest(canonicalInstance(instance)),
    mode,
    stability,
    ...(objective === undefined ? {} : { objective }),
    guarantee: outcome.guarantee,
    lottery: {
      seed: lottery.seed,
      ...(instance.lottery?.commitment === undefined ? {} : { commitment: instance.lottery.commitment }),
      decides: outcome.byLottery,
    },
    ...rowsOf(instance, encoded, held, outcome.byLottery ? lottery : null),
    ...(proofs === undefined || proofs.length === 0 ? {} : { proofs }),
  };
  return {
    id: instance.id,
    mode,
    status,
    stability,
    ...(objective === undefined ? {} : { objective }),
    matching: figures?.matching ?? null,
    size: figures?.size ?? null,
    bound,
    cost: figures?.cost ?? null,
    profile: figures?.profile ?? null,
    ...(mode === 'rerun' && figures !== null ? { changed: changedFrom(instance, figures.matching) } : {}),
    ...(changedBound === undefined ? {} : { changedBound }),
    certificate,
  };
}

type Figures = { matching: Record<string, string | null>; size: number; cost: number; profile: number[] };

function figuresOf(instance: MatchingInstance, encoded: EncodedInstance, held: Assignment): Figures {
  const { market, learnerIds, vacancyIds, learnerIndex, locks } = encoded;
  const places: (string | null)[] = new Array<string | null>(learnerIds.length).fill(null);
  const profile: number[] = [];
  let size = 0;
  let cost = 0;
  const count = (rank: number): void => {
    cost += rank;
    while (profile.length < rank) profile.push(0);
    profile[rank - 1]!++;
  };
  for (let s = 0; s < places.length; s++) {
    const k = held[s] as number;
    if (k < 0) continue;
    places[s] = vacancyIds[market.entry[k] as number] as string;
    size++;
    count(market.level[k] as number);
  }
  const preferences = locks.length === 0 ? null : new Map(instance.learners.map((l) => [l.id, l.preferences]));
  for (const lock of locks) {
    places[learnerIndex.get(lock.learner) as number] = lock.vacancy;
    size++;
    const group = preferences?.get(lock.learner)?.findIndex((g) => g.includes(lock.vacancy)) ?? -1;
    if (group >= 0) count(group + 1);
  }
  return { matching: Object.fromEntries(places.map((place, s) => [learnerIds[s] as string, place])), size, cost, profile };
}

function changedFrom(instance: MatchingInstance, matching: Readonly<Record<string, string | null>>): number {
  const previous = new Map(Object.entries(instance.previousMatching ?? {}));
  let changed = 0;
  for (const { id } of instance.learners) if ((previous.get(id) ?? null) !== matching[id]) changed++;
  return changed;
}

function rowsOf(
  instance: MatchingInstance,
  encoded: EncodedInstance,
  held: Assignment | null,
  lottery: Lottery | null,
): Pick<Certificate, 'vacancies' | 'employers' | 'groups' | 'lockBlocking' | 'quotasUnmet'> {
  const { market, vacancyIds, rankerIds, vacancyIndex } = encoded;
  const vacancyLast = new Int32Array(market.vacancies).fill(-1);
  const rankerLast = new Int32Array(market.rankers).fill(-1);
  const filled = new Int32Array(market.vacancies);
  const learnerOf = new Int32Array(held === null ? 0 : market.entry.length);
  for (let s = 0; held !== null && s < market.learners; s++) {
    const k = held[s] as number;
    if (k < 0) continue;
    learnerOf[k] = s;
    const v = market.entry[k] as number;
    filled[v]!++;
    const r = market.ranker[v] as number;
    if (later(market.position, k, vacancyLast[v] as number)) vacancyLast[v] = k;
    if (later(market.position, k, rankerLast[r] as number)) rankerLast[r] = k;
  }
  const locked = new Int32Array(market.vacancies);
  for (const lock of encoded.locks) locked[vacancyIndex.get(lock.vacancy) as number]!++;
  const cutOff = (k: number): CutOff | null =>
    k < 0
      ? null
      : {
          rank: market.rank[k] as number,
          lottery:
            lottery !== null && encoded.tiedAtRanker[k] === 1
              ? lottery.atEmployer(rankerIds[market.ranker[market.entry[k] as number] as number] as string, encoded.learnerIds[learnerOf[k] as number] as string)
              : null,
        };
  const row = (one: { id: string; capacity: number; lowerQuota?: number }, taken: number, fixed: number, last: number): CertificateRow => ({
    id: one.id,
    capacity: one.capacity,
    filled: taken + fixed,
    ...(fixed > 0 ? { locked: fixed } : {}),
    ...(one.lowerQuota === undefined ? {} : { lowerQuota: one.lowerQuota }),
    cutOff: cutOff(last),
  });
  const vacancyById = new Map(instance.vacancies.map((v) => [v.id, v]));
  const vacancies = vacancyIds.map((id, v) => row(vacancyById.get(id)!, filled[v] as number, locked[v] as number, vacancyLast[v] as number));
  const employers = employerRows(instance, encoded, filled, locked, rankerLast, row);
  const unmet = [...vacancies, ...(employers ?? [])].filter((r) => r.filled < (r.lowerQuota ?? 0)).map((r) => r.id);
  return {
    vacancies,
    ...(employers === undefined ? {} : { employers }),
    ...(instance.groups === undefined ? {} : { groups: groupRows(instance, encoded, held, filled, locked) }),
    ...(encoded.locks.length === 0 || held === null ? {} : { lockBlocking: lockBlocking(instance, encoded, held) }),
    ...(held !== null && unmet.length > 0 ? { quotasUnmet: unmet } : {}),
  };
}

const later = (position: Int32Array, k: number, than: number): boolean => than < 0 || (position[k] as number) > (position[than] as number);

function employerRows(
  instance: MatchingInstance,
  encoded: EncodedInstance,
  filled: Int32Array,
  locked: Int32Array,
  last: Int32Array,
  row: (one: { id: string; capacity: number; lowerQuota?: number }, taken: number, fixed: number, last: number) => CertificateRow,
): CertificateRow[] | undefined {
  const { market, rankerIds } = encoded;
  if (!market.twoLevel) return undefined;
  const taken = new Int32Array(market.rankers);
  const fixed = new Int32Array(market.rankers);
  for (let v = 0; v < market.vacancies; v++) {
    const r = market.ranker[v] as number;
    taken[r]! += filled[v] as number;
    fixed[r]! += locked[v] as number;
  }
  const employerById = new Map((instance.employers ?? []).map((e) => [e.id, e]));
  return rankerIds.map((id, r) => row(employerById.get(id)!, taken[r] as number, fixed[r] as number, last[r] as number));
}

/** Openings taken within each group: its own vacancies and those of groups below it; or its learners who are placed. */
function groupRows(instance: MatchingInstance, encoded: EncodedInstance, held: Assignment | null, filled: Int32Array, locked: Int32Array): { id: string; filled: number }[] {
  const groups = [...(instance.groups ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  const count = new Map<string, number>();
  const lockedLearners = new Set(encoded.locks.map((l) => l.learner));
  for (const g of groups) {
    let n = 0;
    for (const v of g.vacancies ?? []) {
      const p = encoded.vacancyIndex.get(v);
      if (p !== undefined && held !== null) n += (filled[p] as number) + (locked[p] as number);
    }
    for (const l of g.learners ?? []) {
      const s = encoded.learnerIndex.get(l);
      if (s !== undefined && held !== null && ((held[s] as number) >= 0 || lockedLearners.has(l))) n++;
    }
    count.set(g.id, n);
  }
  const parent = new Map(groups.map((g) => [g.id, g.parent]));
  const total = new Map(groups.map((g) => [g.id, 0]));
  for (const g of groups)
    for (let up: string | undefined = g.id; up !== undefined; up = parent.get(up)) total.set(up, (total.get(up) ?? 0) + (count.get(g.id) ?? 0));
  return groups.map((g) => ({ id: g.id, filled: total.get(g.id) ?? 0 }));
}

/** Weakly blocking pairs of the market as if nothing were locked, each with the locks that stand in its way. */
function lockBlocking(instance: MatchingInstance, encoded: EncodedInstance, held: Assignment): LockBlockingPair[] {
  const { locks, ...open } = instance;
  void locks;
  const whole = encodeInstance(open, { seed: '', atEmployer: () => 0, ofVacancy: () => 0 }, numberedLists(instance));
  const { market, learnerIds, vacancyIds } = whole;
  const seats = new Int32Array(market.learners).fill(-1);
  const lockOf = new Map(encoded.locks.map((l) => [whole.learnerIndex.get(l.learner) as number, l]));
  for (let s = 0; s < market.learners; s++) {
    const lock = lockOf.get(s);
    const v = lock ? (whole.vacancyIndex.get(lock.vacancy) as number) : (held[s] as number) < 0 ? -1 : (encoded.market.entry[held[s] as number] as number);
    for (let k = market.start[s] as number; v >= 0 && k < (market.start[s + 1] as number); k++) if (market.entry[k] === v) seats[s] = k;
  }
  const seating = seatingOf(market, seats);
  for (const [s, lock] of lockOf) seating.vacancy[s] = whole.vacancyIndex.get(lock.vacancy) as number;
  return blockingPairs(market, seating, 'weak').map(([s, k]) => {
    const v = market.entry[k] as number;
    const own = lockOf.get(s);
    const inTheWay = [...lockOf].filter(
      ([t]) => market.ranker[seating.vacancy[t] as number] === market.ranker[v] && ((seating.rank[t] ?? OFF_LIST) as number) > (market.rank[k] as number),
    );
    const names = own ? [own.name] : inTheWay.map(([, lock]) => lock.name);
    return { learner: learnerIds[s] as string, vacancy: vacancyIds[v] as string, locks: names.sort() };
  });
}
