import type { EncodedInstance } from './encode-instance.js';
import type { SizePrices } from './objective-flow.js';
import type { BoundProof, Prices } from './result.js';
import type { SizeBound } from './size-bound.js';

const named = (ids: readonly string[], price: (i: number) => number): Prices =>
  Object.fromEntries(ids.map((id, i) => [id, price(i)] as const).filter(([, value]) => value !== 0));

/** A cut as prices of 1; where vacancies rank for themselves the ranker's price is the vacancy's. */
export function cutProof(encoded: EncodedInstance, cut: SizeBound, reduced: boolean): BoundProof {
  const { market, learnerIds, vacancyIds, rankerIds, locks } = encoded;
  const learners = new Set(cut.learners);
  const vacancies = new Set(market.twoLevel ? cut.vacancies : [...cut.vacancies, ...cut.rankers]);
  const rankers = new Set(cut.rankers);
  return {
    kind: 'prices',
    bound: cut.bound + locks.length,
    reduced,
    learners: named(learnerIds, (i) => (learners.has(i) ? 1 : 0)),
    vacancies: named(vacancyIds, (i) => (vacancies.has(i) ? 1 : 0)),
    employers: market.twoLevel ? named(rankerIds, (i) => (rankers.has(i) ? 1 : 0)) : {},
  };
}

/** Prices from a flow; each learner pays what her dearest pair still lacks. */
export function priceProof(encoded: EncodedInstance, prices: SizePrices, size: number): BoundProof {
  const { market, learnerIds, vacancyIds, rankerIds } = encoded;
  const vacancy = (p: number): number => (prices.vacancy[p] as number) + (market.twoLevel ? 0 : (prices.ranker[market.ranker[p] as number] as number));
  const employer = (l: number): number => (market.twoLevel ? (prices.ranker[l] as number) : 0);
  const learner = (s: number): number => {
    let lacks = 0;
    for (let k = market.start[s] as number; k < (market.start[s + 1] as number); k++) {
      const p = market.entry[k] as number;
      lacks = Math.max(lacks, 1 - vacancy(p) - employer(market.ranker[p] as number));
    }
    return lacks;
  };
  return {
    kind: 'prices',
    bound: size,
    reduced: false,
    learners: named(learnerIds, learner),
    vacancies: named(vacancyIds, vacancy),
    employers: market.twoLevel ? named(rankerIds, employer) : {},
  };
}
