/**
 * Checks of identifiers as people type them: each returns the normalised value, or a refusal that names the rule and the remedy.
 * Formats and their sources stand in `identifiers.csv`. No check says that the thing exists, only that the text can be its number.
 */
export type Refusal = Readonly<{ ok: false; rule: string; message: string; remedy: string }>;
export type Checked = Readonly<{ ok: true; value: string }> | Refusal;
export type CheckedPostcode = Readonly<{ ok: true; value: string; outcode: string }> | Refusal;

/** Longer input is refused before any pattern sees it. */
const LONGEST_INPUT = 64;

const refuse = (rule: string, message: string, remedy: string): Refusal => ({ ok: false, rule, message, remedy });

function compact(text: string): string | null {
  return text.length > LONGEST_INPUT ? null : text.replace(/\s+/g, '').toUpperCase();
}

function checkFormat(text: string, pattern: RegExp, rule: string, message: string, remedy: string): Checked {
  const value = compact(text);
  return value !== null && pattern.test(value) ? { ok: true, value } : refuse(rule, message, remedy);
}

/**
 * The tenth digit of a ULN for its first nine, or null when that number is never issued. Weights 10 down to 2; the weighted sum
 * and the check digit together leave 10 when divided by 11 (HESA, ULN field).
 */
export function ulnCheckDigit(firstNine: string): number | null {
  if (!/^[1-9]\d{8}$/.test(firstNine)) return null;
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += Number(firstNine[i]) * (10 - i);
  return sum % 11 === 0 ? null : 10 - (sum % 11);
}

export function checkUln(text: string): Checked {
  const value = compact(text);
  if (value === null || !/^[1-9]\d{9}$/.test(value)) {
    return refuse('uln-format', 'A ULN has 10 digits and does not begin with 0.', 'Copy the 10 digits from the personal learning record.');
  }
  if (value === '9999999999') {
    return refuse('uln-temporary', '9999999999 is a temporary value, not a ULN.', 'Leave the ULN empty until the learner has one.');
  }
  if (ulnCheckDigit(value.slice(0, 9)) !== Number(value[9])) {
    return refuse('uln-check-digit', 'The last digit of this ULN does not fit the other nine.', 'Compare each digit with the personal learning record: one is mistyped or two are swapped.');
  }
  return { ok: true, value };
}

export function checkUkprn(text: string): Checked {
  return checkFormat(text, /^1\d{7}$/, 'ukprn-format', 'A UKPRN has 8 digits and begins with 1.', 'Look the provider up in the UK Register of Learning Providers.');
}

export function checkUrn(text: string): Checked {
  return checkFormat(text, /^[1-9]\d{5}$/, 'urn-format', 'A URN has 6 digits.', 'Look the establishment up in Get Information about Schools.');
}

export function checkLars(text: string): Checked {
  return checkFormat(text, /^[0-9A-Z]{8}$/, 'lars-format', 'A learning aim reference has 8 letters or digits.', 'Copy it from the learning aims service, such as 6037066X.');
}

export function checkStandardReference(text: string): Checked {
  return checkFormat(text, /^ST\d{4}$/, 'standard-format', 'An occupational standard is ST and 4 digits.', 'Copy the reference from the Skills England page, such as ST0218.');
}

export function checkSoc(text: string): Checked {
  return checkFormat(text, /^[1-9]\d{3}(\/\d{2})?$/, 'soc-format', 'A SOC 2020 code has 4 digits, or 4 digits, a slash and 2 digits.', 'Look the occupation up in the SOC 2020 index, such as 3213 or 3213/99.');
}

/** Trust (3 characters) or site (5 characters) codes as observed in the 2018 hospital list. */
export function checkOds(text: string): Checked {
  return checkFormat(text, /^R[A-Z0-9]{2}([A-Z0-9]{2})?$/, 'ods-format', 'An ODS code of an NHS trust is R and 2 letters or digits; of a site, R and 4.', 'Look the organisation up in the NHS organisation data service, such as RRK.');
}

const OUTWARD =
  '(?:[A-PR-UWYZ](?:\\d{1,2}|[A-HK-Y]\\d(?:\\d|[ABEHMNPRVWXY])?|\\d[A-HJKPSTUW]))';
const OUTCODE = new RegExp(`^(?:GIR|${OUTWARD})$`);
const POSTCODE = new RegExp(`^(GIR|${OUTWARD})(\\d[ABD-HJLNP-UW-Z]{2})$`);

/** Normalises to capitals with one space before the last three, and gives the outcode. */
export function checkPostcode(text: string): CheckedPostcode {
  const value = compact(text);
  const parts = value === null ? null : POSTCODE.exec(value);
  const [, outcode, incode] = parts ?? [];
  if (outcode === undefined || incode === undefined || (outcode === 'GIR' && incode !== '0AA')) {
    return refuse('postcode-format', 'This is not a full UK postcode.', 'Enter both halves, such as B15 2TT.');
  }
  return { ok: true, value: `${outcode} ${incode}`, outcode };
}

/** The first half alone, as learners give it for journey times. A full postcode is cut down to its first half. */
export function checkOutcode(text: string): Checked {
  const full = checkPostcode(text);
  if (full.ok) return { ok: true, value: full.outcode };
  return checkFormat(text, OUTCODE, 'outcode-format', 'This is not the first half of a UK postcode.', 'Enter the part before the space, such as B15.');
}
