import { JOBS, type JobName, type JobsOf, type Payload, QUEUES, type QueueName, isJobName } from './jobs.js';

/** Why the signal of a job is aborted when its worker is told to stop. */
export const WORKER_STOPS = 'the worker is stopping';
/** Why it is aborted when the job's lock ran out under a worker that lives: another may have begun the job. */
export const LOCK_LOST = 'the lock was lost';

/** What a handler is told of its delivery besides the payload. */
export type JobRun = Readonly<{
  jobId: string;
  /** Aborted when the job's lock is lost or the worker must stop: finish soon, or somebody else will have begun. */
  signal: AbortSignal;
}>;

export type Handler<N extends JobName> = (payload: Payload<N>, run: JobRun) => Promise<void>;
export type HandlersOf<Q extends QueueName> = { readonly [N in JobsOf<Q>]: Handler<N> };
export type Handlers = { readonly [Q in QueueName]: HandlersOf<Q> };

/** `never` in the place of every handler that no job asks for, so that a stray one does not compile either. */
type NoStrays<Given> = {
  readonly [Q in keyof Given]: Q extends QueueName ? { readonly [N in keyof Given[Q]]: N extends JobsOf<Q> ? unknown : never } : never;
};

/** Runs one delivered job of a queue. */
type Processor = (name: string, data: unknown, run: JobRun) => Promise<void>;
export type Processors = Readonly<Record<QueueName, Processor>>;

/** The delivery itself is wrong (no such job, not its payload): trying again changes nothing. */
export class BadDelivery extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'BadDelivery';
  }
}

export function createProcessors<Given extends Handlers>(handlers: Given & NoStrays<Given>): Processors {
  const table: Handlers = handlers;
  return Object.fromEntries(QUEUES.map((queue) => [queue, processorOf(queue, table[queue])])) as Processors;
}

function processorOf(queue: QueueName, handlers: Handlers[QueueName]): Processor {
  return async (name, data, run) => {
    if (!isJobName(name) || JOBS[name].queue !== queue) throw new BadDelivery(`no job of queue ${queue} has this name`);
    const parsed = JOBS[name].payload.safeParse(data);
    // The paths only: the values are what somebody sent.
    if (!parsed.success) throw new BadDelivery(`${name}: payload wrong at ${parsed.error.issues.map((i) => i.path.join('.') || 'the top').join(', ')}`);
    const handler = (handlers as Record<string, Handler<JobName>>)[name];
    if (handler === undefined) throw new BadDelivery(`${name}: no handler`);
    await handler(parsed.data as never, run);
  };
}
