import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Terminal } from '../terminal/terminal.js';
import { WrongUsage } from '../terminal/terminal.js';
import { link } from './link.js';
import { rank } from './rank.js';
import { relate } from './relate.js';
import { score } from './score.js';

/** Files that the caller names are made up here; the product's own come from the disk. */
const given: Record<string, string> = {
  'skills.tsv': 'skill_id\tesco_uuid\ttype\treuse\tpreferred_label\nS0\ta\tk\tc\trepair medical devices\nS1\tb\tk\tc\tbake bread\nS2\tc\tk\tc\tSQL\nS3\td\tk\tc\tmaintain medical devices\n',
  'aliases.tsv': 'skill_id\talias\nS0\tmend medical devices\nS1\tmake loaves\n',
  'occupations.tsv': 'occ_id\tesco_uuid\tisco08\tmedtech\tpreferred_label\nO0\tx\t3211\t1\tmedical device technician\nO1\ty\t7512\t0\tbaker\n',
  'occupation_skill.tsv': 'occ_id\tskill_id\tgrade\nO0\tS0\t2\nO0\tS3\t1\nO1\tS1\t2\n',
  'skill_broader.tsv': 'skill_id\tbroader\nS0\tG:S1\nS3\tG:S1\n',
};
const read = (files: Record<string, string>) => (path: string): string => {
  const name = basename(path);
  if (path.startsWith('given/')) {
    const text = { ...given, ...files }[name];
    if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  }
  return readFileSync(path, 'utf8');
};
const listening = () => {
  const lines: string[] = [];
  const terminal: Terminal = { answer: (value) => void lines.push(JSON.stringify(value)), line: (text) => void lines.push(text), tell: () => undefined, lively: false };
  return { lines, terminal };
};

