import fc from 'fast-check';
import { referenceData } from '../../../test/support/reference-data.js';
import {
  checkLars, checkOds, checkOutcode, checkPostcode, checkSoc, checkStandardReference, checkUkprn, checkUln, checkUrn, ulnCheckDigit, type IdentifierCheck,
} from './identifiers.js';

const CHECKS: Record<string, (text: string) => IdentifierCheck> = {
  ULN: checkUln,
  UKPRN: checkUkprn,
  URN: checkUrn,
  LARS: checkLars,
  STANDARD: checkStandardReference,
  SOC: checkSoc,
  ODS: checkOds,
  POSTCODE: checkPostcode,
};

describe('identifiers of the shipped list', () => {
  const rows = [...referenceData().identifiers.byId.values()].filter((row) => row.valid.length > 0);

  it('has examples for every check we make', () => {
    expect(rows.map((row) => row.id).sort()).toEqual(Object.keys(CHECKS).sort());
  });

  for (const row of rows) {
    const check = CHECKS[row.id] as (text: string) => IdentifierCheck;
    it(`${row.id}: takes each valid example as it stands, and in small letters with spaces`, () => {
      for (const text of [row.example, ...row.valid]) {
        expect(check(text)).toMatchObject({ ok: true, value: text });
        expect(check(` ${text.toLowerCase()} `)).toMatchObject({ ok: true, value: text });
      }
    });
    it(`${row.id}: refuses each invalid example with code, rule, message and remedy`, () => {
      for (const text of [...row.invalid, '', '1'.repeat(1_000_000)]) {
        const refusal = check(text);
        if (refusal.ok) throw new Error(`${text} was taken for a ${row.id}`);
        for (const words of [refusal.rule, refusal.message, refusal.remedy]) expect(words).toMatch(/^\S.{10,}\.$/);
        expect(refusal.code).toMatch(/^[a-z]+(-[a-z]+)+$/);
      }
    });
  }
});

describe('checkUln', () => {
  const firstNine = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);

  it('takes exactly the numbers whose ten weighted digits leave 10 over 11', () => {
    fc.assert(
      fc.property(firstNine, fc.integer({ min: 0, max: 9 }), (nine, last) => {
        const uln = `${nine}${last}`;
        const sum = [...uln].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
        expect(checkUln(uln).ok).toBe(sum % 11 === 10 && uln !== '9999999999');
      }),
    );
  });

  it('catches every single wrong digit and every swap of two neighbours', () => {
    fc.assert(
      fc.property(firstNine, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (nine, place, by) => {
        const check = ulnCheckDigit(nine);
        fc.pre(check !== null);
        const uln = `${nine}${check}`;
        const digits = [...uln];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(checkUln(digits.join('')).ok).toBe(false);
        const swapped = [...uln];
        [swapped[place % 9], swapped[(place % 9) + 1]] = [swapped[(place % 9) + 1] as string, swapped[place % 9] as string];
        if (swapped.join('') !== uln) expect(checkUln(swapped.join('')).ok).toBe(false);
      }),
    );
  });

  it('knows first nines for which no number is issued', () => {
    const never = Array.from({ length: 100 }, (_, i) => String(910_000_000 + i)).filter((nine) => ulnCheckDigit(nine) === null);
    expect(never.length).toBeGreaterThan(0);
    for (const nine of never) for (let last = 0; last <= 9; last += 1) expect(checkUln(`${nine}${last}`).ok).toBe(false);
  });

  it('names the temporary value apart', () => {
    expect(checkUln('9999999999')).toMatchObject({ ok: false, code: 'uln-temporary' });
    expect(checkUln('9100079197')).toMatchObject({ ok: false, code: 'uln-check-digit' });
    expect(checkUln('0123456789')).toMatchObject({ ok: false, code: 'uln-format' });
  });
});

describe('checkPostcode', () => {
  it('normalises once and for all: checking its own answer changes nothing', () => {
    const outcodes = [...referenceData().geography.outcodes.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...outcodes), fc.integer({ min: 0, max: 9 }), fc.constantFrom('AA', 'bd', 'Hj', 'lN', 'xz'), (outcode, digit, unit) => {
        const checked = checkPostcode(`  ${outcode.toLowerCase()}${digit} ${unit}`);
        expect(checked).toEqual({ ok: true, value: `${outcode} ${digit}${unit.toUpperCase()}`, outcode });
        if (checked.ok) expect(checkPostcode(checked.value)).toEqual(checked);
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(typeof checkPostcode(text).ok).toBe('boolean')));
  });

  it('gives the outcode of either half', () => {
    expect(checkOutcode('b15 2tt')).toEqual({ ok: true, value: 'B15' });
    expect(checkOutcode('cv1')).toEqual({ ok: true, value: 'CV1' });
    expect(checkOutcode('somewhere')).toMatchObject({ ok: false, code: 'outcode-format' });
  });
});
