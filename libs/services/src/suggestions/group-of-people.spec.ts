import { createHash } from 'node:crypto';
import { headcount, type LearnerId } from '@meriden/domain';
import fc from 'fast-check';
import { averagedUnions } from '../../../../test/support/averaged-unions.js';
import { GroupOfPeople } from './group-of-people.js';

const SECRET = 'ab12cd34'.repeat(8);
const people = Array.from({ length: 4_000 }, (_, n) => createHash('sha256').update(`learner ${n}`).digest('hex').slice(0, 32) as LearnerId);
const told = (group: readonly LearnerId[], secret = SECRET): number | null => {
  const counted = new GroupOfPeople(secret);
  for (const id of group) counted.add(id);
  return counted.told();
};

describe('a group of people that is told of', () => {
  it('is told alike however it was asked for, and differently by another installation', () => {
    const groups = Array.from({ length: 100 }, (_, n) => people.slice(n, 3 * n));
    expect(groups.map((group) => told(group))).toEqual(groups.map((group) => told(group.toReversed())));
    expect(groups.map((group) => told(group))).not.toEqual(groups.map((group) => told(group, 'cd'.repeat(32))));
  });

  it('is never told of fewer than five, and in steps of five', () => {
    for (let n = 0; n < 300; n++) {
      for (let size = 0; size < 12; size++) {
        const count = told(people.slice(7 * n, 7 * n + size));
        expect(count === null || (size >= 5 && count >= 5 && count % 5 === 0)).toBe(true);
      }
    }
  });

  it('is blurred evenly in both directions, by about the root of two thirds of the number', () => {
    for (const size of [40, 400]) {
      const errors = Array.from({ length: 3_000 }, (_, n) => (told(people.slice(n, n + size)) ?? 0) - size);
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length);
      expect(Math.abs(mean)).toBeLessThan(0.1 * size);
      expect(spread / Math.sqrt((2 / 3) * size + 4 + 25 / 12)).toBeGreaterThan(0.7);
      expect(spread / Math.sqrt((2 / 3) * size + 4 + 25 / 12)).toBeLessThan(1.3);
    }
  });

  it('is told alike with somebody more in a third of cases, so that not even none is told from one', () => {
    const alike = Array.from({ length: 1_000 }, (_, n) => n).filter((n) => {
      // Over twenty bases the same somebody joins: only who counts for none changes no answer at all.
      const bases = Array.from({ length: 20 }, (_, base) => people.slice(1_500 + 40 * base, 1_530 + 40 * base));
      return bases.every((base) => told(base) === told([...base, people[n] as LearnerId]));
    });
    expect(alike.length).toBeGreaterThan(280);
    expect(alike.length).toBeLessThan(400);
  });
});

describe('all unions of eight groups, laid side by side', () => {
  const sets = fc.sample(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 8, maxLength: 8 }), { numRuns: 150, seed: 20_261_130 });
  const found = (tell: (group: readonly LearnerId[]) => number | null): number => {
    const sums = sets.map((sizes, at) => {
      const first = sizes.reduce<readonly number[]>((ends, size) => [...ends, (ends.at(-1) as number) + size], [20 * at]);
      return averagedUnions(sizes, (groups) => tell(groups.flatMap((group) => people.slice(first[group], first[group + 1]))));
    });
    return sums.reduce((sum, { right }) => sum + right, 0) / sums.reduce((sum, { small }) => sum + small, 0);
  };

  it('give away no more of the small ones than a guess does', () => {
    // One of four sizes is guessed right in a quarter of cases.
    expect(found(told)).toBeLessThan(0.35);
  });

  it('would give them away if they were rounded and nothing else, or only moved by their key', () => {
    expect(found((group) => headcount(group.length, group.length))).toBeGreaterThan(0.7);
    const moved = (group: readonly LearnerId[]): number => createHash('sha256').update([...group].sort().join()).digest().readUInt32BE() % 7;
    expect(found((group) => headcount(group.length, group.length + moved(group) - 3))).toBeGreaterThan(0.6);
  });
});
