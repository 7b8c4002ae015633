import { blockingPairs, seatingOf } from './blocking-pairs.js';
import type { Outcome } from './certify.js';
import { components } from './components.js';
import type { EncodedInstance } from './encode-instance.js';
import { employerOptimal } from './employer-optimal.js';
import type { MatchingInstance } from './instance.js';
import type { ModelSteps } from './integer-model.js';
import { learnerOptimal } from './learner-optimal.js';
import type { Assignment } from './market.js';
import { rankerSide, reducePairs } from './reduce-pairs.js';
import type { BoundProof, Stability } from './result.js';
import { stableModel } from './stable-model.js';

/**
 * A stable matching of the changed lists in which the fewest learners have another place than before; locks untouched.
 *
 * Components in which everybody can keep what she had are taken at once; the others are integer models that maximise the learners unchanged. On
 * strict lists stable matchings form a lattice and the relaxation is nearly always whole; with ties the problem is NP-hard.
 */
export function* rerunOutcome(instance: MatchingInstance, encoded: EncodedInstance, stability: Stability): ModelSteps<Outcome> {
  const { market, learnerIds, vacancyIndex, locks, learnerIndex } = encoded;
  const previous = new Map(Object.entries(instance.previousMatching ?? {}));
  /** The vacancy each learner had; -1 none, -2 one that is gone. */
  const had = Int32Array.from(learnerIds, (id) => {
    const place = previous.get(id) ?? null;
    return place === null ? -1 : (vacancyIndex.get(place) ?? -2);
  });
  const gain = new Float64Array(market.entry.length);
  for (let s = 0; s < market.learners; s++)
    for (let k = market.start[s] as number; k < (market.start[s + 1] as number); k++)
      gain[k] = had[s] === -1 ? -1 : market.entry[k] === had[s] ? 1 : 0;
  const unchanged = (held: Assignment, s: number): boolean => ((held[s] as number) < 0 ? -1 : market.entry[held[s] as number]) === had[s];

  const side = rankerSide(market);
  const keep = reducePairs(market, side);
  // Over kept pairs components do not meet, so each may take its own best candidate.
  const candidates = [previousAssignment(encoded, had, keep), learnerOptimal(market), employerOptimal(market, side)].map((held) => ({
    held,
    blocking: new Set(blockingPairs(market, seatingOf(market, held), stability).filter(([, k]) => keep[k] === 1).map(([s]) => s)),
  }));
  const held = new Int32Array(market.learners).fill(-1);
  const locked = new Set(locks.map((lock) => learnerIndex.get(lock.learner) as number));
  const lonely = new Set(learnerIds.keys());
  let keptBound = 0;
  for (const learners of components(market, keep)) {
    for (const s of learners) lonely.delete(s);
    const most = learners.filter((s) => had[s] === -1 || row(market.start, s).some((k) => keep[k] === 1 && market.entry[k] === had[s])).length;
    const kept = (one: Assignment): number => learners.filter((s) => unchanged(one, s)).length;
    const best = candidates.filter((c) => fits(market, c.held, learners) && !learners.some((s) => c.blocking.has(s))).sort((a, b) => kept(b.held) - kept(a.held))[0];
    if (best !== undefined) for (const s of learners) held[s] = best.held[s] as number;
    if (best !== undefined && kept(best.held) === most) {
      keptBound += most;
      continue;
    }
    const offset = learners.filter((s) => had[s] === -1).length;
    const { model, read } = stableModel(market, side, keep, learners, stability, { gain, offset }, best?.held ?? null);
    const answer = yield model;
    if (answer.status === 'infeasible') return finish(stability, 'none', null);
    if (answer.values !== null) read(answer.values, held);
    else if (best === undefined) return finish(stability, 'limit', null);
    keptBound += Math.min(most, Math.floor(answer.bound + 1e-6));
  }
  const others = [...lonely].filter((s) => !locked.has(s) && had[s] === -1).length + locks.filter((l) => previous.get(l.learner) === l.vacancy).length;
  const changedBound = market.learners - keptBound - others;
  return finish(stability, 'solved', held, changedBound, [{ kind: 'solver', bound: changedBound, solver: 'HiGHS', of: 'changed' }]);
}

const row = (start: Int32Array, s: number): number[] => Array.from({ length: (start[s + 1] as number) - (start[s] as number) }, (_, i) => (start[s] as number) + i);

function previousAssignment({ market }: EncodedInstance, had: Int32Array, keep: Uint8Array): Assignment {
  return Int32Array.from(had, (place, s) => row(market.start, s).find((k) => keep[k] === 1 && market.entry[k] === place) ?? -1);
}

/** Whether an assignment keeps the capacities where these learners sit. */
function fits(market: EncodedInstance['market'], held: Assignment, learners: readonly number[]): boolean {
  const at = new Map<string, number>();
  for (const s of learners) {
    const k = held[s] as number;
    if (k < 0) continue;
    const p = market.entry[k] as number;
    const l = market.ranker[p] as number;
    for (const [key, most] of [[`v${p}`, market.capacity[p]], [`r${l}`, market.rankerCapacity[l]]] as const) {
      const now = (at.get(key) ?? 0) + 1;
      if (now > (most as number)) return false;
      at.set(key, now);
    }
  }
  return true;
}

function finish(stability: Stability, status: Outcome['status'], held: Assignment | null, changedBound?: number, proofs?: readonly BoundProof[]): Outcome {
  return {
    mode: 'rerun',
    status,
    stability,
    guarantee:
      status === 'none'
        ? `No matching of this notion exists (${stability}).`
        : `Stable (${stability}). The fewest learners have another place than before where changed equals changedBound; locks are untouched. Not strategy-proof.`,
    held,
    byLottery: false,
    bound: null,
    ...(changedBound === undefined ? {} : { changedBound }),
    ...(proofs === undefined ? {} : { proofs }),
  };
}
