import { parseTables } from './esco-tables.js';
import { ProfileRanker, type Knowledge } from './profile-ranker.js';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
// Each label shares no word with another, and skills of the same occupation share nothing else.
const tables = parseTables({
  'skills.tsv': rows('skill_id\tpreferred_label', 'S0\tknead dough', 'S1\tproof loaves', 'S2\tglaze buns', 'S3\tweld steel', 'S4\tgrind metal', 'S5\tice cakes'),
  'occupations.tsv': rows('occ_id\tisco08\tpreferred_label', 'O0\t7512\tfirst', 'O1\t7212\tsecond', 'O2\t7512\tthird'),
  'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', 'O0\tS0\t2', 'O0\tS1\t2', 'O0\tS2\t2', 'O1\tS3\t2', 'O1\tS4\t2', 'O2\tS5\t2'),
});
const NOWHERE = new Float64Array(2);
/** Knows which skill a phrase names, and nothing else: no neighbours, no place in the space, nothing implied by titles. */
const knowing = (more: Record<string, unknown> = {}): Knowledge =>
  ({
    tables,
    phrases: { find: (phrase: string) => tables.skills.flatMap((skill, at) => (phrase.startsWith(skill.label) ? [[at, 1]] : [])) },
    titles: { skillsOf: () => new Float64Array(tables.skills.length) },
    relatedness: { neighbours: () => [] },
    space: { ofSkills: () => NOWHERE, ofTitle: () => NOWHERE },
    ...more,
  }) as unknown as Knowledge;
const advert = (...skills: number[]): { title: string; skills: number[] } => ({ title: '', skills });
/** Two skills, said in four ways. */
const FOUR = ['knead dough', 'proof loaves', 'knead dough by hand', 'proof loaves by night'];

