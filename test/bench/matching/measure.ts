// One measurement, for a process of its own, so that peak memory is the case's.
import { alignRanks, checkStable, openDeferredAcceptance, proposeAll, type Market } from '@meriden/matching';
import { benchMarket } from './market.js';
import { cpu, median } from './timing.js';

/** What a measuring process reports: medians in ms of CPU time, insertion in microseconds, peak memory; `hash` names the outcome. */
export type Measured = Readonly<{ prepMs: number; solveMs: number; verifyMs: number; firstMs?: number; insertUs: number; rssMB: number; pairs: number; matched: number; blocking: number; hash: number }>;

export function measure(what: 'hr' | 'spa', n: number, repeats: number): Measured {
  const base = benchMarket(n, what === 'spa');
  const withPosition = (position: Int32Array): Market => ({ ...base, position, rank: position, level: position });

  const prep: number[] = [];
  const solve: number[] = [];
  const verify: number[] = [];
  const level = Int32Array.from(base.entry, () => 0);
  for (let s = 0; s < n; s++) for (let k = base.start[s]!, i = 1; k < base.start[s + 1]!; k++, i++) level[k] = i;
  // As the checker reads it: whoever ranks stands among the owners after the vacancies.
  const capacity = new Int32Array(base.vacancies + base.rankers);
  capacity.set(base.capacity);
  capacity.set(base.rankerCapacity, base.vacancies);
  const rows = { start: base.start, entry: base.entry, level, ranker: base.ranker.map((r) => base.vacancies + r), capacity };
  let hash = 0;
  let matched = 0;
  let blocking = 0;
  let firstMs = 0;
  // The figures are those of warm code; the very first run is given apart.
  const warmUps = n <= 1000 ? 300 : n <= 10_000 ? 60 : n <= 100_000 ? 8 : 1;
  for (let i = 0; i < warmUps + repeats; i++) {
    const a = cpu();
    const position = alignRanks(base.start, base.entry, base.twoLevel ? base.ranker : null, base.listStart, base.listLearner);
    const b = cpu();
    const state = openDeferredAcceptance(withPosition(position));
    proposeAll(state, 0, n);
    const c = cpu();
    blocking += checkStable({ ...rows, rank: position }, state.held, 'weak', 1).length;
    const d = cpu();
    if (i === 0) firstMs = c - a;
    if (i >= warmUps) prep.push(b - a);
    if (i >= warmUps) solve.push(c - b);
    if (i >= warmUps) verify.push(d - c);
    hash = 2166136261;
    matched = 0;
    for (let s = 0; s < n; s++) {
      const at = state.held[s]! < 0 ? -1 : base.entry[state.held[s]!]!;
      if (at >= 0) matched++;
      hash = Math.imul(hash ^ (at + 1), 16777619) >>> 0;
    }
  }
  const position = alignRanks(base.start, base.entry, base.twoLevel ? base.ranker : null, base.listStart, base.listLearner);
  const state = openDeferredAcceptance(withPosition(position));
  const late = Math.min(2000, n / 10);
  proposeAll(state, 0, n - late);
  const a = cpu();
  for (let s = n - late; s < n; s++) proposeAll(state, s, s + 1);
  const insertUs = ((cpu() - a) * 1000) / late;
  const rssMB = Math.round(process.resourceUsage().maxRSS / 1024);
  return { prepMs: median(prep), solveMs: median(solve), verifyMs: median(verify), firstMs, insertUs, rssMB, pairs: base.entry.length, matched, blocking, hash };
}
