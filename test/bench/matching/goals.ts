// What the bench measures against what was set as a goal. Ratios of CPU time in one run on one machine.
import { atMost, type Goal } from '../verdict.js';

/** Alignment and solving, against the C++ reference. At a million the goals were set in seconds beside a reference of 0.8 (one level) and 1.8 s (two). */
export const againstReference = (what: string, n: number): Goal => {
  if (n >= 1_000_000) return what === 'hr' ? { must: 1.6 / 0.8, ahead: 1.1 / 0.8 } : { must: 3.6 / 1.8, ahead: 2.5 / 1.8 };
  if (n >= 100_000) return { must: 2, ahead: 1.4 };
  return n >= 10_000 ? { must: 2.5, ahead: 2 } : { must: 5, ahead: 3 };
};
/** Checking, as a share of alignment and solving. */
export const VERIFY_SHARE: Goal = { must: 0.1, ahead: 0.05 };
/** Only at a million: peak memory in MB, and one more learner in microseconds. */
export const RSS_MB: Goal = { must: 700, ahead: 500 };
export const INSERT_US: Goal = { must: 30, ahead: 10 };
/** A whole round, against the bare solve; `largest`, against `learner-optimal`; least-cost assignment, against munkres. */
export const WHOLE_ROUND: Goal = { must: 50, ahead: 20 };
export const LARGEST: Goal = { must: 4, ahead: 2 };
export const ASSIGNMENT: Goal = { must: 1, ahead: 0.6 };

/** One line: what was measured, what is allowed in each column, and whether it holds. What must hold and does not makes the program end with 1. */
export function judge(goal: string, n: number, measured: number, given: Goal, line: (value: object) => void): void {
  const { missed, ...verdict } = atMost(goal, n, measured, given);
  if (missed) process.exitCode = 1;
  line({ bench: 'matching', case: 'goal', ...verdict });
}

/**
 * CPU ms of the first C++ reference (alignment and solving) on the machine where the goals were set, and that machine's memory latency: not written
 * down as a probe, but as what a proposal at a million took, where solving waits for memory alone.
 */
const PUBLISHED: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  hr: { 1000: 0.31, 10_000: 4.4, 100_000: 59, 1_000_000: 797 },
  spa: { 1000: 0.51, 10_000: 7.8, 100_000: 120, 1_000_000: 1794 },
};
const PUBLISHED_LATENCY_NS = 170;
const ALLOWANCE = 1.3;

/** Whether the reference of this run is as fast as the published one: a slow reference would flatter us. */
export function judgeReference(what: string, n: number, peerCpuMs: number, latencyNs: number, line: (value: object) => void): void {
  const published = PUBLISHED[what]?.[n];
  if (published === undefined) return;
  const scale = latencyNs / PUBLISHED_LATENCY_NS;
  const allowedMs = published * scale * ALLOWANCE;
  line({
    bench: 'matching', case: 'reference-against-published', what, n, peerCpuMs: Number(peerCpuMs.toFixed(2)), publishedMs: published, latencyScale: Number(scale.toFixed(2)),
    allowedMs: Number(allowedMs.toFixed(2)), verdict: peerCpuMs <= allowedMs ? 'pass' : 'miss', unscaledRatio: Number((peerCpuMs / published).toFixed(2)),
  });
}