describe('the order of adverts for a profile', () => {
  it('is by the skills held, though nothing else is known', () => {
    const [asked, other] = new ProfileRanker(knowing(), [advert(0), advert(3)]).rank(['knead dough']);
    expect(asked).toBeGreaterThan(0);
    expect(other).toBe(0);
  });

  it('puts an advert of the same occupation before others, though it shares no skill and no word', () => {
    const [same, other] = new ProfileRanker(knowing(), [advert(2), advert(3)]).rank(FOUR);
    expect(same).toBeGreaterThan(0);
    expect(other).toBe(0);
  });

  it('and one of the same unit group, less', () => {
    const [occupation, group, other] = new ProfileRanker(knowing(), [advert(2), advert(5), advert(3)]).rank(FOUR);
    expect(group).toBeGreaterThan(0);
    expect(group).toBeLessThan(occupation as number);
    expect(other).toBe(0);
  });

  it('lets the occupations speak the louder the more is said, in full from four phrases on', () => {
    const ranker = new ProfileRanker(knowing(), [advert(2)]);
    const said = (phrases: number): number => ranker.rank(FOUR.slice(0, phrases))[0] as number;
    expect(said(1)).toBeLessThan(said(2));
    expect(said(2)).toBeLessThan(said(4));
    expect(ranker.rank([...FOUR, ...FOUR])[0]).toBeCloseTo(said(4), 12);
  });

  it('lets a near skill stand in, for less than the skill itself', () => {
    const near = knowing({ relatedness: { neighbours: (skill: number) => (skill === 0 ? [[3, 1]] : []) } });
    const [itself, standsIn, other] = new ProfileRanker(near, [advert(0), advert(3), advert(4)]).rank(['knead dough']);
    expect(standsIn).toBeGreaterThan(other as number);
    expect(standsIn).toBeLessThan(itself as number);
  });

  it('counts what the title implies', () => {
    const implying = knowing({ titles: { skillsOf: (title: string) => Float64Array.from(tables.skills, (_, at) => (title === 'bakery' && at === 0 ? 1 : 0)) } });
    const [implied, other] = new ProfileRanker(implying, [{ title: 'bakery', skills: [4] }, { title: 'forge', skills: [4] }]).rank(['knead dough']);
    expect(implied).toBeGreaterThan(other as number);
  });

  it('counts the place in the space', () => {
    const placed = knowing({ space: { ofSkills: (skills: Iterable<readonly [number, number]>) => Float64Array.of(...([...skills].some(([skill]) => skill === 0 || skill === 4) ? [1, 0] : [0, 1])), ofTitle: () => NOWHERE } });
    const [near, far] = new ProfileRanker(placed, [advert(4), advert(3)]).rank(['knead dough']);
    expect(near).toBeGreaterThan(far as number);
  });

  it('and that of the title with it', () => {
    const placed = knowing({ space: { ofSkills: (skills: Iterable<readonly [number, number]>) => Float64Array.of(...([...skills].some(([skill]) => skill === 0) ? [1, 0] : [0, 1])), ofTitle: (title: string) => (title === 'bakery' ? Float64Array.of(1, 0) : NOWHERE) } });
    const [near, far] = new ProfileRanker(placed, [{ title: 'bakery', skills: [4] }, { title: 'forge', skills: [4] }]).rank(['knead dough']);
    expect(near).toBeGreaterThan(far as number);
  });

  it('counts the skill nearest to a phrase, whatever else the advert asks for', () => {
    // Grinding lies where kneading does and welding opposite, so that an advert for both lies nowhere.
    const xs: Record<number, number> = { 0: 1, 4: 1, 3: -1 };
    const space = { ofSkills: (skills: Iterable<readonly [number, number]>) => Float64Array.of(Math.sign([...skills].reduce((sum, [skill, weight]) => sum + weight * (xs[skill] ?? 0), 0)), 0), ofTitle: () => NOWHERE };
    const [covered, other] = new ProfileRanker(knowing({ space }), [advert(3, 4), advert(3)]).rank(['knead dough']);
    expect(covered).toBeGreaterThan(other as number);
  });

  it('takes a phrase in each of its meanings that is sure', () => {
    const either = knowing({ phrases: { find: () => [[0, 1], [3, 1]] } });
    const [first, second, neither] = new ProfileRanker(either, [advert(0), advert(3), advert(5)]).rank(['knead or weld']) as unknown as [number, number, number];
    expect(second).toBeGreaterThan(0.8 * first);
    expect(neither).toBeLessThan(0.2 * first);
  });

  it('counts the words of all names of what is asked', () => {
    const named = { ...tables, skills: tables.skills.map((skill) => (skill.label === 'weld steel' ? { ...skill, aliases: ['dough of metal'] } : skill)) };
    const [byName, other] = new ProfileRanker(knowing({ tables: named }), [advert(3), advert(4)]).rank(['knead dough']);
    expect(byName).toBeGreaterThan(other as number);
  });

  it('counts a word of the label more than one of another name', () => {
    const named = { ...tables, skills: tables.skills.map((skill) => (skill.label === 'weld steel' ? { ...skill, label: 'weld', aliases: ['steel'] } : skill.label === 'grind metal' ? { ...skill, label: 'steel', aliases: ['weld'] } : skill)) };
    const [byName, byLabel] = new ProfileRanker(knowing({ tables: named }), [advert(3), advert(4)]).rank(['steel work']);
    expect(byLabel).toBeGreaterThan(byName as number);
  });

  it('is the same however often an advert asks for a skill, or a phrase is said', () => {
    const [once, often] = new ProfileRanker(knowing(), [advert(0, 1), advert(0, 0, 0, 1, 1)]).rank(['knead dough', 'proof loaves']);
    expect(often).toBe(once);
    const said = new ProfileRanker(knowing(), [advert(0), advert(2)]);
    expect([...said.rank([...FOUR, ...FOUR])]).toEqual([...said.rank(FOUR)]);
  });

  it('counts what it may guess by the phrases that mean something', () => {
    const ranker = new ProfileRanker(knowing(), [advert(2)]);
    expect([...ranker.rank(['knead dough', 'xyzzy', 'plugh', 'frotz'])]).toEqual([...ranker.rank(['knead dough'])]);
  });
});
