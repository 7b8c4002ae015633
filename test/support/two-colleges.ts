import { randomUUID } from 'node:crypto';
import type {
  Actor,
  Candidate,
  DryRun,
  EmployerPreference,
  ImportRun,
  Invitation,
  Learner,
  LearnerPreference,
  Organisation,
  Outcome,
  Person,
  Placement,
  Proposal,
  Role,
  Round,
  ScoreChallenge,
  ScoringRun,
  Suggestion,
  Vacancy,
} from '@meriden/domain';
import {
  AuditStore,
  CandidateDecisionStore,
  CandidateStore,
  DryRunStore,
  EmployerPreferenceStore,
  ImportStore,
  InvitationStore,
  LearnerPreferenceStore,
  LearnerStore,
  MembershipStore,
  OrganisationStore,
  MailStore,
  OutcomeStore,
  FederatedIdentityStore,
  PasskeyStore,
  PasswordResetStore,
  PersonStore,
  PlacementStore,
  ProposalStore,
  RecoveryCodeStore,
  RefreshTokenStore,
  RoundStore,
  ScoreChallengeStore,
  ScoringInputStore,
  ScoringRunStore,
  SessionStore,
  SuggestionStore,
  VacancyChoiceStore,
  VacancyStore,
  type Tx,
} from '@meriden/persistence';
import { sha256 } from '@meriden/platform';
import { aLearner, anOrganisation, aVacancy } from './builders.js';

/** A college and an employer with a learner between them, a row in every table. */
export type Side = Readonly<{
  provider: Organisation;
  employer: Organisation;
  learner: Learner;
  vacancy: Vacancy;
  draft: Vacancy;
  candidate: Candidate;
  learnerPreference: LearnerPreference;
  employerPreference: EmployerPreference;
  suggestion: Suggestion;
  challenge: ScoreChallenge;
  outcome: Outcome;
  proposal: Proposal;
  placement: Placement;
  importRun: ImportRun;
  invitation: Invitation;
  staff: Actor;
  host: Actor;
  student: Actor;
}>;

/**
 * Two colleges and two employers that have nothing to do with one another, each side with a row in every table, all in one
 * published round; an operator and somebody of the region beside them. Random ids, so that suites can share a server.
 */
export type TwoColleges = Readonly<{ a: Side; b: Side; operator: Actor; region: Actor; round: Round; run: ScoringRun; dryRun: DryRun }>;

export function aRound(organisationId: string, with_: Partial<Round> = {}): Round {
  return {
    id: randomUUID(),
    name: 'Spring placements (demonstration)',
    organisationId,
    state: 'OPEN',
    mode: 'LEARNER_OPTIMAL',
    objective: null,
    previousRoundId: null,
    stage: 'WAITING',
    preferencesCloseAt: '2026-12-18T17:00:00.000Z',
    replyBy: '2027-01-15T17:00:00.000Z',
    lotteryCommitment: 'c'.repeat(64),
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
    ...with_,
  };
}

export function aSuggestion(learner: Learner, vacancy: Vacancy, with_: Partial<Suggestion> = {}): Suggestion {
  return {
    learnerId: learner.id,
    vacancyId: vacancy.id,
    organisationId: learner.organisationId,
    employerId: vacancy.organisationId,
    rank: 1,
    fitKey: with_.orderKey ?? 7_000,
    congestion: 10_000,
    orderKey: 7_000,
    tie: vacancy.id,
    score: 7_200,
    employerScore: 6_800,
    gates: [{ code: 'LEVEL', state: 'PASS', rule: 'The level must be accepted.', detail: 'Level 3 of 2 to 4.', remedy: '' }],
    terms: [{ code: 'SKILLS', weight: 10_000, value: 7_200, contribution: 7_200, evidence: ['CAD'], missing: [] }],
    policyVersion: 'policy-test',
    inputHash: 'hash-1',
    learnerHash: 'learner-1',
    vacancyHash: 'vacancy-1',
    policyHash: 'policy-1',
    referenceVersion: 'reference-1',
    asOf: '2026-11-22',
    cause: 'REGION',
    scoredAt: '2026-11-22T08:00:00.123Z',
    ...with_,
  };
}

