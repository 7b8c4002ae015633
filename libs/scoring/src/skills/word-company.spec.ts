import { inner } from './latent-space.js';
import { WordCompany } from './word-company.js';

/** Words 0 and 1 stand in the names of the first three skills, 2 and 3 in those of the others; 4 stands in none. */
const names = [[0, 1], [0, 5], [1, 5], [2, 3], [2, 6], [3, 6]].map((words) => new Map(words.map((word) => [word, 1])));

describe('the company of words', () => {
  const company = new WordCompany(names, 7);
  const alike = (a: number, b: number): number => inner(company.of(new Map([[a, 1]])), company.of(new Map([[b, 1]])));

  it('lays words together that stand in names of the same skills', () => {
    expect(alike(0, 1)).toBeGreaterThan(alike(0, 2));
    expect(alike(2, 6)).toBeGreaterThan(alike(1, 6));
  });

  it('places a text by its words, of unit length, and one without known words nowhere', () => {
    const text = company.of(new Map([[0, 1], [1, 0.5]]));
    expect(inner(text, text)).toBeCloseTo(1);
    expect([...company.of(new Map([[4, 1]]))].every((x) => x === 0)).toBe(true);
  });

  it('is the same each time, and has room for nothing at all', () => {
    expect([...new WordCompany(names, 7).of(new Map([[0, 1]]))]).toEqual([...company.of(new Map([[0, 1]]))]);
    expect([...new WordCompany([], 0).of(new Map())]).toEqual([0]);
    // A folder without titles weighs no word.
    expect([...new WordCompany([new Map([[0, 0]]), new Map([[1, 0]])], 2).of(new Map([[0, 1]]))]).toEqual([0, 0]);
  });
});
