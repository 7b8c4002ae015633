import { BadDelivery, type Handlers, type JobRun, createProcessors } from './processors.js';
import { JOBS, JOB_NAMES, type Payload, jobRow } from './jobs.js';

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';
const run: JobRun = { jobId: 'x', signal: new AbortController().signal };
const done = async (): Promise<void> => {};

const complete = (seen: unknown[] = []): Handlers => ({
  scoring: {
    'score-learner': async (payload) => void seen.push(payload),
    'score-vacancy': done,
    'score-region': done,
    'score-chunk': done,
    'spread-run': done,
    'answer-eligibility': done,
    'shadow-weights': done,
  },
  rounds: { 'solve-round': done, 'try-round': done },
  mail: { 'send-mail': done },
  privacy: { 'answer-subject-request': done },
});

describe('handlers', () => {
  // The next four are proved by `npm run check` (types): an expected error that is none fails it.
  it('do not compile when one is missing', () => {
    // @ts-expect-error solve-round has no handler
    expect(() => createProcessors({ ...complete(), rounds: {} })).not.toThrow();
  });

  it('do not compile when a stray one is there, not even through a variable', () => {
    const stray = { ...complete(), rounds: { 'solve-round': done, 'try-round': done, 'send-flowers': done } };
    // @ts-expect-error no job asks for send-flowers
    expect(() => createProcessors(stray)).not.toThrow();
    const strayQueue = { ...complete(), flowers: {} };
    // @ts-expect-error no such queue
    expect(() => createProcessors(strayQueue)).not.toThrow();
  });

  it('do not compile under another queue than their own', () => {
    const { rounds, ...rest } = complete();
    // @ts-expect-error solve-round belongs to rounds
    expect(() => createProcessors({ rounds, scoring: { ...rest.scoring, ...rounds } })).not.toThrow();
  });

  it('do not compile when they read what the payload does not hold', () => {
    const greedy = async (payload: Payload<'solve-round'> & { learnerName: string }): Promise<void> => void payload;
    // @ts-expect-error a payload has ids and versions only
    expect(() => createProcessors({ ...complete(), rounds: { 'solve-round': greedy, 'try-round': done } })).not.toThrow();
  });

  it('get the payload the table describes', async () => {
    const seen: unknown[] = [];
    const payload = { commandId: A, learnerId: B, version: 3 };
    await createProcessors(complete(seen)).scoring('score-learner', payload, run);
    expect(seen).toEqual([payload]);
  });

  it.each([
    ['no-such-job', {}, 'scoring'],
    ['toString', {}, 'scoring'],
    ['solve-round', { commandId: A, roundId: B, attempt: 1 }, 'scoring'],
    ['score-learner', { commandId: A, learnerId: B, version: 3, name: 'Ann Lee' }, 'scoring'],
    ['score-learner', { commandId: A, learnerId: 'Ann Lee', version: 3 }, 'scoring'],
    ['score-learner', null, 'scoring'],
  ] as const)('are never given %s with %j', async (name, payload, queue) => {
    const delivery = createProcessors(complete())[queue](name, payload, run);
    await expect(delivery).rejects.toThrow(BadDelivery);
    await expect(delivery).rejects.not.toThrow(/Ann/);
  });
});

describe('job rows', () => {
  const rows = [
    jobRow('score-learner', { commandId: A, learnerId: B, version: 3 }),
    jobRow('score-vacancy', { commandId: A, vacancyId: B, version: 3 }),
    jobRow('score-region', { commandId: A, runId: B }),
    jobRow('score-chunk', { commandId: A, runId: B, chunk: 7 }),
    jobRow('solve-round', { commandId: A, roundId: B, attempt: 2 }),
    jobRow('try-round', { commandId: A, dryRunId: B }),
    jobRow('send-mail', { commandId: A, mailId: B }),
    jobRow('answer-subject-request', { commandId: A, requestId: B }),
    jobRow('spread-run', { commandId: A, runId: B }),
    jobRow('shadow-weights', { commandId: A, number: 4 }),
    jobRow('answer-eligibility', { commandId: A, questionId: B }),
  ];

  it('cover every job, each on its queue', () => {
    expect(rows.map((row) => row.name).sort()).toEqual([...JOB_NAMES].sort());
    for (const row of rows) expect(row.queue).toBe(JOBS[row.name].queue);
  });

  it('have ids of the form kind-uuid-vN: one a command, the same each time, without a colon', () => {
    expect(rows.map((row) => row.jobId)).toEqual([
      `score-learner-${A}-v3`,
      `score-vacancy-${A}-v3`,
      `score-region-${A}-v1`,
      `score-chunk-${A}-v7`,
      `solve-round-${A}-v2`,
      `try-round-${A}-v1`,
      `send-mail-${A}-v1`,
      `answer-subject-request-${A}-v1`,
      `spread-run-${A}-v1`,
      `shadow-weights-${A}-v4`,
      `answer-eligibility-${A}-v1`,
    ]);
  });

  it('refuse what is not an id or a version', () => {
    expect(() => jobRow('score-learner', { commandId: A, learnerId: 'Ann', version: 3 })).toThrow();
    expect(() => jobRow('score-learner', { commandId: A, learnerId: B, version: 0.5 })).toThrow();
    // @ts-expect-error a payload has ids and versions only
    expect(() => jobRow('score-learner', { commandId: A, learnerId: B, version: 3, email: 'ann@example.org' })).toThrow();
  });
});
