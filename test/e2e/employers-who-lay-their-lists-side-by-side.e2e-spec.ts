import { runCollusion, type CollusionReport } from '../support/colluding-employers.js';
import { START_MS } from './support/meriden.js';

const LEARNERS = 60;

let report: CollusionReport;
beforeAll(async () => {
  report = await runCollusion({ learners: LEARNERS, employers: 3 });
}, START_MS);

describe('employers who lay their lists side by side', () => {
  it('find nothing outside the profile by which two rows are one person: no id, no name, no cursor, no place', () => {
    const { candidates, pairs, identified, inPlace, fields } = report.joins;
    expect({ candidates, pairs, identified }).toEqual({ candidates: LEARNERS, pairs: 3, identified: [] });
    // One is met by chance; twelve are not once in 10^9 lists.
    expect(inPlace).toBeLessThan(12);
    // What would make that hollow: fields that were not read.
    for (const field of ['id', 'pseudonym', 'cursor', 'level', 'qualification.key', 'entryPoint.key', 'skills.evidence', 'skills.skill.key']) expect(fields).toContain(field);
  });
});

describe('counts of learners whom a vacancy would reach', () => {
  it('are multiples of five, few are hidden, and asking for the same people in other words gives the same', () => {
    expect(report.counts).toMatchObject({ unrounded: 0, unsteady: 0 });
    expect(report.counts.questions).toBeGreaterThan(80);
  });
});
