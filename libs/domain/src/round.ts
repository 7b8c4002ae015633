import type { CandidateId, IsoInstant, LearnerId, OrganisationId, OutcomeId, PersonId, PreferenceId, RoundId, VacancyId } from './ids.js';
import { Rejection, wrongState } from './rejection.js';

export const ROUND_STATES = ['OPEN', 'FROZEN', 'SOLVING', 'SOLVED', 'PUBLISHED', 'FAILED'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** The promises a round can be run under; what each means, and does not, stands in the guide to matching. */
export const ROUND_MODES = ['LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL', 'ROBUST', 'LARGEST', 'RERUN', 'SCORE'] as const;
export type RoundMode = (typeof ROUND_MODES)[number];

/** What a round of mode SCORE makes best. Employers' lists say whom they would take; their order plays no part in it. */
export const ROUND_OBJECTIVES = ['SIZE', 'SIZE_COST', 'SIZE_DEGREE', 'SIZE_SQUARED', 'GENEROUS', 'GREEDY_LARGEST', 'GREEDY'] as const;
export type RoundObjective = (typeof ROUND_OBJECTIVES)[number];

/** What can be named before preferences open: a mode, and what that mode needs. */
export type RoundPromise = Readonly<{
  mode: RoundMode;
  /** SCORE: what it makes best; null in every other mode. */
  objective: RoundObjective | null;
  /** RERUN: the round whose outcome is kept where it can be; null in every other mode. */
  previousRoundId: RoundId | null;
}>;

export const ROUND_STAGES = ['WAITING', 'SNAPSHOT', 'SOLVE', 'VERIFY', 'EXPLAIN', 'SAVE', 'DONE'] as const;
export type RoundStage = (typeof ROUND_STAGES)[number];

export type Round = Readonly<{
  id: RoundId;
  name: string;
  /** The operator's organisation. */
  organisationId: OrganisationId;
  state: RoundState;
  mode: RoundMode;
  objective: RoundObjective | null;
  previousRoundId: RoundId | null;
  stage: RoundStage;
  preferencesCloseAt: IsoInstant;
  replyBy: IsoInstant;
  /** Hex SHA-256 of the lottery's secret, published before preferences open. */
  lotteryCommitment: string;
  /** Grows by one with each attempt to solve; a worker that holds an older one can publish nothing. */
  attempt: number;
  policyVersion: string | null;
  /** Digest of the frozen input. */
  inputHash: string | null;
  matched: number | null;
  unmatched: number | null;
  certificateValid: boolean | null;
  /** Who asked for the solving that counts; another person publishes. */
  solveAskedBy: PersonId | null;
  solveAskedAt: IsoInstant | null;
  publishedBy: PersonId | null;
  publishReason: string | null;
  publishedAt: IsoInstant | null;
  failure: string | null;
  version: number;
}>;

const TRANSITIONS = {
  frozen: { from: ['OPEN'], to: 'FROZEN' },
  solved: { from: ['SOLVING'], to: 'SOLVED' },
  failed: { from: ['SOLVING'], to: 'FAILED' },
  published: { from: ['SOLVED'], to: 'PUBLISHED' },
  'called off': { from: ['FROZEN', 'SOLVING'], to: 'FROZEN' },
  'taken up for solving': { from: ['FROZEN', 'SOLVING', 'FAILED'], to: 'SOLVING' },
} as const satisfies Record<string, { from: readonly RoundState[]; to: RoundState }>;

function move(round: Round, verb: keyof typeof TRANSITIONS): Round {
  const { from, to } = TRANSITIONS[verb];
  if (!(from as readonly RoundState[]).includes(round.state)) throw wrongState('round', round.state, verb, from);
  return { ...round, state: to, version: round.version + 1 };
}

/** @throws Rejection FIELD_INVALID when the mode lacks what it needs, or is given what it has no use for. */
export function checkPromise({ mode, objective, previousRoundId }: RoundPromise): void {
  const needs = [
    { field: 'objective', given: objective !== null, needed: mode === 'SCORE', what: 'an objective', of: 'SCORE' },
    { field: 'previousRoundId', given: previousRoundId !== null, needed: mode === 'RERUN', what: 'a previous round', of: 'RERUN' },
  ];
  const wrong = needs.find(({ given, needed }) => given !== needed);
  if (wrong === undefined) return;
  throw new Rejection({
    code: 'FIELD_INVALID',
    message: wrong.needed ? `Mode ${mode} needs ${wrong.what}.` : `Mode ${mode} has no use for ${wrong.what}.`,
    rule: `Mode ${wrong.of}, and no other, is promised together with ${wrong.what}.`,
    remedy: wrong.needed ? `Name ${wrong.what}, or choose another mode.` : `Leave it out, or choose mode ${wrong.of}.`,
    path: ['input', wrong.field],
  });
}

export const freezeRound = (round: Round): Round => move(round, 'frozen');

/** A named person asks for the solving of a frozen or failed round. */
export function askToSolve(round: Round, by: PersonId, now: IsoInstant): Round {
  if (round.state !== 'FROZEN' && round.state !== 'FAILED') throw wrongState('round', round.state, 'solved', ['FROZEN', 'FAILED']);
  return { ...round, stage: 'WAITING', solveAskedBy: by, solveAskedAt: now, version: round.version + 1 };
}

/** Calls a solving off: the attempt number grows, so that whoever is at work holds an old one and can record nothing. */
export function callOffSolving(round: Round): Round {
  if (round.solveAskedBy === null) throw wrongState('round', round.state, 'called off', ['SOLVING']);
  return { ...move(round, 'called off'), attempt: round.attempt + 1, stage: 'WAITING', solveAskedBy: null, solveAskedAt: null };
}

/** Whether the job that was sent for this attempt was called off before or while it ran. */
export const wasCalledOff = (round: Round, askedFor: number): boolean => round.state === 'FROZEN' && round.attempt >= askedFor;

/** A new attempt at solving: the attempt number is the fencing token that a stale worker no longer holds. */
export function beginSolving(round: Round): Round {
  return { ...move(round, 'taken up for solving'), attempt: round.attempt + 1, stage: 'SNAPSHOT', failure: null };
}

export type RoundResult = Readonly<{ policyVersion: string; inputHash: string; matched: number; unmatched: number }>;

/** Only a verified result is ever recorded, so `certificateValid` is true from here on. */
export function recordSolution(round: Round, result: RoundResult): Round {
  return { ...move(round, 'solved'), ...result, certificateValid: true, stage: 'DONE' };
}

export function failRound(round: Round, failure: string): Round {
  return { ...move(round, 'failed'), failure };
}

/** A named operator publishes, with a reason: a round never publishes itself (UK GDPR Arts 22A-22D). */
export function publishRound(round: Round, by: PersonId, reason: string, now: IsoInstant): Round {
  if (reason.trim().length < 10) {
    throw new Rejection({
      code: 'REASON_REQUIRED',
      message: 'Publishing needs a reason of at least 10 characters.',
      rule: 'A named person decides on a round and says why (UK GDPR Arts 22A to 22D).',
      remedy: 'Write what you checked and why the outcome may be published.',
      path: ['input', 'reason'],
    });
  }
  const published = move(round, 'published');
  if (round.solveAskedBy === null || round.solveAskedBy === by) {
    throw new Rejection({
      code: 'SECOND_PERSON_NEEDED',
      message: 'You asked for this round to be solved, so you cannot publish it.',
      rule: 'A round is published by another person than the one who had it solved: two pairs of eyes on every outcome.',
      remedy: 'Ask another operator to look at the result and publish it.',
      path: ['input', 'roundId'],
    });
  }
  return { ...published, publishedBy: by, publishReason: reason.trim(), publishedAt: now };
}

/** Preferences can be given and changed until the deadline, while the round is open. */
export function assertOpen(round: Round, now: IsoInstant): void {
  if (round.state === 'OPEN' && now < round.preferencesCloseAt) return;
  throw new Rejection({
    code: 'ROUND_NOT_OPEN',
    message: round.state === 'OPEN' ? `Preferences closed at ${round.preferencesCloseAt}.` : `This round is ${round.state}.`,
    rule: 'Preferences can be given and changed until the deadline printed in the rules of the round.',
    remedy: 'Your last receipt shows what counts. Ask your provider about the next round.',
    path: ['input', 'roundId'],
  });
}

/** What a learner or an employer gave, best first, ties together; kept with its receipt, visible always. */
export type Preference<Entry extends string = string> = Readonly<{
  id: PreferenceId;
  roundId: RoundId;
  /** The learner's provider, or the employer. */
  organisationId: OrganisationId;
  groups: readonly (readonly Entry[])[];
  submittedAt: IsoInstant;
  submittedBy: PersonId;
  /** Hex digest of round, owner, groups and time: the same lines always give the same receipt. */
  receipt: string;
  version: number;
}>;
export type LearnerPreference = Preference<VacancyId> & Readonly<{ learnerId: LearnerId }>;
export type EmployerPreference = Preference<CandidateId>;

/**
 * A learner as one employer sees them before consent: a pseudonym of this employer's own, skills and level; no name, no age,
 * no school, no outcode. Made when the learner ranks one of the employer's vacancies.
 */
export type Candidate = Readonly<{
  id: CandidateId;
  /** The employer. */
  organisationId: OrganisationId;
  learnerId: LearnerId;
  providerId: OrganisationId;
  pseudonym: string;
}>;

/** What a solved round says of one learner; visible to its provider and the learner once published. */
export type Outcome = Readonly<{
  id: OutcomeId;
  roundId: RoundId;
  learnerId: LearnerId;
  /** Owner: the learner's provider. */
  organisationId: OrganisationId;
  vacancyId: VacancyId | null;
  employerId: OrganisationId | null;
  /** Position of the vacancy in the learner's list, from 1; null when unmatched. */
  rank: number | null;
  /** One for each entry preferred to the outcome, in the order of the list. */
  reasons: readonly OutcomeReason[];
  withheld: boolean;
  withheldReason: string | null;
  /** True once the round is published: before that only the operator sees it. */
  published: boolean;
}>;

export type OutcomeReason = Readonly<{ vacancyId: VacancyId; code: string; message: string; remedy: string }>;