export function aChallenge(suggestion: Suggestion, with_: Partial<ScoreChallenge> = {}): ScoreChallenge {
  const { learnerId, organisationId, vacancyId, score, employerScore, gates, terms, policyVersion, inputHash, learnerHash, vacancyHash, policyHash, referenceVersion, asOf, scoredAt } = suggestion;
  return {
    id: randomUUID(),
    learnerId,
    organisationId,
    vacancyId,
    part: 'TERM',
    code: 'SKILLS',
    words: 'I have used CAD for two years.',
    state: 'RAISED',
    raisedAt: '2026-11-22T09:00:00.000Z',
    raisedBy: randomUUID(),
    acknowledgeBy: '2026-11-25T09:00:00.000Z',
    decideBy: '2026-12-06T09:00:00.000Z',
    acknowledgedAt: null,
    acknowledgedName: null,
    decidedAt: null,
    decidedBy: null,
    decidedName: null,
    decisionReason: null,
    before: { score, employerScore, gates, terms, policyVersion, inputHash, learnerHash, vacancyHash, policyHash, referenceVersion, asOf, scoredAt },
    after: null,
    rescoreFrom: null,
    version: 1,
    ...with_,
  };
}

export function aProposal(round: Round, learner: Learner, vacancy: Vacancy, with_: Partial<Proposal> = {}): Proposal {
  return {
    id: randomUUID(),
    roundId: round.id,
    learnerId: learner.id,
    vacancyId: vacancy.id,
    organisationId: learner.organisationId,
    employerId: vacancy.organisationId,
    state: 'PROPOSED',
    replyBy: '2027-01-15T17:00:00.000Z',
    answeredAt: null,
    declineReason: null,
    version: 1,
    ...with_,
  };
}

export function aPlacement(proposal: Proposal, with_: Partial<Placement> = {}): Placement {
  return {
    id: randomUUID(),
    proposalId: proposal.id,
    learnerId: proposal.learnerId,
    vacancyId: proposal.vacancyId,
    organisationId: proposal.organisationId,
    employerId: proposal.employerId,
    startsOn: '2027-02-08',
    endsOn: '2027-04-16',
    state: 'AGREED',
    version: 1,
    ...with_,
  };
}

export function aPerson(with_: Partial<Person> = {}): Person {
  const id = randomUUID();
  return { id, email: `${id}@example.org`, name: 'Test Person', passwordHash: null, totpSecret: null, totpLastStep: null, disabled: false, ...with_ };
}

/** A person with a membership and a session, written down; given as the actor it makes. */
async function enter(tx: Tx, role: Role, organisationId: string, learnerId: string | null = null): Promise<Actor> {
  const person = aPerson();
  const membershipId = randomUUID();
  const sessionId = randomUUID();
  await new PersonStore().insert(tx, person);
  await new MembershipStore().insert(tx, { id: membershipId, personId: person.id, organisationId, role, learnerId });
  await new SessionStore().insert(tx, {
    id: sessionId,
    tokenHash: `${sessionId}${sessionId}`.replaceAll('-', ''),
    membershipId,
    kind: 'COOKIE',
    createdAt: '2026-11-22T08:00:00.000Z',
    expiresAt: '2026-11-22T20:00:00.000Z',
    revokedAt: null,
  });
  const digest = sha256(sessionId);
  const times = { createdAt: '2026-11-22T08:00:00.000Z', expiresAt: '2026-12-22T08:00:00.000Z' };
  await new PasswordResetStore().insert(tx, { ...times, id: randomUUID(), personId: person.id, tokenHash: digest, usedAt: null });
  await new MailStore().insert(tx, { ...times, id: randomUUID(), kind: 'PASSWORD_RESET', address: person.email, about: null, linkId: randomUUID(), sentAt: null });
  await new RefreshTokenStore().insert(tx, { tokenHash: digest, sessionId, expiresAt: '2026-12-22T08:00:00.000Z', spentAt: null });
  await new RecoveryCodeStore().replace(tx, person.id, [{ id: randomUUID(), personId: person.id, codeHash: digest, usedAt: null }]);
  await new PasskeyStore().insert(tx, {
    id: randomUUID(),
    personId: person.id,
    credentialId: digest,
    publicKey: 'of-a-test',
    counter: 0,
    transports: ['internal'],
    label: 'Test key',
    createdAt: '2026-11-22T08:00:00.000Z',
    lastUsedAt: null,
  });
  const linked = { createdAt: '2026-11-22T08:00:00.000Z', lastUsedAt: null };
  await new FederatedIdentityStore().insert(tx, { ...linked, id: randomUUID(), personId: person.id, issuer: 'https://identity.example', subject: digest });
  return { personId: person.id, membershipId, organisationId, role, sessionId, learnerId };
}

