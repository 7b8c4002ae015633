import { canonicalJson, type Digest, type IsoDate } from '@meriden/domain';
import type { Policy } from './policy.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';

/**
 * Digest of everything that a fit is computed from: both sides as the scorer sees them, the whole policy, the versions of
 * reference data, skill graph and journey times, and the day. Equal hash, equal bytes: a stored suggestion can be replayed.
 * A digest of digests, so that each side's own need be taken only once for many pairs.
 */
export function inputHash(
  learner: ScorableLearner,
  vacancy: ScorableVacancy,
  policy: Policy,
  referenceVersion: string,
  asOf: IsoDate,
  digest: Digest,
): string {
  return joinHashes(partHash(learner, digest), partHash(vacancy, digest), partHash(policy, digest), referenceVersion, asOf, digest);
}

export const partHash = (part: ScorableLearner | ScorableVacancy | Policy, digest: Digest): string => digest(canonicalJson(part));

export function joinHashes(learner: string, vacancy: string, policy: string, referenceVersion: string, asOf: IsoDate, digest: Digest): string {
  return digest(canonicalJson({ learner, vacancy, policy, referenceVersion, asOf }));
}

/** Breaks ties of equal scores: by neither id nor name order, and the same on every machine. */
export function tieKey(policyVersion: string, learnerId: string, vacancyId: string, digest: Digest): string {
  return digest(`${policyVersion}|${learnerId}|${vacancyId}`);
}
