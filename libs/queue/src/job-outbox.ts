import { type JobsOptions, Queue } from 'bullmq';
import { JOBS, type JobRow, type QueueName, isJobName } from './jobs.js';
import type { RedisLink } from './redis-link.js';

/** Jobs a pipeline holds at most. */
const BULK = 300;
/** BullMQ takes jobs without a priority first. One vacancy that changes has hundreds of learners scored anew: whoever edits a profile then does not wait for them. */
const OF_ITSELF = 10;
/** Bytes of a payload. Ours are about a hundred: more means that somebody sent a row. */
const SIZE_LIMIT = 65_536;

export type Sent<Id> = Readonly<{
  /** Rows that Redis has now, whether by this sending or an earlier one. */
  sent: readonly Id[];
  /** Rows that no sending will ever bring through: no such job, not its payload, not its id. */
  refused: readonly Readonly<{ id: Id; reason: string }>[];
}>;

type Bulk = Parameters<Queue['addBulk']>[0][number];

/**
 * Hands outbox rows to BullMQ. Sending a row again is harmless: the job id is the command's, Redis ignores one it holds, and
 * one it has forgotten (jobs are removed when they end) runs again into the inbox.
 */
export class JobOutbox {
  private readonly queues = new Map<QueueName, Queue>();

  constructor(
    private readonly link: RedisLink,
    private readonly prefix: string,
  ) {}

  /** @throws RedisUnavailable, or the fault of the connection: then any part of the rows may have arrived; send all again */
  async send<Id>(rows: readonly (JobRow & Readonly<{ id: Id }>)[]): Promise<Sent<Id>> {
    await this.link.use();
    const refused: { id: Id; reason: string }[] = [];
    const good = new Map<QueueName, { id: Id; job: Bulk }[]>();
    for (const row of rows) {
      const reason = faultOf(row);
      if (reason !== null) {
        refused.push({ id: row.id, reason });
        continue;
      }
      const queue = row.queue as QueueName;
      const list = good.get(queue) ?? [];
      if (list.length === 0) good.set(queue, list);
      list.push({ id: row.id, job: { name: row.name, data: row.payload, opts: optionsOf(row) } });
    }
    const sent: Id[] = [];
    for (const [queue, list] of good) {
      for (let from = 0; from < list.length; from += BULK) {
        const part = list.slice(from, from + BULK);
        await this.queue(queue).addBulk(part.map((entry) => entry.job));
        sent.push(...part.map((entry) => entry.id));
      }
    }
    return { sent, refused };
  }

  /** Jobs that wait or are delayed, by queue: for the meters. */
  async depth(queue: QueueName): Promise<number> {
    await this.link.use();
    return this.queue(queue).getJobCountByTypes('waiting', 'delayed', 'prioritized');
  }

  /** Ends the queues; their shared connection ends with its link. */
  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    this.queues.clear();
  }

  private queue(name: QueueName): Queue {
    let queue = this.queues.get(name);
    if (queue === undefined) {
      // The link has examined the server and is ready: BullMQ's own start-up questions would only be one more thing to fail.
      queue = new Queue(name, { connection: this.link.client, prefix: this.prefix, skipVersionCheck: true, skipWaitingForReady: true });
      // Faults reach the caller of addBulk; without a listener the same fault would end the process.
      queue.on('error', () => {});
      this.queues.set(name, queue);
    }
    return queue;
  }
}

function faultOf(row: JobRow): string | null {
  if (!isJobName(row.name)) return 'no such job';
  const definition = JOBS[row.name];
  if (definition.queue !== row.queue) return `${row.name} belongs to queue ${definition.queue}`;
  const parsed = definition.payload.safeParse(row.payload);
  if (!parsed.success) return `payload wrong at ${parsed.error.issues.map((i) => i.path.join('.') || 'the top').join(', ')}`;
  if (Buffer.byteLength(JSON.stringify(row.payload)) > SIZE_LIMIT) return `payload above ${SIZE_LIMIT} bytes`;
  return /^[a-z][a-z0-9-]{0,199}$/.test(row.jobId) ? null : 'job id is not a natural key (letters, digits and -)';
}

function optionsOf(row: JobRow): JobsOptions & { jobId: string } {
  const { attempts, backoffMs } = JOBS[row.name as keyof typeof JOBS];
  return {
    jobId: row.jobId,
    attempts,
    ...(row.ofItself && { priority: OF_ITSELF }),
    backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 },
    // A kept job would block the reconciler: an id that lies among finished jobs is ignored in silence.
    removeOnComplete: true,
    removeOnFail: true,
    sizeLimit: SIZE_LIMIT,
    stackTraceLimit: 0,
  };
}
