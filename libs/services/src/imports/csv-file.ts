import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { CsvError, parse, type Info } from 'csv-parse';
import { Rejection, type RejectionCode } from '@meriden/domain';

/** What one file may hold; every limit is met while the file streams, before memory is. */
export type FileLimits = Readonly<{ bytes: number; rows: number; columns: number; lineCharacters: number }>;

export const FILE_LIMITS: FileLimits = { bytes: 32 * 1024 * 1024, rows: 50_000, columns: 64, lineCharacters: 64 * 1024 };

/** One row; `row` is the number a spreadsheet shows beside it, the header being 1. */
export type CsvRow = Readonly<{ row: number; cells: readonly string[] }>;

/** The file as a whole cannot be used. `row` where it was noticed; null = before any row. */
export class FileRefused extends Rejection {
  constructor(
    code: RejectionCode,
    message: string,
    rule: string,
    remedy: string,
    readonly row: number | null = null,
  ) {
    super({ code, message, rule, remedy, path: ['file'] });
  }
}

const SAVE_AS_CSV = 'Open it in your spreadsheet and save it as “CSV UTF-8 (comma delimited)”.';
const CSV_RULE = 'An import is a text file of comma-separated values with one header row.';

/** How files that are no text begin. */
const SIGNATURES: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['a zip archive or an Excel workbook (.xlsx)', [0x50, 0x4b, 0x03, 0x04]],
  ['an empty zip archive', [0x50, 0x4b, 0x05, 0x06]],
  ['an old Excel workbook (.xls)', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21]],
  ['an image', [0x89, 0x50, 0x4e, 0x47]],
  ['an image', [0xff, 0xd8, 0xff]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a program', [0x4d, 0x5a, 0x90, 0x00]],
];

/**
 * The rows of a file as it streams in, header first: UTF-8 with or without byte order mark, UTF-16 with one; separators comma,
 * semicolon or tab, told from the header. Holds one line and what the parser holds of it, whatever the file's size.
 *
 * @throws FileRefused for a file that is no CSV, in no encoding we read, or above a limit
 */
export async function* readCsvRows(source: AsyncIterable<Uint8Array>, limits: FileLimits = FILE_LIMITS): AsyncGenerator<CsvRow> {
  const { texts, separator, skipped } = await beginning(guarded(decoded(counted(source, limits)), limits), limits);
  const parser = parse({ delimiter: separator, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: limits.lineCharacters });
  const pumped = pipeline(Readable.from(sliced(texts)), parser).catch((error: unknown) => void parser.destroy(error as Error));
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const row = info.records + info.empty_lines + skipped;
      if (record.length > limits.columns) {
        throw new FileRefused('TOO_MANY_ENTRIES', `Row ${row} has ${record.length} columns.`, `A file has at most ${limits.columns} columns.`, 'Keep the columns of the template.', row);
      }
      // The header does not count as a row of the file.
      if (rows > limits.rows) throw new FileRefused('TOO_MANY_ENTRIES', `The file has more than ${limits.rows} rows.`, `One import takes at most ${limits.rows} rows.`, 'Split it into several files.', row);
      rows += 1;
      yield { row, cells: record };
    }
  } catch (error) {
    throw refusalOf(error);
  } finally {
    parser.destroy();
    await pumped;
  }
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const row = typeof error['records'] === 'number' ? error['records'] + 1 : null;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLong(row);
  return new FileRefused('FILE_MALFORMED', `The quotes in row ${row ?? '?'} or just before it do not close.`, 'A cell with quotes begins and ends with one, and a quote inside it is written twice (RFC 4180).', 'Mend the quotes, or save the file anew from a spreadsheet.', row);
}

const tooLong = (row: number | null): FileRefused =>
  new FileRefused('ROW_TOO_LONG', 'One line of the file is longer than any record can be.', 'A line holds at most 64 kB.', 'Look for a missing line break or an unclosed quote.', row);

async function* counted(source: AsyncIterable<Uint8Array>, limits: FileLimits): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > limits.bytes) {
      const most = `${Math.round(limits.bytes / 1024 / 1024)} MB`;
      throw new FileRefused('FILE_TOO_LARGE', `The file is larger than ${most}.`, `A file holds at most ${most}.`, 'Split it into several files.');
    }
    yield chunk;
  }
}

/** All of a file, for keeping. @throws FileRefused FILE_TOO_LARGE, FILE_NOT_CSV, FILE_EMPTY: what is no text is not taken in */
export async function wholeFile(source: AsyncIterable<Uint8Array>, bytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let looked = false;
  for await (const chunk of counted(source, { ...FILE_LIMITS, bytes })) {
    parts.push(chunk);
    if (!looked && parts.reduce((sum, part) => sum + part.byteLength, 0) >= HEAD_BYTES) {
      decoderFor(Buffer.concat(parts).subarray(0, HEAD_BYTES));
      looked = true;
    }
  }
  const content = Buffer.concat(parts);
  if (!looked) decoderFor(content);
  return content;
}

