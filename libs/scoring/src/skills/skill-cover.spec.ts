import type { Meaning } from './occupation-match.js';
import { SkillCover, type Asked } from './skill-cover.js';
import type { SkillSpace } from './skill-space.js';

/** Skills by their angle: 0 and 1 lie 60 degrees apart, 2 across from 0, 3 against it. */
const ANGLES = [0, Math.PI / 3, Math.PI / 2, Math.PI];
const space = { ofSkills: ([[skill]]: [[number, number]]) => Float64Array.of(Math.cos(ANGLES[skill] as number), Math.sin(ANGLES[skill] as number)) } as unknown as SkillSpace;
const asked = (skill: number, share = 1, weight = 1): Asked => ({ skills: [[skill, share]], weight });

describe('how much of what is asked a set of skills covers', () => {
  const of = (sets: number[][], ...phrases: Asked[]): number[] => [...new SkillCover(space, sets).of(phrases)];

  it('is 1 where each phrase has its skill, whatever else is there', () => {
    expect(of([[0, 2], [0, 2, 3]], asked(0), asked(2)).map((x) => x.toFixed(6))).toEqual(['1.000000', '1.000000']);
  });

  it('counts the nearest skill alone, by the square of its cosine, and none that lies across or against', () => {
    const [near, twice, across, against] = of([[1], [1, 1, 2], [2], [3]], asked(0)) as [number, number, number, number];
    expect(near).toBeCloseTo(0.25, 6);
    expect(twice).toBeCloseTo(0.25, 6);
    expect(across).toBeCloseTo(0, 6);
    expect(against).toBe(0);
  });

  it('counts the skill itself in full where the space does not know it', () => {
    const nowhere = { ofSkills: () => new Float64Array(2) } as unknown as SkillSpace;
    expect([...new SkillCover(nowhere, [[0], [1]]).of([asked(0)])]).toEqual([1, 0]);
  });

  it('takes of what a phrase may mean what is covered most, by how surely it is meant', () => {
    const either = { skills: [[0, 0.9], [2, 0.4]] as Meaning, weight: 1 };
    expect(of([[0], [2], [0, 2], [3]], either).map((x) => Number(x.toFixed(6)))).toEqual([0.9, 0.4, 0.9, 0]);
  });

  it('counts a phrase by its weight', () => {
    expect(of([[0], [2]], asked(0, 1, 3), asked(2)).map((x) => Number(x.toFixed(6)))).toEqual([0.75, 0.25]);
  });

  it('is 0 for no phrase, for phrases that mean nothing, for a set of no skills, and of no sets', () => {
    expect(of([[0]])).toEqual([0]);
    expect(of([[0]], { skills: [], weight: 0 })).toEqual([0]);
    expect(of([[]], asked(0))).toEqual([0]);
    expect(of([], asked(0))).toEqual([]);
  });
});
