import { readCsv, type CsvLine } from './csv.js';
import { CERTAINTIES, type Provenance } from './provenance.js';

/** One thing wrong with the reference files. `row` is the line in the file (the header is 1); 0 = the whole file. */
export type ReferenceProblem = Readonly<{ file: string; row: number; column: string; rule: string; value: string }>;

/** Thrown by `parse` with every problem found, never only the first. */
export class ReferenceDataError extends Error {
  override readonly name = 'ReferenceDataError';
  readonly problems: readonly ReferenceProblem[];

  constructor(problems: readonly ReferenceProblem[]) {
    const shown = problems.slice(0, 5).map((p) => `${p.file}:${p.row} ${p.column}: ${p.rule} (${JSON.stringify(p.value.slice(0, 60))})`);
    const rest = problems.length > shown.length ? `; and ${problems.length - shown.length} more` : '';
    super(`Reference data is not usable: ${shown.join('; ')}${rest}`);
    this.problems = problems;
  }
}

type Pending = Readonly<{ row: Row; column: string; id: string; target: string }>;

const PROVENANCE_COLUMNS = ['source', 'certainty', 'certainty_note'];

/** The files being read: collects tables, problems, and references that can only be checked once all tables stand. */
export class Reading {
  readonly problems: ReferenceProblem[] = [];
  private readonly pending: Pending[] = [];
  private readonly keys = new Map<string, ReadonlyMap<string, unknown>>();

  constructor(private readonly files: Readonly<Record<string, string>>) {}

  report(file: string, row: number, column: string, rule: string, value = ''): void {
    this.problems.push({ file, row, column, rule, value });
  }

  text(file: string): string {
    const text = this.files[file];
    if (text === undefined) this.report(file, 0, '', 'the file is missing');
    return text ?? '';
  }

  later(reference: Pending): void {
    this.pending.push(reference);
  }

  /**
   * Reads one file into a map in file order. `columns` are those before `source, certainty, certainty_note`; the header must
   * name exactly these. `key` gives a row's id, which must be unique.
   */
  table<T>(file: string, columns: readonly string[], key: (row: Row) => string, build: (row: Row) => T): ReadonlyMap<string, T> {
    const rows = new Map<string, T>();
    this.keys.set(file, rows);
    const csv = readCsv(this.text(file));
    if (csv.unclosed !== null) this.report(file, csv.unclosed, '', 'a quoted cell is not closed');
    const [header, ...lines] = csv.lines;
    const expected = [...columns, ...PROVENANCE_COLUMNS];
    if (header === undefined || header.cells.join() !== expected.join()) {
      this.report(file, 1, '', `the header must be ${expected.join()}`, header?.cells.join() ?? '');
      return rows;
    }
    for (const line of lines) {
      if (line.cells.length !== expected.length) {
        this.report(file, line.line, '', `the row must have ${expected.length} cells`, `${line.cells.length}`);
        continue;
      }
      const row = new Row(this, file, expected, line);
      const id = key(row);
      if (rows.has(id)) this.report(file, line.line, columns[0] ?? '', 'the id must be unique', id);
      else rows.set(id, build(row));
    }
    return rows;
  }

  /** Checks every reference to another table, then throws if anything at all was wrong. */
  finish(): void {
    for (const { row, column, id, target } of this.pending) {
      if (!this.keys.get(target)?.has(id)) row.problem(column, `must be an id of ${target}`, id);
    }
    if (this.problems.length > 0) throw new ReferenceDataError(this.problems);
  }
}

/** One row of a table, read cell by cell; a bad cell is reported and read as an empty value, so that all problems come at once. */
export class Row {
  constructor(
    private readonly reading: Reading,
    readonly file: string,
    private readonly columns: readonly string[],
    private readonly csv: CsvLine,
  ) {}

  problem(column: string, rule: string, value = this.raw(column)): void {
    this.reading.report(this.file, this.csv.line, column, rule, value);
  }

