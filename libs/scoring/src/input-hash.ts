import { canonicalJson, type Digest, type IsoDate } from '@meriden/domain';
import type { Policy } from './policy.js';
import type { ScorableLearner, ScorableVacancy } from './scorable.js';

/** Digest of one side as the scorer sees it, or of the whole policy. */
export const partHash = (part: ScorableLearner | ScorableVacancy | Policy, digest: Digest): string => digest(canonicalJson(part));

/**
 * Digest of everything that a fit is computed from: both sides, the policy (each by its `partHash`, so that it need be taken only
 * once for many pairs), the versions of reference data, skill graph and journey times, and the day. Equal hash, equal bytes: a
 * stored suggestion can be replayed.
 */
export function joinHashes(learner: string, vacancy: string, policy: string, referenceVersion: string, asOf: IsoDate, digest: Digest): string {
  return digest(canonicalJson({ learner, vacancy, policy, referenceVersion, asOf }));
}

/** Breaks ties of equal scores: by neither id nor name order, and the same on every machine. */
export function tieKey(policyVersion: string, learnerId: string, vacancyId: string, digest: Digest): string {
  return digest(`${policyVersion}|${learnerId}|${vacancyId}`);
}
