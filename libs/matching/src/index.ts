export { alignRanks } from './align-ranks.js';
export { leastCostAssignment } from './assignment.js';
export { canonicalInstance } from './canonical-instance.js';
export { enumerateStable } from './enumerate.js';
export type { Enumeration } from './enumerate.js';
export { explainLearner, explainVacancy, openExplainer } from './explain.js';
export type { Explainer, LearnerExplanation, VacancyExplanation } from './explain.js';
export { FAMILIES, INSTANCE_FORMAT } from './instance.js';
export type {
  Digest,
  Family,
  InstanceEmployer,
  InstanceGroup,
  InstanceLearner,
  InstanceLink,
  InstanceLock,
  InstanceVacancy,
  InstanceVerdict,
  MatchingInstance,
  TieGroups,
} from './instance.js';
export { openDeferredAcceptance, proposeAll } from './learner-optimal.js';
export type { DeferredAcceptance } from './learner-optimal.js';
export { LiveMarket } from './live-market.js';
export type { Assignment, Market } from './market.js';
export { MATCHING_ERROR_CODES, MatchingError } from './matching-error.js';
export type { MatchingErrorCode } from './matching-error.js';
export { MAX_CAPACITY, MAX_ENTRIES, parseInstance } from './parse-instance.js';
export { MAX_TEXT, parseJson } from './parse-json.js';
export { MODES, OBJECTIVES, STABILITIES } from './result.js';
export type {
  BoundProof,
  Certificate,
  CertificateRow,
  CutOff,
  LockBlockingPair,
  Mode,
  Objective,
  Prices,
  Reason,
  SolveResult,
  SolveStatus,
  Stability,
  Verdict,
  Violation,
} from './result.js';
export { smallestChange } from './smallest-change.js';
export type { SmallestChange } from './smallest-change.js';
export { NO_SOLVER, withoutSolver } from './integer-model.js';
export type { IntegerAnswer, IntegerModel, ModelSteps } from './integer-model.js';
export { solve, solveSteps } from './solve.js';
export type { SolveOptions } from './solve.js';
export { checkStable, verifyResult } from './verify.js';
export type { CheckRows } from './verify.js';
