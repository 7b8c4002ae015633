import { Rejection, type Refusal, type RejectionCode } from '@meriden/domain';

/**
 * Collects every fault of one input, so that a person mends a form in one go instead of one refusal at a time. Nothing is
 * stored when there is any.
 */
export class Faults {
  readonly #refusals: Refusal[] = [];

  constructor(private readonly root: readonly string[] = ['input']) {}

  add(code: RejectionCode, path: string | readonly (string | number)[], message: string, rule: string, remedy: string): void {
    const tail = typeof path === 'string' ? [path] : path.map(String);
    this.#refusals.push({ code, message, rule, remedy, path: [...this.root, ...tail] });
  }

  /** Text of a bounded length; returns it trimmed. */
  text(path: string | readonly (string | number)[], value: string, bounds: { min?: number; max: number }): string {
    const name = typeof path === 'string' ? path : path.join('.');
    const trimmed = value.trim();
    const min = bounds.min ?? 1;
    if (value.length > bounds.max) {
      this.add('FIELD_TOO_LONG', path, `${name} has ${value.length} characters.`, `At most ${bounds.max} characters.`, 'Shorten it.');
    } else if (trimmed.length < min) {
      this.add('FIELD_REQUIRED', path, `${name} is empty or too short.`, `At least ${min} character${min === 1 ? '' : 's'}.`, 'Fill it in.');
    } else if (hasUnstorable(trimmed)) {
      this.add('FIELD_INVALID', path, `${name} holds control characters.`, 'Plain text only; line breaks are allowed.', 'Remove them.');
    }
    return trimmed;
  }

  integer(path: string | readonly (string | number)[], value: number, from: number, to: number, unit: string): void {
    if (Number.isInteger(value) && value >= from && value <= to) return;
    const name = typeof path === 'string' ? path : path.join('.');
    this.add('OUT_OF_RANGE', path, `${name} is ${value}.`, `A whole number from ${from} to ${to} ${unit}.`, 'Give a number in that range.');
  }

  oneOf<T extends string>(path: string | readonly (string | number)[], value: string, allowed: readonly T[]): void {
    if ((allowed as readonly string[]).includes(value)) return;
    const name = typeof path === 'string' ? path : path.join('.');
    this.add('FIELD_INVALID', path, `${name} is not one of the known values.`, `One of ${allowed.join(', ')}.`, 'Choose one of these.');
  }

  distinct(path: string | readonly (string | number)[], values: readonly string[], limit: number): void {
    const name = typeof path === 'string' ? path : path.join('.');
    const at = typeof path === 'string' ? [path] : path;
    if (values.length > limit) {
      this.add('TOO_MANY_ENTRIES', path, `${name} has ${values.length} entries.`, `At most ${limit} entries.`, 'Keep the most important ones.');
    }
    const seen = new Set<string>();
    values.forEach((value, index) => {
      if (seen.has(value)) {
        this.add('DUPLICATE_ENTRY', [...at, index], `${name} names the same entry twice.`, 'Each entry stands once.', 'Remove the second one.');
      }
      seen.add(value);
    });
  }

  known(path: string | readonly (string | number)[], id: string, exists: boolean, what: string): void {
    if (exists) return;
    this.add('REFERENCE_UNKNOWN', path, `No such ${what}: ${shown(id)}.`, `A ${what} comes from the reference data.`, `Look the ${what} up and use its id.`);
  }

  /** @throws Rejection with every fault found. */
  refuseIfAny(): void {
    if (this.#refusals.length > 0) throw new Rejection(this.#refusals);
  }
}

// C0 and C1 controls but tab, line feed and carriage return; and the marks that turn the direction of text around.
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Control characters, marks that turn the direction of text, and half characters that no database stores. */
export function hasUnstorable(text: string): boolean {
  return CONTROL_CHARACTERS.test(text) || LONE_SURROGATE.test(text);
}

/** Echoes of bad input are cut, so that a refusal cannot be made to carry a megabyte back. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