describe('rank', () => {
  it.each([
    ['phrase-skill', 'q1\tmend medical devices\tI mend medical devices at work\n', undefined, 'q1 Q0 S0 1'],
    ['title-skills', 'q1\tbread baker\n', undefined, 'q1 Q0 S1 1'],
    ['title-occupation', 'q1\tsenior device technician\n', undefined, 'q1 Q0 O0 1'],
    ['title-title', 'q1\thead baker\n', 'a\tbaker\nb\tnurse\n', 'q1 Q0 a 1'],
    ['profile-vacancy', 'q1\tmake loaves | SQL\n', 'v1\tbaker\tS1 S9\nv2\ttechnician\tS0 S3\n', 'q1 Q0 v1 1'],
  ] as const)('%s writes TREC run lines, best first', async (task, queries, corpus, first) => {
    const { lines, terminal } = listening();
    const files = { 'queries.tsv': queries, ...(corpus === undefined ? {} : { 'corpus.tsv': corpus }) };
    const flags = { task, reference: 'given', queries: 'given/queries.tsv', top: 3, ...(corpus === undefined ? {} : { corpus: 'given/corpus.tsv' }) };
    expect(await rank(flags, terminal, read(files))).toBe(0);
    expect(lines[0]).toMatch(new RegExp(`^${first} \\d+\\.\\d+ meriden$`));
    const scores = lines.map((line) => Number(line.split(' ')[4]));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('wants a corpus where there is none to fall back on, and files that are there', async () => {
    const { terminal } = listening();
    const flags = { task: 'title-title' as const, reference: 'given', queries: 'given/queries.tsv', top: 3 };
    await expect(rank(flags, terminal, read({ 'queries.tsv': 'q\tx\n' }))).rejects.toThrow(WrongUsage);
    await expect(rank(flags, terminal, read({}))).rejects.toThrow(WrongUsage);
  });
});

describe('relate and link', () => {
  it('write one line a pair', async () => {
    const { lines, terminal } = listening();
    await relate({ reference: 'given', pairs: 'given/pairs.tsv' }, terminal, read({ 'pairs.tsv': 'S0\tS3\nS0\tS1\nS0\tS7\n' }));
    const scores = lines.map((line) => Number(line.split('\t')[2]));
    expect(lines).toHaveLength(3);
    expect(scores[0]).toBeGreaterThan(scores[1] as number);
    expect(scores[2]).toBe(0);
  });
  it('write one line a skill found', async () => {
    const { lines, terminal } = listening();
    await link({ reference: 'given', text: 'given/text.tsv' }, terminal, read({ 'text.tsv': 't1\t😀 I know SQL, no experience of bake bread\n' }));
    expect(lines).toEqual(['t1\t9\t12\tS2\t1.0000']);
  });
});

describe('score', () => {
  const vacancy = {
    id: 'v1', title: 'Trainee data technician', campusId: 'bhic', skills: [{ skillId: 'python', need: 'ESSENTIAL' }, { skillId: 'sql', need: 'OPTIONAL' }], levelFrom: 2, levelTo: 4,
    programmeKinds: ['T_LEVEL'], entryPointIds: ['school-leaver-t-level'], startsOn: '2027-02-01', endsOn: '2027-07-31', weekdays: ['MON', 'TUE', 'WED'], hoursPerWeek: 21, totalHours: 350, pay: 'UNPAID_REQUIRED_BY_COURSE',
  };
  const learner = (who: { name: string; they: string; school: string; postcode: string }) => ({
    id: 'l1', givenName: who.name, pronouns: who.they, school: who.school, postcode: who.postcode, statement: `${who.name} went to ${who.school}; there ${who.they} learnt Python, with no experience of SQL.`, qualificationId: 'tl-60358324', level: 3,
    entryPointId: 'school-leaver-t-level', travelModes: ['BUS'], maxTravelMinutes: 60, availability: { from: '2027-01-01', to: '2027-12-31', weekdays: ['MON', 'TUE', 'WED'], hoursPerWeek: 30 }, consentToMatching: true, dateOfBirth: '2009-05-01',
  });
  const run = async (learners: object[], vacancies: object[]) => {
    const { lines, terminal } = listening();
    const exit = await score({ schema: false, learners: 'given/l.json', vacancies: 'given/v.json', top: 20, asOf: '2026-11-22' }, terminal, read({ 'l.json': JSON.stringify(learners), 'v.json': vacancies.map((v) => JSON.stringify(v)).join('\n') }));
    expect(exit).toBe(0);
    return lines;
  };

  it('gives suggestions whose contributions add up, and says what shuts the rest', async () => {
    const [line = ''] = await run([learner({ name: 'Sarah', they: 'she', school: 'Oak School', postcode: 'B29 6BD' })], [vacancy, { ...vacancy, id: 'v2', levelFrom: 6, levelTo: 7 }]);
    const answer = JSON.parse(line) as { suggestions: { vacancyId: string; score: number; terms: { contribution: number; evidence: string[] }[] }[]; shut: { vacancyId: string; gates: { code: string }[] }[] };
    expect(answer.suggestions.map((s) => s.vacancyId)).toEqual(['v1']);
    expect(answer.suggestions[0]?.terms.reduce((sum, t) => sum + t.contribution, 0)).toBe(answer.suggestions[0]?.score);
    expect(answer.suggestions[0]?.terms[0]?.evidence).toContain('Python (essential): you wrote "Python"');
    expect(answer.suggestions[0]?.terms[0]?.evidence.some((text) => text.startsWith('SQL (optional): you wrote'))).toBe(false);
    expect(answer.shut).toEqual([{ vacancyId: 'v2', gates: [expect.objectContaining({ code: 'LEVEL' })] }]);
  });

  it('does not change by a byte when name, pronouns, school and postcode are swapped', async () => {
    const one = await run([learner({ name: 'Sarah', they: 'she', school: "St Mary's Girls' School", postcode: 'B29 6BD' })], [vacancy]);
    const other = await run([learner({ name: 'Mohammed', they: 'he', school: 'Small Heath Academy', postcode: 'B29 7QY' })], [vacancy]);
    expect(other).toEqual(one);
    // Nor is a name a skill, though an advert may ask for Ruby, Pascal and Swift.
    const languages = { ...vacancy, skills: ['S00680', 'S10310', 'S12573', 'python'].map((skillId) => ({ skillId, need: 'ESSENTIAL' })) };
    const ruby = await run([learner({ name: 'Ruby Pascal Swift', they: 'she', school: 'Oak School', postcode: 'B29 6BD' })], [languages]);
    expect(ruby).toEqual(await run([learner({ name: 'Anna', they: 'she', school: 'Oak School', postcode: 'B29 6BD' })], [languages]));
  });

  it('takes rows with nothing but an id and asks', async () => {
    const [line = ''] = await run([{ id: 'x', consentToMatching: true }], [{ id: 'y' }]);
    const answer = JSON.parse(line) as { suggestions: { gates: { state: string }[] }[] };
    expect(answer.suggestions[0]?.gates.some((gate) => gate.state === 'UNKNOWN')).toBe(true);
  });

  it('refuses what is no file of this kind', async () => {
    const { terminal } = listening();
    const flags = { schema: false, learners: 'given/l.json', vacancies: 'given/v.json', top: 1, asOf: '2026-11-22' };
    await expect(score(flags, terminal, read({ 'l.json': '[{"name":"x"}]', 'v.json': '[]' }))).rejects.toThrow(WrongUsage);
    await expect(score(flags, terminal, read({ 'l.json': 'no json', 'v.json': '[]' }))).rejects.toThrow(WrongUsage);
  });

  it('prints its formats', async () => {
    const { lines, terminal } = listening();
    await score({ schema: true, top: 1, asOf: '2026-11-22' }, terminal, read({}));
    expect(Object.keys((JSON.parse(lines[0] as string) as { $defs: object }).$defs)).toEqual(['learner', 'vacancy', 'line']);
  });
});
