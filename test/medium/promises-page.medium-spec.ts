import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { findingOf, promisePage, type PromiseRecord, type PromiseRow, recorded } from '#bootstrap/promise-page.mjs';

const file = (path: string): string => readFileSync(join(projectRoot(), path), 'utf8');
const table = JSON.parse(file('test/promises/promises.json')) as PromiseRow[];
const about = { date: '2026-11-24 21:00', commit: 'abc1234', load: '1.0 on 2 cores', seconds: 7 };
const row: PromiseRow = { id: 'P5', promise: 'One round at a time', mechanism: 'a token', goal: '0', tests: [], programs: ['freezes'] };

describe('docs/promises.md', () => {
  it('is what the runner wrote, and nobody after it', () => {
    expect(file('docs/promises.md')).toBe(promisePage(table, JSON.parse(file('docs/promises.json')) as PromiseRecord));
  });

  it('has every promise once, with tests and programs that exist, and knows every program there is', () => {
    expect(table.map(({ id }) => id)).toEqual(Array.from({ length: 18 }, (_, i) => `P${i + 1}`));
    expect(table.flatMap(({ tests }) => tests).filter((test) => !existsSync(join(projectRoot(), test)))).toEqual([]);
    const there = readdirSync(join(projectRoot(), 'test/promises')).filter((name) => name.endsWith('.promise.ts'));
    expect([...new Set(table.flatMap(({ programs }) => programs))].sort()).toEqual(there.map((name) => name.replace('.promise.ts', '')).sort());
  });
});

describe('the runner', () => {
  it('takes the lines of a program that speak of a promise, and no others', () => {
    expect(findingOf('{"promise":"P5","held":true,"figure":"0 stale","count":500,"seed":"s","more":1}')).toEqual({ promise: 'P5', held: true, figure: '0 stale', count: 500, seed: 's' });
    for (const line of ['', 'words', '{}', '{"promise":"P19","held":true,"figure":"x"}', '{"promise":"P5","held":"yes","figure":"x"}', '{"promise":"P5","held":true,"figure":""}']) expect(findingOf(line)).toBeNull();
  });

  it('writes a promise that was not held as such, and one whose program ended without a word too', () => {
    const findings = [{ promise: 'P5', held: false, figure: '3 stale' }];
    expect(promisePage([row], recorded({}, [{ program: 'freezes', promises: ['P5'], findings, end: 'exit 1', about }]))).toContain('**NOT HELD**: 3 stale (2026-11-24 21:00, commit abc1234, load 1.0 on 2 cores, 7 s)');
    expect(promisePage([row], recorded({}, [{ program: 'freezes', promises: ['P5'], findings: [], end: 'SIGSEGV', about }]))).toContain('**NOT HELD**: the program ended without a figure (SIGSEGV)');
  });

  it('keeps the last line of what it did not run, and says so of what never ran', () => {
    const before: PromiseRecord = { 'P5/freezes': { promise: 'P5', held: true, figure: '0 stale', ...about } };
    const after = recorded(before, [{ program: 'campaign', promises: ['P1'], findings: [{ promise: 'P1', held: true, figure: '0 lost' }], end: 'exit 0', about }]);
    expect(after['P5/freezes']).toBe(before['P5/freezes']);
    expect(Object.keys(after)).toEqual(['P1/campaign', 'P5/freezes']);
    expect(promisePage([row], {})).toContain('last full run (`freezes`): not run at full count yet');
  });
});