export async function aSide(tx: Tx, round: Round, uln: string): Promise<Side> {
  const provider = anOrganisation({ id: randomUUID(), name: 'A college (fictional)' });
  const employer = anOrganisation({ id: randomUUID(), name: 'An employer (fictional)', roles: ['EMPLOYER'] });
  await new OrganisationStore().insertMany(tx, [provider, employer]);
  const learner = aLearner({ id: randomUUID(), organisationId: provider.id, uln });
  await new LearnerStore().insert(tx, learner);
  await tx.manager.query(`insert into learner_equality (learner_id, organisation_id, answers, version) values ($1, $2, '{"support": "yes"}', 1)`, [
    learner.id,
    provider.id,
  ]);
  const vacancy = aVacancy({ id: randomUUID(), organisationId: employer.id });
  const draft = aVacancy({ id: randomUUID(), organisationId: employer.id, state: 'DRAFT' });
  await new VacancyStore().insertMany(tx, [vacancy, draft]);
  const candidate = await new CandidateStore().ensure(tx, { organisationId: employer.id, learnerId: learner.id, providerId: provider.id });
  const submitted = { roundId: round.id, submittedAt: '2026-12-01T10:00:00.000Z', submittedBy: randomUUID(), version: 1 };
  await new VacancyChoiceStore().set(tx, {
    learnerId: learner.id,
    vacancyId: vacancy.id,
    organisationId: provider.id,
    choice: 'DISMISSED',
    reason: 'OTHER',
    words: 'I was there on a visit.',
    chosenAt: '2026-11-22T09:00:00.000Z',
  });
  await new CandidateDecisionStore().set(tx, {
    candidateId: candidate.id,
    organisationId: employer.id,
    learnerId: learner.id,
    providerId: provider.id,
    decision: 'SHORTLISTED',
    reason: 'The evidence of CAD work is what we need.',
    decidedBy: randomUUID(),
    decidedAt: '2026-11-22T09:00:00.000Z',
  });
  const learnerPreference = { ...submitted, id: randomUUID(), organisationId: provider.id, learnerId: learner.id, groups: [[vacancy.id]], receipt: randomUUID() };
  await new LearnerPreferenceStore().upsert(tx, learnerPreference);
  const employerPreference = { ...submitted, id: randomUUID(), organisationId: employer.id, groups: [[candidate.id]], receipt: randomUUID() };
  await new EmployerPreferenceStore().upsert(tx, employerPreference);
  const suggestion = aSuggestion(learner, vacancy);
  await new ScoringInputStore().keep(tx, [{ hash: randomUUID(), kind: 'LEARNER', learnerId: learner.id, organisationId: provider.id, body: '{}' }]);
  // A list that was another before leaves an earlier version.
  await new SuggestionStore().replaceForLearner(tx, learner.id, [{ ...suggestion, score: 5_000, inputHash: 'hash-0', learnerHash: 'learner-0' }]);
  await new SuggestionStore().replaceForLearner(tx, learner.id, [suggestion]);
  const challenge = aChallenge(suggestion);
  await new ScoreChallengeStore().insert(tx, challenge);
  await new ScoreChallengeStore().note(tx, {
    id: randomUUID(),
    challengeId: challenge.id,
    learnerId: learner.id,
    organisationId: provider.id,
    at: '2026-11-22T09:30:00.000Z',
    by: challenge.raisedBy,
    name: 'Test Learner',
    words: 'My tutor saw it.',
  });
  await tx.manager.query(`insert into eligibility_question (id, organisation_id, details, asked_at, answer) values ($1, $2, $3, now(), '{"eligible": 7, "wellSuited": 5, "ifTrained": [], "shutOutBy": []}')`, [
    employer.id,
    employer.id,
    JSON.stringify({}),
  ]);
  const outcome: Outcome = {
    id: randomUUID(),
    roundId: round.id,
    learnerId: learner.id,
    organisationId: provider.id,
    vacancyId: vacancy.id,
    employerId: employer.id,
    rank: 1,
    reasons: [],
    withheld: false,
    withheldReason: null,
    published: true,
  };
  await new OutcomeStore().insertMany(tx, [outcome]);
  const proposal = aProposal(round, learner, vacancy, { state: 'ACCEPTED', answeredAt: '2027-01-10T09:00:00.000Z' });
  await new ProposalStore().insertMany(tx, [proposal]);
  const placement = aPlacement(proposal);
  await new PlacementStore().insert(tx, placement);
  const staff = await enter(tx, 'PROVIDER_STAFF', provider.id);
  const host = await enter(tx, 'EMPLOYER', employer.id);
  const student = await enter(tx, 'LEARNER', provider.id, learner.id);
  const invitation: Invitation = {
    id: randomUUID(),
    organisationId: provider.id,
    founding: null,
    email: `${randomUUID()}@example.org`,
    role: 'PROVIDER_STAFF',
    learnerId: null,
    invitedBy: staff.personId,
    tokenHash: sha256(staff.personId),
    createdAt: '2026-11-22T08:00:00.000Z',
    expiresAt: '2126-12-22T08:00:00.000Z',
    acceptedAt: null,
    withdrawnAt: null,
  };
  await new InvitationStore().insert(tx, invitation);
  const hold = [staff.sessionId, learner.id, provider.id, staff.personId];
  await tx.manager.query(`insert into legal_hold (id, learner_id, organisation_id, reason, set_by, set_at, released_by, released_at) values ($1, $2, $3, 'It is over.', $4, now(), $4, now())`, hold);
  const request = [student.sessionId, provider.id, student.personId, learner.id];
  await tx.manager.query(`insert into subject_request (id, kind, organisation_id, person_id, learner_id, asked_by, asked_at, state, done_at) values ($1, 'ACCESS', $2, $3, $4, $3, now(), 'DONE', now())`, request);
  for (const actor of [staff, host, student]) {
    const { organisationId, personId } = actor;
    await new AuditStore().append(tx, { id: randomUUID(), at: '2026-11-22T08:00:00.000Z', personId, organisationId, verb: 'sign in', noun: 'session', objectId: actor.sessionId, detail: {} });
    await tx.manager.query(`insert into command (id, kind, payload, organisation_id, person_id, state, attempts) values ($1, 'score-learner', '{}', $2, $3, 'ACCEPTED', 0)`, [
      actor.sessionId,
      organisationId,
      personId,
    ]);
    await tx.manager.query(`insert into idempotent_answer (organisation_id, person_id, key, request_hash, answer) values ($1, $2, 'k', 'h', '{}')`, [organisationId, personId]);
  }
  const run: ImportRun = { id: randomUUID(), organisationId: provider.id, personId: staff.personId, kind: 'LEARNERS', state: 'UPLOADED', bytes: 3, report: null, createdAt: '2026-11-22T08:00:00.000Z', endedAt: null, version: 1 };
  await new ImportStore().insert(tx, run, Buffer.from('a,b'));
  return { provider, employer, learner, vacancy, draft, candidate, learnerPreference, employerPreference, suggestion, challenge, outcome, proposal, placement, invitation, staff, host, student, importRun: run };
}

