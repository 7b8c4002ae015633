import { ROLES, type Actor, type Role } from './actor.js';
import { NOUNS, policy, within } from './permission.js';
import { acceptProposal, declineProposal, type Proposal } from './placement.js';
import { Rejection } from './rejection.js';
import { assertCanTry, cancelDryRun, type DryRun } from './dry-run.js';
import { ROUND_MODES, askToSolve, beginSolving, callOffSolving, checkPromise, failRound, freezeRound, publishRound, recordSolution, wasCalledOff, type Round, type RoundMode, type RoundObjective } from './round.js';
import { closeVacancy, publishVacancy, reviseVacancy, type Vacancy } from './vacancy.js';

const rejected = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
  return 'accepted';
};

const round: Round = {
  id: 'r',
  name: 'A round',
  organisationId: 'o',
  state: 'OPEN',
  mode: 'LEARNER_OPTIMAL',
  objective: null,
  previousRoundId: null,
  stage: 'WAITING',
  preferencesCloseAt: '2026-12-01T12:00:00.000Z',
  replyBy: '2026-12-15T12:00:00.000Z',
  lotteryCommitment: 'c',
  attempt: 0,
  policyVersion: null,
  inputHash: null,
  matched: null,
  unmatched: null,
  certificateValid: null,
  solveAskedBy: null,
  solveAskedAt: null,
  publishedBy: null,
  publishReason: null,
  publishedAt: null,
  failure: null,
  version: 1,
};
const asked = (by = 'asker'): Round => askToSolve(freezeRound(round), by, '2026-12-01T13:00:00.000Z');
const result = { policyVersion: 'p', inputHash: 'h', matched: 1, unmatched: 2 };

describe('a round', () => {
  it('goes open, frozen, solving, solved, published and no other way', () => {
    const solved = recordSolution(beginSolving(asked()), result);
    const published = publishRound(solved, 'person', 'checked the certificate', '2026-12-02T00:00:00.000Z');
    expect(published).toMatchObject({ state: 'PUBLISHED', attempt: 1, certificateValid: true, version: 6 });
    expect(rejected(() => freezeRound(published))).toBe('STATE_WRONG');
    expect(rejected(() => beginSolving(round))).toBe('STATE_WRONG');
    expect(rejected(() => publishRound(freezeRound(round), 'person', 'checked the certificate', 'now'))).toBe('STATE_WRONG');
  });
  it('takes a new fencing token with every attempt, also after a failure', () => {
    const again = beginSolving(failRound(beginSolving(freezeRound(round)), 'broke'));
    expect(again).toMatchObject({ state: 'SOLVING', attempt: 2, failure: null });
  });
  it('is not published without a reason', () => {
    const solved = recordSolution(beginSolving(asked()), result);
    expect(rejected(() => publishRound(solved, 'person', '   ok   ', 'now'))).toBe('REASON_REQUIRED');
  });
  it('is published by another person than the one who had it solved', () => {
    const solved = recordSolution(beginSolving(asked('somebody')), result);
    expect(rejected(() => publishRound(solved, 'somebody', 'checked the certificate', 'now'))).toBe('SECOND_PERSON_NEEDED');
    expect(rejected(() => publishRound({ ...solved, solveAskedBy: null }, 'somebody', 'checked the certificate', 'now'))).toBe('SECOND_PERSON_NEEDED');
    expect(publishRound(solved, 'somebody else', 'checked the certificate', 'now').state).toBe('PUBLISHED');
  });
  it('that is called off gives its worker an old token, and its job nothing to do', () => {
    const solving = beginSolving(asked());
    const off = callOffSolving(solving);
    expect(off).toMatchObject({ state: 'FROZEN', stage: 'WAITING', attempt: solving.attempt + 1, solveAskedBy: null });
    expect(wasCalledOff(off, solving.attempt)).toBe(true);
    expect(wasCalledOff(askToSolve(off, 'asker', 'now'), off.attempt + 1)).toBe(false);
    // Before any worker took it up too.
    expect(wasCalledOff(callOffSolving(asked()), 1)).toBe(true);
    expect(rejected(() => callOffSolving(freezeRound(round)))).toBe('STATE_WRONG');
    expect(rejected(() => callOffSolving(recordSolution(solving, result)))).toBe('STATE_WRONG');
  });
  it('promises a mode together with what that mode needs, and nothing else', () => {
    const promise = (mode: RoundMode, objective: RoundObjective | null, previousRoundId: string | null): string => rejected(() => checkPromise({ mode, objective, previousRoundId }));
    expect(ROUND_MODES.map((mode) => promise(mode, null, null))).toEqual(ROUND_MODES.map((mode) => (mode === 'SCORE' || mode === 'RERUN' ? 'FIELD_INVALID' : 'accepted')));
    expect(ROUND_MODES.map((mode) => promise(mode, 'GENEROUS', null))).toEqual(ROUND_MODES.map((mode) => (mode === 'SCORE' ? 'accepted' : 'FIELD_INVALID')));
    expect(ROUND_MODES.map((mode) => promise(mode, null, 'r'))).toEqual(ROUND_MODES.map((mode) => (mode === 'RERUN' ? 'accepted' : 'FIELD_INVALID')));
  });
  it('is tried out once its input is frozen and until it is published', () => {
    expect(rejected(() => assertCanTry(round, 'LEARNER_OPTIMAL'))).toBe('STATE_WRONG');
    expect(rejected(() => assertCanTry(freezeRound(round), 'EMPLOYER_OPTIMAL'))).toBe('accepted');
    expect(rejected(() => assertCanTry(recordSolution(beginSolving(asked()), result), 'LARGEST'))).toBe('accepted');
    // A re-run and an objective are promised beforehand or not at all.
    expect(rejected(() => assertCanTry(freezeRound(round), 'SCORE'))).toBe('FIELD_INVALID');
    expect(rejected(() => assertCanTry(freezeRound({ ...round, mode: 'SCORE', objective: 'SIZE' }), 'SCORE'))).toBe('accepted');
  });
});

