import { parseTables } from './esco-tables.js';
import { SkillSpace } from './skill-space.js';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
/** Two trades, three occupations each; S0 and S2 never meet, and share their company. */
const tables = parseTables({
  'skills.tsv': rows('skill_id\tesco_uuid\ttype\treuse\tpreferred_label', 'S0\ta\tk\tc\tknead', 'S1\tb\tk\tc\tproof', 'S2\tc\tk\tc\tbake', 'S3\td\tk\tc\tweld', 'S4\te\tk\tc\tgrind', 'S5\tf\tk\tc\trivet'),
  'occupations.tsv': rows('occ_id\tesco_uuid\tisco08\tmedtech\tpreferred_label', 'O0\tx\t7512\t0\tbread maker', 'O1\ty\t7512\t0\tbread seller', 'O2\tz\t7212\t0\tmetal joiner', 'O3\tw\t7212\t0\tmetal fitter'),
  'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', 'O0\tS0\t2', 'O0\tS1\t2', 'O1\tS1\t2', 'O1\tS2\t2', 'O2\tS3\t2', 'O2\tS4\t2', 'O3\tS4\t2', 'O3\tS5\t1'),
});

describe('the space of skills', () => {
  const space = new SkillSpace(tables);

  it('lays together what keeps the same company, even if it never met', () => {
    expect(space.between(0, 2)).toBeGreaterThan(space.between(0, 3));
    expect(space.between(0, 2)).toBeCloseTo(space.between(2, 0), 12);
    expect(space.between(4, 4)).toBeCloseTo(1, 5);
  });

  it('places a title among skills by its words, and an unknown one nowhere', () => {
    const near = space.skillsNear(space.ofTitle('metal worker'));
    expect(Math.min(...near.slice(3))).toBeGreaterThan(Math.max(...near.slice(0, 3)));
    expect(Math.max(...space.skillsNear(space.ofTitle('zzz')))).toBe(0);
    expect(space.ofSkills([]).every((x) => x === 0)).toBe(true);
  });

  it('is the same whenever it is built, and can be built from nothing', () => {
    expect([...new SkillSpace(tables).ofTitle('bread maker')]).toEqual([...space.ofTitle('bread maker')]);
    expect(new SkillSpace(parseTables({})).skillsNear(new Float64Array(0))).toHaveLength(0);
  });
});
