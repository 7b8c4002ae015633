import type { Digest } from './instance.js';

/** First 53 bits of a hex digest, as an integer a double holds exactly. */
export function first53Bits(hex: string): number {
  return Number.parseInt(hex.slice(0, 8), 16) * 0x20_0000 + (Number.parseInt(hex.slice(8, 14), 16) >>> 3);
}

/**
 * The committed lottery. Within a tie the smaller number goes first; equal numbers (chance 2^-53) fall back to the id.
 * Numbers depend on the seed and the two ids only, never on positions in a file, so publishing the seed's commitment before
 * preferences open leaves nobody a way to try seeds.
 */
export type Lottery = Readonly<{
  seed: string;
  /** The number of a learner at the one who ranks: the employer (SPA families) or the vacancy (HR families). */
  atEmployer: (employerId: string, learnerId: string) => number;
  /** The number of a vacancy among those one learner ties. */
  ofVacancy: (learnerId: string, vacancyId: string) => number;
}>;

/** `|` joins the parts: seed | "e" | employer | learner, and seed | "l" | learner | vacancy. */
export function openLottery(seed: string, digest: Digest): Lottery {
  return {
    seed,
    atEmployer: (employerId, learnerId) => first53Bits(digest(`${seed}|e|${employerId}|${learnerId}`)),
    ofVacancy: (learnerId, vacancyId) => first53Bits(digest(`${seed}|l|${learnerId}|${vacancyId}`)),
  };
}
