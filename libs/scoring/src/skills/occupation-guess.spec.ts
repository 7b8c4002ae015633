import { parseTables } from './esco-tables.js';
import { OccupationGuess } from './occupation-guess.js';
import { SkillSpace } from './skill-space.js';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
const tables = parseTables({
  'skills.tsv': rows('skill_id\tesco_uuid\ttype\treuse\tpreferred_label', 'S0\ta\tk\tc\tknead dough', 'S1\tb\tk\tc\tproof loaves', 'S2\tc\tk\tc\tweld steel', 'S3\td\tk\tc\tgrind metal'),
  'occupations.tsv': rows('occ_id\tesco_uuid\tisco08\tmedtech\tpreferred_label', 'O0\tx\t7512\t0\tbaker', 'O1\ty\t7512\t0\tpastry maker', 'O2\tz\t7212\t0\twelder'),
  'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', 'O0\tS0\t2', 'O0\tS1\t2', 'O1\tS0\t2', 'O2\tS2\t2', 'O2\tS3\t1'),
});

describe('the occupations that skills may belong to', () => {
  const guess = new OccupationGuess(tables, new SkillSpace(tables), new Float64Array(4).fill(1));

  it('are those that ask for them, with their groups', () => {
    const { occupations, groups } = guess.of([[1, 1]]);
    expect([...occupations].sort((a, b) => b[1] - a[1])[0]?.[0]).toBe(0);
    expect([...groups.keys()]).toEqual(['7512']);
  });

  it('are met by skills of the same occupation, rare ones more than common ones', () => {
    expect([...guess.of([[2, 1]]).groups]).toEqual([...guess.of([[3, 1]]).groups]);
    const weighed = (rarity: number): number => new OccupationGuess(tables, new SkillSpace(tables), Float64Array.from([1, rarity, 1, 1])).of([[0, 1], [1, 1]]).occupations.get(1) ?? 0;
    // Of the pastry maker only the first is asked: the rarer the second, the less likely it is meant.
    expect(weighed(4)).toBeLessThan(weighed(1));
  });

  it('have no group where they have no code', () => {
    const bare = { occupations: tables.occupations.map((occupation) => ({ ...occupation, isco: '' })) };
    expect(new OccupationGuess(bare, new SkillSpace(tables), new Float64Array(4).fill(1)).of([[0, 1]]).groups.size).toBe(0);
  });

  it('are none for no skill, and in an empty folder', () => {
    expect(guess.of([]).occupations.size).toBe(0);
    const nothing = parseTables({});
    expect(new OccupationGuess(nothing, new SkillSpace(nothing), new Float64Array(0)).of([]).groups.size).toBe(0);
  });
});
