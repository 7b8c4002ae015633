import { ALLOWED, runGuessing, type GuessingReport } from '../support/guessing-ground.js';
import { START_MS } from './support/meriden.js';

let report: GuessingReport;
beforeAll(async () => {
  report = await runGuessing({ patienceMs: 0, hours: 1, ids: 20 });
}, START_MS);

it('packed in any way, over two processes and without Redis, at most ten of them are looked into', () => {
  const { packed } = report;
  expect(packed.filter(({ checked }) => checked > ALLOWED)).toEqual([]);
  // What would make that hollow: tries that never arrived, or that were stopped by something else.
  for (const { name, sent, answers } of packed) {
    expect([name, answers, sent > 5 && ((answers['TOO_MANY_TRIES'] ?? 0) > 20 || (answers['BAD_REQUEST'] ?? 0) > 5)]).toEqual([name, answers, true]);
  }
  const [batches, others] = [true, false].map((are) => packed.filter(({ name }) => (name === 'batches of documents') === are));
  expect(others?.filter(({ checked }) => checked < 5)).toEqual([]);
  expect(batches).toMatchObject([{ checked: 0 }]);
});

it('over hours of tries at the worst moments, at most ten lie in any quarter of an hour, and no fewer are let through', () => {
  expect(report.hours.most).toBe(ALLOWED);
  expect(report.hours.sent).toBeGreaterThan(5 * report.hours.checked);
});

it('at addresses with an account and without one cost and tell the same', () => {
  const { told, swept } = report.sweep;
  expect(swept).toBe(20);
  expect(told.there).toEqual(told.missing);
  expect(told.there.map((line) => line.split(':')[0])).toEqual(['requestPasswordReset', 'signIn']);
});
