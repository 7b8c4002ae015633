import { Rejection, type ImportError, type RejectionCode } from '@meriden/domain';
import { isIsoDate } from '../validate/dates.js';
import { hasUnstorable, shown } from '../validate/faults.js';
import { FileRefused, type CsvRow } from './csv-file.js';

export type Column = Readonly<{
  name: string;
  /** Whether the file must have the column and each row a value in it. */
  needed: boolean;
  /** What stands in it, for the template. */
  words: string;
  example: string;
}>;

/** “Given name”, `given_name` and `givenName` are one column. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Which cell of a row belongs to which column. @throws Rejection that names every column that is unknown, doubled or missing */
export function readHeader(header: CsvRow, columns: readonly Column[]): readonly Column[] {
  const known = new Map(columns.map((column) => [plain(column.name), column]));
  const template = `The columns are ${columns.map(({ name, needed }) => (needed ? `${name} (needed)` : name)).join(', ')}.`;
  const faults: FileRefused[] = [];
  const found: Column[] = [];
  header.cells.forEach((cell, at) => {
    const column = known.get(plain(cell));
    if (column === undefined) faults.push(new FileRefused('COLUMN_UNKNOWN', `Column ${at + 1}, ${shown(cell.trim())}, is not one we take.`, template, 'Remove it or name it as the template does: nothing is read that is not needed.', header.row));
    else if (found.includes(column)) faults.push(new FileRefused('DUPLICATE_ENTRY', `The column ${column.name} stands twice.`, template, 'Keep one of the two.', header.row));
    else found.push(column);
  });
  for (const column of columns) {
    if (column.needed && !found.includes(column)) faults.push(new FileRefused('COLUMN_MISSING', `The column ${column.name} is missing.`, template, `Add it: ${column.words}`, header.row));
  }
  if (faults.length > 0) throw new Rejection(faults.flatMap((fault) => fault.refusals));
  return found;
}

/** Full-width twins are read as formulas by some spreadsheets too. A dash before a space is a list or a minus between words. */
const FORMULA = /^\s*(?:[=+@\uff0b\uff1d\uff20\t\r]|[-\uff0d](?!\s))/u;

/** The cells of one row under their columns; faults are collected, so that a person mends a file in one go. */
export class Cells {
  readonly errors: ImportError[] = [];
  readonly #values = new Map<string, string>();

  constructor(
    readonly row: number,
    columns: readonly Column[],
    cells: readonly string[],
  ) {
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      this.fault(null, 'FILE_MALFORMED', `The row has ${cells.length} cells, the header ${columns.length}. Quote a cell that holds the separator.`);
    }
    columns.forEach((column, at) => this.#values.set(column.name, (cells[at] ?? '').trim()));
    for (const { name, needed } of columns) {
      const value = this.#values.get(name) as string;
      if (value === '' && needed) this.fault(name, 'FIELD_REQUIRED', `${name} is empty. Fill it in.`);
      if (hasUnstorable(value)) this.fault(name, 'FIELD_INVALID', `${name} holds control characters or half letters. Remove them.`);
      else if (FORMULA.test(value) && !/^[+-]?\d+([.,]\d+)?$/.test(value)) this.fault(name, 'FORMULA', `${name} begins like a formula of a spreadsheet. Write plain text, without a leading = + - or @.`);
    }
  }

  fault(column: string | null, code: RejectionCode, message: string): void {
    this.errors.push({ row: this.row, column, code, message });
  }

  /** Takes the refusals of a domain check, each under the column that `columnOf` finds for its path. */
  refusals(rejection: Rejection, columnOf: (path: readonly string[]) => string | null): void {
    for (const { code, message, rule, remedy, path } of rejection.refusals) this.fault(columnOf(path), code, `${message} ${rule} ${remedy}`);
  }

  /** Null where the column or the cell is not there: an empty cell changes nothing. */
  text(column: string): string | null {
    return this.#values.get(column) || null;
  }

  /** Entries between `|` or `;`. */
  list(column: string): readonly string[] | null {
    const text = this.text(column);
    return text === null ? null : text.split(/[|;]/).map((entry) => entry.trim()).filter((entry) => entry !== '');
  }

  integer(column: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    if (/^-?\d{1,9}$/.test(text)) return Number(text);
    this.fault(column, 'FIELD_INVALID', `${column} is ${shown(text)}. A whole number is written with digits alone.`);
    return null;
  }

  /** `2009-03-31`, or `31/03/2009` as British spreadsheets write it. */
  date(column: string): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
    const iso = british === null ? text : `${british[3]}-${(british[2] as string).padStart(2, '0')}-${(british[1] as string).padStart(2, '0')}`;
    if (isIsoDate(iso)) return iso;
    this.fault(column, 'DATE_INVALID', `${shown(text)} is not a day that exists. Write it like 2026-09-07 or 07/09/2026.`);
    return null;
  }

  yes(column: string): boolean | null {
    const text = this.text(column)?.toLowerCase() ?? null;
    if (text === null) return null;
    if (['yes', 'y', 'true', '1'].includes(text)) return true;
    if (['no', 'n', 'false', '0'].includes(text)) return false;
    this.fault(column, 'FIELD_INVALID', `${column} is ${shown(text)}. Write yes or no.`);
    return null;
  }

  /** A value of an enumeration, capitals, spaces and hyphens aside. */
  oneOf<T extends string>(column: string, allowed: readonly T[]): T | null {
    const text = this.text(column);
    return text === null ? null : this.known(column, text, allowed);
  }

  listOf<T extends string>(column: string, allowed: readonly T[]): readonly T[] | null {
    return this.list(column)?.map((entry) => this.known(column, entry, allowed)).filter((entry) => entry !== null) ?? null;
  }

  private known<T extends string>(column: string, text: string, allowed: readonly T[]): T | null {
    const value = text.toUpperCase().replace(/[\s-]+/g, '_') as T;
    if (allowed.includes(value)) return value;
    this.fault(column, 'FIELD_INVALID', `${column} holds ${shown(text)}. It takes ${allowed.join(', ')}.`);
    return null;
  }
}

/** Only the members that the file gave. */
export function filled<T extends object>(members: { [Name in keyof T]: T[Name] | null }): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as Partial<T>;
}
