import type { QueueName } from './jobs.js';

export type WorkerSettings = Readonly<{
  /** Milliseconds a silent worker keeps its jobs; renewed at half of it. */
  lockDuration: number;
  /** Milliseconds between two looks for jobs whose worker fell silent. */
  stalledInterval: number;
  /** Crashes BullMQ itself forgives; the count that decides stands in SQL and is smaller. */
  maxStalledCount: number;
  concurrency: Readonly<Record<QueueName, number>>;
  /** Milliseconds without connection, or with waiting jobs and none begun, after which a worker is built anew. */
  rebuildAfterMs: number;
  /** Milliseconds between two looks of the watchdog. */
  watchMs: number;
}>;

export const WORKER_SETTINGS: WorkerSettings = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  maxStalledCount: 10,
  // One round at a time a process: it fills a core in its thread.
  concurrency: { scoring: 10, rounds: 1, mail: 2, privacy: 1 },
  rebuildAfterMs: 30_000,
  watchMs: 2_000,
};

/** Tries after which a command is parked (services count them in SQL); the queue must forgive more than that. */
const TRIES = 5;
const LONGEST_DEAF_MS = 30_000;

/** Why these settings would lose, stop or double work, a sentence each; empty when they would not. */
export function faultsOf({ lockDuration, stalledInterval, maxStalledCount, concurrency, rebuildAfterMs, watchMs }: WorkerSettings): readonly string[] {
  const faults: string[] = [];
  if (lockDuration < 300) faults.push(`lockDuration ${lockDuration} ms: a worker that pauses that long is taken for dead and its jobs run twice; give at least 300.`);
  if (stalledInterval > lockDuration) faults.push(`stalledInterval ${stalledInterval} ms is longer than the lock of ${lockDuration} ms: jobs of a dead worker would lie longer than need be; give at most the lock.`);
  if (maxStalledCount <= TRIES) faults.push(`maxStalledCount ${maxStalledCount}: the queue would drop a job for good before the ${TRIES} tries counted in the database are used up; give more than ${TRIES}.`);
  for (const [queue, jobs] of Object.entries(concurrency)) {
    if (!Number.isInteger(jobs) || jobs < 1 || jobs > 100) faults.push(`concurrency ${jobs} of ${queue}: give a whole number from 1 to 100.`);
  }
  if (rebuildAfterMs > LONGEST_DEAF_MS) faults.push(`rebuildAfterMs ${rebuildAfterMs} ms: a worker that lost its connection would stay deaf too long; give at most ${LONGEST_DEAF_MS}.`);
  if (watchMs > rebuildAfterMs) faults.push(`watchMs ${watchMs} ms: the watchdog looks more rarely than it must act; give at most ${rebuildAfterMs}.`);
  return faults;
}
