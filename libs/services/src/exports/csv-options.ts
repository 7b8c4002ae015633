import type { Options } from 'csv-stringify';
import { plainCell } from './plain-cell.js';

/** RFC 4180 with the byte order mark that Excel needs; cells that hold any separator are quoted, so that none is split by another's settings. */
export const CSV_OPTIONS = {
  bom: true,
  record_delimiter: '\r\n',
  quoted_match: /[;\t|\n]/,
  cast: { string: (text: string) => plainCell(text), boolean: (value: boolean) => (value ? 'yes' : 'no') },
} as const satisfies Options;
