import type { CandidateId, IsoInstant, LearnerId, OrganisationId, PersonId, VacancyId } from './ids.js';
import { Rejection } from './rejection.js';

export const VACANCY_CHOICES = ['SAVED', 'DISMISSED'] as const;
/** Why a learner put a vacancy aside. None of it enters a score: it is said to people, never to the scorer. */
export const DISMISS_REASONS = ['TOO_FAR', 'WRONG_TIMES', 'NOT_MY_FIELD', 'PAY', 'KNOW_THE_HOST', 'OTHER'] as const;

/** What a learner did with a vacancy that was shown: kept for later, or put aside with a reason. */
export type VacancyChoice = Readonly<{
  learnerId: LearnerId;
  vacancyId: VacancyId;
  /** Owner: the learner's provider. */
  organisationId: OrganisationId;
  choice: (typeof VACANCY_CHOICES)[number];
  /** Null exactly when saved. */
  reason: (typeof DISMISS_REASONS)[number] | null;
  /** The learner's own words about it; null when none were given. */
  words: string | null;
  chosenAt: IsoInstant;
}>;

export const CANDIDATE_DECISIONS = ['SHORTLISTED', 'REFUSED'] as const;

/**
 * What an employer decided about a candidate, by a named person and with a reason. The learner and the provider read it too:
 * nobody is left without an answer.
 */
export type CandidateDecision = Readonly<{
  candidateId: CandidateId;
  /** The employer. */
  organisationId: OrganisationId;
  learnerId: LearnerId;
  providerId: OrganisationId;
  decision: (typeof CANDIDATE_DECISIONS)[number];
  reason: string;
  decidedBy: PersonId;
  decidedAt: IsoInstant;
}>;

/** Characters that make a reason more than a shrug. */
const LEAST_REASON = 10;

/** @throws Rejection REASON_REQUIRED: whoever is refused is owed a reason that can be answered. */
export function assertReason(reason: string, what: string, path: readonly string[] = ['input', 'reason']): string {
  const given = reason.trim();
  if (given.length >= LEAST_REASON) return given;
  throw new Rejection({
    code: 'REASON_REQUIRED',
    message: `${what} needs a reason of at least ${LEAST_REASON} characters.`,
    rule: 'A named person decides about a learner and says why, so that the learner can answer (UK GDPR Arts 22A to 22D).',
    remedy: 'Write what you looked at and what was decisive.',
    path,
  });
}
