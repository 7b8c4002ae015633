/**
 * Why a caller may not do a thing, now. The only expected error of the product: thrown by domain and services, translated
 * once at each rim (GraphQL: a typed refusal in the payload; worker: recorded, never retried).
 */
export const REJECTION_KINDS = ['INVALID', 'NOT_FOUND', 'FORBIDDEN', 'CONFLICT', 'OUT_OF_TURN', 'LIMIT'] as const;
export type RejectionKind = (typeof REJECTION_KINDS)[number];

/** Code -> kind. Closed: a new refusal is a new line here, and a new value of the enum in the schema. */
export const REJECTION_CODES = {
  FIELD_INVALID: 'INVALID',
  FIELD_REQUIRED: 'INVALID',
  FIELD_TOO_LONG: 'INVALID',
  OUT_OF_RANGE: 'INVALID',
  ULN_INVALID: 'INVALID',
  UKPRN_INVALID: 'INVALID',
  POSTCODE_INVALID: 'INVALID',
  OUTCODE_UNKNOWN: 'INVALID',
  DATE_INVALID: 'INVALID',
  DATES_REVERSED: 'INVALID',
  REFERENCE_UNKNOWN: 'INVALID',
  PAY_UNLAWFUL: 'INVALID',
  YOUNG_WORKER_HOURS: 'INVALID',
  DUPLICATE_ENTRY: 'INVALID',
  REASON_REQUIRED: 'INVALID',
  FILE_EMPTY: 'INVALID',
  FILE_NOT_CSV: 'INVALID',
  FILE_ENCODING: 'INVALID',
  FILE_MALFORMED: 'INVALID',
  COLUMN_UNKNOWN: 'INVALID',
  COLUMN_MISSING: 'INVALID',
  FORMULA: 'INVALID',
  PASSWORD_GUESSABLE: 'INVALID',
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  SIGN_IN_FAILED: 'FORBIDDEN',
  SECOND_FACTOR_REQUIRED: 'FORBIDDEN',
  SECOND_FACTOR_WRONG: 'FORBIDDEN',
  ISSUER_REFUSED: 'FORBIDDEN',
  SESSION_ENDED: 'FORBIDDEN',
  VERSION_CONFLICT: 'CONFLICT',
  ALREADY_EXISTS: 'CONFLICT',
  IDEMPOTENCY_KEY_REUSED: 'CONFLICT',
  OPENINGS_TAKEN: 'CONFLICT',
  STATE_WRONG: 'OUT_OF_TURN',
  LINK_SPENT: 'OUT_OF_TURN',
  ISSUER_AWAY: 'OUT_OF_TURN',
  LAST_MEMBER: 'OUT_OF_TURN',
  ROUND_NOT_OPEN: 'OUT_OF_TURN',
  ROUND_NOT_READY: 'OUT_OF_TURN',
  SECOND_PERSON_NEEDED: 'OUT_OF_TURN',
  NOT_ELIGIBLE: 'OUT_OF_TURN',
  REPLY_TOO_LATE: 'OUT_OF_TURN',
  TOO_MANY_TRIES: 'LIMIT',
  TOO_MANY_ENTRIES: 'LIMIT',
  PAGE_TOO_LARGE: 'LIMIT',
  FILE_TOO_LARGE: 'LIMIT',
  ROW_TOO_LONG: 'LIMIT',
} as const satisfies Record<string, RejectionKind>;
export type RejectionCode = keyof typeof REJECTION_CODES;

/** What the person is told: `message` what happened, `rule` which rule (with its source where it is law), `remedy` what to do. */
export type Refusal = Readonly<{
  code: RejectionCode;
  message: string;
  rule: string;
  remedy: string;
  /** The input field, outermost first, for example `['input', 'skills', '3', 'skillId']`; empty when no field is at fault. */
  path: readonly string[];
}>;

export class Rejection extends Error {
  readonly refusals: readonly Refusal[];

  /** @param refusals one or more; several when a form has several faults, so that a person mends them in one go. */
  constructor(refusals: Refusal | readonly Refusal[]) {
    const list = Array.isArray(refusals) ? (refusals as readonly Refusal[]) : [refusals as Refusal];
    super(list.map((r) => `${r.code}${r.path.length ? ` at ${r.path.join('.')}` : ''}: ${r.message}`).join('; '));
    this.name = 'Rejection';
    this.refusals = list;
  }

  get code(): RejectionCode {
    return this.refusals[0]?.code ?? 'FIELD_INVALID';
  }

  get kind(): RejectionKind {
    return REJECTION_CODES[this.code];
  }
}

/** The one answer for an unknown id and for another tenant's id alike, so that neither tells whether the thing exists. */
export function notFound(noun: string, path: readonly string[] = []): Rejection {
  return new Rejection({
    code: 'NOT_FOUND',
    message: `No such ${noun}.`,
    rule: 'You can use only what your organisation owns or what was shared with it.',
    remedy: `Check the ${noun}'s id, or ask the organisation that owns it.`,
    path,
  });
}

export function forbidden(verb: string, who: string): Rejection {
  return new Rejection({
    code: 'FORBIDDEN',
    message: `You may not ${verb}.`,
    rule: `Only ${who} may ${verb}.`,
    remedy: `Ask ${who} to do it.`,
    path: [],
  });
}

export function versionConflict(noun: string, have: number, expected: number): Rejection {
  return new Rejection({
    code: 'VERSION_CONFLICT',
    message: `This ${noun} was changed by someone else: you saw version ${expected}, it is now version ${have}.`,
    rule: 'A change is made on the newest version only, so that nothing is overwritten in silence.',
    remedy: 'Load it again, look at the differences, and repeat your change.',
    path: ['input', 'version'],
  });
}

export function wrongState(noun: string, state: string, verb: string, allowed: readonly string[]): Rejection {
  return new Rejection({
    code: 'STATE_WRONG',
    message: `This ${noun} is ${state}: it cannot be ${verb} now.`,
    rule: `A ${noun} can be ${verb} when it is ${allowed.join(' or ') || 'in no state'}.`,
    remedy: `Load the ${noun} again and see what can be done in its present state.`,
    path: [],
  });
}