export async function twoColleges(tx: Tx): Promise<TwoColleges> {
  const operating = anOrganisation({ id: randomUUID(), name: 'The operator (fictional)', roles: ['OPERATOR'] });
  const authority = anOrganisation({ id: randomUUID(), name: 'A regional body (fictional)', roles: ['FUNDER'] });
  await new OrganisationStore().insertMany(tx, [operating, authority]);
  const operator = await enter(tx, 'OPERATOR', operating.id);
  const region = await enter(tx, 'REGION', authority.id);
  const round = aRound(operating.id, {
    state: 'PUBLISHED',
    stage: 'DONE',
    publishedAt: '2027-01-04T09:00:00.000Z',
    solveAskedBy: randomUUID(),
    solveAskedAt: '2027-01-03T09:00:00.000Z',
    publishedBy: operator.personId,
    publishReason: 'Checked by hand.',
  });
  const rounds = new RoundStore();
  await rounds.insert(tx, round, 'the secret of the lottery');
  await rounds.saveSnapshot(tx, { roundId: round.id, attempt: 1, input: '{}', inputHash: 'h', seed: '7' });
  await rounds.saveFile(tx, round.id, '{}');
  const dryRun: DryRun = { id: randomUUID(), roundId: round.id, mode: 'EMPLOYER_OPTIMAL', state: 'DONE', stage: 'DONE', askedBy: operator.personId, askedAt: '2027-01-02T09:00:00.000Z', endedAt: '2027-01-02T09:01:00.000Z', learners: 2, vacancies: 2, inputHash: 'h', matched: 2, rankCounts: [2], tookMs: 12, failure: null };
  await new DryRunStore().insert(tx, dryRun);
  const run: ScoringRun = { id: randomUUID(), state: 'RUNNING', policyVersion: 'p', learners: 2, vacancies: 2, pairs: 4, chunks: 2, chunksDone: 0, exposure: null, startedAt: '2026-11-22T08:00:00.000Z', endedAt: null };
  await new ScoringRunStore().insert(tx, run);
  const [a, b] = [await aSide(tx, round, '9276308686'), await aSide(tx, round, '1000000008')];
  await new DryRunStore().insertPlaces(tx, [a, b].map(({ learner, vacancy }) => ({ dryRunId: dryRun.id, learnerId: learner.id, vacancyId: vacancy.id, rank: 1 })));
  return { a, b, operator, region, round, run, dryRun };
}
