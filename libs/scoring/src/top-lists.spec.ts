import { Dice, digest } from '../testing/cohort.js';
import { TopLists } from './top-lists.js';

const tieOf = (list: number, item: number): string => digest(`${list}|${item}`);

describe('top lists', () => {
  it.each([0, 1, 2, 7, 40])('of size %i keep what sorting everything keeps, many equal keys among it, in any order', (size) => {
    const dice = new Dice(100 + size);
    const lists = new TopLists(3, size, tieOf);
    for (const list of [0, 1, 2]) {
      const offers = Array.from({ length: 120 }, (_, item) => ({ key: dice.below(4 + 12 * list), item }));
      const sorted = [...offers].sort((a, b) => b.key - a.key || (tieOf(list, a.item) < tieOf(list, b.item) ? -1 : 1)).slice(0, size);
      for (const turn of [offers, [...offers].reverse()]) {
        lists.clear(list);
        for (const { key, item } of turn) lists.offer(list, key, item);
        expect(lists.best(list)).toEqual(sorted);
      }
    }
  });

  it('let whole digests decide where their first bits agree', () => {
    const lists = new TopLists(1, 1, (_, item) => `0000000000000${item}`);
    for (const item of [3, 1, 2]) lists.offer(0, 5, item);
    expect(lists.best(0)).toEqual([{ key: 5, item: 1 }]);
  });
});
