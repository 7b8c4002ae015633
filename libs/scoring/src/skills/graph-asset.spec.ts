import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cohort, readReference } from '../../testing/cohort.js';
import { drawScoringReference, medtechGraph, scorerOver, scorableOver, TERM_FILES, toScorableVacancy, widerGraph, withAliases, writeGraphAsset } from '../index.js';
import { parseTables, tsvRows } from './esco-tables.js';
import { readGraphAsset } from './graph-asset.js';

const root = join(import.meta.dirname, '../../../..');
const text = readFileSync(join(root, 'libs/scoring/data/skill-graph.tsv'), 'utf8');

describe('the shipped skill graph', () => {
  const data = readReference(root);
  const graph = widerGraph(data, text);

  it('is at most 8 MB and whole', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(readGraphAsset(text).nodes).toHaveLength(13_896);
    expect(() => readGraphAsset(text.slice(0, text.length / 2))).toThrow(RangeError);
    expect(() => readGraphAsset('something else')).toThrow(RangeError);
  });

  it('has the names of our own, each a name that its skill had not', () => {
    const byLabel = new Map(readGraphAsset(text).nodes.map((node) => [node.label.toLowerCase(), node.aliases]));
    for (const file of TERM_FILES) {
      const rows = tsvRows(readFileSync(join(root, 'libs/scoring/data', file), 'utf8'), ['esco_label', 'term']);
      expect(rows.length).toBeGreaterThan(50);
      expect(rows.filter((row) => byLabel.get(row.esco_label.toLowerCase())?.includes(row.term) !== true)).toEqual([]);
      expect(new Set(rows.map((row) => `${row.esco_label}|${row.term}`.toLowerCase())).size).toBe(rows.length);
    }
  });

  it('keeps our skills where they were and answers to both ids', () => {
    const own = medtechGraph(data);
    own.nodes.forEach((node, at) => expect(graph.position(node.id)).toBe(at));
    const python = graph.nodes[graph.position('python')];
    const twin = readGraphAsset(text).nodes.find((node) => node.uuid === data.skills.byId.get('python')?.escoUri?.split('/').pop());
    expect(graph.position(twin?.id ?? '')).toBe(graph.position('python'));
    expect(python?.cluster).toBe('ai-data');
  });

  it('has each skill once: no two have the same label, and one that goes by another name of ours is nearest to it', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const { id, label, cluster } of graph.nodes) {
      if (id === cluster) continue;
      const key = label.toLowerCase();
      if (seen.has(key)) twice.push(`${label}: ${seen.get(key)}, ${id}`);
      seen.set(key, id);
    }
    expect(twice).toEqual([]);
    const at = (label: string): number => graph.nodes.findIndex((node) => node.label === label);
    const [theirs, ours] = [at('JavaScript'), graph.position('software-development')];
    expect([...graph.neighbours(theirs)].slice(0, 2)).toEqual([ours, 10_000]);
    expect([...graph.neighbours(ours)].filter((value, i, flat) => i % 2 === 0 && flat[i + 1] === 10_000)).toContain(theirs);
  });

  it('has neighbours in order, none of them the skill itself, none beyond the scale', () => {
    for (let at = 0; at < graph.nodes.length; at += 97) {
      const near = graph.neighbours(at);
      for (let i = 0; i < near.length; i += 2) {
        expect(near[i]).not.toBe(at);
        expect(near[i + 1]).toBeLessThanOrEqual(i === 0 ? 10_000 : (near[i - 1] as number));
      }
    }
  });

  it('serves a scorer: a skill of ESCO can be held and asked for', () => {
    const reference = drawScoringReference(data, graph, null);
    const scorer = scorerOver(reference);
    const { learners, vacancies } = cohort(data, 3, 1, 1, 0);
    const learner = { ...learners[0]!, skills: [{ skillId: 'S00000', evidence: 'x', source: 'STATED' as const }] };
    const vacancy = { ...vacancies[0]!, skills: [{ skillId: 'S00000', need: 'ESSENTIAL' as const }] };
    const fit = scorer.score(scorableOver(learner, reference), toScorableVacancy(vacancy), '2026-11-22');
    expect(fit.terms[0]?.value).toBe(10_000);
    expect(fit.terms[0]?.evidence[0]).toContain('manage musical staff');
    expect(scorer.referenceVersion).toContain('esco');
  });

  it('names a new version when an operator adds an alias', () => {
    const more = withAliases(graph, [{ skillId: 'python', alias: 'snake script' }], 'operator-1');
    expect(more.version).not.toBe(graph.version);
    expect(more.nodes[more.position('python')]?.aliases).toContain('snake script');
  });
});

describe('building a graph', () => {
  it('gives the same bytes for the same folder', () => {
    const tables = parseTables({
      'skills.tsv': 'skill_id\tesco_uuid\ttype\treuse\tpreferred_label\nS0\tu0\tk\tc\trepair medical devices\nS1\tu1\tk\tc\tmaintain medical devices\n',
      'occupations.tsv': 'occ_id\tesco_uuid\tisco08\tmedtech\tpreferred_label\nO0\tx\t3211\t1\ttechnician\n',
      'occupation_skill.tsv': 'occ_id\tskill_id\tgrade\nO0\tS0\t2\nO0\tS1\t2\n',
    });
    const written = writeGraphAsset(tables, 'test');
    expect(writeGraphAsset(tables, 'test')).toBe(written);
    const read = readGraphAsset(written);
    expect(read.nodes.map((node) => node.label)).toEqual(['repair medical devices', 'maintain medical devices']);
    expect(read.near(0)[0]?.[0]).toBe(1);
  });

  it('is written in ASCII, whatever the names hold', () => {
    const names = ['analyse Röntgen images', 'weigh 1 – 5 µg', 'use \\u0041 and C:\\dose', 'read 𝛼 values', 'Člověk’s'];
    const tables = parseTables({ 'skills.tsv': `skill_id\tesco_uuid\ttype\treuse\tpreferred_label\n${names.map((name, at) => `S${at}\tu${at}\tk\tc\t${name}\n`).join('')}` });
    const more = { skills: tables.skills.map((skill) => ({ ...skill, aliases: [`${skill.label}, ß`, 'x'] })) };
    const written = writeGraphAsset(tables, 'test', new Map(), more);
    expect(written).toMatch(/^[\n\t\x20-\x7e]*$/);
    const { nodes } = readGraphAsset(written);
    expect(nodes.map(({ label }) => label)).toEqual(names);
    expect(nodes.map(({ aliases }) => aliases)).toEqual(names.map((name) => [`${name}, ß`, 'x']));
  });

  it('keeps codes of the UK classification, and a code of one skill alone names it', () => {
    const tables = parseTables({ 'skills.tsv': 'skill_id\tesco_uuid\ttype\treuse\tpreferred_label\nS0\tu0\tk\tc\tsolder\nS1\tu1\tk\tc\tbraze\nS2\tu2\tk\tc\tweld\n' });
    const written = writeGraphAsset(tables, 'test', new Map([['u0', ['1.2.3', '9']], ['u1', ['9']]]));
    expect(readGraphAsset(written).nodes.map((node) => node.ukCodes)).toEqual([['1.2.3', '9'], ['9'], []]);
    const graph = widerGraph(readReference(root), written);
    expect(graph.nodes[graph.position('UK:1.2.3')]?.label).toBe('solder');
    expect(graph.position('UK:9')).toBe(-1);
  });
});
