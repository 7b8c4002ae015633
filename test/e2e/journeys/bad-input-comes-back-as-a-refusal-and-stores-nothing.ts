import { randomUUID } from 'node:crypto';
import { REFUSED, type GraphqlClient } from '../support/graphql-client.js';
import type { Meriden } from '../support/meriden.js';

let meriden: Meriden;

const POST = `mutation ($input: PostVacancyInput!) { postVacancy(input: $input) { ... on PostVacancySuccess { vacancy { id version title } } ${REFUSED} } }`;
const ENROL = `mutation ($input: EnrolLearnerInput!) { enrolLearner(input: $input) { ... on EnrolLearnerSuccess { learner { id version uln } } ${REFUSED} } }`;
const CREATE = `mutation ($input: CreateOrganisationInput!) { createOrganisation(input: $input) { ... on CreateOrganisationSuccess { organisation { id } } ${REFUSED} } }`;
const CLOSE = `mutation ($input: CloseVacancyInput!) { closeVacancy(input: $input) { ... on CloseVacancySuccess { vacancy { state version } } ${REFUSED} } }`;

const DETAILS = {
  title: 'Device test assistant (e2e)',
  description: 'Test devices and write down what you find.',
  campusId: 'bhic',
  skills: [],
  levelFrom: 3,
  levelTo: 5,
  programmeKinds: ['T_LEVEL', 'HTQ'],
  entryPointIds: [],
  startsOn: '2027-01-11',
  endsOn: '2027-06-25',
  weekdays: ['MON', 'TUE'],
  hoursPerWeek: 15,
  totalHours: 315,
  remoteShare: 0,
  openings: 2,
  pay: 'PAID',
  hourlyPence: 1_300,
  checksNeeded: [],
  deliveryApproach: 'ON_SITE',
  hazards: [],
  adjustmentsOffered: [],
  fundingSourceIds: [],
  fundingRequired: false,
};
const PROFILE = {
  qualificationId: 'tl-60358324',
  level: 3,
  entryPointId: 'school-leaver-t-level',
  fundingSourceIds: [],
  outcode: 'B15',
  travelModes: ['BUS'],
  maxTravelMinutes: 60,
  skills: [],
  interests: [],
  checks: [],
  adjustmentsNeeded: [],
  consentToMatching: true,
};
const LEARNER = { givenName: 'Test', familyName: 'Learner', academicYear: '2026/27', profile: PROFILE };

/** Rows of everything that a mutation of this suite could have written. */
const stored = async (): Promise<unknown> =>
  meriden.database.sql(
    `select (select count(*) from vacancy) v, (select count(*) from learner) l, (select count(*) from organisation) o, (select count(*) from person) p,
      (select count(*) from outbox) b, (select count(*) from learner_preference) f`,
  );

async function refusedAt(client: GraphqlClient, mutation: string, input: object): Promise<[string, string][]> {
  const refusals = await client.refused(mutation, { input: { idempotencyKey: randomUUID(), ...input } });
  for (const { message, rule, remedy } of refusals) for (const words of [message, rule, remedy]) expect(words.length).toBeGreaterThan(5);
  return refusals.map(({ code, path }) => [code, path.join('.')]);
}

