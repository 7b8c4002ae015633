import type { Logger, Metrics } from '@meriden/platform';
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { Gate } from './gate.js';
import { QUEUES, type QueueName } from './jobs.js';
import { BadDelivery, LOCK_LOST, WORKER_STOPS, type JobRun, type Processors } from './processors.js';
import { RedisLink, retryStrategy } from './redis-link.js';
import { faultsOf, WORKER_SETTINGS, type WorkerSettings } from './worker-settings.js';

export type WorkerState = Readonly<{ queue: QueueName; connected: boolean; active: number; rebuilt: number }>;

type Post = {
  readonly queue: QueueName;
  worker: Worker;
  active: number;
  /** When it was last seen as it should be. */
  wellAt: number;
  startedAt: number;
  rebuilt: number;
};

type Given = Readonly<{
  redisUrl: string;
  /** Before all keys. */
  prefix: string;
  processors: Processors;
  logger: Logger;
  metrics: Metrics;
  settings?: Partial<WorkerSettings>;
}>;

/** The BullMQ workers of a process, one a queue, kept alive by a watchdog, ended without losing what runs. */
export class WorkerHost {
  private readonly posts: Post[] = [];
  /** Of all queues together: who kills the process kills all of them. */
  private readonly gate = new Gate();
  private readonly settings: WorkerSettings;
  private readonly link: RedisLink;
  private watch: NodeJS.Timeout | undefined;
  private stopping = false;
  private readonly jobs;
  private readonly seconds;
  private readonly rebuilds;

  constructor(private readonly given: Given) {
    this.settings = { ...WORKER_SETTINGS, ...given.settings };
    const faults = faultsOf(this.settings);
    if (faults.length > 0) throw new Error(`The worker's settings are not safe: ${faults.join(' ')}`);
    this.link = new RedisLink(given.redisUrl, 'send', given.logger);
    const { metrics } = given;
    this.jobs = metrics.counter('meriden_jobs_total', 'Deliveries of jobs ended, by outcome', ['queue', 'name', 'outcome']);
    this.seconds = metrics.histogram('meriden_job_seconds', 'Time a delivery took', [0.005, 0.02, 0.1, 0.5, 2, 10, 60], ['queue', 'name']);
    this.rebuilds = metrics.counter('meriden_worker_rebuilds_total', 'Workers the watchdog built anew', ['queue']);
  }

