import type { EncodedInstance } from './encode-instance.js';
import type { TermPrices } from './objective-flow.js';
import type { BoundProof, Prices } from './result.js';
import type { SizeBound } from './size-bound.js';

const named = (ids: readonly string[], price: (i: number) => readonly number[]): Prices =>
  Object.fromEntries(ids.map((id, i) => [id, price(i)] as const).filter(([, terms]) => terms.some((x) => x !== 0)));

/** A cut as prices of 1 on the size; where vacancies rank for themselves the ranker's price is the vacancy's. */
export function cutProof(encoded: EncodedInstance, cut: SizeBound, reduced: boolean): BoundProof {
  const { market, vacancyIds, rankerIds } = encoded;
  const vacancies = new Set(market.twoLevel ? cut.vacancies : [...cut.vacancies, ...cut.rankers]);
  const rankers = new Set(cut.rankers);
  return {
    kind: 'prices',
    reduced,
    vacancies: named(vacancyIds, (i) => [0, vacancies.has(i) ? 1 : 0]),
    employers: market.twoLevel ? named(rankerIds, (i) => [0, rankers.has(i) ? 1 : 0]) : {},
  };
}

/** Dual prices of a flow, a term after the other. */
export function priceProof(encoded: EncodedInstance, terms: readonly TermPrices[]): BoundProof {
  const { market, vacancyIds, rankerIds } = encoded;
  return {
    kind: 'prices',
    reduced: false,
    vacancies: named(vacancyIds, (p) => terms.map(({ vacancy, ranker }) => (vacancy[p] as number) + (market.twoLevel ? 0 : (ranker[market.ranker[p] as number] as number)))),
    employers: market.twoLevel ? named(rankerIds, (l) => terms.map(({ ranker }) => ranker[l] as number)) : {},
  };
}
