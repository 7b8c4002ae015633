import { headcount, MOST_DISTURBED } from './eligibility.js';

const disturbances = Array.from({ length: 2 * MOST_DISTURBED + 1 }, (_, at) => at - MOST_DISTURBED);

describe('a count of people that an employer is told', () => {
  it('is hidden under five, none as well as a few, and to the nearest five from there on', () => {
    expect([0, 1, 4, 5, 7, 8, 12, 13, 100, 102].map((n) => headcount(n, 0))).toEqual([null, null, null, 5, 5, 10, 10, 15, 100, 100]);
  });

  it('is never told of fewer than five, however it is disturbed, and is else off by five at most', () => {
    for (const disturbance of disturbances) {
      for (const n of [0, 1, 2, 3, 4]) expect(headcount(n, disturbance)).toBeNull();
      for (let n = 5; n < 200; n++) {
        const told = headcount(n, disturbance);
        expect(told === null ? n < 5 + MOST_DISTURBED : told % 5 === 0 && told >= 5 && Math.abs(told - n) <= 2 + MOST_DISTURBED).toBe(true);
      }
    }
  });

  it('does not tell one person from none: two groups that differ by one can be told alike and unalike', () => {
    for (let n = 8; n < 100; n++) {
      const [told, next] = [n, n + 1].map((people) => new Set(disturbances.map((disturbance) => headcount(people, disturbance))));
      expect([...(told ?? [])].some((count) => next?.has(count))).toBe(true);
      expect(new Set([...(told ?? []), ...(next ?? [])]).size).toBeGreaterThan(1);
    }
  });
});
