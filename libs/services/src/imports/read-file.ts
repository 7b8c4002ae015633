import { Rejection, type ImportError } from '@meriden/domain';
import { Cells, readHeader, type Column } from './columns.js';
import { FILE_LIMITS, FileRefused, readCsvRows, type FileLimits } from './csv-file.js';

/** Faults told at most; a file that is wrong throughout is mended from the first thousand. */
export const MOST_TOLD = 1_000;
/** A file with more faulty rows than this is not used, in whatever order they stand, and read no further. */
export const MOST_FAULTY = 2_000;

export type FileReading<Row> = Readonly<{
  /** Rows read, the header not counted. */
  rows: number;
  good: readonly Row[];
  /** Rows that have a fault. */
  bad: ReadonlySet<number>;
  errors: readonly ImportError[];
  errorsLeftOut: number;
  /** False when the file as a whole cannot be used: then nothing of it is. */
  usable: boolean;
}>;

/** Faults by row, kept up to a limit and counted beyond. */
export class RowErrors {
  readonly bad = new Set<number>();
  readonly told: ImportError[] = [];
  leftOut = 0;

  add(...errors: readonly ImportError[]): void {
    for (const error of errors) {
      if (error.row !== null) this.bad.add(error.row);
      if (this.told.length < MOST_TOLD) this.told.push(error);
      else this.leftOut += 1;
    }
  }
}

/** Reads a whole file row by row, every row checked by itself. Nothing is thrown for what the file holds: faults are in the answer. */
export async function readFile<Row>(
  source: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
  read: (cells: Cells) => Row | null,
  limits: FileLimits = FILE_LIMITS,
): Promise<FileReading<Row>> {
  const errors = new RowErrors();
  const good: Row[] = [];
  let rows = 0;
  let usable = true;
  try {
    let header: readonly Column[] | null = null;
    for await (const row of readCsvRows(source, limits)) {
      if (header === null) {
        header = readHeader(row, columns);
        continue;
      }
      rows += 1;
      const cells = new Cells(row.row, header, row.cells);
      const value = read(cells);
      errors.add(...cells.errors);
      if (value !== null && cells.errors.length === 0) good.push(value);
      if (errors.bad.size > MOST_FAULTY) {
        const rule = `A file with more than ${MOST_FAULTY} faulty rows is not used, the good ones neither.`;
        throw new FileRefused('TOO_MANY_ENTRIES', `${errors.bad.size} of the first ${rows} rows have a fault; the others were not read.`, rule, 'Mend what is told of these rows, often the same fault in each, and check the file again.', row.row);
      }
    }
    if (rows === 0) throw new FileRefused('FILE_EMPTY', 'The file has a header and no rows.', 'Each row is one record.', 'Add the rows under the header.');
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    usable = false;
    const row = error instanceof FileRefused ? error.row : 1;
    // First of all, so that no number of faulty rows hides it.
    errors.told.unshift(...error.refusals.map(({ code, message, rule, remedy }) => ({ row, column: null, code, message: `${message} ${rule} ${remedy}` })));
  }
  return { rows, good, bad: errors.bad, errors: errors.told, errorsLeftOut: errors.leftOut, usable };
}
