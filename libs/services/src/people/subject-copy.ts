import { crc32 } from 'node:zlib';
import { BASES, PERSONAL_DATA, PURPOSES, RETENTION, type TableCopy } from '@meriden/persistence';

/** Fixed, so that the same data give the same bytes. */
const NO_TIME = { time: 0, date: 0x21 };

/** The copy that a person gets: a file to read, one for programs, one for a spreadsheet, in one archive. */
export function subjectArchive(copies: readonly TableCopy[], askedAt: string): Uint8Array {
  const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
  return archive([
    { name: 'read-me.txt', bytes: utf8(readMe(copies, askedAt)) },
    { name: 'your-data.json', bytes: utf8(`${JSON.stringify(document(copies, askedAt), null, 2)}\n`) },
    { name: 'your-data.csv', bytes: utf8(spreadsheet(copies)) },
  ]);
}

function document(copies: readonly TableCopy[], askedAt: string): unknown {
  return {
    format: 'meriden-subject-access/1',
    askedAt,
    data: copies.map(({ table, rows }) => {
      const entry = PERSONAL_DATA[table];
      if (entry === undefined) throw new Error(`${table} is not registered`);
      return {
        table,
        purpose: PURPOSES[entry.purpose],
        basis: BASES[entry.basis],
        kept: RETENTION[entry.retention],
        columns: Object.fromEntries(Object.entries(entry.columns).map(([column, { says, special, withheld }]) => [column, { says, special, ...(withheld === null ? {} : { withheld }) }])),
        rows,
      };
    }),
  };
}

function readMe(copies: readonly TableCopy[], askedAt: string): string {
  const lines = ['Your data in Meriden', `As of ${askedAt}.`, '', 'your-data.json has everything, your-data.csv the same for a spreadsheet. What we hold, and why:', ''];
  for (const { table, rows } of copies) {
    const entry = PERSONAL_DATA[table];
    if (entry === undefined || rows.length === 0) continue;
    lines.push(`${table}: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`, `  ${PURPOSES[entry.purpose]}`, `  ${BASES[entry.basis]}`, `  Kept: ${RETENTION[entry.retention]}`);
    for (const { says, withheld } of Object.values(entry.columns)) if (withheld !== null) lines.push(`  Not in this file: ${says}. ${withheld}`);
    lines.push('');
  }
  lines.push('Something is wrong, or you want it deleted? Use "Your data" in Meriden, or ask your college. You can complain to the Information Commissioner: https://ico.org.uk/make-a-complaint');
  return `${lines.join('\r\n')}\r\n`;
}

function spreadsheet(copies: readonly TableCopy[]): string {
  const lines = [['table', 'row', 'column', 'what it is', 'value']];
  for (const { table, rows } of copies) {
    rows.forEach((row, i) => {
      for (const [column, value] of Object.entries(row)) {
        const text = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
        lines.push([table, String(i + 1), column, PERSONAL_DATA[table]?.columns[column]?.says ?? '', text]);
      }
    });
  }
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

type Member = Readonly<{ name: string; bytes: Buffer }>;

/** A ZIP archive, stored without compression: local headers with the bytes, then the directory, then where that begins (APPNOTE 4.3). */
function archive(members: readonly Member[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    // Names are UTF-8.
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(NO_TIME.time, 6);
    common.writeUInt16LE(NO_TIME.date, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, path]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