  private raw(column: string): string {
    const index = this.columns.indexOf(column);
    return index < 0 ? '' : (this.csv.cells[index] ?? '');
  }

  text(column: string): string {
    const value = this.raw(column);
    if (value === '') this.problem(column, 'must not be empty');
    if (value !== value.trim()) this.problem(column, 'must not begin or end with a space');
    return value;
  }

  optional(column: string): string | null {
    return this.raw(column) === '' ? null : this.text(column);
  }

  integer(column: string, least: number, most: number): number {
    const value = this.raw(column);
    const number = Number(value);
    const good = /^-?\d+$/.test(value) && number >= least && number <= most;
    if (!good) this.problem(column, `must be a whole number from ${least} to ${most}`);
    return good ? number : least;
  }

  optionalInteger(column: string, least: number, most: number): number | null {
    return this.raw(column) === '' ? null : this.integer(column, least, most);
  }

  degrees(column: string, least: number, most: number): number {
    const value = this.raw(column);
    const number = Number(value);
    const good = /^-?\d+(\.\d+)?$/.test(value) && number >= least && number <= most;
    if (!good) this.problem(column, `must be degrees from ${least} to ${most}`);
    return good ? number : least;
  }

  oneOf<T extends string>(column: string, allowed: readonly T[]): T {
    const value = this.raw(column);
    const found = allowed.find((item) => item === value);
    if (found === undefined) this.problem(column, `must be one of ${allowed.join(', ')}`);
    return found ?? (allowed[0] as T);
  }

  optionalOneOf<T extends string>(column: string, allowed: readonly T[]): T | null {
    return this.raw(column) === '' ? null : this.oneOf(column, allowed);
  }

  yesNo(column: string): boolean {
    return this.oneOf(column, ['yes', 'no']) === 'yes';
  }

  /** A list separated by semicolons; an empty cell is an empty list. No item may be empty or stand twice. */
  list(column: string): readonly string[] {
    const value = this.raw(column);
    if (value === '') return [];
    const items = value.split(';');
    if (items.some((item) => item === '' || item !== item.trim())) this.problem(column, 'list items must not be empty or padded');
    if (new Set(items).size !== items.length) this.problem(column, 'list items must not stand twice');
    return items;
  }

  matching(column: string, pattern: RegExp, what: string): string {
    const value = this.raw(column);
    if (!pattern.test(value)) this.problem(column, `must be ${what}`);
    return value;
  }

  optionalMatching(column: string, pattern: RegExp, what: string): string | null {
    return this.raw(column) === '' ? null : this.matching(column, pattern, what);
  }

  reference(column: string, target: string): string {
    const id = this.text(column);
    if (id !== '') this.reading.later({ row: this, column, id, target });
    return id;
  }

  optionalReference(column: string, target: string): string | null {
    return this.raw(column) === '' ? null : this.reference(column, target);
  }

  references(column: string, target: string): readonly string[] {
    const ids = this.list(column);
    for (const id of ids) this.reading.later({ row: this, column, id, target });
    return ids;
  }

  provenance(): Provenance {
    return { source: this.text('source'), certainty: this.oneOf('certainty', CERTAINTIES), certaintyNote: this.optional('certainty_note') };
  }
}

/** The ids on a circle of `parents`, or null. Depth-first, linear in nodes and edges. */
export function findCycle(parents: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const state = new Map<string, 'open' | 'done'>();
  for (const start of parents.keys()) {
    if (state.has(start)) continue;
    const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const parent = parents.get(top.id)?.[top.next];
      top.next += 1;
      if (parent === undefined) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(parent) === 'open') {
        return path.slice(path.findIndex((step) => step.id === parent)).map((step) => step.id);
      } else if (!state.has(parent)) {
        state.set(parent, 'open');
        path.push({ id: parent, next: 0 });
      }
    }
  }
  return null;
}
