import { Logger, nestLogger } from './logger.js';
import { REDACTED, describeError, redact } from './redaction.js';

function recorded(): { logger: Logger; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const logger = Logger.create('test', 'debug', { write: (line) => void written.push(line) });
  return { logger, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it('writes one JSON object a line with level, time, service and message', () => {
    const { logger, lines } = recorded();
    logger.with({ jobId: 'solve-round-1' }).warn('late', { ms: 12 });
    expect(lines()).toEqual([
      { level: 'warn', time: expect.stringMatching(/^\d{4}-.*Z$/), service: 'test', pid: process.pid, jobId: 'solve-round-1', ms: 12, msg: 'late' },
    ]);
  });

  it('keeps personal data and secrets out at any depth, and e-mail addresses out of any text', () => {
    const { logger, lines } = recorded();
    logger.info('signed in ann.lee@example.org', {
      learner: { id: 'l1', givenName: 'Ann', familyName: 'Lee', uln: '9276308686', dateOfBirth: '2007-01-01', outcode: 'B1' },
      headers: [{ authorization: 'Bearer x', cookie: 'c' }],
      sessionToken: 't',
      note: 'from ann.lee@example.org over redis://user:pass@host:1',
    });
    const text = JSON.stringify(lines());
    for (const canary of ['Ann', 'Lee', 'ann.lee', '9276308686', '2007-01-01', 'B1', 'Bearer', 'pass']) expect(text).not.toContain(canary);
    expect(text).toContain('"id":"l1"');
  });

  it('describes a database error without the row it quotes', () => {
    const error = Object.assign(new Error('duplicate key value violates unique constraint "uq_person_email"'), {
      code: '23505',
      constraint: 'uq_person_email',
      detail: 'Key (email)=(ann@example.org) already exists.',
      parameters: ['Ann'],
      query: 'insert',
    });
    const described = describeError(error);
    expect(described).toMatchObject({ code: '23505', constraint: 'uq_person_email' });
    expect(JSON.stringify(described)).not.toMatch(/ann|Ann|insert/);
    expect(describeError(Object.assign(new Error('invalid input syntax for type uuid: "Ann Lee"'), { code: '22P02' }))['message']).toBe('data exception 22P02');
  });

  it('survives circles and what is not data', () => {
    const circle: Record<string, unknown> = { n: 1n, f: () => 1 };
    circle['self'] = circle;
    expect(JSON.stringify(redact(circle))).toContain('[deeper]');
    expect(redact({ password: 'x' })).toEqual({ password: REDACTED });
  });

  it("takes Nest's messages, its chatter on debug", () => {
    const { logger, lines } = recorded();
    const nest = nestLogger(logger);
    nest.log('starting', 'Factory');
    nest.error(new Error('broken'), 'stack', 'Injector');
    expect(lines().map((l) => [l['level'], l['msg'], l['context']])).toEqual([
      ['debug', 'starting', 'Factory'],
      ['error', 'broken', 'Injector'],
    ]);
  });
});