  /**
   * Waits for Redis as long as it takes, then begins.
   * @throws RedisUnavailable when Redis answers but may lose jobs
   */
  async start(): Promise<void> {
    while (!this.stopping) {
      if (this.link.client.status === 'ready') {
        await this.link.use(true);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (this.stopping) return;
    for (const queue of QUEUES) this.posts.push(this.post(queue));
    this.watch = setInterval(() => void this.look().catch((error: unknown) => this.given.logger.warn('watchdog failed', { error })), this.settings.watchMs);
    this.given.logger.info('queues open', { queues: QUEUES });
  }

  async states(): Promise<readonly WorkerState[]> {
    return Promise.all(
      this.posts.map(async (post) => ({ queue: post.queue, connected: await connected(post.worker), active: post.active, rebuilt: post.rebuilt })),
    );
  }

  /**
   * Takes no new job, lets running ones end for at most `patienceMs`, then tells them to stop and leaves: what is unfinished
   * comes back to another worker when its lock lapses.
   */
  async close(patienceMs = 20_000): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    clearInterval(this.watch);
    const until = performance.now() + patienceMs;
    // Paused rather than closed at first: a close that waits for its jobs can no longer be turned into one that does not.
    await Promise.all(this.posts.map(({ worker }) => worker.pause(true).catch(() => {})));
    while (this.posts.some((post) => post.active > 0) && performance.now() < until) await pause(10);
    const unfinished = this.posts.reduce((sum, post) => sum + post.active, 0);
    if (unfinished > 0) this.given.logger.warn('jobs left unfinished', { jobs: unfinished, waitedMs: patienceMs });
    await within(Math.max(500, until - performance.now()), Promise.allSettled(this.posts.map((post) => end(post))), null);
    await this.link.close();
  }

  private post(queue: QueueName): Post {
    const now = performance.now();
    const post: Post = { queue, worker: undefined as unknown as Worker, active: 0, wellAt: now, startedAt: now, rebuilt: 0 };
    post.worker = this.build(post);
    return post;
  }

  private build(post: Post): Worker {
    const { lockDuration, stalledInterval, maxStalledCount, concurrency } = this.settings;
    const { logger, redisUrl, prefix } = this.given;
    const worker = new Worker(post.queue, (job, _token, signal) => this.run(post, job, signal), {
      connection: { url: redisUrl, maxRetriesPerRequest: null, connectTimeout: 2_000, retryStrategy, connectionName: `meriden-${post.queue}` },
      prefix,
      lockDuration,
      stalledInterval,
      maxStalledCount,
      concurrency: concurrency[post.queue],
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    worker.on('error', (error: Error & { code?: string }) => logger.debug('worker connection', { queue: post.queue, code: error.code ?? error.name }));
    worker.on('stalled', (jobId) => logger.warn('job taken over from a silent worker', { queue: post.queue, jobId }));
    worker.on('lockRenewalFailed', (jobIds) => {
      logger.warn('lock lost', { queue: post.queue, jobIds });
      // Somebody else may have begun it: what it would still write is fenced off, so it may as well stop.
      for (const jobId of jobIds) worker.cancelJob(jobId, LOCK_LOST);
    });
    return worker;
  }

  private async run(post: Post, job: Job, signal: AbortSignal | undefined): Promise<void> {
    const { logger, processors } = this.given;
    const jobId = job.id ?? '';
    const run: JobRun = { jobId, signal: signal ?? new AbortController().signal };
    const labels = { queue: post.queue, name: job.name };
    const started = performance.now();
    post.active++;
    post.startedAt = started;
    let outcome = 'done';
    let begun = false;
    try {
      // Its worker fell silent while it had this job: perhaps of it.
      await this.gate.pass(job.stalledCounter > 0, run.signal, () => {
        begun = true;
        return processors[post.queue](job.name, job.data, run);
      });
    } catch (error) {
      outcome = error instanceof BadDelivery ? 'bad' : 'failed';
      if (error instanceof BadDelivery) logger.defect('bad delivery', { ...labels, jobId, reason: error.message });
      else if (begun) logger.error('job failed', { ...labels, jobId, error });
      else logger.info('job not begun', { ...labels, jobId, error });
      throw forRedis(error);
    } finally {
      post.active--;
      this.jobs.inc({ ...labels, outcome });
      this.seconds.observe(labels, (performance.now() - started) / 1000);
    }
  }

  /**
   * BullMQ's workers come back by themselves nearly always. The rest (a client parked in reconnecting, a main loop that ended,
   * a worker connected that takes nothing) looks the same from here: not well for half a minute. Then it is built anew.
   */
  private async look(): Promise<void> {
    for (const post of this.posts) {
      if (this.stopping) return;
      const now = performance.now();
      if (await this.well(post, now)) post.wellAt = now;
      if (now - post.wellAt < this.settings.rebuildAfterMs) continue;
      this.given.logger.warn('worker built anew', { queue: post.queue, silentMs: Math.round(now - post.wellAt) });
      this.rebuilds.inc({ queue: post.queue });
      const old = post.worker;
      // Not awaited: the end of a broken worker may never come, and its running jobs end in the inbox either way.
      void old.close(true).catch(() => {});
      post.worker = this.build(post);
      post.rebuilt++;
      post.wellAt = now;
    }
  }

  private async well(post: Post, now: number): Promise<boolean> {
    if (!post.worker.isRunning() || !(await connected(post.worker))) return false;
    if (post.active > 0 || now - post.startedAt < this.settings.rebuildAfterMs) return true;
    // Connected and idle: well unless jobs have been waiting for it.
    if (!this.link.ready) return true;
    const keys = `${this.given.prefix}:${post.queue}`;
    const waiting = await Promise.all([this.link.client.llen(`${keys}:wait`), this.link.client.zcard(`${keys}:prioritized`)]);
    return waiting.every((jobs) => jobs === 0);
  }
}

/** Ends a worker: at once where jobs will not end or Redis is away, else after it has told Redis of its last ones. */
async function end(post: Post): Promise<void> {
  const { worker } = post;
  const late = post.active > 0;
  if (late) worker.cancelAllJobs(WORKER_STOPS);
  // Time for those that listen to end, and for their tries to be taken back.
  for (let waited = 0; post.active > 0 && waited < LAST_WORDS_MS; waited += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  await worker.close(late || !(await connected(worker)));
}

const LAST_WORDS_MS = 500;

/** What Redis may keep of a fault: its class and code. The message may quote a row. */
function forRedis(error: unknown): Error {
  const fault = error as { name?: unknown; code?: unknown };
  const text = [fault.name, fault.code].filter((part) => typeof part === 'string').join(' ') || 'Error';
  return error instanceof BadDelivery ? new UnrecoverableError(text) : new Error(text);
}

/** Both connections, the one that waits for jobs and the one that ends them. */
async function connected(worker: Worker): Promise<boolean> {
  const backend = worker.getBackend();
  const status = async (client: Promise<{ status: string }>): Promise<string> =>
    within(20, client.then((c) => c.status, () => 'failed'), 'pending');
  const both = await Promise.all([status(backend.client), status(backend.blockingClient ?? backend.client)]);
  return both.every((s) => s === 'ready');
}

/** The promise's value, or `otherwise` after `ms`; leaves no timer behind that would keep a process alive. */
async function within<T, U>(ms: number, promise: Promise<T>, otherwise: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
