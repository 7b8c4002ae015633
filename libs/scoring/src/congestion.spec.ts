import { Dice } from '../testing/cohort.js';
import { congestionFactor, exposureGini, spread } from './congestion.js';

describe('congestion', () => {
  it('leaves an easy vacancy alone and never takes more than half', () => {
    expect(congestionFactor(3, 1)).toBe(10_000);
    expect(congestionFactor(4, 1)).toBe(7500);
    expect(congestionFactor(1000, 1)).toBe(5000);
    expect(congestionFactor(1, 0)).toBe(5000);
  });

  it('spreads a crowd at a small loss, whatever the order of learners', () => {
    const dice = new Dice(4);
    const vacancies = 100;
    const lists = Array.from({ length: 400 }, () =>
      Array.from({ length: vacancies }, (_, vacancy) => ({ vacancy, orderKey: 5000 + dice.below(1500) + (vacancy < 10 ? 1200 : 0) }))
        .sort((a, b) => b.orderKey - a.orderKey || a.vacancy - b.vacancy)
        .slice(0, 60),
    );
    const openings = Array.from({ length: vacancies }, () => 2);
    const exposure = (chosen: readonly (readonly number[])[]): number[] => {
      const counts = openings.map(() => 0);
      chosen.forEach((positions, l) => positions.forEach((at) => counts[lists[l]?.[at]?.vacancy as number]!++));
      return counts;
    };
    const plain = lists.map((list) => list.slice(0, 10).map((_, at) => at));
    const even = spread(lists, openings, 10);
    expect(exposureGini(exposure(even))).toBeLessThan(0.75 * exposureGini(exposure(plain)));
    const reversed = spread([...lists].reverse(), openings, 10).slice().reverse();
    expect(reversed).toEqual(even);
  });

  it('measures exposure from all alike to one takes all', () => {
    expect(exposureGini([5, 5, 5, 5])).toBeCloseTo(0, 12);
    expect(exposureGini([0, 0, 0, 20])).toBeCloseTo(0.75, 12);
    expect(exposureGini([])).toBe(0);
  });
});