export function badInputComesBack(started: () => Meriden): void {
  beforeAll(() => {
    meriden = started();
  });

  describe('bad input', () => {
    it('is refused by field, rule and remedy for vacancies', async () => {
      const employer = await meriden.as('employer');
      const before = await stored();
      const cases: readonly (readonly [object, readonly (readonly [string, string])[]])[] = [
        [{ openings: -1 }, [['OUT_OF_RANGE', 'input.details.openings']]],
        [{ openings: 2_000_000_000 }, [['OUT_OF_RANGE', 'input.details.openings']]],
        [{ startsOn: '2027-02-30' }, [['DATE_INVALID', 'input.details.startsOn']]],
        [{ startsOn: 'soon' }, [['DATE_INVALID', 'input.details.startsOn']]],
        [{ startsOn: '2027-06-26' }, [['DATES_REVERSED', 'input.details.endsOn']]],
        [{ campusId: 'atlantis' }, [['REFERENCE_UNKNOWN', 'input.details.campusId']]],
        [{ title: 'x'.repeat(50_000) }, [['FIELD_TOO_LONG', 'input.details.title']]],
        [{ title: '  ' }, [['FIELD_REQUIRED', 'input.details.title']]],
        [{ pay: 'PAID', hourlyPence: null }, [['PAY_UNLAWFUL', 'input.details.hourlyPence']]],
        [{ skills: [{ skillId: 'alchemy', need: 'ESSENTIAL' }] }, [['REFERENCE_UNKNOWN', 'input.details.skills.0.skillId']]],
        [{ openings: 0, title: '' }, [['FIELD_REQUIRED', 'input.details.title'], ['OUT_OF_RANGE', 'input.details.openings']]],
      ];
      for (const [change, wanted] of cases) {
        const got = await refusedAt(employer, POST, { publish: true, details: { ...DETAILS, ...change } });
        expect([JSON.stringify(change).slice(0, 60), got]).toEqual([JSON.stringify(change).slice(0, 60), wanted]);
      }
      expect(await stored()).toEqual(before);
    });

    it('is refused by field, rule and remedy for learners and organisations', async () => {
      const [college, operator] = [await meriden.as('college'), await meriden.as('operator')];
      const before = await stored();
      const learners: readonly (readonly [object, string, string])[] = [
        [{ uln: '9276308687' }, 'ULN_INVALID', 'input.uln'],
        [{ dateOfBirth: '1920-01-01' }, 'OUT_OF_RANGE', 'input.dateOfBirth'],
        [{ dateOfBirth: '2008-13-01' }, 'DATE_INVALID', 'input.dateOfBirth'],
        [{ email: 'not an address' }, 'FIELD_INVALID', 'input.email'],
        [{ profile: { ...PROFILE, outcode: '!!' } }, 'POSTCODE_INVALID', 'input.profile.outcode'],
        [{ profile: { ...PROFILE, outcode: 'ZE3' } }, 'OUTCODE_UNKNOWN', 'input.profile.outcode'],
        [{ profile: { ...PROFILE, level: 99 } }, 'OUT_OF_RANGE', 'input.profile.level'],
      ];
      for (const [change, code, path] of learners) expect(await refusedAt(college, ENROL, { ...LEARNER, ...change })).toEqual([[code, path]]);
      const provider = { name: 'College of nowhere (e2e)', roles: ['PROVIDER'], fictional: true };
      expect(await refusedAt(operator, CREATE, { details: { ...provider, ukprn: '20000001' } })).toEqual([['UKPRN_INVALID', 'input.details.ukprn']]);
      expect(await stored()).toEqual(before);
    });

    it('of the wrong shape names the place, and echoes no value', async () => {
      const employer = await meriden.as('employer');
      const answer = await employer.send(POST, { input: { idempotencyKey: 'my secret', publish: true, details: { ...DETAILS, openings: 1e12, weekdays: ['FUNDAY'] } } });
      expect(answer.status).toBe(400);
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(answer.errors[0]?.extensions.refusals?.map(({ path }) => path.join('.')).sort()).toEqual(['input.details.openings', 'input.details.weekdays.0', 'input.idempotencyKey']);
      expect(JSON.stringify(answer.errors)).not.toContain('my secret');
    });

    it('gets one NOT_FOUND for nonsense, for another type, for an unknown id and for another tenant’s object', async () => {
      const [employer, employer2] = [await meriden.as('employer'), await meriden.as('employer2')];
      const { vacancy } = await employer.do<{ vacancy: { id: string; version: number } }>(POST, { input: { idempotencyKey: randomUUID(), publish: false, details: DETAILS } });
      const node = (text: string) => Buffer.from(text).toString('base64url');
      const ids = ['nonsense', '', node(`Learner:${randomUUID()}`), node(`Vacancy:${randomUUID()}`), vacancy.id];
      const seen = new Set<string>();
      for (const vacancyId of ids) seen.add(JSON.stringify(await employer2.refused(CLOSE, { input: { vacancyId, version: 1 } })));
      expect(seen.size).toBe(1);
      expect([...seen][0]).toContain('"NOT_FOUND"');
      expect(await employer2.ask('query ($id: ID!) { node(id: $id) { id } vacancy(id: $id) { id } }', { id: vacancy.id })).toEqual({ node: null, vacancy: null });
      expect(await employer.ask('query ($id: ID!) { node(id: $id) { __typename id } }', { id: vacancy.id })).toEqual({ node: { __typename: 'Vacancy', id: vacancy.id } });
    });

    it('of a role that may not do a thing is refused with who may', async () => {
      const learner = await meriden.as('learner');
      expect(await learner.refused(POST, { input: { idempotencyKey: randomUUID(), publish: true, details: DETAILS } })).toMatchObject([{ code: 'FORBIDDEN', __typename: 'NotAllowed', rule: 'Only staff of the employer may post a vacancy.' }]);
      for (const query of ['{ cohort { learners } }', '{ region { learners { count } } }']) {
        const { errors, data } = await learner.send(query);
        expect([data, errors[0]?.extensions.code, errors[0]?.extensions.refusals?.[0]?.code]).toEqual([null, 'FORBIDDEN', 'FORBIDDEN']);
      }
    });
  });

  describe('a command sent again', () => {
    it('is answered once with the same answer; its key with another input is refused', async () => {
      const employer = await meriden.as('employer');
      const input = { idempotencyKey: randomUUID(), publish: false, details: DETAILS };
      const [first, ...again] = await Promise.all(Array.from({ length: 4 }, () => employer.do<{ vacancy: { id: string } }>(POST, { input })));
      for (const answer of again) expect(answer).toEqual(first);
      expect(await employer.refused(POST, { input: { ...input, publish: true } })).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', __typename: 'Conflict' }]);
      const [{ n }] = await meriden.database.sql<{ n: number }>('select count(*)::int as n from idempotent_answer where key = $1', [input.idempotencyKey]) as [{ n: number }];
      expect(n).toBe(1);
    });

    it('on an old version is refused, and says which version there is', async () => {
      const employer = await meriden.as('employer');
      const { vacancy } = await employer.do<{ vacancy: { id: string; version: number } }>(POST, { input: { idempotencyKey: randomUUID(), publish: false, details: DETAILS } });
      await employer.do(CLOSE, { input: { vacancyId: vacancy.id, version: 1 } });
      expect(await employer.refused(CLOSE, { input: { vacancyId: vacancy.id, version: 1 } })).toMatchObject([{ code: 'VERSION_CONFLICT', path: ['input', 'version'] }]);
      expect(await employer.refused(CLOSE, { input: { vacancyId: vacancy.id, version: 2 } })).toMatchObject([{ code: 'STATE_WRONG', __typename: 'OutOfTurn' }]);
    });

    it('changes only what it names', async () => {
      const employer = await meriden.as('employer');
      const { vacancy } = await employer.do<{ vacancy: { id: string } }>(POST, { input: { idempotencyKey: randomUUID(), publish: false, details: DETAILS } });
      const revise = `mutation ($input: ReviseVacancyInput!) { reviseVacancy(input: $input) { ... on ReviseVacancySuccess { vacancy { title openings hourlyPence version } } ${REFUSED} } }`;
      expect(await employer.do(revise, { input: { vacancyId: vacancy.id, version: 1, details: { openings: 3, title: null } } })).toEqual({
        vacancy: { title: DETAILS.title, openings: 3, hourlyPence: 1_300, version: 2 },
      });
    });
  });
}
