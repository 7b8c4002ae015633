import { headcount } from './eligibility.js';

describe('a count of people that an employer is told', () => {
  it('is hidden under five, none as well as a few, and to the nearest five from there on', () => {
    expect([0, 1, 4, 5, 7, 8, 12, 13, 100, 102].map(headcount)).toEqual([null, null, null, 5, 5, 10, 10, 15, 100, 100]);
  });

  it('does not tell one person from none: most questions that differ by one person get one answer', () => {
    const told = Array.from({ length: 1_000 }, (_, n) => headcount(n + 5));
    expect(told.slice(1).filter((count, at) => count !== told[at])).toHaveLength(200);
    for (const count of told) expect((count ?? -1) % 5).toBe(0);
  });
});
