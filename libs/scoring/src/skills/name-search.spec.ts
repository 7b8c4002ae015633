import { NameSearch, skillByLabel } from './name-search.js';
import { graphOf, type SkillNode } from './skill-graph.js';

const node = (id: string, label: string, more: Partial<SkillNode> = {}): SkillNode => ({ id, label, aliases: [], cluster: null, idf: 100, uuid: null, ukCodes: [], ...more });
const graph = graphOf('test', [
  node('data', 'Data', { cluster: 'data' }),
  node('sql', 'SQL', { cluster: 'data', aliases: ['database queries'] }),
  node('S1', 'database management', { idf: 150 }),
  node('S2', 'database', { idf: 120, aliases: ['data base'] }),
  node('S3', 'manage a database', { idf: 50 }),
  node('S4', 'C++', { aliases: ['See plus plus'] }),
  node('S5', 'préparer le café', { aliases: ['data base'] }),
  node('S6', 'data of a town', { idf: 10 }),
], () => new Int32Array(0));
const search = new NameSearch(graph);
const ids = (text: string, most = 10): string[] => search.find(text, most).map((at) => graph.nodes[at]?.id ?? '');

describe('finding skills by what is typed', () => {
  it('puts the whole name first, then labels that begin so or hold the words, then other names', () => {
    expect(ids('database')).toEqual(['S2', 'S1', 'S3', 'sql']);
    expect(ids('datab')).toEqual(['S2', 'S1', 'S3', 'sql']);
    expect(ids('database', 2)).toEqual(['S2', 'S1']);
    // Words that stand together before words that stand apart.
    expect(ids('a data')).toEqual(['S3', 'S6']);
  });
  it('wants every word in one name, each from its beginning', () => {
    expect(ids('base man')).toEqual([]);
    expect(ids('database que')).toEqual(['sql']);
    expect(ids('base')).toEqual(['S5', 'S2']);
  });
  it('knows signs of a name, and letters with or without marks', () => {
    expect(ids('c++')).toEqual(['S4']);
    expect(ids('Preparer Cafe')).toEqual(['S5']);
  });
  it('offers no group, and nothing for nothing', () => {
    expect(ids('data')).not.toContain('data');
    expect(ids('')).toEqual([]);
    expect(ids('d')).toEqual([]);
    expect(ids('  ?! ')).toEqual([]);
    expect(ids('x'.repeat(1_000_000))).toEqual([]);
  });
});

describe('a skill by its label', () => {
  it('is known in full, and by nothing less', () => {
    const labelled = skillByLabel(graph);
    expect(labelled('SQL')).toBe('sql');
    expect(labelled('Database  Management')).toBe('S1');
    expect(['database queries', 'databas', 'data', ''].map((text) => labelled(text))).toEqual([null, null, null, null]);
    // Two have it.
    expect(skillByLabel(graphOf('test', [node('a', 'weld'), node('b', 'Weld')], () => new Int32Array(0)))('weld')).toBeNull();
  });
});
