/** Time as an argument: the rim reads it once and hands it on. One of the few ports, because tests put a fake in its place. */
export abstract class Clock {
  /** The instant in UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  abstract now(): string;
  /** The calendar date in Europe/London, `YYYY-MM-DD`. */
  abstract today(): string;
  /** Milliseconds since 1970, for measuring and for expiry. */
  abstract epochMs(): number;
}

// en-CA prints year-month-day; Europe/London because deadlines and start dates are read there, not in UTC.
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The calendar date in Europe/London of an instant given in milliseconds since 1970. */
export function londonDate(epochMs: number): string {
  return LONDON.format(epochMs);
}

export class SystemClock extends Clock {
  now(): string {
    return new Date().toISOString();
  }

  today(): string {
    return londonDate(this.epochMs());
  }

  epochMs(): number {
    return Date.now();
  }
}
