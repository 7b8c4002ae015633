import { parseTables } from './esco-tables.js';
import { OccupationGuess } from './occupation-guess.js';
import { OccupationMatch, type Meaning } from './occupation-match.js';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
// Skills 0 to 2 belong to the first, 3 and 4 to the second, and 5 to the third, which is of the first's group.
const tables = parseTables({
  'skills.tsv': rows('skill_id\tpreferred_label', 'S0\tknead dough', 'S1\tproof loaves', 'S2\tglaze buns', 'S3\tweld steel', 'S4\tgrind metal', 'S5\tice cakes'),
  'occupations.tsv': rows('occ_id\tisco08\tpreferred_label', 'O0\t7512\tfirst', 'O1\t7212\tsecond', 'O2\t7512\tthird'),
  'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', 'O0\tS0\t2', 'O0\tS1\t2', 'O0\tS2\t2', 'O1\tS3\t2', 'O1\tS4\t2', 'O2\tS5\t2'),
});
const match = new OccupationMatch(new OccupationGuess(tables), [[2], [5], [3], [], [2, 3]]);
type Five = [number, number, number, number, number];
const asked = (...skills: number[]): Meaning[] => skills.map((skill) => [[skill, 1]]);

describe('how well sets of skills go with phrases, by the occupations both may belong to', () => {
  it('is more for the same occupation than for another of its group, and nothing for others and for a set of no skills', () => {
    const [same, group, other, none] = match.of([[0, 1]], []) as unknown as Five;
    expect(same).toBeGreaterThan(group);
    expect(group).toBeGreaterThan(0);
    expect([other, none]).toEqual([0, 0]);
  });

  it('is less where the set may belong to another occupation as well', () => {
    const [same, , , , mixed] = match.of([[0, 1]], []) as unknown as Five;
    expect(mixed).toBeGreaterThan(0);
    expect(mixed).toBeLessThan(same);
  });

  it('counts how much likelier the skills asked are in the occupations of the set, no matter who is held to ask', () => {
    const [same, group, other, none, mixed] = match.of([], asked(0)) as unknown as Five;
    expect(same).toBeGreaterThan(mixed);
    expect(mixed).toBeGreaterThan(0);
    expect([group, other, none]).toEqual([0, 0, 0]);
  });

  it('takes the mean over the phrases that mean something, and of what one may mean what is expected most, by how surely', () => {
    const whole = match.of([], asked(0))[0] as number;
    expect(match.of([], asked(0, 3))[0]).toBeCloseTo(whole / 2, 12);
    expect(match.of([], [...asked(0), []])[0]).toBeCloseTo(whole, 12);
    expect(match.of([], [[[0, 0.8], [1, 0.5], [3, 0.9]]])[0]).toBeCloseTo(0.8 * whole, 12);
  });

  it('is nothing for no question and in an empty folder', () => {
    expect([...match.of([], [])]).toEqual([0, 0, 0, 0, 0]);
    expect([...new OccupationMatch(new OccupationGuess(parseTables({})), [[0]]).of([[0, 1]], asked(0))]).toEqual([0]);
  });
});
