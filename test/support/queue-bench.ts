import { randomBytes, randomUUID } from 'node:crypto';
import {
  type Handler,
  type Handlers,
  JobOutbox,
  type JobRow,
  RedisLink,
  WorkerHost,
  type WorkerSettings,
  createProcessors,
  jobRow,
} from '@meriden/queue';
import { Logger, Metrics } from '@meriden/platform';

/** Quick enough for a test, in the same proportions as in earnest. */
const QUICK: Partial<WorkerSettings> = { lockDuration: 1_000, stalledInterval: 300, watchMs: 100, rebuildAfterMs: 1_000 };

export const silent = Logger.create('test', 'silent');

/** Row of a learner's scoring, of a command of its own unless one is given. */
export function learnerRow(commandId: string = randomUUID(), id = 1): JobRow & Readonly<{ id: number; commandId: string }> {
  return { ...jobRow('score-learner', { commandId, learnerId: randomUUID(), version: 1 }), id, commandId };
}

export const prefix = (): string => `t-${randomBytes(4).toString('hex')}`;

const done = async (): Promise<void> => {};

/** Handlers of which only the learner's scoring does something. */
function handlers(scoreLearner: Handler<'score-learner'>): Handlers {
  return {
    scoring: { 'score-learner': scoreLearner, 'score-vacancy': done, 'score-region': done, 'score-chunk': done, 'spread-run': done, 'answer-eligibility': done, 'shadow-weights': done },
    rounds: { 'solve-round': done, 'try-round': done },
    mail: { 'send-mail': done },
    privacy: { 'answer-subject-request': done },
  };
}

export function hostOf(redisUrl: string, under: string, scoreLearner: Handler<'score-learner'>, settings: Partial<WorkerSettings> = {}): WorkerHost {
  return new WorkerHost({
    redisUrl,
    prefix: under,
    processors: createProcessors(handlers(scoreLearner)),
    logger: silent,
    metrics: new Metrics(),
    settings: { ...QUICK, ...settings },
  });
}

export function outboxOf(redisUrl: string, under: string): { link: RedisLink; outbox: JobOutbox; close(): Promise<void> } {
  const link = new RedisLink(redisUrl, 'send', silent);
  const outbox = new JobOutbox(link, under);
  return {
    link,
    outbox,
    close: async () => {
      await outbox.close();
      await link.close();
    },
  };
}

/** Waits until the condition holds; throws with its words when it does not within `ms`. */
export async function eventually(what: string | (() => string), condition: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const until = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`not within ${ms} ms: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
