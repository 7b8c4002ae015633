import { headcount } from './eligibility.js';

describe('a count of people that an employer is told', () => {
  it('is hidden under five, none as well as a few, and to the nearest five of what the blur made of it from there on', () => {
    expect([0, 1, 4, 5, 7, 8, 12, 13, 100, 102].map((n) => headcount(n, n))).toEqual([null, null, null, 5, 5, 10, 10, 15, 100, 100]);
    expect([4, 5, 8].map((n) => headcount(n, n + 3))).toEqual([null, 10, 10]);
    expect([5, 8, 9].map((n) => headcount(n, n - 4))).toEqual([null, null, 5]);
  });
});
