export type Finding = Readonly<{ promise: string; held: boolean; figure: string; count?: number; seed?: string }>;
export type Circumstances = Readonly<{ date: string; commit: string; load: string; seconds: number }>;
export type PromiseRecord = Readonly<Record<string, Finding & Circumstances>>;
export type PromiseRow = Readonly<{ id: string; promise: string; mechanism: string; goal: string; tests: readonly string[]; programs: readonly string[] }>;

/** The record with the new findings in it; promises that were not run keep their last line. */
export function recorded(
  record: PromiseRecord,
  runs: readonly Readonly<{ program: string; promises: readonly string[]; findings: readonly Finding[]; end: string; about: Circumstances }>[],
): PromiseRecord;
/** A line of a program's output as a finding, or null when it is something else. */
export function findingOf(line: string): Finding | null;
/** The text of docs/promises.md. */
export function promisePage(table: readonly PromiseRow[], record: PromiseRecord): string;
