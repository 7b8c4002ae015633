import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROUND_FILE_FORMAT } from '@meriden/rounds';
import { digest, fromDisk, type ReadFile } from './matching-files.js';
import { enumerateFiles } from './enumerate.js';
import { explainResult } from './explain.js';
import { solveFiles } from './solve.js';
import { verifyFiles } from './verify.js';
import type { Terminal } from '../terminal/terminal.js';

const instance = {
  format: 'placement-matching-instance/1',
  id: 'two',
  family: 'HRT',
  learners: [{ id: 'a', preferences: [['x'], ['y']] }, { id: 'b', preferences: [['x']] }],
  vacancies: [{ id: 'x', capacity: 1, preferences: [['a', 'b']] }, { id: 'y', capacity: 1, preferences: [['a']] }],
};

/** A terminal that remembers, and files that live in a record. */
function session(files: Record<string, string>): { answers: object[]; told: string[]; terminal: Terminal; read: ReadFile } {
  const answers: object[] = [];
  const told: string[] = [];
  const read: ReadFile = (path) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return text;
  };
  return { answers, told, read, terminal: { answer: (value) => void answers.push(value), line: () => undefined, tell: (text) => void told.push(text), lively: false } };
}

const files = { 'i.json': JSON.stringify(instance), 'bad.json': '{"format":"x"}', 'other.json': JSON.stringify({ ...instance, id: 'other' }) };

describe('the doors of the matching engine', () => {
  it('solve writes one line a file, tells a file that is wrong by name, and exits 2 for it', async () => {
    const { answers, told, terminal, read } = session(files);
    expect(await solveFiles(['i.json', 'bad.json', 'gone.json', 'other.json'], { mode: 'largest' }, terminal, read)).toBe(2);
    expect(answers).toMatchObject([{ id: 'two', mode: 'largest', size: 2, bound: 2, matching: { a: 'y', b: 'x' } }, { id: 'other' }]);
    expect(told[0]).toMatch(/^bad\.json: format: is "x"\./);
    expect(told[1]).toMatch(/^gone\.json: no such file/);
    expect(await solveFiles(['i.json'], { mode: 'learner-optimal' }, terminal, read)).toBe(0);
  });

  it('a file longer than any text can be is refused by its size, with the limit, and is not read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meriden-doors-'));
    const file = join(folder, 'monster.json');
    try {
      writeFileSync(file, '{');
      truncateSync(file, 2 ** 30); // sparse: takes no room on the disk
      const { told, terminal } = session({});
      expect(await solveFiles([file], { mode: 'learner-optimal' }, terminal, fromDisk)).toBe(2);
      expect(await verifyFiles(file, file, terminal, fromDisk)).toBe(2);
      for (const words of told) expect(words).toMatch(/monster\.json: file: has 1073741824 bytes, and at most 400000000 are read\. Split it/);
      expect(told).toHaveLength(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['an empty object', {}],
    ['another one', { ...instance, id: 'third' }],
    ['lists that are texts', { ...instance, vacancies: instance.vacancies.map((v) => ({ ...v, preferences: 'ab' })) }],
    ['no lists', { ...instance, vacancies: instance.vacancies.map((v) => ({ ...v, preferences: null })) }],
  ])('verify says that a published round with %s for its instance is of another one', async (_, published) => {
    const round = JSON.stringify({ format: ROUND_FILE_FORMAT, instance: published });
    const { answers, terminal, read } = session({ ...files, 'round.json': round });
    expect(await verifyFiles('i.json', 'round.json', terminal, read)).toBe(1);
    expect((answers[0] as { violations: { code: string }[] }).violations.map(({ code }) => code)).toContain('other-instance');
  });

  it('verify finds its line among many, says ok with exit 0, and names the place with exit 1', async () => {
    const first = session(files);
    await solveFiles(['other.json', 'i.json'], { mode: 'learner-optimal', reasons: true }, first.terminal, first.read);
    const lines = first.answers.map((a) => JSON.stringify(a)).join('\n');
    const good = session({ ...files, 'r.jsonl': `${lines}\n` });
    expect(await verifyFiles('i.json', 'r.jsonl', good.terminal, good.read)).toBe(0);
    expect(good.answers).toEqual([{ ok: true, violations: [] }]);
    const spoiled = session({ ...files, 'r.jsonl': lines.replaceAll(/"size":\d/g, '"size":0') });
    expect(await verifyFiles('i.json', 'r.jsonl', spoiled.terminal, spoiled.read)).toBe(1);
    expect(spoiled.answers).toMatchObject([{ ok: false, violations: [{ place: 'size' }] }]);
    const nothing = session({ ...files, 'r.jsonl': '' });
    expect(await verifyFiles('i.json', 'r.jsonl', nothing.terminal, nothing.read)).toBe(2);
  });

  it('explain gives the loser of the lottery both numbers and what would have been enough', async () => {
    const first = session(files);
    await solveFiles(['i.json'], { mode: 'learner-optimal' }, first.terminal, first.read);
    const result = first.answers[0] as { matching: Record<string, string | null> };
    const loser = result.matching['a'] === 'x' ? 'b' : 'a';
    const asked = session({ ...files, 'r.json': JSON.stringify(result) });
    expect(await explainResult('i.json', 'r.json', { learner: loser }, asked.terminal, asked.read)).toBe(0);
    const number = (id: string): number => Number(BigInt(`0x${digest(`0|e|x|${id}`).slice(0, 14)}`) >> 3n);
    expect(asked.answers).toMatchObject([
      { learner: loser, best: true, reasons: [{ vacancy: 'x', kind: 'lottery', yourNumber: number(loser), lastNumber: number(loser === 'a' ? 'b' : 'a') }], changes: [{ vacancy: 'x', rankAheadOf: 1, oneMoreOpening: true }] },
    ]);
    expect(await explainResult('i.json', 'r.json', { learner: 'nobody' }, asked.terminal, asked.read)).toBe(2);
  });

  it('enumerate lists all stable outcomes, and says when the limit cut them', async () => {
    const { answers, terminal, read } = session(files);
    await enumerateFiles(['i.json'], { stability: 'weak' }, terminal, read);
    await enumerateFiles(['i.json'], { stability: 'weak', limit: 1 }, terminal, read);
    await enumerateFiles(['i.json'], { stability: 'super' }, terminal, read);
    expect(answers).toMatchObject([{ id: 'two', count: 2, complete: true }, { count: 1, complete: false }, { count: 0, complete: true, matchings: [] }]);
  });
});
