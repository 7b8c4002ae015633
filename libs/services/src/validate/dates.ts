import type { Faults } from './faults.js';

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a day that exists, from 1900 to 2199. */
export function isIsoDate(text: string): boolean {
  const parts = ISO_DATE.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1900 || year > 2199) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Whether the text is a moment that exists, in UTC with milliseconds, as the product writes them. */
export function isIsoInstant(text: string): boolean {
  const at = Date.parse(text);
  return isIsoDate(text.slice(0, 10)) && Number.isFinite(at) && new Date(at).toISOString() === text;
}

export function checkDate(faults: Faults, path: string | readonly string[], value: string): boolean {
  if (isIsoDate(value)) return true;
  faults.add('DATE_INVALID', path, 'That is not a day that exists.', 'A date is written YYYY-MM-DD.', 'Write it like 2026-09-07.');
  return false;
}

/** Two dates that both exist and stand in order. */
export function checkPeriod(faults: Faults, paths: readonly [string | readonly string[], string | readonly string[]], from: string, to: string): void {
  const bothExist = [checkDate(faults, paths[0], from), checkDate(faults, paths[1], to)].every(Boolean);
  if (bothExist && to < from) {
    faults.add('DATES_REVERSED', paths[1], `The end ${to} lies before the start ${from}.`, 'A period ends on or after its first day.', 'Swap or mend the dates.');
  }
}

/** Whole weeks, rounded up, that a period touches: used for hours a week times weeks. */
export function weeksBetween(from: string, to: string): number {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000 + 1;
  return Math.max(0, Math.ceil(days / 7));
}

/** The date `years` after another; 29 February becomes 1 March, as the law counts birthdays. */
export function addYears(date: string, years: number): string {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(y + years, m - 1, d)).toISOString().slice(0, 10);
}
