import { Dice } from '../testing/cohort.js';
import { exposureGini, spread } from './congestion.js';

describe('congestion', () => {
  it('moves nobody where nothing may be lost, and nobody who has nowhere to go', () => {
    const lists = [0, 1, 2].map(() => [{ vacancy: 0, orderKey: 6000 }, { vacancy: 1, orderKey: 5000 }]);
    expect(spread(lists, [1, 1], 1, 0)).toEqual([[0], [0], [0]]);
    expect(spread(lists.map((list) => list.slice(0, 1)), [1, 1], 1)).toEqual([[0], [0], [0]]);
    expect(spread([], [1], 3)).toEqual([]);
  });

  it('loses no more of the mean order key than it may', () => {
    const dice = new Dice(9);
    const lists = Array.from({ length: 60 }, () => Array.from({ length: 20 }, (_, vacancy) => ({ vacancy, orderKey: 9000 - 300 * vacancy + dice.below(200) })));
    const sum = (chosen: readonly (readonly number[])[]): number => chosen.flatMap((positions, l) => positions.map((at) => lists[l]?.[at]?.orderKey ?? 0)).reduce((a, b) => a + b, 0);
    const plain = sum(lists.map((list) => list.slice(0, 5).map((_, at) => at)));
    for (const loss of [50, 200, 1000]) expect(sum(spread(lists, lists[0]?.map(() => 1) ?? [], 5, loss))).toBeGreaterThanOrEqual((plain * (10_000 - loss)) / 10_000);
  });

  it('spreads a crowd, whatever the order of learners', () => {
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
    const even = spread(lists, openings, 10, 2000);
    expect(exposureGini(exposure(even))).toBeLessThan(0.75 * exposureGini(exposure(plain)));
    const reversed = spread([...lists].reverse(), openings, 10, 2000).slice().reverse();
    expect(reversed).toEqual(even);
  });

  it('measures exposure from all alike to one takes all', () => {
    expect(exposureGini([5, 5, 5, 5])).toBeCloseTo(0, 12);
    expect(exposureGini([0, 0, 0, 20])).toBeCloseTo(0.75, 12);
    expect(exposureGini([])).toBe(0);
  });
});
