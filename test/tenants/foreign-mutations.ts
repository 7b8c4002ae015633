import { randomUUID } from 'node:crypto';
import { getNamedType, isLeafType, isNonNullType, isObjectType, isUnionType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { REFUSED } from '../e2e/support/graphql-client.js';
import { EMPLOYER_WEIGHTS, LETTERS, WATCHERS, WEIGHTS, type Letter, type Region, type Watcher } from './canaries.js';
import { selections } from './documents.js';

export type TriedMutation = Readonly<{
  watcher: Watcher;
  /** Whose objects the mutation names. */
  owner: Letter;
  field: string;
  mutation: string;
  variables: Readonly<Record<string, unknown>>;
  /** True where this watcher is entitled: the control that the same input is no mistake. */
  own: boolean;
}>;

/** Who must not, what is sent, and who may; the last is everybody else unless it is said. */
type Plan = readonly [forbidden: readonly Watcher[], input: () => Record<string, unknown> | null, entitled?: readonly Watcher[]];

const rows = (weights: Readonly<Record<string, number>>): readonly unknown[] => Object.entries(weights).map(([code, weight]) => ({ code, weight }));
const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');

/** Mutations about the asker's own account or a secret that came by mail: nothing of them names somebody else's row. */
export const DOORS: ReadonlySet<string> = new Set([
  'askForMyData', 'signIn', 'signOut', 'refreshSession', 'startSecondFactor', 'confirmSecondFactor', 'renewRecoveryCodes', 'changePassword', 'acceptInvitation', 'requestPasswordReset', 'completePasswordReset',
]);
/** Answered by the worker: the API waits for it before it says that there is no answer yet. */
export const QUESTIONS: ReadonlySet<string> = new Set(['askEligibility']);
/** Done to an account or a session, they would take it from the rest of the matrix: that the entitled may is shown in their own suites. */
export const ENDINGS: ReadonlySet<string> = new Set(['endSessions', 'removePasskey', 'removeFederatedIdentity', 'resetSecondFactor', 'withdrawInvitation', 'endMembership', 'shutAccount']);

/** Every mutation of the schema on the objects of each side in turn, by everybody. */
export function foreignMutations(schema: GraphQLSchema, region: Region): readonly TriedMutation[] {
  return LETTERS.flatMap((letter, turn) => {
    const at = (from: string): Letter => LETTERS[(LETTERS.indexOf(from as Letter) + turn) % LETTERS.length] as Letter;
    // Plans are written for side A; turned, they say the same of the others.
    const turned = (watcher: Watcher): Watcher => watcher.replace(/ ([abc])$/, (_, from: string) => ` ${at(from)}`) as Watcher;
    const { colleges } = region;
    const sides = { ...region, colleges: { ...colleges, a: colleges[at('a')], b: colleges[at('b')], c: colleges[at('c')] } };
    const own = { parkedCommandId: sides.colleges.a.staff.sessionId, passkeyId: region.passkeys[letter], linkId: region.links[letter], invitationId: sides.colleges.a.invitation.id };
    return Object.entries(plansFor(schema, sides, own)).flatMap(([field, plans]) =>
      plans.flatMap(([forbidden, input, entitled = WATCHERS.filter((watcher) => !forbidden.includes(watcher))]) => {
        const one = (watcher: Watcher, own: boolean): TriedMutation => {
          const given = input();
          return { watcher: turned(watcher), owner: letter, field, mutation: documentOf(schema, field), variables: given === null ? {} : { input: given }, own };
        };
        // Of the two other sides the next one is enough: turned, each is the next of another.
        const tried = forbidden.filter((watcher) => !watcher.endsWith(' c'));
        return [...tried.map((watcher) => one(watcher, false)), ...entitled.map((watcher) => one(watcher, true))];
      }),
    );
  });
}

/** A mutation with every field of its success one step deep, and its refusals. */
function documentOf(schema: GraphQLSchema, name: string): string {
  const field = schema.getMutationType()?.getFields()[name] as GraphQLField<unknown, unknown>;
  const payload = getNamedType(field.type);
  if (!isUnionType(payload)) throw new Error(`the mutation ${name} answers with no union`);
  const successes = payload.getTypes().filter((type) => type.name !== 'Refused');
  const shown = successes.map((type) => `... on ${type.name} { ${Object.values(type.getFields()).map((part) => (isLeafType(getNamedType(part.type)) ? part.name : `${part.name} { __typename }`)).join(' ')} }`);
  const given = field.args.length > 0 ? [`($input: ${String(field.args[0]?.type)})`, '(input: $input)'] : ['', ''];
  return `mutation ${given[0]} { ${name}${given[1]} { __typename ${shown.join(' ')} ${REFUSED} } }`;
}

/** Rows of side A that no builder gives. */
type Own = Readonly<{ parkedCommandId: string; passkeyId: string; linkId: string; invitationId: string }>;

function plansFor(schema: GraphQLSchema, region: Region, own: Own): Readonly<Record<string, readonly Plan[]>> {
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
  const students: readonly Watcher[] = ['student a', 'student b', 'student c'];
  const staffs: readonly Watcher[] = ['staff a', 'staff b', 'staff c'];
  const hosts: readonly Watcher[] = ['host a', 'host b', 'host c'];
  const plans: Record<string, readonly Plan[]> = {
    rankVacancies: [
      [WATCHERS, () => ({ ...key(), roundId: open, groups: [[draft]] })],
      [others(...students), () => ({ ...key(), roundId: open, groups: [[vacancy]] })],
    ],
    acceptProposal: [[others('student a'), () => ({ ...key(), proposalId, version: 1 })]],
    declineProposal: [[others('student a'), () => ({ ...key(), proposalId, version: 1, reason: 'It is not mine to decline.' })]],
    // The operator may not either, but row-level security lets it tie an account to a learner, so alone it is no wall here.
    reviseProfile: [[others('student a', 'staff a', 'operator'), () => ({ learnerId, version: 1, profile: { maxTravelMinutes: 10 } }), ['student a', 'staff a']]],
    publishVacancy: [[others('host a'), () => ({ vacancyId: draft, version: 1 })]],
    reviseVacancy: [vacancy, draft].map((vacancyId) => [others('host a'), () => ({ vacancyId, version: 1, details: { title: 'Not theirs' } })] as const),
    postVacancy: [[others(...hosts), () => ({ ...key(), publish: true, details })]],
    rankCandidates: [[others('host a'), () => ({ ...key(), roundId: open, groups: [[nodeId('Candidate', a.candidate.id)]] })]],
    saveVacancy: [
      [WATCHERS, () => ({ ...key(), vacancyId: draft })],
      [others(...students), () => ({ ...key(), vacancyId: vacancy })],
    ],
    dismissVacancy: [
      [WATCHERS, () => ({ ...key(), vacancyId: draft, reason: 'PAY' })],
      [others(...students), () => ({ ...key(), vacancyId: vacancy, reason: 'PAY' })],
    ],
    forgetChoice: [
      [others(...students), () => ({ vacancyId: vacancy })],
      [others(), () => ({ vacancyId: draft })],
    ],
    decideCandidate: [[others('host a'), () => ({ ...key(), candidateId: nodeId('Candidate', a.candidate.id), decision: 'REFUSED', reason: 'It is not theirs to refuse.' })]],
    reopenCandidate: [[others('host a'), () => ({ candidateId: nodeId('Candidate', a.candidate.id) })]],
    contestScore: [
      [others(...students), () => ({ ...key(), vacancyId: vacancy, part: 'WHOLE', words: 'It is not theirs to question.' })],
      [WATCHERS, () => ({ ...key(), vacancyId: draft, part: 'WHOLE', words: 'It is nobody’s to question.' })],
    ],
    acknowledgeChallenge: [[others('staff a'), () => ({ challengeId, version: 1 })]],
    addToChallenge: [[others('student a', 'staff a'), () => ({ ...key(), challengeId, words: 'It is not theirs to say.' })]],
    decideChallenge: [[others('staff a'), () => ({ challengeId, version: 1, decision: 'NOT_UPHELD', reason: 'It is not theirs to decide.' })]],
    withdrawChallenge: [[others('student a'), () => ({ challengeId, version: 1 })]],
    addSkillAlias: [[others('operator'), () => ({ ...key(), skillId: 'cad', alias: 'not theirs', reason: 'It is not theirs to name.' })]],
    retireSkillAlias: [[others('operator'), () => ({ aliasId: nodeId('SkillAlias', region.aliasId) })]],
    proposeWeights: [[others('operator'), () => ({ ...key(), weights: rows(WEIGHTS), employerWeights: rows(EMPLOYER_WEIGHTS), reason: 'They are not theirs to weigh.' })]],
    decideWeights: [[others('operator'), () => ({ number: 1, approve: true, reason: 'They are not theirs to decide.' })]],
    importTravel: [[others('operator'), () => ({ ...key(), source: 'not theirs', rows: [{ outcode: 'B29', campusId: 'bhic', mode: 'BUS', minutes: 20 }] })]],
    askEligibility: [[others(...hosts), () => ({ ...key(), details })]],
    askForLearnerData: [[others('staff a'), () => ({ ...key(), kind: 'ERASURE', learnerId })]],
    holdRecord: [[others('staff a'), () => ({ ...key(), learnerId, reason: 'It is not theirs to hold.' })]],
    liftHold: [[others('staff a'), () => ({ learnerId })]],
    enrolLearner: [[others(...staffs), () => ({ ...key(), givenName: 'Not', familyName: 'Theirs', academicYear: '2026/27', profile: profileOf(b.learner) })]],
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
    startCommandAgain: [[others('operator'), () => ({ commandId: nodeId('Command', own.parkedCommandId) })]],
    scoreRegion: [[others('operator'), () => key()]],
    createAccount: [[others('operator'), () => ({ email: `${randomUUID()}@example.org`, name: 'Not theirs', role: 'PROVIDER_STAFF', organisationId: nodeId('Organisation', a.provider.id) })]],
    endSessions: [[others('student a'), () => ({ sessionId: a.student.sessionId }), []]],
    removePasskey: [[others('student a'), () => ({ passkeyId: own.passkeyId }), []]],
    removeFederatedIdentity: [[others('student a'), () => ({ federatedIdentityId: own.linkId }), []]],
    resetSecondFactor: [[others('operator', 'student a'), () => ({ email: `${a.student.personId}@example.org`, reason: 'It is not theirs to replace.' }), []]],
    invitePerson: [[others('operator', 'staff a'), () => ({ ...key(), email: `${randomUUID()}@example.org`, role: 'PROVIDER_STAFF', organisationId: nodeId('Organisation', a.provider.id) })]],
    inviteOrganisation: [[others('operator'), () => ({ ...key(), email: `${randomUUID()}@example.org`, role: 'EMPLOYER', founding: { name: 'Not theirs (fictional)', roles: ['EMPLOYER'], fictional: true } })]],
    withdrawInvitation: [[others('operator', 'staff a'), () => ({ invitationId: own.invitationId }), []]],
    endMembership: [[others('operator', 'staff a'), () => ({ membershipId: a.student.membershipId }), []]],
    shutAccount: [[others('operator', 'student a'), () => ({ email: `${a.student.personId}@example.org`, shut: true }), []]],
    createOrganisation: [[others('operator'), () => ({ ...key(), details: { name: 'Not theirs (fictional)', roles: ['EMPLOYER'], fictional: true } })]],
    // Last: what is closed cannot be ranked.
    closeVacancy: [vacancy, draft].map((vacancyId) => [others('host a'), () => ({ vacancyId, version: 1 })] as const),
  };
  for (const field of Object.keys(schema.getMutationType()?.getFields() ?? {})) {
    // A new mutation must say here whose objects it must not touch.
    if (plans[field] === undefined && !DOORS.has(field)) throw new Error(`tell the tenant tests about the mutation ${field}: a plan in test/tenants/foreign-mutations.ts`);
  }
  return plans;
}

/** Every subscription on every object its arguments can name, by everybody; `sees` where the object is theirs to see. */
export function subscriptionsOf(schema: GraphQLSchema, region: Region): readonly Readonly<{ watcher: Watcher; owner: Letter | 'nobody'; sees: boolean; query: string; variables: Readonly<Record<string, unknown>> }>[] {
  return Object.values(schema.getSubscriptionType()?.getFields() ?? {}).flatMap((field) => {
    const needed = field.args.filter((arg) => isNonNullType(arg.type));
    const [arg] = needed;
    const type = `${arg?.name.charAt(0).toUpperCase()}${arg?.name.slice(1).replace(/Id$/, '')}`;
    const objects = region.objects.filter((object) => object.type === type);
    if (needed.length !== 1 || objects.length === 0) throw new Error(`tell the tenant tests what to give the subscription ${field.name}: subscriptionsOf in test/tenants/foreign-mutations.ts`);
    const event = getNamedType(field.type);
    const shown = isObjectType(event) ? selections(schema, event, 1) : [];
    return objects.flatMap((object) =>
      shown.flatMap((selection) =>
        WATCHERS.map((watcher) => ({
          watcher,
          owner: object.owner,
          sees: object.seenBy.includes(watcher),
          query: `subscription ($id: ID!) { ${field.name}(${arg?.name}: $id) { ${selection} } }`,
          variables: { id: nodeId(object.type, object.key) },
        })),
      ),
    );
  });
}

function profileOf(learner: Region['colleges']['a']['learner']): Record<string, unknown> {
  const { id: _i, organisationId: _o, personId: _p, givenName: _g, familyName: _f, uln: _u, dateOfBirth: _d, academicYear: _a, version: _v, ...profile } = learner;
  return profile;
}
