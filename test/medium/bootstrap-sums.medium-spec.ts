import { count } from '#bootstrap/jest.mjs';

const ended = { exit: { code: 0, signal: null }, hung: null };
const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };

describe('the sum of a test run', () => {
  it('counts what passed', () => {
    expect(count(report, ended)).toEqual({ passed: 5, failed: 0, skipped: 0 });
  });

  it('counts what was skipped and what was only promised', () => {
    expect(count({ ...report, numPendingTests: 2, numTodoTests: 1 }, ended)).toEqual({ passed: 5, failed: 0, skipped: 3 });
  });

  it('counts a file that does not load as a failure', () => {
    expect(count({ ...report, numRuntimeErrorTestSuites: 1 }, { ...ended, exit: { code: 1, signal: null } })).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  it.each([
    ['hung after its report', report, { ...ended, hung: 'it did not end' }],
    ['ended without a report', null, ended],
    ['was to run all tests and found none', { ...report, numPassedTests: 0 }, { ...ended, all: true }],
    ['was killed', null, { ...ended, exit: { code: null, signal: 'SIGKILL' } }],
    ['ended with an error although no test failed', report, { ...ended, exit: { code: 1, signal: null } }],
  ])('counts a run that %s as a failure', (_how, given, how) => {
    expect(count(given, how)).toMatchObject({ failed: 1, fault: expect.any(String) as string });
  });
});
