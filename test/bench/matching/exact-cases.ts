// MAX-HRT to proven optimality on the market of the issue: lists cut to 4, ties of density 0.3 on both sides.
import { createHash } from 'node:crypto';
import { solveExactly } from '@meriden/exact';
import { solve } from '@meriden/matching';
import { benchInstance } from './instance.js';
import { cpu, median } from './timing.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export async function exactCases(sizes: readonly number[], repeats: number, line: (value: object) => void): Promise<void> {
  await solveExactly(benchInstance({ n: 30, spa: false, tie: 0.3, longest: 4 }), { mode: 'largest', digest });
  for (const n of sizes) {
    const times: number[] = [];
    const walls: number[] = [];
    let last = { size: 0, bound: 0, without: 0 };
    for (let i = 0; i < repeats; i++) {
      const instance = benchInstance({ n, spa: false, tie: 0.3, longest: 4 });
      const without = solve(instance, { mode: 'largest', digest }).size!;
      const [from, wall] = [cpu(), performance.now()];
      const result = await solveExactly(instance, { mode: 'largest', digest, timeLimit: 100 });
      times.push(cpu() - from);
      walls.push(performance.now() - wall);
      last = { size: result.size!, bound: result.bound!, without };
    }
    line({ bench: 'matching', case: 'max-hrt-exact', n, cpuMs: Math.round(median(times)), wallMs: Math.round(median(walls)), repeats, ...last, proven: last.size === last.bound });
  }
}

/** How close the promotion alone comes to the greatest stable size: mean and worst over seeded markets, and how many the flow bound settles without a solver. */
export async function largestQuality(n: number, markets: number, line: (value: object) => void): Promise<void> {
  for (const spa of [false, true]) {
    const ratios: number[] = [];
    let settled = 0;
    let unproven = 0;
    const from = cpu();
    for (let seed = 1; seed <= markets; seed++) {
      const instance = benchInstance({ n, spa, tie: 0.3, longest: 4, seed });
      const alone = solve(instance, { mode: 'largest', digest });
      const exact = await solveExactly(instance, { mode: 'largest', digest, timeLimit: 20 });
      if (alone.size === alone.bound) settled++;
      if (exact.size !== exact.bound) unproven++;
      ratios.push(alone.size! / exact.bound!);
    }
    line({ bench: 'matching', case: `largest-quality-${spa ? 'spa' : 'hr'}`, n, cpuMs: Math.round(cpu() - from), markets, mean: Number((ratios.reduce((a, b) => a + b, 0) / markets).toFixed(4)), worst: Number(Math.min(...ratios).toFixed(4)), settledWithoutSolver: settled, unproven });
  }
}
