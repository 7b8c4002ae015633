import { parseTables } from './esco-tables.js';
import { OccupationGuess } from './occupation-guess.js';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
const folder = (...required: string[]) =>
  parseTables({
    'skills.tsv': rows('skill_id\tesco_uuid\ttype\treuse\tpreferred_label', 'S0\ta\tk\tc\tknead dough', 'S1\tb\tk\tc\tproof loaves', 'S2\tc\tk\tc\tweld steel', 'S3\td\tk\tc\tgrind metal'),
    'occupations.tsv': rows('occ_id\tesco_uuid\tisco08\tmedtech\tpreferred_label', 'O0\tx\t7512\t0\tbaker', 'O1\ty\t7512\t0\tpastry maker', 'O2\tz\t7212\t0\twelder'),
    'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', ...required),
  });
const tables = folder('O0\tS0\t2', 'O0\tS1\t2', 'O1\tS0\t2', 'O2\tS2\t2', 'O2\tS3\t1');

describe('the occupations that skills may belong to', () => {
  const guess = new OccupationGuess(tables);

  it('are those that ask for them, with their groups', () => {
    const { occupations, groups } = guess.of([[1, 1]]);
    expect([...occupations]).toEqual([[0, 1]]);
    expect([...groups]).toEqual([['7512', 1]]);
  });

  it('are met by skills of the same occupation', () => {
    expect([...guess.of([[2, 1]]).groups]).toEqual([...guess.of([[3, 1]]).groups]);
  });

  it('are all that are likely, the likeliest most, and their group is what they make together', () => {
    const { occupations, groups } = guess.of([[0, 1], [1, 1], [3, 0.5]]);
    const shares = [0, 1, 2].map((at) => occupations.get(at) as number);
    expect(shares[0]).toBeGreaterThan(shares[1] as number);
    expect(shares[1]).toBeGreaterThan(0);
    expect((groups.get('7512') as number) / (groups.get('7212') as number)).toBeCloseTo(((shares[0] as number) + (shares[1] as number)) / (shares[2] as number), 12);
  });

  it('are told by rare skills more than by common ones, and by what is essential to few skills', () => {
    // The baker asks for both, the pastry maker for the common one and the welder for the rare one alone.
    const known = folder('O0\tS0\t2', 'O0\tS1\t2', 'O1\tS0\t2', 'O1\tS2\t2', 'O2\tS1\t2', 'O2\tS3\t2', 'O1\tS3\t2', 'O2\tS0\t1');
    const { occupations } = new OccupationGuess(known).of([[1, 1]]);
    expect(occupations.has(1)).toBe(false);
    expect(occupations.get(0)).toBeGreaterThan(occupations.get(2) as number);
    const told = (skill: number): number => {
      const of = new OccupationGuess(folder('O0\tS0\t2', 'O0\tS1\t2', 'O1\tS0\t2', 'O1\tS2\t2', 'O2\tS0\t2', 'O2\tS3\t2')).of([[skill, 1], [2, 1]]).occupations;
      return (of.get(0) as number) / (of.get(1) as number);
    };
    expect(told(1)).toBeGreaterThan(told(0));
  });

  it('count by how surely a skill is meant', () => {
    const share = (sure: number): number => guess.of([[0, 1], [2, sure]]).occupations.get(2) as number;
    expect(share(0.2)).toBeLessThan(share(0.9));
  });

  it('have no group where they have no code', () => {
    const bare = { occupations: tables.occupations.map((occupation) => ({ ...occupation, isco: '' })) };
    expect(new OccupationGuess(bare).of([[0, 1]]).groups.size).toBe(0);
  });

  it('are none for no skill, for skills that none asks for, and in an empty folder', () => {
    expect(guess.of([]).occupations.size).toBe(0);
    expect(guess.of([[99, 1]]).occupations.size).toBe(0);
    expect(new OccupationGuess(parseTables({})).of([[0, 1]]).groups.size).toBe(0);
  });
});
