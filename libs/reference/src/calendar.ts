import type { Provenance } from './provenance.js';
import type { Reading } from './table.js';

/**
 * Dates as whole days: an `EpochDay` is the number of days since 1970-01-01 in the proleptic Gregorian calendar. No clock, no time
 * zone: today is an argument. Text is `YYYY-MM-DD`, years 1600 to 9999.
 */
export type EpochDay = number;

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type BankHoliday = Readonly<{ date: string; title: string }> & Provenance;

/** England's bank holidays by ISO date, with the first and last year the list covers. */
export type BankHolidays = Readonly<{ byDate: ReadonlyMap<string, BankHoliday>; firstYear: number; lastYear: number }>;

/** Academic year of further education funding: 1 August to 31 July, label such as `2026/27`. */
export type AcademicYear = Readonly<{ label: string; startsOn: string; endsOn: string }>;

/** Days before 1970-01-01, counted from 0000-03-01: the year begins in March so that 29 February ends it. */
const SHIFT = 719_468;
const DAYS_IN_ERA = 146_097;

function daysOf(year: number, month: number, day: number): EpochDay {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * DAYS_IN_ERA + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - SHIFT;
}

function partsOf(day: EpochDay): { year: number; month: number; day: number } {
  const shifted = day + SHIFT;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** The day of `YYYY-MM-DD`, or null when the text is not a real date (2026-02-29, 2026-13-01, 1599 and before). */
export function epochDay(iso: string): EpochDay | null {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  if (y === undefined || Number(y) < 1600) return null;
  const month = Number(m);
  if (month < 1 || month > 12) return null;
  const day = daysOf(Number(y), month, Number(d));
  return isoDate(day) === iso ? day : null;
}

export function isoDate(day: EpochDay): string {
  const { year, month, day: dayOfMonth } = partsOf(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

export function weekday(day: EpochDay): Weekday {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] as Weekday;
}

export function academicYear(day: EpochDay): AcademicYear {
  const { year, month } = partsOf(day);
  const first = month >= 8 ? year : year - 1;
  return { label: `${first}/${String((first + 1) % 100).padStart(2, '0')}`, startsOn: `${first}-08-01`, endsOn: `${first + 1}-07-31` };
}

/**
 * Whole years of age on a day; negative years before birth count as 0. Someone born on 29 February comes of age on 1 March in a
 * common year, as the anniversary has not begun before that.
 */
export function ageOn(birth: EpochDay, day: EpochDay): number {
  const from = partsOf(birth);
  const to = partsOf(day);
  const reached = to.month > from.month || (to.month === from.month && to.day >= from.day);
  return Math.max(0, to.year - from.year - (reached ? 0 : 1));
}

/** The bank holiday on that day; null = none; `unknown` = the list does not reach that year, so nothing may be promised. */
export function bankHolidayOn(holidays: BankHolidays, day: EpochDay): BankHoliday | null | 'unknown' {
  const { year } = partsOf(day);
  if (year < holidays.firstYear || year > holidays.lastYear) return 'unknown';
  return holidays.byDate.get(isoDate(day)) ?? null;
}

/**
 * Days from `from` to `to`, both counted, on the given weekdays and on no known bank holiday. `certain` is false when part of the
 * span lies outside the list of holidays. Cost: one step a day; spans over ten years are refused with a RangeError.
 */
export function workingDays(
  holidays: BankHolidays,
  from: EpochDay,
  to: EpochDay,
  weekdays: readonly Weekday[],
): Readonly<{ days: number; certain: boolean }> {
  if (to - from > 3660) throw new RangeError('A span of working days is ten years at most.');
  let days = 0;
  let certain = true;
  for (let day = from; day <= to; day += 1) {
    if (!weekdays.includes(weekday(day))) continue;
    const holiday = bankHolidayOn(holidays, day);
    if (holiday === 'unknown') certain = false;
    if (holiday === null || holiday === 'unknown') days += 1;
  }
  return { days, certain };
}

export function readBankHolidays(reading: Reading): BankHolidays {
  const byDate = reading.table('bank-holidays.csv', ['date', 'title'], (row) => row.text('date'), (row) => {
    const date = row.text('date');
    if (epochDay(date) === null) row.problem('date', 'must be a real date YYYY-MM-DD');
    return { date, title: row.text('title'), ...row.provenance() };
  });
  const years = [...byDate.keys()].map((date) => Number(date.slice(0, 4)));
  return { byDate, firstYear: Math.min(...years), lastYear: Math.max(...years) };
}