describe('a dry run', () => {
  const run: DryRun = { id: 'd', roundId: 'r', mode: 'EMPLOYER_OPTIMAL', state: 'RUNNING', stage: 'WAITING', askedBy: 'p', askedAt: 'now', endedAt: null, learners: null, vacancies: null, inputHash: null, matched: null, rankCounts: [], tookMs: null, failure: null };
  it('is cancelled while it runs and not afterwards', () => {
    const cancelled = cancelDryRun(run, 'later');
    expect(cancelled).toMatchObject({ state: 'CANCELLED', endedAt: 'later' });
    expect(rejected(() => cancelDryRun(cancelled, 'later'))).toBe('STATE_WRONG');
  });
});

describe('a proposal', () => {
  const proposal: Proposal = {
    id: 'p',
    roundId: 'r',
    learnerId: 'l',
    vacancyId: 'v',
    organisationId: 'o',
    employerId: 'e',
    state: 'PROPOSED',
    replyBy: '2026-12-15T12:00:00.000Z',
    answeredAt: null,
    declineReason: null,
    version: 1,
  };
  it('is answered once and in time', () => {
    const accepted = acceptProposal(proposal, '2026-12-10T00:00:00.000Z');
    expect(accepted).toMatchObject({ state: 'ACCEPTED', version: 2 });
    expect(rejected(() => declineProposal(accepted, 'changed my mind', '2026-12-11T00:00:00.000Z'))).toBe('STATE_WRONG');
    expect(rejected(() => acceptProposal(proposal, '2026-12-15T12:00:00.001Z'))).toBe('REPLY_TOO_LATE');
  });
});

describe('a vacancy', () => {
  const vacancy = { state: 'DRAFT', version: 1 } as Vacancy;
  it('is published once and never revised when closed', () => {
    const live = publishVacancy(vacancy);
    expect(rejected(() => publishVacancy(live))).toBe('STATE_WRONG');
    expect(rejected(() => reviseVacancy(closeVacancy(live), vacancy))).toBe('STATE_WRONG');
  });
});

describe('the policy', () => {
  const actor = (role: Role): Actor => ({
    personId: 'p',
    membershipId: 'm',
    organisationId: 'mine',
    role,
    sessionId: 's',
    learnerId: role === 'LEARNER' ? 'me' : null,
  });
  const row = { id: 'them', learnerId: 'them', organisationId: 'theirs', employerId: 'other', published: true, state: 'DRAFT' };
  /** Seen by everybody who is signed in. */
  const open = new Set(['organisation', 'round', 'skillAlias', 'weightVersion']);

  it.each(ROLES.filter((role) => role !== 'OPERATOR'))('shows %s nothing of another tenant', (role) => {
    for (const noun of NOUNS) {
      // Counts over the whole region, about nobody.
      if (role === 'REGION' && noun === 'scoringRun') continue;
      if (!open.has(noun)) expect({ noun, seen: within(policy.scope(actor(role), noun), row) }).toEqual({ noun, seen: false });
    }
  });

  it('shows a learner nothing of another learner of the same provider', () => {
    for (const noun of NOUNS) {
      if (!open.has(noun)) expect({ noun, seen: within(policy.scope(actor('LEARNER'), noun), { ...row, organisationId: 'mine' }) }).toEqual({ noun, seen: false });
    }
  });

  it('shows an outcome to its people only once it is published', () => {
    const own = { learnerId: 'me', organisationId: 'mine', published: false };
    expect(within(policy.scope(actor('LEARNER'), 'outcome'), own)).toBe(false);
    expect(within(policy.scope(actor('LEARNER'), 'outcome'), { ...own, published: true })).toBe(true);
    expect(within(policy.scope(actor('OPERATOR'), 'outcome'), own)).toBe(true);
  });
});
