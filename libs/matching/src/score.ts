import { priceProof } from './bound-proof.js';
import type { Outcome } from './certify.js';
import type { EncodedInstance } from './encode-instance.js';
import type { MatchingInstance } from './instance.js';
import type { LowerQuotas } from './objective-flow.js';
import { bestByObjective } from './objective-flow.js';
import type { Objective } from './result.js';

const GUARANTEE: Record<Objective, string> = {
  size: 'Most learners placed.',
  'size-cost': 'Most learners placed, then the least sum of ranks.',
  'size-degree': 'Most learners placed, then the least worst rank.',
  'size-squared': 'Most learners placed, then the least sum of squared ranks.',
  generous: 'Most learners placed, then fewest at the worst rank, then at the next.',
  'greedy-largest': 'Most learners placed, then most first choices, then most second choices, and so on.',
  greedy: 'Most first choices, then most second choices, and so on, whatever the number placed.',
};

/** Mode `score`: stability is not asked; lower quotas and both levels of capacity are kept; the objective is optimal, exactly. */
export function scoreOutcome(instance: MatchingInstance, encoded: EncodedInstance, objective: Objective): Outcome {
  const { held, terms } = bestByObjective(encoded.market, lowerQuotas(instance, encoded), objective);
  return {
    mode: 'score',
    status: held === null ? 'infeasible' : 'solved',
    stability: null,
    objective,
    guarantee: held === null ? 'The lower quotas cannot all be kept.' : `${GUARANTEE[objective]} Lower quotas kept; stability is not promised, nor that true preferences are safe.`,
    held,
    byLottery: false,
    bound: held === null || objective === 'greedy' ? null : held.reduce((n, k) => n + (k >= 0 ? 1 : 0), encoded.locks.length),
    proofs: [priceProof(encoded, terms)],
  };
}

/** Quotas of the openings the locks leave. */
function lowerQuotas(instance: MatchingInstance, encoded: EncodedInstance): LowerQuotas {
  const { market, vacancyIndex, rankerIndex, locks } = encoded;
  const vacancy = new Int32Array(market.vacancies);
  const ranker = new Int32Array(market.rankers);
  for (const v of instance.vacancies) vacancy[vacancyIndex.get(v.id) as number] = v.lowerQuota ?? 0;
  if (market.twoLevel) for (const e of instance.employers ?? []) ranker[rankerIndex.get(e.id) as number] = e.lowerQuota ?? 0;
  for (const lock of locks) {
    const p = vacancyIndex.get(lock.vacancy) as number;
    vacancy[p]!--;
    ranker[market.ranker[p] as number]!--;
  }
  return { vacancy: vacancy.map((q) => Math.max(0, q)), ranker: ranker.map((q) => Math.max(0, q)) };
}
