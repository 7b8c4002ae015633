/** What a spreadsheet takes for a formula, full-width twins too, also behind what it strips before it looks. The files of the API follow the same rule. */
const FORMULA = /^[\s"';,|\u200b-\u200f\u2060\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20\u2212]/u;
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** One cell: what would run as a formula is made plain text; quoted where a quote, a line break or any separator stands in it. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const seen = value.replace(/\r\n?/g, '\n').replace(UNSEEN, ' ');
  const text = FORMULA.test(seen) ? `'${seen}` : seen;
  return /[",;|\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Saves rows as a CSV file that Excel opens rightly (UTF-8 with byte order mark, RFC 4180). */
export function saveCsv(name: string, rows: readonly (readonly (string | number)[])[]): void {
  saveText(name, `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`);
}

/** Saves a text as a file. */
export function saveText(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
