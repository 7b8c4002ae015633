import { parseTables } from './esco-tables.js';
import { SkillSearch } from './skill-search.js';

const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n');
const tables = parseTables({
  'skills.tsv': rows('skill_id\tesco_uuid\ttype\treuse\tpreferred_label', 'S0\ta\tk\tc\trepair medical devices', 'S1\tb\tk\tc\tmaintain hospital beds', 'S2\tc\tk\tc\tbake bread', 'S3\td\tk\tc\tmix dough', 'S4\te\tk\tc\trepair bicycles'),
  'aliases.tsv': rows('skill_id\talias', 'S0\tmend medical devices', 'S4\tmend bicycles', 'S4\tfix bicycles', 'S2\tmake loaves', 'S9\tnobody'),
  'occupations.tsv': rows('occ_id\tesco_uuid\tisco08\tmedtech\tpreferred_label', 'O0\tx\t3211\t1\tmedical device technician', 'O1\ty\t7512\t0\tbaker', 'O2\tz\t7512\t0\tpastry baker', 'O3\tw\t3211\t1\thospital equipment technician'),
  'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', 'O0\tS0\t2', 'O0\tS1\t1', 'O1\tS2\t2', 'O1\tS3\t2', 'O2\tS3\t2', 'O3\tS0\t2', 'O3\tS1\t2'),
  'skill_broader.tsv': rows('skill_id\tbroader', 'S0\tG:S1.2', 'S1\tG:S1.2', 'S2\tG:S5.1', 'S3\tG:S5.1'),
});
const search = new SkillSearch(tables);

describe('searching a reference folder', () => {
  it('finds a skill by a word that other skills show to mean the same', () => {
    expect(search.skillsForPhrase('fix medical devices', 1)[0]?.id).toBe('S0');
  });
  it('finds skills of a title it has never seen', () => {
    expect(search.skillsForTitle('bread baker', 2).map((hit) => hit.id).sort()).toEqual(['S2', 'S3']);
  });
  it('finds occupations and titles', () => {
    expect(search.occupationsForTitle('technician for medical devices', 1)[0]?.id).toBe('O0');
    expect(search.titlesLike([{ id: 'a', title: 'senior baker' }, { id: 'b', title: 'nurse' }])('head baker', 1)).toEqual([{ id: 'a', score: expect.any(Number) as number }]);
  });
  it('finds adverts for a profile', () => {
    const rank = search.advertsFor([{ id: 'v0', title: 'baker', skillIds: ['S2', 'S3'] }, { id: 'v1', title: 'device technician', skillIds: ['S0', 'unknown'] }]);
    expect(rank(['mend medical devices'], 1)[0]?.id).toBe('v1');
    expect(rank(['make loaves', 'mixing dough'], 1)[0]?.id).toBe('v0');
  });
  it('knows what goes together, the same both ways', () => {
    expect(search.related('S0', 'S1')).toBeGreaterThan(search.related('S0', 'S2'));
    expect(search.related('S0', 'S1')).toBeCloseTo(search.related('S1', 'S0'), 12);
    expect(search.related('S0', 'S0')).toBe(1);
    expect(search.related('S0', 'nothing')).toBe(0);
    expect(search.relatedness.neighbours(0, 5, 0.1).map(([at]) => at)).toContain(1);
  });
  it('compares titles by their words in a folder that has no occupations', () => {
    const bare = new SkillSearch(parseTables({ 'skills.tsv': rows('skill_id\tesco_uuid\ttype\treuse\tpreferred_label', 'S0\ta\tk\tc\tknead dough') }));
    expect(bare.titlesLike([{ id: 'a', title: 'dough baker' }, { id: 'b', title: 'nurse' }])('pastry baker', 1).map((hit) => hit.id)).toEqual(['a']);
  });
  it('leaves out a grade that is no number', () => {
    const spoilt = parseTables({ 'skills.tsv': rows('skill_id\tpreferred_label', 'S0\tknead dough', 'S1\tbake bread'), 'occupations.tsv': rows('occ_id\tpreferred_label', 'O0\tbaker'), 'occupation_skill.tsv': rows('occ_id\tskill_id\tgrade', 'O0\tS0\tessential', 'O0\tS1\t2') });
    expect(spoilt.occupations[0]?.skills).toEqual([[1, 2]]);
    expect(new SkillSearch(spoilt).advertsFor([{ id: 'v', title: 'baker', skillIds: ['S0', 'S1'] }])(['knead dough'], 1)).toHaveLength(1);
  });
  it('answers nothing to nothing', () => {
    expect(search.skillsForPhrase('', 5)).toEqual([]);
    expect(search.skillsForTitle('???', 5)).toEqual([]);
    expect(new SkillSearch(parseTables({})).skillsForPhrase('x', 3)).toEqual([]);
  });
});
