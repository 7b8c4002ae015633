import type { IsoDate } from '@meriden/domain';

/** No such day: the text was missing or no calendar date. Every comparison with it is false, so that a rule asks. */
export const NO_DAY = Number.NaN;

/**
 * Days since 1 January 1970 in the proleptic Gregorian calendar, or `NO_DAY`. Integer arithmetic after Howard Hinnant,
 * "chrono-compatible low-level date algorithms" (2013): no clock, no time zone.
 */
export function dayNumber(date: IsoDate | null | undefined): number {
  const parts = typeof date === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) : null;
  if (!parts) return NO_DAY;
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NO_DAY;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The day a person born on `birth` reaches an age: the same day of the year, and 1 March for a 29 February in a common year
 * (in England an age is reached at the start of the birthday, Family Law Reform Act 1969 s. 9). Null for no date.
 */
export function birthday(birth: IsoDate | null, age: number): IsoDate | null {
  if (birth === null || Number.isNaN(dayNumber(birth))) return null;
  const year = String(Number(birth.slice(0, 4)) + age).padStart(4, '0');
  const same = `${year}${birth.slice(4)}`;
  return Number.isNaN(dayNumber(same)) ? `${year}-03-01` : same;
}
