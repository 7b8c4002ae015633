/**
 * Checks of identifiers as people type them: each returns the normalised value, or a refusal that names the rule and the remedy.
 * Formats and their sources stand in `identifiers.csv`. No check says that the thing exists, only that the text can be its number.
 */
export type Refusal = Readonly<{
  ok: false;
  /** Stable name of the rule, such as `uln-check-digit`. */
  code: string;
  /** The rule in words. */
  rule: string;
  /** What is wrong with the value given. */
  message: string;
  remedy: string;
}>;
export type IdentifierCheck = Readonly<{ ok: true; value: string }> | Refusal;
export type PostcodeCheck = Readonly<{ ok: true; value: string; outcode: string }> | Refusal;

/** Longer input is refused before any pattern sees it. */
const LONGEST_INPUT = 64;

const refuse = (code: string, message: string, rule: string, remedy: string): Refusal => ({ ok: false, code, rule, message, remedy });

/** Without spaces, in capitals; null when too long to be any identifier. */
function compact(text: string): string | null {
  return text.length > LONGEST_INPUT ? null : text.replace(/\s+/g, '').toUpperCase();
}

function checkFormat(text: string, pattern: RegExp, refusal: Refusal): IdentifierCheck {
  const value = compact(text);
  return value !== null && pattern.test(value) ? { ok: true, value } : refusal;
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

const ULN_FORMAT = refuse('uln-format', 'This is not a ULN.', 'A ULN has 10 digits and does not begin with 0.', 'Copy the 10 digits from the personal learning record.');
const ULN_TEMPORARY = refuse('uln-temporary', '9999999999 stands for a ULN that is not known yet.', 'A temporary value is not a ULN.', 'Leave the ULN empty until the learner has one.');
const ULN_CHECK = refuse(
  'uln-check-digit',
  'The last digit of this ULN does not fit the other nine.',
  'The digits of a ULN, weighted 10 down to 1, leave 10 when their sum is divided by 11.',
  'Compare each digit with the personal learning record: one is mistyped or two are swapped.',
);

export function checkUln(text: string): IdentifierCheck {
  const value = compact(text);
  if (value === null || !/^[1-9]\d{9}$/.test(value)) return ULN_FORMAT;
  if (value === '9999999999') return ULN_TEMPORARY;
  return ulnCheckDigit(value.slice(0, 9)) === Number(value[9]) ? { ok: true, value } : ULN_CHECK;
}

const UKPRN = refuse('ukprn-format', 'This is not a UKPRN.', 'A UKPRN has 8 digits and begins with 1.', 'Look the provider up in the UK Register of Learning Providers.');
export function checkUkprn(text: string): IdentifierCheck {
  return checkFormat(text, /^1\d{7}$/, UKPRN);
}

const URN = refuse('urn-format', 'This is not a URN.', 'A URN has 6 digits and does not begin with 0.', 'Look the establishment up in Get Information about Schools.');
export function checkUrn(text: string): IdentifierCheck {
  return checkFormat(text, /^[1-9]\d{5}$/, URN);
}

const LARS = refuse('lars-format', 'This is not a learning aim reference.', 'A learning aim reference has 8 letters or digits.', 'Copy it from the learning aims service, such as 6037066X.');
export function checkLars(text: string): IdentifierCheck {
  return checkFormat(text, /^[0-9A-Z]{8}$/, LARS);
}

const STANDARD = refuse('standard-format', 'This is not an occupational standard.', 'The reference is ST and 4 digits.', 'Copy the reference from the Skills England page, such as ST0218.');
export function checkStandardReference(text: string): IdentifierCheck {
  return checkFormat(text, /^ST\d{4}$/, STANDARD);
}

const SOC = refuse('soc-format', 'This is not a SOC 2020 code.', 'A SOC 2020 code has 4 digits, or 4 digits, a slash and 2 digits.', 'Look the occupation up in the SOC 2020 index, such as 3213 or 3213/99.');
export function checkSoc(text: string): IdentifierCheck {
  return checkFormat(text, /^[1-9]\d{3}(\/\d{2})?$/, SOC);
}

const ODS = refuse('ods-format', 'This is not the ODS code of an NHS trust or site.', 'A trust has R and 2 letters or digits; a site has R and 4.', 'Look the organisation up in the NHS organisation data service, such as RRK.');
/** Trust (3 characters) or site (5 characters) codes as observed in the 2018 hospital list. */
export function checkOds(text: string): IdentifierCheck {
  return checkFormat(text, /^R[A-Z0-9]{2}([A-Z0-9]{2})?$/, ODS);
}

const OUTWARD = '(?:[A-PR-UWYZ](?:\\d{1,2}|[A-HK-Y]\\d(?:\\d|[ABEHMNPRVWXY])?|\\d[A-HJKPSTUW]))';
const OUTCODE_FORM = new RegExp(`^(?:GIR|${OUTWARD})$`);
const POSTCODE_FORM = new RegExp(`^(GIR|${OUTWARD})(\\d[ABD-HJLNP-UW-Z]{2})$`);
const POSTCODE = refuse('postcode-format', 'This is not a full UK postcode.', 'A postcode has an outward half and an inward half of a digit and two letters.', 'Enter both halves, such as B15 2TT.');
const OUTCODE = refuse('outcode-format', 'This is not the first half of a UK postcode.', 'An outcode is one or two letters and one or two digits, in some cities with a last letter.', 'Enter the part before the space, such as B15.');

/** Normalises to capitals with one space before the last three, and gives the outcode. */
export function checkPostcode(text: string): PostcodeCheck {
  const value = compact(text);
  const [, outcode, incode] = (value === null ? null : POSTCODE_FORM.exec(value)) ?? [];
  if (outcode === undefined || incode === undefined || (outcode === 'GIR' && incode !== '0AA')) return POSTCODE;
  return { ok: true, value: `${outcode} ${incode}`, outcode };
}

/** The first half alone, as learners give it for journey times. A full postcode is cut down to its first half. */
export function checkOutcode(text: string): IdentifierCheck {
  const full = checkPostcode(text);
  return full.ok ? { ok: true, value: full.outcode } : checkFormat(text, OUTCODE_FORM, OUTCODE);
}