/** Enough bytes to know what kind of file it is. */
const HEAD_BYTES = 512;

/** Bytes to text. The encoding is told by the byte order mark or by the zeros of UTF-16; anything else must be UTF-8. */
async function* decoded(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  for await (const chunk of source) {
    if (decoder !== null) {
      yield decode(decoder, chunk);
      continue;
    }
    head = Buffer.concat([head as Buffer, chunk]);
    if (head.length < HEAD_BYTES) continue;
    decoder = decoderFor(head);
    const text = decode(decoder, head);
    head = null;
    yield text;
  }
  if (decoder === null) {
    decoder = decoderFor(head as Buffer);
    yield decode(decoder, head as Buffer);
  }
  yield decode(decoder, null);
}

function decode(decoder: TextDecoder, chunk: Uint8Array | null): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new FileRefused(
      'FILE_ENCODING',
      'The file is not UTF-8: some of its bytes are no letters in that encoding. It looks like Windows-1252 or another old encoding.',
      'Files are UTF-8, or UTF-16 with a byte order mark.',
      SAVE_AS_CSV,
    );
  }
}

/** @throws FileRefused FILE_EMPTY, FILE_NOT_CSV */
function decoderFor(head: Buffer): TextDecoder {
  if (head.length === 0) throw new FileRefused('FILE_EMPTY', 'The file is empty.', CSV_RULE, 'Fill in the template: `import KIND --template` prints its columns.');
  const signature = SIGNATURES.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte));
  if (signature !== undefined) throw new FileRefused('FILE_NOT_CSV', `This is ${signature[0]}, not a CSV file.`, CSV_RULE, SAVE_AS_CSV);
  const options = { fatal: true } as const;
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le', options);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be', options);
  // Plain Latin text in UTF-16 without its mark has a zero in every other byte.
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i += 1) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1;
  const most = head.length * 0.35;
  if ((zeros[1] as number) > most && zeros[0] === 0) return new TextDecoder('utf-16le', options);
  if ((zeros[0] as number) > most && zeros[1] === 0) return new TextDecoder('utf-16be', options);
  return new TextDecoder('utf-8', options);
}

/** Refuses a NUL and a line beyond the limit while they stream by. */
async function* guarded(texts: AsyncIterable<string>, limits: FileLimits): AsyncGenerator<string> {
  let lines = 1;
  let held = 0;
  for await (const text of texts) {
    if (text.includes('\0')) throw new FileRefused('FILE_MALFORMED', 'The file holds a NUL byte: it is damaged or no text.', CSV_RULE, SAVE_AS_CSV);
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      if (held + at - from > limits.lineCharacters) throw tooLong(lines);
      held = 0;
      lines += 1;
      from = at + 1;
    }
    held += text.length - from;
    if (held > limits.lineCharacters) throw tooLong(lines);
    yield text;
  }
}

/** Small pieces: the parser works each off whole, so that many rows would be parsed beyond the one at which a reader stops. */
async function* sliced(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) {
    for (let from = 0; from < text.length; ) {
      const half = isHighSurrogate(text.charCodeAt(from + PIECE - 1));
      const end = from + PIECE + (half ? 1 : 0);
      yield text.slice(from, end);
      from = end;
    }
  }
}
const PIECE = 4_096;
/** The first of two units that are one letter: between them nothing may be cut. */
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

type Beginning = Readonly<{ texts: AsyncGenerator<string>; separator: string; skipped: number }>;

/** Reads to the end of the first line, to see what separates its cells; gives all of the text again. */
async function beginning(texts: AsyncGenerator<string>, limits: FileLimits): Promise<Beginning> {
  let head = '';
  // Lines of nothing may come first; what never breaks, the guard refuses.
  while (!head.trimStart().includes('\n') && head.length <= limits.lineCharacters * 2) {
    const { value, done } = await texts.next();
    if (done === true) break;
    head += value;
  }
  head = head.replace(/^\ufeff/, '');
  if (head.trim() === '') throw new FileRefused('FILE_EMPTY', 'The file is empty.', CSV_RULE, 'Fill in the template: `import KIND --template` prints its columns.');
  // Some spreadsheets say their separator in a line of its own, which is no row.
  const said = /^sep=([,;\t])\r?\n/i.exec(head);
  const rest = said === null ? head : head.slice(said[0].length);
  return { texts: again(rest, texts), separator: said?.[1] ?? separatorOf(rest.trimStart().split('\n', 1)[0] ?? ''), skipped: said === null ? 0 : 1 };
}

async function* again(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

/** The sign that stands most often in the header outside quotes; a comma where none does. */
function separatorOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => bare.split(sign).length - 1;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
