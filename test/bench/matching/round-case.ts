// A whole round as the service runs it: read the file, solve, certify, explain everybody, write; beside the bare solve of the same market. In a process of its own: what
// other cases leave to be cleared away would be cleared in its time.
import { createHash } from 'node:crypto';
import { alignRanks, openDeferredAcceptance, openExplainer, parseInstance, proposeAll, solve, verifyResult } from '@meriden/matching';
import { LARGEST, WHOLE_ROUND, judge } from './goals.js';
import { benchInstance } from './instance.js';
import { benchMarket } from './market.js';
import { cpu, median } from './timing.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const WARM_UPS = 10;
const REPEATS = 15;
const LARGEST_REPEATS = 7;

export function roundCase(n: number, line: (value: object) => void): void {
  const text = JSON.stringify(benchInstance({ n, spa: true, tie: 0 }));
  const market = benchMarket(n, true);
  const bare: number[] = [];
  const whole: number[] = [];
  const largest: number[] = [];
  const plain: number[] = [];
  let verified = true;
  let figures = { size: 0, bound: 0 };
  // Warm code against warm code; what the very first of each takes, with its compilation, is told beside.
  for (let i = 0; i < WARM_UPS + REPEATS; i++) {
    const a = cpu();
    const position = alignRanks(market.start, market.entry, market.ranker, market.listStart, market.listLearner);
    proposeAll(openDeferredAcceptance({ ...market, position, rank: position, level: position }), 0, n);
    const b = cpu();
    const instance = parseInstance(text);
    const result = solve(instance, { mode: 'learner-optimal', digest });
    const reasons = openExplainer(instance, result, digest).reasons();
    const written = JSON.stringify({ ...result, reasons });
    const c = cpu();
    bare.push(b - a);
    whole.push(c - b);
    if (i === 0) verified = verifyResult(instance, JSON.parse(written) as typeof result, digest).ok;
  }
  const [first, firstBare] = [whole[0]!, bare[0]!];
  const cpuMs = median(whole.slice(WARM_UPS));
  const peerCpuMs = median(bare.slice(WARM_UPS));
  for (let i = 0; i < LARGEST_REPEATS; i++) {
    const tied = benchInstance({ n, spa: true, tie: 0.2 });
    const d = cpu();
    solve(tied, { mode: 'learner-optimal', digest });
    const e = cpu();
    const large = solve(tied, { mode: 'largest', digest });
    const f = cpu();
    plain.push(e - d);
    largest.push(f - e);
    figures = { size: large.size!, bound: large.bound! };
  }
  line({ bench: 'matching', case: 'whole-round', n, cpuMs: Math.round(cpuMs), peer: 'bare solve', peerCpuMs: Number(peerCpuMs.toFixed(2)), ratio: Number((cpuMs / peerCpuMs).toFixed(1)), repeats: REPEATS, firstMs: Math.round(first), peerFirstMs: Math.round(firstBare), verified });
  line({ bench: 'matching', case: 'largest-without-solver', n, cpuMs: Math.round(median(largest)), peer: 'learner-optimal', peerCpuMs: Math.round(median(plain)), ratio: Number((median(largest) / median(plain)).toFixed(2)), repeats: LARGEST_REPEATS, ...figures });
  judge('whole round, against the bare solve', n, cpuMs / peerCpuMs, WHOLE_ROUND, line);
  judge('largest, against learner-optimal', n, median(largest) / median(plain), LARGEST, line);
}
