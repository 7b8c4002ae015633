import { MOST_DISTURBED } from '@meriden/domain';

/** A count as an employer is told it: null = fewer than five, or not many more. */
export type Told = number | null;
type Bounds = readonly [low: number, high: number];
/** So many people of group `outer` are not in group `inner`, which is a part of it. Group 0 is nobody. */
export type Fact = Readonly<{ outer: number; inner: number; told: Told }>;
/** Groups of people of whom each is a part of another, and what is told of them. */
type System = Readonly<{ groups: number; parts: readonly Readonly<{ outer: number; inner: number }>[]; facts: readonly Fact[] }>;

/** Which numbers of people are told so, by what is published of the counts. */
export const hidden = (told: Told): Bounds => (told === null ? [0, 4 + MOST_DISTURBED] : [Math.max(5, told - 2 - MOST_DISTURBED), told + 2 + MOST_DISTURBED]);
/** What counts would stand for that were only rounded. */
export const rounded = (told: Told): Bounds => (told === null ? [0, 4] : [Math.max(5, told - 2), told + 2]);

/**
 * What somebody can work out who lays such answers side by side: differences of two groups that can only be one number of one to four
 * people, by all that the counts say together (a system of difference constraints, closed as Floyd and Warshall do; exact for integers).
 *
 * @param meaning which counts an answer can stand for
 */
export function workedOut({ groups, parts, facts }: System, meaning: (told: Told) => Bounds = hidden): number {
  // most[i][j] is the most by which group i can exceed group j.
  const size = groups + 1;
  const most = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)));
  const atMost = (i: number, j: number, bound: number): void => void ((most[i] as number[])[j] = Math.min((most[i] as number[])[j] as number, bound));
  for (const { outer, inner } of parts) atMost(inner, outer, 0);
  for (const { outer, inner, told } of facts) {
    const [low, high] = meaning(told);
    atMost(outer, inner, high);
    atMost(inner, outer, -low);
  }
  for (let k = 0; k < size; k++) for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) atMost(i, j, ((most[i] as number[])[k] as number) + ((most[k] as number[])[j] as number));
  let exact = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const high = (most[i] as number[])[j] as number;
      if (high >= 1 && high <= 4 && -((most[j] as number[])[i] as number) === high) exact += 1;
    }
  }
  return exact;
}
