import { mulberry32 } from '../../../test/enumerator/random-instance.js';
import { alignRanks } from './align-ranks.js';

/** A random market: every learner lists up to `longest` vacancies, rankers own `each` vacancies and list most of those who list them, and some who don't. */
function market(seed: number, learners: number, vacancies: number, longest: number, each: number) {
  const dice = mulberry32(seed);
  const rows = Array.from({ length: learners }, () => {
    const row = new Set<number>();
    const length = Math.floor(dice() * (longest + 1));
    while (row.size < length) row.add(Math.floor(dice() * vacancies));
    return [...row];
  });
  const rankers = Math.ceil(vacancies / each);
  const lists = Array.from({ length: rankers }, () => new Map<number, number>());
  rows.forEach((row, s) => row.forEach((p) => dice() < 0.9 && lists[Math.floor(p / each)]!.set(s, dice())));
  for (const list of lists) list.set(Math.floor(dice() * learners), dice());
  const ordered = lists.map((list) => [...list].sort((a, b) => a[1] - b[1]).map(([s]) => s));
  const offsets = (all: readonly (readonly number[])[]): Int32Array => {
    const at = new Int32Array(all.length + 1);
    all.forEach((row, i) => (at[i + 1] = at[i]! + row.length));
    return at;
  };
  const ranker = each === 1 ? null : Int32Array.from({ length: vacancies }, (_, p) => Math.floor(p / each));
  return { rows, ordered, ranker, start: offsets(rows), entry: Int32Array.from(rows.flat()), listStart: offsets(ordered), listLearner: Int32Array.from(ordered.flat()) };
}

it.each([
  ['short rows', 300, 40, 12, 1],
  ['short rows, two levels', 300, 40, 12, 4],
  ['long rows', 120, 300, 200, 1],
  ['long rows, two levels', 120, 300, 200, 7],
  ['several blocks, some with long rows', 4600, 90, 70, 5],
])('finds the same positions as a search pair by pair: %s', (_, learners, vacancies, longest, each) => {
  for (const seed of learners > 1000 ? [1] : [1, 2, 3]) {
    const m = market(seed, learners, vacancies, longest, each);
    const place = m.ordered.map((list) => new Map(list.map((s, i) => [s, i])));
    const expected = m.rows.flatMap((row, s) => row.map((p) => place[Math.floor(p / each)]!.get(s) ?? -1));
    expect(Array.from(alignRanks(m.start, m.entry, m.ranker, m.listStart, m.listLearner))).toEqual(expected);
  }
});
