import fc from 'fast-check';
import { referenceData } from '../../../test/support/reference-data.js';
import { academicYear, ageOn, bankHolidayOn, epochDay, isoDate, weekday, WEEKDAYS, workingDays, type EpochDay } from './calendar.js';

const day = (iso: string): EpochDay => {
  const found = epochDay(iso);
  if (found === null) throw new Error(`${iso} is not a date`);
  return found;
};
const anyDay = fc.integer({ min: day('1600-01-01'), max: day('9999-12-31') });
const { bankHolidays } = referenceData();

describe('dates', () => {
  it('agree with the platform calendar on every day tried', () => {
    fc.assert(
      fc.property(anyDay, (n) => {
        const platform = new Date(n * 86_400_000);
        expect(isoDate(n)).toBe(platform.toISOString().slice(0, 10));
        expect(epochDay(isoDate(n))).toBe(n);
        expect(weekday(n)).toBe(WEEKDAYS[(platform.getUTCDay() + 6) % 7]);
      }),
    );
  });

  it('that do not exist are refused', () => {
    for (const text of ['2026-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '26-01-01', '1599-12-31', '2026-01-01T00:00', '', 'x'.repeat(1000)]) {
      expect(epochDay(text)).toBeNull();
    }
    expect(epochDay('2000-02-29')).not.toBeNull();
    expect(epochDay('1970-01-01')).toBe(0);
  });
});

describe('the academic year', () => {
  it('turns on 1 August', () => {
    expect(academicYear(day('2026-07-31'))).toEqual({ label: '2025/26', startsOn: '2025-08-01', endsOn: '2026-07-31' });
    expect(academicYear(day('2026-08-01')).label).toBe('2026/27');
    expect(academicYear(day('2099-09-01')).label).toBe('2099/00');
  });

  it('holds its day', () => {
    fc.assert(
      // The year 9999/00 would end in a year of five digits.
      fc.property(fc.integer({ min: day('1600-01-01'), max: day('9999-07-31') }), (n) => {
        const { startsOn, endsOn } = academicYear(n);
        expect(startsOn <= isoDate(n) && isoDate(n) <= endsOn).toBe(true);
      }),
    );
  });
});

describe('age', () => {
  it('changes on the birthday; 29 February comes on 1 March of a common year', () => {
    expect(ageOn(day('2009-11-23'), day('2026-11-22'))).toBe(16);
    expect(ageOn(day('2009-11-23'), day('2026-11-23'))).toBe(17);
    expect(ageOn(day('2008-02-29'), day('2026-02-28'))).toBe(17);
    expect(ageOn(day('2008-02-29'), day('2026-03-01'))).toBe(18);
    expect(ageOn(day('2026-01-01'), day('2020-01-01'))).toBe(0);
  });

  it('never falls as days pass', () => {
    fc.assert(fc.property(anyDay, fc.nat(40_000), (birth, later) => expect(ageOn(birth, birth + later + 1)).toBeGreaterThanOrEqual(ageOn(birth, birth + later))));
  });
});

describe('bank holidays', () => {
  it('are found, absent, or unknown beyond the list', () => {
    expect(bankHolidayOn(bankHolidays, day('2026-12-28'))).toMatchObject({ title: 'Boxing Day (substitute day)', certainty: 'sourced' });
    expect(bankHolidayOn(bankHolidays, day('2026-12-29'))).toBeNull();
    expect(bankHolidayOn(bankHolidays, day('2029-12-25'))).toBe('unknown');
  });

  it('fall on no weekend, as England gives substitute days', () => {
    for (const date of bankHolidays.byDate.keys()) expect(['SAT', 'SUN']).not.toContain(weekday(day(date)));
  });

  it('are left out of working days, and a span beyond the list says it is not certain', () => {
    expect(workingDays(bankHolidays, day('2026-12-21'), day('2027-01-03'), ['MON', 'TUE', 'WED', 'THU', 'FRI'])).toEqual({ days: 7, certain: true });
    expect(workingDays(bankHolidays, day('2028-12-29'), day('2029-01-05'), ['MON', 'FRI'])).toEqual({ days: 3, certain: false });
    expect(() => workingDays(bankHolidays, 0, 1_000_000, ['MON'])).toThrow(RangeError);
  });
});
