import { randomUUID } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { WATCHERS, type Region, type Watcher } from './canaries.js';

export type ForeignMutation = Readonly<{ watcher: Watcher; mutation: string; variables: Readonly<Record<string, unknown>> }>;

const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');

/** Mutations that concern nobody's rows, with the reason why they are not tried on another tenant's. */
const NOT_ABOUT_OTHERS = new Set(['askForMyData', 'signIn', 'signOut', 'refreshSession', 'startSecondFactor', 'confirmSecondFactor', 'renewRecoveryCodes', 'changePassword', 'acceptInvitation', 'requestPasswordReset', 'completePasswordReset']);

const rows = (weights: Record<string, number>) => Object.entries(weights).map(([code, weight]) => ({ code, weight }));
const WEIGHTS = rows({ SKILLS: 4000, TRAVEL: 2000, PATHWAY: 1000, INTERESTS: 1000, AVAILABILITY: 1000, LEVEL: 500, TEXT: 500 });
const EMPLOYER_WEIGHTS = rows({ ESSENTIALS: 5000, OPTIONALS: 2000, EVIDENCE: 1000, HOURS: 1000, READINESS: 1000 });

/** Every mutation of the schema, on side A's objects, by everybody to whom they do not belong. */
export function foreignMutations(schema: GraphQLSchema, region: Region): readonly ForeignMutation[] {
  const { a, b } = region.colleges;
  const open = nodeId('Round', region.openRoundId);
  const published = nodeId('Round', region.colleges.round.id);
  const others = (...owners: Watcher[]): Watcher[] => WATCHERS.filter((watcher) => !owners.includes(watcher));
  const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
  const [vacancy, draft] = [a.vacancy, a.draft].map((v) => nodeId('Vacancy', v.id));
  const proposalId = nodeId('Proposal', a.proposal.id);
  const challengeId = nodeId('ScoreChallenge', a.challenge.id);
  const learnerId = nodeId('Learner', a.learner.id);
  const { id: _v, organisationId: _o, state: _s, version: _n, ...details } = b.vacancy;
  const plans: Record<string, readonly (readonly [readonly Watcher[], () => Record<string, unknown>])[]> = {
    acceptProposal: [[others('student a'), () => ({ ...key(), proposalId, version: 1 })]],
    declineProposal: [[others('student a'), () => ({ ...key(), proposalId, version: 1, reason: 'It is not mine to decline.' })]],
    // The operator may not either, but row-level security lets it tie an account to a learner, so alone it is no wall here.
    reviseProfile: [[others('student a', 'staff a', 'operator'), () => ({ learnerId, version: 1, profile: { maxTravelMinutes: 10 } })]],
    closeVacancy: [vacancy, draft].map((vacancyId) => [others('host a'), () => ({ vacancyId, version: 1 })] as const),
    publishVacancy: [[others('host a'), () => ({ vacancyId: draft, version: 1 })]],
    reviseVacancy: [vacancy, draft].map((vacancyId) => [others('host a'), () => ({ vacancyId, version: 1, details: { title: 'Not theirs' } })] as const),
    postVacancy: [[others('host a', 'host b'), () => ({ ...key(), publish: true, details })]],
    rankCandidates: [[others('host a'), () => ({ ...key(), roundId: open, groups: [[nodeId('Candidate', a.candidate.id)]] })]],
    rankVacancies: [[WATCHERS, () => ({ ...key(), roundId: open, groups: [[draft]] })]],
    saveVacancy: [[WATCHERS, () => ({ ...key(), vacancyId: draft })]],
    dismissVacancy: [[WATCHERS, () => ({ ...key(), vacancyId: draft, reason: 'PAY' })]],
    forgetChoice: [[others('student a', 'student b'), () => ({ vacancyId: vacancy })], [others(), () => ({ vacancyId: draft })]],
    decideCandidate: [[others('host a'), () => ({ ...key(), candidateId: nodeId('Candidate', a.candidate.id), decision: 'REFUSED', reason: 'It is not theirs to refuse.' })]],
    reopenCandidate: [[others('host a'), () => ({ candidateId: nodeId('Candidate', a.candidate.id) })]],
    contestScore: [
      [others('student a', 'student b'), () => ({ ...key(), vacancyId: vacancy, part: 'WHOLE', words: 'It is not theirs to question.' })],
      [WATCHERS, () => ({ ...key(), vacancyId: draft, part: 'WHOLE', words: 'It is nobody’s to question.' })],
    ],
    acknowledgeChallenge: [[others('staff a'), () => ({ challengeId, version: 1 })]],
    decideChallenge: [[others('staff a'), () => ({ challengeId, version: 1, decision: 'NOT_UPHELD', reason: 'It is not theirs to decide.' })]],
    withdrawChallenge: [[others('student a'), () => ({ challengeId, version: 1 })]],
    addToChallenge: [[others('student a', 'staff a'), () => ({ ...key(), challengeId, words: 'It is not theirs to say.' })]],
    addSkillAlias: [[others('operator'), () => ({ ...key(), skillId: 'cad', alias: 'not theirs', reason: 'It is not theirs to name.' })]],
    retireSkillAlias: [[others('operator'), () => ({ aliasId: nodeId('SkillAlias', region.aliasId) })]],
    proposeWeights: [[others('operator'), () => ({ ...key(), weights: WEIGHTS, employerWeights: EMPLOYER_WEIGHTS, reason: 'They are not theirs to weigh.' })]],
    decideWeights: [[others('operator'), () => ({ number: 1, approve: true, reason: 'They are not theirs to decide.' })]],
    importTravel: [[others('operator'), () => ({ ...key(), source: 'not theirs', rows: [{ outcode: 'B29', campusId: 'bhic', mode: 'BUS', minutes: 20 }] })]],
    askEligibility: [[others('host a', 'host b'), () => ({ ...key(), details })]],
    enrolLearner: [[others('staff a', 'staff b'), () => ({ ...key(), givenName: 'Not', familyName: 'Theirs', academicYear: '2026/27', profile: profileOf(b.learner) })]],
    checkImport: [[others('staff a'), () => ({ uploadId: a.importRun.id, version: 1 })]],
    startImport: [[others('staff a'), () => ({ uploadId: a.importRun.id, version: 1 })]],
    openRound: [[others('operator'), () => ({ ...key(), name: 'Not their round', mode: 'LEARNER_OPTIMAL', preferencesCloseAt: '2030-01-01T00:00:00.000Z', replyBy: '2030-02-01T00:00:00.000Z' })]],
    freezeRound: [[others('operator'), () => ({ roundId: open, version: 1 })]],
    solveRound: [[others('operator'), () => ({ roundId: open, version: 1 })]],
    publishRound: [[others('operator'), () => ({ roundId: published, version: 1, reason: 'It is not theirs to publish.' })]],
    startDryRun: [[others('operator'), () => ({ ...key(), roundId: published, version: 1, mode: 'LEARNER_OPTIMAL' })]],
    cancelDryRun: [[others('operator'), () => ({ dryRunId: nodeId('DryRun', region.colleges.dryRun.id) })]],
    callOffSolving: [[others('operator'), () => ({ roundId: open, version: 1 })]],
    withholdProposal: [[others('operator'), () => ({ roundId: published, learnerId, reason: 'It is not theirs to withhold.' })]],
    startCommandAgain: [[others('operator'), () => ({ commandId: nodeId('Command', region.parkedCommandId) })]],
    askForLearnerData: [[others('staff a'), () => ({ ...key(), kind: 'ERASURE', learnerId })]],
    holdRecord: [[others('staff a'), () => ({ ...key(), learnerId, reason: 'It is not theirs to hold.' })]],
    liftHold: [[others('staff a'), () => ({ learnerId })]],
    scoreRegion: [[others('operator'), () => key()]],
    createAccount: [[others('operator'), () => ({ email: `${randomUUID()}@example.org`, name: 'Not theirs', role: 'PROVIDER_STAFF', organisationId: nodeId('Organisation', a.provider.id) })]],
    endSessions: [[others('student a'), () => ({ sessionId: a.student.sessionId })]],
    removePasskey: [[others('student a'), () => ({ passkeyId: region.passkeyId })]],
    resetSecondFactor: [[others('operator', 'student a'), () => ({ email: `${a.student.personId}@example.org`, reason: 'It is not theirs to replace.' })]],
    invitePerson: [[others('operator', 'staff a'), () => ({ ...key(), email: `${randomUUID()}@example.org`, role: 'PROVIDER_STAFF', organisationId: nodeId('Organisation', a.provider.id) })]],
    inviteOrganisation: [[others('operator'), () => ({ ...key(), email: `${randomUUID()}@example.org`, role: 'EMPLOYER', founding: { name: 'Not theirs (fictional)', roles: ['EMPLOYER'], fictional: true } })]],
    withdrawInvitation: [[others('operator', 'staff a'), () => ({ invitationId: region.invitationId })]],
    endMembership: [[others('operator', 'staff a'), () => ({ membershipId: a.student.membershipId })]],
    shutAccount: [[others('operator', 'student a'), () => ({ email: `${a.student.personId}@example.org`, shut: true })]],
    createOrganisation: [[others('operator'), () => ({ ...key(), details: { name: 'Not theirs (fictional)', roles: ['EMPLOYER'], fictional: true } })]],
  };
  const found: ForeignMutation[] = [];
  for (const field of Object.keys(schema.getMutationType()?.getFields() ?? {})) {
    if (NOT_ABOUT_OTHERS.has(field)) continue;
    const plan = plans[field];
    // A new mutation must say here whose objects it must not touch.
    if (plan === undefined) throw new Error(`tell the tenant tests about the mutation ${field}`);
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const mutation = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`;
    for (const [watchers, input] of plan) for (const watcher of watchers) found.push({ watcher, mutation, variables: { input: input() } });
  }
  return found;
}

function profileOf(learner: Region['colleges']['a']['learner']): Record<string, unknown> {
  const { id: _i, organisationId: _o, personId: _p, givenName: _g, familyName: _f, uln: _u, dateOfBirth: _d, academicYear: _a, version: _v, ...profile } = learner;
  return profile;
}
