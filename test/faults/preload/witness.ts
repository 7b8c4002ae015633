import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { type FromWitness, POISON, type ToWitness } from './witness-talk.js';

// Loaded into a worker process with --import: watches what the product does without changing it, and dies or stops, when asked,
// at moments that cannot be hit from outside.
if (isMainThread && process.send !== undefined) {
  await import('./leash.js');
  await watch((news) => process.send?.(news));
}

async function watch(tell: (news: FromWitness) => void): Promise<void> {
  const { WorkerHost } = await import('@meriden/queue');
  const { OutboxStore, RoundStore } = await import('@meriden/persistence');
  const { RelayService, RoundService, ScoringService } = await import('@meriden/services');
  const wishes = new Set<ToWitness>();
  process.on('message', (wish: ToWitness) => (wish === 'go on' ? wishes.clear() : wishes.add(wish)));

  const host = WorkerHost.prototype as unknown as { run(post: unknown, job: { id?: string }, signal: unknown): Promise<void>; start(): Promise<void> };
  const { run, start } = host;
  host.start = async function () {
    await start.call(this);
    tell({ say: 'open' });
  };
  host.run = async function (post, job, signal) {
    const jobId = job.id ?? '';
    tell({ say: 'began', jobId });
    try {
      await run.call(this, post, job, signal);
    } finally {
      tell({ say: 'ended', jobId });
    }
  };

  // A profile that kills whoever scores it: its id stands in a file, so that every worker that follows dies of it too.
  const poison = join(process.env['MERIDEN_DATA_DIR'] ?? '', POISON);
  const { scoreLearner } = ScoringService.prototype;
  ScoringService.prototype.scoreLearner = function (job) {
    if (existsSync(poison) && readFileSync(poison, 'utf8') === job.learnerId) process.abort();
    return scoreLearner.call(this, job);
  };

  const duty = new AsyncLocalStorage<'relay'>();
  const { tick } = RelayService.prototype;
  RelayService.prototype.tick = function () {
    return duty.run('relay', () => tick.call(this));
  };
  const { markSent } = OutboxStore.prototype;
  OutboxStore.prototype.markSent = function (tx, ids) {
    if (duty.getStore() === 'relay' && ids.length > 0 && wishes.has('die between sending and marking')) process.kill(process.pid, 'SIGKILL');
    return markSent.call(this, tx, ids);
  };

  const stop = (wish: ToWitness, roundId: string): void => {
    if (!wishes.delete(wish)) return;
    tell({ say: 'stopped', roundId });
    process.kill(process.pid, 'SIGSTOP');
  };
  const { recordPlan } = RoundService.prototype;
  RoundService.prototype.recordPlan = function (job, attempt, plan) {
    stop('stop before saving a plan', attempt.roundId);
    return recordPlan.call(this, job, attempt, plan);
  };
  const { saveFile } = RoundStore.prototype;
  RoundStore.prototype.saveFile = function (tx, roundId, file) {
    stop('stop in the midst of saving a plan', roundId);
    return saveFile.call(this, tx, roundId, file);
  };
}
