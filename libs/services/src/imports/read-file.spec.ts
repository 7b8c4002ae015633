import { ReferenceService } from '../reference.service.js';
import { FILE_LIMITS } from './csv-file.js';
import { LEARNER_COLUMNS, readLearner } from './learner-rows.js';
import { MOST_FAULTY, MOST_TOLD, readFile } from './read-file.js';
import { importTemplate } from './template.js';
import { VACANCY_COLUMNS, readVacancy } from './vacancy-rows.js';

const reference = new ReferenceService();
const TODAY = '2026-11-24';

async function* bytes(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
}

const read = (source: AsyncIterable<Uint8Array>, limits = FILE_LIMITS) => readFile(source, LEARNER_COLUMNS, (cells) => readLearner(cells, reference, TODAY), limits);
const readText = (text: string) => read(bytes(text));

const HEADER = 'givenName,familyName,uln,dateOfBirth,academicYear,qualification,entryPoint';
const ROW = 'Zoë,Ashdown-Pike,9276308686,2008-03-01,2026/27,60358324,school-leaver-t-level';
const told = async (reading: ReturnType<typeof read>) => (await reading).errors.map(({ row, column, code }) => [row, column, code]);

describe('a file of learners', () => {
  it('is read from the template as it stands', async () => {
    const reading = await readText(importTemplate('LEARNERS').csv);
    expect(reading).toMatchObject({ rows: 1, errors: [], usable: true });
    expect(reading.good[0]?.enrolment).toMatchObject({ givenName: 'Maya', uln: '9276308686', email: 'maya@learners.example', profile: { qualificationId: 'tl-60358324', level: 3, consentToMatching: true, requiredHours: 315, skills: [{ skillId: 'cad' }, { source: 'STATED' }] } });
    const vacancies = await readFile(bytes(importTemplate('VACANCIES').csv), VACANCY_COLUMNS, (cells) => readVacancy(cells, reference));
    expect(vacancies).toMatchObject({ rows: 1, errors: [], usable: true });
  });

  it.each([
    ['UTF-8', Buffer.from(`${HEADER}\n${ROW}\n`)],
    ['UTF-8 with its mark and CRLF', Buffer.from(`\ufeff${HEADER}\r\n${ROW}\r\n`)],
    ['UTF-8 without a last line break', Buffer.from(`${HEADER}\n${ROW}`)],
    ['UTF-16 little-endian with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${HEADER}\n${ROW}\n`, 'utf16le')])],
    ['UTF-16 big-endian with its mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(`${HEADER}\n${ROW}\n`, 'utf16le').swap16()])],
    ['UTF-16 without its mark', Buffer.from(`${HEADER}\n${ROW}\n`, 'utf16le')],
    ['semicolons', Buffer.from(`${HEADER}\n${ROW}\n`.replaceAll(',', ';'))],
    ['tabs', Buffer.from(`${HEADER}\n${ROW}\n`.replaceAll(',', '\t'))],
    ['a line that names the separator', Buffer.from(`sep=;\r\n${HEADER}\n${ROW}\n`.replaceAll(',', ';'))],
    ['quotes, British dates, spaces and column names as people write them', Buffer.from('Given Name,family_name,"ULN",Date of birth,Academic year,qualification,entry point\n"Zoë" ,Ashdown-Pike,9276 308 686,01/03/2008,2026/27,tl-60358324,school-leaver-t-level\n'.replace('"Zoë" ,', '"Zoë",'))],
  ])('in %s gives the same learner', async (_how, file) => {
    for (const size of [1, 7, file.length]) {
      const parts = Array.from({ length: Math.ceil(file.length / size) }, (_, i) => file.subarray(i * size, (i + 1) * size));
      const reading = await read(bytes(...parts));
      expect(reading.errors).toEqual([]);
      expect(reading.good[0]?.enrolment).toMatchObject({ givenName: 'Zoë', familyName: 'Ashdown-Pike', uln: '9276308686', dateOfBirth: '2008-03-01' });
    }
  });

  it('names row and column of every fault, as a spreadsheet counts them', async () => {
    const file = [
      HEADER,
      ROW,
      '',
      '"Two\nlines",Ashdown,,2008-02-30,2026/27,60358324,school-leaver-t-level',
      'Noor,,9276308687,2008-03-01,2026-27,nothing,school-leaver-t-level',
      'Ines,Farrow,,,2026/27,60358324,school-leaver-t-level',
      '=HYPERLINK("x"),Farrow,,2008-03-01,2026/27,60358324,school-leaver-t-level',
      'Ines,Farrow,,2008-03-01,2026/27,60358324,school-leaver-t-level,extra',
      'Ines,\u202eworraF,,2008-03-01,2026/27,60358324,school-leaver-t-level',
    ].join('\n');
    expect(await told(readText(file.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"')))).toEqual([
      [4, 'dateOfBirth', 'DATE_INVALID'],
      [5, 'familyName', 'FIELD_REQUIRED'],
      [5, 'uln', 'ULN_INVALID'],
      [6, 'dateOfBirth', 'FIELD_REQUIRED'],
      [7, 'givenName', 'FORMULA'],
      [8, null, 'FILE_MALFORMED'],
      [9, 'familyName', 'FIELD_INVALID'],
    ]);
    expect(await told(readText(`${HEADER}\nNoor,Farrow,9276308686,2008-03-01,2026-27,nothing,school-leaver-t-level`))).toEqual([
      [2, 'academicYear', 'FIELD_INVALID'],
      [2, 'qualification', 'REFERENCE_UNKNOWN'],
    ]);
  });

  it('keeps what a child’s record must not hold outside: only the columns of the template are taken', async () => {
    expect(await told(readText(`${HEADER},ethnicity,organisationId,version\n${ROW},x,y,9\n`))).toEqual([
      [1, null, 'COLUMN_UNKNOWN'],
      [1, null, 'COLUMN_UNKNOWN'],
      [1, null, 'COLUMN_UNKNOWN'],
    ]);
    expect(await told(readText('givenName,familyName,uln,uln\na,b,c,d'))).toEqual([
      [1, null, 'DUPLICATE_ENTRY'],
      [1, null, 'COLUMN_MISSING'],
      [1, null, 'COLUMN_MISSING'],
      [1, null, 'COLUMN_MISSING'],
    ]);
  });

  const FAULTY = 'a,b,x,2008-03-01,2026/27,60358324,school-leaver-t-level\n';
  const SOUND = 'a,b,,2008-03-01,2026/27,60358324,school-leaver-t-level\n';

  it('tells a thousand faults and counts the rest', async () => {
    const reading = await readText(`${HEADER}\n${`${SOUND}${FAULTY}`.repeat(1_500)}`);
    expect([reading.rows, reading.errors.length, reading.errorsLeftOut, reading.bad.size]).toEqual([3_000, MOST_TOLD, 500, 1_500]);
  });

  it('is not used, and read no further, with more faulty rows than may be, in whatever order', async () => {
    for (const [rows, text] of [[2_401, `${SOUND.repeat(400)}${FAULTY.repeat(20_000)}`], [4_002, `${SOUND}${FAULTY}`.repeat(10_000)]] as const) {
      const reading = await readText(`${HEADER}\n${text}`);
      expect([reading.usable, reading.rows, reading.bad.size]).toEqual([false, rows, MOST_FAULTY + 1]);
      expect(reading.errors[0]).toMatchObject({ row: rows + 1, code: 'TOO_MANY_ENTRIES', message: expect.stringContaining(`2001 of the first ${rows} rows`) });
    }
    const least = await readText(`${HEADER}\n${FAULTY.repeat(MOST_FAULTY)}${SOUND.repeat(3)}`);
    expect([least.usable, least.rows, least.good.length]).toEqual([true, MOST_FAULTY + 3, 3]);
  });

  it('keeps letters whole that are two units, wherever they lie', async () => {
    for (const shift of [0, 1, 2, 3]) {
      const reading = await readText(`${HEADER}\n${`${'z'.repeat(shift)}${'\u{20bb7}'.repeat(40)},b,,2008-03-01,2026/27,60358324,school-leaver-t-level\n`.repeat(300)}`);
      expect([reading.errors, new Set(reading.good.map(({ enrolment }) => enrolment.givenName))]).toEqual([[], new Set([`${'z'.repeat(shift)}${'\u{20bb7}'.repeat(40)}`])]);
    }
  });
});

describe('a file that is no list', () => {
  const zip = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.alloc(600, 7)]);
  it.each([
    ['nothing', Buffer.alloc(0), 'FILE_EMPTY'],
    ['white space', Buffer.from(' \n\n'), 'FILE_EMPTY'],
    ['a header alone', Buffer.from(`${HEADER}\n`), 'FILE_EMPTY'],
    ['an Excel workbook or a zip', zip, 'FILE_NOT_CSV'],
    ['an old Excel workbook', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]), 'FILE_NOT_CSV'],
    ['a gzip archive', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(600)]), 'FILE_NOT_CSV'],
    ['a PDF', Buffer.from('%PDF-1.7\nxxxx'), 'FILE_NOT_CSV'],
    ['Windows-1252', Buffer.from(`${HEADER}\n${ROW}\n`, 'latin1'), 'FILE_ENCODING'],
    ['text with a NUL', Buffer.from(`${HEADER}\nZo\0e,x\n`), 'FILE_MALFORMED'],
    ['an open quote', Buffer.from(`${HEADER}\n"Zoe,x\n${ROW}\n`), 'FILE_MALFORMED'],
    ['10,000 columns', Buffer.from(`${'a,'.repeat(10_000)}\n`), 'TOO_MANY_ENTRIES'],
    ['a web page', Buffer.from('<!doctype html><title>x</title>\n<p>'), 'COLUMN_UNKNOWN'],
  ])('(%s) is refused with the remedy', async (_what, file, code) => {
    const reading = await read(bytes(file));
    expect([reading.errors[0]?.code, reading.usable]).toEqual([code, false]);
    if (code === 'FILE_NOT_CSV' || code === 'FILE_ENCODING') expect(reading.errors[0]?.message).toMatch(/save it as “CSV UTF-8/);
  });

  /** Makes the bytes as they are asked for, and counts them: a reader that gives up early leaves most of them unmade. */
  function endless(first: string, chunk: string, chunks: number) {
    const made = { chunks: 0 };
    const part = Buffer.from(chunk);
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(first);
      for (; made.chunks < chunks; made.chunks += 1) yield part;
    }
    return { made, source: source() };
  }

  it.each([
    ['in the header', ''],
    ['in a row', `${HEADER}\n`],
    ['inside quotes', `${HEADER}\n"`],
  ])('(one line of 500 MB %s) is refused before it is read', async (_where, first) => {
    const { made, source } = endless(first, 'x'.repeat(64 * 1024), 8_000);
    const reading = await read(source);
    expect([reading.errors[0]?.code, reading.usable, reading.good]).toEqual(['ROW_TOO_LONG', false, []]);
    expect(made.chunks).toBeLessThan(100);
  });

  it('(1 GB of rows) is refused at the limits of rows and of bytes', async () => {
    const many = endless(`${HEADER}\n`, 'a,b,x\n'.repeat(1_000), 200_000);
    expect((await read(many.source, { ...FILE_LIMITS, rows: 3_000 })).usable).toBe(false);
    expect(many.made.chunks).toBeLessThan(100);
    const large = endless(`${HEADER}\n`, `${`${'y'.repeat(1_000)}\n`.repeat(60)}`, 20_000);
    const reading = await read(large.source, { ...FILE_LIMITS, bytes: 2 * 1024 * 1024 });
    expect(reading.usable).toBe(false);
    expect(large.made.chunks).toBeLessThan(200);
  });
});
