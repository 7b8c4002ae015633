/** What was set as a goal: `must` closes the work, `ahead` is the aim. */
export type Goal = Readonly<{ must: number; ahead: number }>;
type Verdicts = Readonly<{ goal: string; n: number; must: string; ahead: string; missed: boolean }>;

const round = (value: number): number => Number(value.toPrecision(3));

/** At most so much of what should be small: milliseconds, bytes, faults. */
export function atMost(goal: string, n: number, measured: number, { must, ahead }: Goal): Verdicts {
  const say = (most: number): string => `${measured <= most ? 'pass' : 'miss'}: ${round(measured)} of ${round(most)} allowed`;
  return { goal, n, must: say(must), ahead: say(ahead), missed: !(measured <= must) };
}

/** At least so much of what should be large: pairs a second. */
export function atLeast(goal: string, n: number, measured: number, { must, ahead }: Goal): Verdicts {
  const say = (least: number): string => `${measured >= least ? 'pass' : 'miss'}: ${round(measured)} of ${round(least)} wanted`;
  return { goal, n, must: say(must), ahead: say(ahead), missed: !(measured >= must) };
}
