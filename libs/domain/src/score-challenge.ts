import type { IsoInstant, LearnerId, OrganisationId, PersonId, VacancyId } from './ids.js';
import { wrongState } from './rejection.js';
import type { Suggestion } from './suggestion.js';

/** What about a score is said to be wrong: one gate, one term, or the score as a whole. */
export const CHALLENGE_PARTS = ['GATE', 'TERM', 'WHOLE'] as const;

/**
 * RAISED and ACKNOWLEDGED wait for a person; CORRECTED = the learner put the own data right, nobody had to decide; the rest are
 * decisions. Whatever the end, the score is computed anew and both versions stay.
 */
export const CHALLENGE_STATES = ['RAISED', 'ACKNOWLEDGED', 'CORRECTED', 'UPHELD', 'NOT_UPHELD', 'WITHDRAWN'] as const;
export type ChallengeState = (typeof CHALLENGE_STATES)[number];

/** A score as it stood at one moment, with all that replays it. */
export type ScoredVersion = Pick<
  Suggestion,
  'score' | 'employerScore' | 'gates' | 'terms' | 'policyVersion' | 'inputHash' | 'learnerHash' | 'vacancyHash' | 'policyHash' | 'referenceVersion' | 'asOf' | 'scoredAt'
>;

/** A learner says that a score about them is wrong (UK GDPR Arts 22A to 22D). */
export type ScoreChallenge = Readonly<{
  id: string;
  learnerId: LearnerId;
  /** Owner: the learner's provider, whose staff decide. */
  organisationId: OrganisationId;
  vacancyId: VacancyId;
  part: (typeof CHALLENGE_PARTS)[number];
  /** Code of the gate or term; null for the whole score. */
  code: string | null;
  words: string;
  state: ChallengeState;
  raisedAt: IsoInstant;
  raisedBy: PersonId;
  /** Until when a person says that they have it, and until when they decide. */
  acknowledgeBy: IsoInstant;
  decideBy: IsoInstant;
  acknowledgedAt: IsoInstant | null;
  acknowledgedName: string | null;
  decidedAt: IsoInstant | null;
  decidedBy: PersonId | null;
  /** The person who decided, by name; null before, and where nobody had to. */
  decidedName: string | null;
  decisionReason: string | null;
  before: ScoredVersion;
  /** The score computed after the decision; null until the worker has done so. */
  after: ScoredVersion | null;
  /** Version of the learner's record from which on a score is `after`; null while undecided. */
  rescoreFrom: number | null;
  version: number;
}>;

/** What learner and reviewer say to each other about a challenge; never changed, never taken away. */
export type ChallengeNote = Readonly<{
  id: string;
  challengeId: string;
  learnerId: LearnerId;
  organisationId: OrganisationId;
  at: IsoInstant;
  by: PersonId;
  /** The name as it was then. */
  name: string;
  words: string;
}>;

const DAY_MS = 86_400_000;
const ACKNOWLEDGE_DAYS = 3;
const DECIDE_DAYS = 14;

/** The clock of a challenge raised now. */
export function challengeClock(now: IsoInstant): Pick<ScoreChallenge, 'acknowledgeBy' | 'decideBy'> {
  const in_ = (days: number): IsoInstant => new Date(Date.parse(now) + days * DAY_MS).toISOString();
  return { acknowledgeBy: in_(ACKNOWLEDGE_DAYS), decideBy: in_(DECIDE_DAYS) };
}

const WAITING: readonly ChallengeState[] = ['RAISED', 'ACKNOWLEDGED'];

export function acknowledgeChallenge(challenge: ScoreChallenge, name: string, now: IsoInstant): ScoreChallenge {
  if (challenge.state !== 'RAISED') throw wrongState('challenge', challenge.state, 'acknowledged', ['RAISED']);
  return { ...challenge, state: 'ACKNOWLEDGED', acknowledgedAt: now, acknowledgedName: name, version: challenge.version + 1 };
}

export type ChallengeDecision = Readonly<{ decision: 'UPHELD' | 'NOT_UPHELD'; reason: string; by: PersonId; name: string; rescoreFrom: number }>;

/** A named person decides; taking it up and deciding it can be one step. */
export function decideChallenge(challenge: ScoreChallenge, { decision, reason, by, name, rescoreFrom }: ChallengeDecision, now: IsoInstant): ScoreChallenge {
  if (!WAITING.includes(challenge.state)) throw wrongState('challenge', challenge.state, 'decided', WAITING);
  return {
    ...challenge,
    state: decision,
    acknowledgedAt: challenge.acknowledgedAt ?? now,
    acknowledgedName: challenge.acknowledgedName ?? name,
    decidedAt: now,
    decidedBy: by,
    decidedName: name,
    decisionReason: reason,
    rescoreFrom,
    version: challenge.version + 1,
  };
}

export function withdrawChallenge(challenge: ScoreChallenge): ScoreChallenge {
  if (!WAITING.includes(challenge.state)) throw wrongState('challenge', challenge.state, 'withdrawn', WAITING);
  return { ...challenge, state: 'WITHDRAWN', version: challenge.version + 1 };
}
