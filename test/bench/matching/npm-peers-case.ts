// The packages of the npm registry that solve a part of what this library does, on their own ground: least-cost assignment (munkres) and
// one-to-one stable marriage with complete strict lists (stable-marriage). None there knows capacities, ties or two levels.
import { createRequire } from 'node:module';
import { alignRanks, leastCostAssignment, openDeferredAcceptance, proposeAll, type Market } from '@meriden/matching';
import { munkres } from 'munkres';
import { ASSIGNMENT, judge } from './goals.js';
import { mulberry32 } from '../../enumerator/random-instance.js';
import { cpu, median } from './timing.js';

type Person = { readonly name: string; fiance: Person | null | undefined; generatePreferences(list: readonly Person[]): void };
const marriage = createRequire(import.meta.url)('stable-marriage') as { Person: new (name: string) => Person; stableMarriage(boys: readonly Person[]): void };

type Timed<T> = Readonly<{ ms: number; value: T }>;
function timed<T>(work: () => T): Timed<T> {
  const from = cpu();
  const value = work();
  return { ms: cpu() - from, value };
}

/** Runs both in turn; the first two turns warm up. */
function pair<T>(repeats: number, ours: () => T, theirs: () => T): { ours: Timed<T>; theirs: Timed<T> } {
  const [a, b]: [Timed<T>[], Timed<T>[]] = [[], []];
  for (let i = 0; i < repeats + 2; i++) {
    const [x, y] = [timed(ours), timed(theirs)];
    if (i >= 2) {
      a.push(x);
      b.push(y);
    }
  }
  return { ours: { ms: median(a.map((t) => t.ms)), value: a[0]!.value }, theirs: { ms: median(b.map((t) => t.ms)), value: b[0]!.value } };
}

/** Least cost of n rows to n columns, costs floor(10,000 u), seed 42. */
export function assignmentCase(n: number, repeats: number, line: (value: object) => void): void {
  const dice = mulberry32(42);
  const cost = Float64Array.from({ length: n * n }, () => Math.floor(10_000 * dice()));
  const matrix = Array.from({ length: n }, (_, i) => [...cost.subarray(i * n, (i + 1) * n)]);
  const { ours, theirs } = pair(
    repeats,
    () => leastCostAssignment(cost, n).reduce((sum, j, row) => sum + cost[row * n + j]!, 0),
    () => munkres(matrix).reduce((sum, [row, j]) => sum + cost[row * n + j]!, 0),
  );
  report('assignment', 'munkres', n, repeats, ours, theirs, line, { total: ours.value });
  judge('least-cost assignment, against munkres', n, ours.ms / theirs.ms, ASSIGNMENT, line);
}

/** n learners and n vacancies of one opening, everybody ranks everybody. */
export function marriageCase(n: number, repeats: number, line: (value: object) => void): void {
  const dice = mulberry32(42);
  const shuffled = (): Int32Array => {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(dice() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  };
  const [wishes, ranks] = [Array.from({ length: n }, shuffled), Array.from({ length: n }, shuffled)];
  const flat = (rows: readonly Int32Array[]): Int32Array => {
    const all = new Int32Array(n * n);
    rows.forEach((row, i) => all.set(row, i * n));
    return all;
  };
  const [entry, listLearner] = [flat(wishes), flat(ranks)];
  const start = Int32Array.from({ length: n + 1 }, (_, i) => i * n);
  const one = new Int32Array(n).fill(1);
  const ranker = Int32Array.from({ length: n }, (_, i) => i);
  const solveOurs = (): string => {
    const position = alignRanks(start, entry, null, start, listLearner);
    const market: Market = { learners: n, vacancies: n, rankers: n, twoLevel: false, start, entry, capacity: one, ranker, rankerCapacity: one, listStart: start, listLearner, position, rank: position, level: position };
    const state = openDeferredAcceptance(market);
    proposeAll(state, 0, n);
    return Array.from(state.held, (k) => entry[k]!).join();
  };
  const solveTheirs = (): string => {
    const boys = wishes.map((_, i) => new marriage.Person(String(i)));
    const girls = ranks.map((_, i) => new marriage.Person(String(i)));
    boys.forEach((boy, i) => boy.generatePreferences(Array.from(wishes[i]!, (j) => girls[j]!)));
    girls.forEach((girl, i) => girl.generatePreferences(Array.from(ranks[i]!, (j) => boys[j]!)));
    marriage.stableMarriage(boys);
    return boys.map((boy) => boy.fiance?.name ?? '-').join();
  };
  const { ours, theirs } = pair(repeats, solveOurs, solveTheirs);
  report('one-to-one', 'stable-marriage', n, repeats, ours, theirs, line);
}

function report(name: string, peer: string, n: number, repeats: number, ours: Timed<unknown>, theirs: Timed<unknown>, line: (value: object) => void, more: object = {}): void {
  const same = ours.value === theirs.value;
  line({ bench: 'matching', case: name, n, cpuMs: Number(ours.ms.toFixed(2)), peer, peerCpuMs: Number(theirs.ms.toFixed(2)), ratio: Number((ours.ms / theirs.ms).toFixed(3)), repeats, sameOutcome: same, ...more });
  if (!same) process.exitCode = 1;
}
