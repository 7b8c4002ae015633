/**
 * A reader for the comma-separated files of libs/reference/data. It is our own because a pure library may know no npm package;
 * files that people upload are read elsewhere, by a field library.
 *
 * Accepts RFC 4180: quoted cells, doubled quotes, line breaks inside quotes, CRLF or LF, one byte-order mark, a last line with or
 * without its line break. Returns one array of cells a line, with the number of the line it starts on (1 = the header).
 * Throws nothing: an unclosed quote is reported by `unclosed`, the line it opened on. Linear in the length of the text.
 */
export type CsvLine = Readonly<{ line: number; cells: readonly string[] }>;
export type Csv = Readonly<{ lines: readonly CsvLine[]; unclosed: number | null }>;

export function readCsv(text: string): Csv {
  const lines: CsvLine[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const opened = line;
    const cells: string[] = [];
    let more = true;
    while (more) {
      if (text[at] === '"') {
        const quoted = readQuoted(text, at + 1);
        if (quoted === null) return { lines, unclosed: line };
        cells.push(quoted.cell);
        line += quoted.breaks;
        at = quoted.next;
      } else {
        const end = endOfCell(text, at);
        cells.push(text.slice(at, end));
        at = end;
      }
      more = text[at] === ',';
      if (more) at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') lines.push({ line: opened, cells });
  }
  return { lines, unclosed: null };
}

function endOfCell(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function readQuoted(text: string, from: number): { cell: string; next: number; breaks: number } | null {
  let cell = '';
  let breaks = 0;
  let at = from;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return null;
    cell += text.slice(at, close);
    if (text[close + 1] !== '"') {
      for (const letter of cell) if (letter === '\n') breaks += 1;
      // Text after a closing quote belongs to no well-formed cell; it is kept so that the table check can refuse the value.
      const end = endOfCell(text, close + 1);
      return { cell: cell + text.slice(close + 1, end), next: end, breaks };
    }
    cell += '"';
    at = close + 2;
  }
}
