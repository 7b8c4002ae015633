import { z } from 'zod';

export const QUEUES = ['scoring', 'rounds', 'mail', 'privacy'] as const;
export type QueueName = (typeof QUEUES)[number];

type Job<Q extends QueueName, P> = Readonly<{
  queue: Q;
  /** Ids and versions only: Redis keeps clear text. Strict, so that a row smuggled into a payload is refused. */
  payload: z.ZodType<P>;
  /** Tries inside one delivery; the lasting count stands in SQL (`command.attempts`). */
  attempts: number;
  /** First pause before another try, in milliseconds; doubled each time, with jitter. */
  backoffMs: number;
  /** The natural key: the same command always gives the same id, so a second delivery is no second job. */
  jobId: (payload: P) => string;
}>;

const job = <Q extends QueueName, P>(definition: Job<Q, P>): Job<Q, P> => definition;
const id = z.uuid().lowercase();
const count = z.int().min(0).max(2_147_483_647);

/** Every job there is: a handler for each, and for nothing else, or the worker does not compile. */
export const JOBS = {
  'score-learner': job({
    queue: 'scoring',
    payload: z.strictObject({ commandId: id, learnerId: id, version: count }),
    attempts: 5,
    backoffMs: 500,
    jobId: ({ commandId, version }) => `score-learner-${commandId}-v${version}`,
  }),
  'score-vacancy': job({
    queue: 'scoring',
    payload: z.strictObject({ commandId: id, vacancyId: id, version: count }),
    attempts: 5,
    backoffMs: 500,
    jobId: ({ commandId, version }) => `score-vacancy-${commandId}-v${version}`,
  }),
  'score-region': job({
    queue: 'scoring',
    payload: z.strictObject({ commandId: id, runId: id }),
    attempts: 5,
    backoffMs: 500,
    jobId: ({ commandId }) => `score-region-${commandId}-v1`,
  }),
  'score-chunk': job({
    queue: 'scoring',
    payload: z.strictObject({ commandId: id, runId: id, chunk: count }),
    attempts: 5,
    backoffMs: 500,
    jobId: ({ commandId, chunk }) => `score-chunk-${commandId}-v${chunk}`,
  }),
  'spread-run': job({
    queue: 'scoring',
    payload: z.strictObject({ commandId: id, runId: id }),
    attempts: 5,
    backoffMs: 500,
    jobId: ({ commandId }) => `spread-run-${commandId}-v1`,
  }),
  'shadow-weights': job({
    queue: 'scoring',
    payload: z.strictObject({ commandId: id, number: count }),
    attempts: 5,
    backoffMs: 500,
    jobId: ({ commandId, number }) => `shadow-weights-${commandId}-v${number}`,
  }),
  'answer-eligibility': job({
    queue: 'scoring',
    payload: z.strictObject({ commandId: id, questionId: id }),
    attempts: 5,
    backoffMs: 500,
    jobId: ({ commandId }) => `answer-eligibility-${commandId}-v1`,
  }),
  'solve-round': job({
    queue: 'rounds',
    payload: z.strictObject({ commandId: id, roundId: id, attempt: count }),
    attempts: 5,
    backoffMs: 1_000,
    jobId: ({ commandId, attempt }) => `solve-round-${commandId}-v${attempt}`,
  }),
  'try-round': job({
    queue: 'rounds',
    payload: z.strictObject({ commandId: id, dryRunId: id }),
    attempts: 5,
    backoffMs: 1_000,
    jobId: ({ commandId }) => `try-round-${commandId}-v1`,
  }),
  'send-mail': job({
    queue: 'mail',
    payload: z.strictObject({ commandId: id, mailId: id }),
    attempts: 5,
    backoffMs: 2_000,
    jobId: ({ commandId }) => `send-mail-${commandId}-v1`,
  }),
  'answer-subject-request': job({
    queue: 'privacy',
    payload: z.strictObject({ commandId: id, requestId: id }),
    attempts: 5,
    backoffMs: 1_000,
    jobId: ({ commandId }) => `answer-subject-request-${commandId}-v1`,
  }),
} as const;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as readonly JobName[];
export type Payload<N extends JobName> = z.output<(typeof JOBS)[N]['payload']>;
export type JobsOf<Q extends QueueName> = { [N in JobName]: (typeof JOBS)[N]['queue'] extends Q ? N : never }[JobName];

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}

/** What an outbox row says of a job. */
export type JobRow = Readonly<{
  queue: string;
  name: string;
  jobId: string;
  payload: unknown;
  /** No person asked for it: it waits behind what people asked for. */
  ofItself?: boolean;
}>;

/**
 * The outbox row of a job, written in the transaction that decides it.
 * @throws ZodError when the payload is not what the table says: a defect of the caller
 */
export function jobRow<N extends JobName>(name: N, payload: Payload<N>): JobRow & Readonly<{ queue: QueueName; name: N; payload: Payload<N> }> {
  const definition = JOBS[name] as unknown as Job<QueueName, Payload<N>>;
  const checked = definition.payload.parse(payload);
  return { queue: definition.queue, name, jobId: definition.jobId(checked), payload: checked };
}
