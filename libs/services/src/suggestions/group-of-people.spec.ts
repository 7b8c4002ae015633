import { createHash } from 'node:crypto';
import { headcount, type LearnerId } from '@meriden/domain';
import fc from 'fast-check';
import { rounded, workedOut, type Fact } from '../../../../test/support/worked-out.js';
import { GroupOfPeople } from './group-of-people.js';

const SECRET = 'ab'.repeat(32);
const people = Array.from({ length: 400 }, (_, n) => createHash('sha256').update(`learner ${n}`).digest('hex').slice(0, 32) as LearnerId);
const told = (group: readonly LearnerId[], secret = SECRET): number | null => {
  const counted = new GroupOfPeople();
  for (const id of group) counted.add(id);
  return counted.told(secret);
};
/** The first n groups are parts of the first n + 1. */
const row = (groups: number) => Array.from({ length: groups }, (_, inner) => ({ outer: inner + 1, inner }));

describe('a group of people that is told of', () => {
  it('is told alike however it was asked for, and differently by another installation', () => {
    const groups = Array.from({ length: 100 }, (_, n) => people.slice(n, 3 * n));
    expect(groups.map((group) => told(group))).toEqual(groups.map((group) => told(group.toReversed())));
    expect(groups.map((group) => told(group))).not.toEqual(groups.map((group) => told(group, 'cd'.repeat(32))));
  });

  it('is disturbed evenly in both directions: over many groups the counts are right in the mean', () => {
    const errors = Array.from({ length: 380 }, (_, n) => (told(people.slice(n, n + 20)) ?? 0) - 20);
    expect(new Set(errors)).toEqual(new Set([-5, 0, 5]));
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.6);
  });
});

describe('counts of groups, with all their parts, wholes and rests', () => {
  const sets = fc.sample(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 8, maxLength: 8 }), { numRuns: 1_000, seed: 20_261_130 });
  const broken = (tell: (group: readonly LearnerId[]) => number | null, meaning?: typeof rounded): number =>
    sets.filter((sizes, at) => {
      const first = sizes.reduce<readonly number[]>((ends, size) => [...ends, (ends.at(-1) as number) + size], [at % 200]);
      const parts = row(sizes.length);
      const facts = parts.flatMap(({ outer }) => Array.from({ length: outer }, (_, inner): Fact => ({ outer, inner, told: tell(people.slice(first[inner], first[outer])) })));
      return workedOut({ groups: sizes.length, parts, facts }, meaning) > 0;
    }).length;

  it('tell of none, in a thousand sets of eight groups, that it is so many of one to four people', () => {
    expect(broken(told)).toBe(0);
  });

  it('would tell if they were rounded and nothing else', () => {
    expect(broken((group) => headcount(group.length, 0), rounded)).toBeGreaterThan(100);
  });

  it('would tell if they were exact, or where two groups of fewer than five make up one of eight at least', () => {
    const ends = (...counts: readonly (number | null)[]): readonly Fact[] => counts.map((count, at) => ({ outer: at + 1, inner: 0, told: count }));
    expect(workedOut({ groups: 3, parts: row(3), facts: ends(5, 6, 7) }, (count) => [count ?? 0, count ?? 0])).toBe(3);
    const whole = { groups: 2, parts: row(2), facts: [...ends(null, 10), { outer: 2, inner: 1, told: null }] };
    expect(workedOut(whole, rounded)).toBe(2);
    expect(workedOut(whole)).toBe(0);
  });
});
