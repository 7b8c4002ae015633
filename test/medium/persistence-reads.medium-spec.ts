import { randomUUID } from 'node:crypto';
import { policy, type Actor, type Learner, type Noun, type Scope, type Vacancy } from '@meriden/domain';
import { discloseTable } from '@meriden/insight';
import { LearnerPreferenceStore, LearnerStore, PlacementStore, ProposalStore, SuggestionStore, VacancyStore, type Tx } from '@meriden/persistence';
import {
  AuditReads,
  CandidateReads,
  CohortReads,
  EmployerPreferenceReads,
  LEARNER_STAGES,
  LearnerPreferenceReads,
  LearnerReads,
  OrganisationReads,
  OutcomeReads,
  PlacementReads,
  ProposalReads,
  RegionReads,
  RoundReads,
  ScoringRunReads,
  SuggestionReads,
  VacancyReads,
  type LearnerStage,
  type Page,
} from '@meriden/persistence/reads';
import { aLearner, aVacancy } from '../support/builders.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { aPlacement, aProposal, aSuggestion, twoColleges, type TwoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
let world: TwoColleges;
/** College A's learners beside the one of `world.a`, thirty of them, made to stand at every stage. */
let cohort: { learners: readonly Learner[]; vacancies: readonly Vacancy[]; stages: ReadonlyMap<string, LearnerStage> };

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
  cohort = await database.asOwner(populate);
});
afterAll(() => database.end());

/** Stages by n % 6 in order; two campuses, two qualifications, funding every third; checks every other. */
async function populate(tx: Tx): Promise<typeof cohort> {
  const vacancies = ['arden-cross', 'bhic'].map((campusId) =>
    aVacancy({ id: randomUUID(), organisationId: world.a.employer.id, campusId, openings: 20, checksNeeded: ['DBS_BASIC'], startsOn: '2027-02-08' }),
  );
  const [first, second] = vacancies as [Vacancy, Vacancy];
  await new VacancyStore().insertMany(tx, vacancies);
  const learners = Array.from({ length: 30 }, (_, n) =>
    aLearner({
      id: randomUUID(),
      organisationId: world.a.provider.id,
      uln: null,
      givenName: `Given${n % 7}`,
      familyName: `Family${n % 5}`,
      qualificationId: n < 26 ? 'tl-61005162' : 'htq-biomedical',
      fundingSourceIds: n % 3 === 0 ? ['investment-zone'] : [],
      outcode: n % 4 === 0 ? 'B29' : n % 4 === 1 ? 'SW1A' : null,
      checks: n % 3 === 0 ? [] : [{ kind: 'DBS_BASIC', expiresOn: n % 3 === 1 ? null : '2027-01-31' }],
      ...(n % 6 === 0 ? { skills: [] } : {}),
    }),
  );
  await new LearnerStore().insertMany(tx, learners);
  const vacancyOf = (n: number) => (n % 2 === 0 ? first : second);
  const from = (stage: number) => learners.map((learner, n) => ({ learner, n })).filter(({ n }) => n % 6 >= stage);
  await new SuggestionStore().replaceForLearners(tx, learners.map((l) => l.id), from(2).map(({ learner, n }) => aSuggestion(learner, vacancyOf(n))), 'REGION');
  for (const { learner } of from(3)) {
    await new LearnerPreferenceStore().upsert(tx, { ...world.a.learnerPreference, id: randomUUID(), learnerId: learner.id, groups: [], receipt: randomUUID() });
  }
  const proposals = from(4).map(({ learner, n }) =>
    aProposal(world.round, learner, vacancyOf(n), { state: n % 6 === 5 ? 'ACCEPTED' : 'PROPOSED', replyBy: n < 15 ? '2026-12-05T12:00:00.000Z' : '2027-01-15T17:00:00.000Z' }),
  );
  await new ProposalStore().insertMany(tx, proposals);
  for (const proposal of proposals.filter((row) => row.state === 'ACCEPTED')) await new PlacementStore().insert(tx, aPlacement(proposal));
  const stages = new Map(learners.map((learner, n) => [learner.id, LEARNER_STAGES[n % 6] as LearnerStage]));
  return { learners, vacancies, stages };
}

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => database.uow.readAs(actor, work);
const scope = (actor: Actor, noun: Noun) => policy.scope(actor, noun);

/** Counts the statements that `work` sends. */
async function statements<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<{ result: T; count: number }> {
  let count = 0;
  const result = await as(actor, (tx) => {
    const query = tx.manager.query.bind(tx.manager);
    tx.manager.query = ((...given: Parameters<typeof query>) => (count++, query(...given))) as typeof tx.manager.query;
    return work(tx);
  });
  return { result, count };
}

async function through<Row>(ask: (after: string | null) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await ask(after);
    rows.push(...page.rows);
    expect(page.cursors).toHaveLength(page.rows.length);
    expect(page.endCursor).toBe(page.cursors.at(-1) ?? null);
    after = page.endCursor;
    more = page.hasNextPage;
  }
  return rows;
}

describe('pages', () => {
  const learners = new LearnerReads();

  it.each([
    ['NAME', 7],
    ['NAME', 1],
    ['ID', 4],
    ['NAME', 100],
  ] as const)('in order %s, %i at a time, meet every row once and in order', async (orderBy, first) => {
    const { staff } = world.a;
    const rows = await as(staff, (tx) => through((after) => learners.page(tx, { scope: scope(staff, 'learner'), first, after, orderBy })));
    expect(rows).toHaveLength(31);
    expect(new Set(rows.map((row) => row.id)).size).toBe(31);
    const key = (row: Learner) => (orderBy === 'NAME' ? [row.familyName, row.givenName, row.id] : [row.id]).join(' ');
    expect(rows.map(key)).toEqual(rows.map(key).sort());
  });

  it('falling order with rows of the same instant loses none', async () => {
    const reads = new LearnerPreferenceReads();
    const { staff } = world.a;
    const rows = await as(staff, (tx) => through((after) => reads.page(tx, { scope: scope(staff, 'learnerPreference'), first: 4, after })));
    expect(new Set(rows.map((row) => row.id)).size).toBe(16);
  });

  it('a page of 0, of 101 or of 1.5 is refused; so is a cursor that is none, of another order, or forged', async () => {
    const { staff } = world.a;
    const ask = (first: number, after: string | null = null) => as(staff, (tx) => learners.page(tx, { scope: scope(staff, 'learner'), first, after, orderBy: 'ID' }));
    for (const first of [0, 101, 1.5, -1, Number.NaN]) await expect(ask(first)).rejects.toMatchObject({ code: 'PAGE_TOO_LARGE' });
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const byName = await as(staff, (tx) => learners.page(tx, { scope: scope(staff, 'learner'), first: 1 }));
    const bad = ['', 'x', '💥', byName.endCursor, forged(null), forged(['ID']), forged(['ID', 7]), forged(['ID', "' or true --"]), forged(['ID', { a: 1 }]), forged(['ID', null]), forged(['ID', randomUUID(), 1])];
    for (const after of bad) await expect(ask(5, after)).rejects.toMatchObject({ code: 'FIELD_INVALID', refusals: [{ path: ['after'] }] });
    await expect(ask(5, forged(['ID', randomUUID()]))).resolves.toMatchObject({ rows: expect.any(Array) });
  });

  it('filters narrow, and text of a filter is only text', async () => {
    const { staff } = world.a;
    const count = (filter: Parameters<LearnerReads['count']>[2]) => as(staff, (tx) => learners.count(tx, scope(staff, 'learner'), filter));
    expect(await count({})).toBe(31);
    expect(await count({ qualificationId: 'htq-biomedical' })).toBe(4);
    expect(await count({ fundingSourceId: 'investment-zone' })).toBe(10);
    expect(await count({ nameContains: 'gIVEN3 fam' })).toBe(4);
    expect(await count({ nameContains: "%' or 1=1 --" })).toBe(0);
    expect(await count({ organisationId: world.b.provider.id })).toBe(0);
    expect(await count({ organisationId: 'no uuid' })).toBe(0);
    for (const stage of LEARNER_STAGES) expect([stage, await count({ stage })]).toEqual([stage, stage === 'PLACED' ? 6 : 5]);
    const vacancies = (filter: Parameters<VacancyReads['count']>[2]) => as(staff, (tx) => new VacancyReads().count(tx, scope(staff, 'vacancy'), filter));
    expect(await vacancies({ campusId: 'arden-cross', state: 'LIVE' })).toBe(1);
    expect(await vacancies({ level: 4 })).toBe(4);
    expect(await vacancies({ level: 5 })).toBe(0);
    expect(await vacancies({ entryPointId: 'post-t-level-htq', titleContains: 'WORKSHOP' })).toBe(4);
  });

  it('a filter on a field that is none is a defect, never ignored', async () => {
    const { staff } = world.a;
    const ask = as(staff, (tx) => learners.count(tx, scope(staff, 'learner'), { uln: 'x' } as never));
    await expect(ask).rejects.toThrow(TypeError);
    await expect(as(staff, (tx) => learners.count(tx, [{ collegeId: 'x' }]))).rejects.toThrow('no column');
    await expect(as(staff, (tx) => learners.count(tx, [{ constructor: 'x' }]))).rejects.toThrow('no column');
    expect(await as(staff, (tx) => learners.count(tx, []))).toBe(0);
  });
});

type ById = Readonly<{ byIds(tx: Tx, scope: Scope, ids: readonly string[]): Promise<unknown[]> }>;

describe('the first wall alone: as the owner, whom no policy holds, the scope alone hides the other side', () => {
  const nouns = {
    learner: [new LearnerReads(), (side) => side.learner.id, ['staff', 'student']],
    vacancy: [new VacancyReads(), (side) => side.draft.id, ['host']],
    suggestion: [new SuggestionReads(), (side) => `${side.learner.id}:${side.vacancy.id}`, ['staff', 'student']],
    learnerPreference: [new LearnerPreferenceReads(), (side) => side.learnerPreference.id, ['staff', 'student']],
    employerPreference: [new EmployerPreferenceReads(), (side) => side.employerPreference.id, ['host']],
    outcome: [new OutcomeReads(), (side) => side.outcome.id, ['staff', 'student']],
    proposal: [new ProposalReads(), (side) => side.proposal.id, ['staff', 'host', 'student']],
    placement: [new PlacementReads(), (side) => side.placement.id, ['staff', 'host', 'student']],
  } as const satisfies Partial<Record<Noun, readonly [ById, (side: TwoColleges['a']) => string, readonly string[]]>>;

  it.each(Object.keys(nouns) as (keyof typeof nouns)[])('%s', async (noun) => {
    const [, idOf, who] = nouns[noun];
    const reads: ById = nouns[noun][0];
    for (const name of ['staff', 'host', 'student'] as const) {
      const actor = world.a[name];
      for (const run of [database.asOwner, (work: (tx: Tx) => Promise<unknown[]>) => as(actor, work)]) {
        const [own, other, unknown, malformed] = (await run((tx) =>
          reads.byIds(tx, scope(actor, noun), [idOf(world.a), idOf(world.b), randomUUID(), 'no id']),
        )) as unknown[];
        expect([name, own !== null]).toEqual([name, (who as readonly string[]).includes(name)]);
        expect([other, unknown, malformed]).toEqual([null, null, null]);
      }
    }
  });

  it('and the second wall alone: scope ALL shows an actor no more than the policies do', async () => {
    for (const noun of Object.keys(nouns) as (keyof typeof nouns)[]) {
      const [, idOf] = nouns[noun];
      const reads: ById = nouns[noun][0];
      for (const name of ['staff', 'host', 'student'] as const) {
        const [other] = await as(world.a[name], (tx) => reads.byIds(tx, 'ALL', [idOf(world.b)]));
        expect([noun, name, other]).toEqual([noun, name, null]);
      }
    }
  });
});

describe('loaders', () => {
  it('get rows in the order of the ids, with one statement', async () => {
    const { staff } = world.a;
    const ids = [cohort.learners[3]?.id, world.b.learner.id, cohort.learners[1]?.id, cohort.learners[3]?.id] as string[];
    const { result, count } = await statements(staff, (tx) => new LearnerReads().byIds(tx, scope(staff, 'learner'), ids));
    expect(result.map((row) => row?.id ?? null)).toEqual([ids[0], null, ids[2], ids[3]]);
    expect(count).toBe(1);
  });

  it('get nested lists of suggestions, stages and lists of a round', async () => {
    const { staff } = world.a;
    const ids = [...cohort.stages.keys(), world.b.learner.id];
    const best = await as(staff, (tx) => new SuggestionReads().bestOf(tx, scope(staff, 'suggestion'), ids, 5));
    expect(best.map((list) => list.length)).toEqual([...ids.keys()].map((n) => (n < 30 && n % 6 >= 2 ? 1 : 0)));
    expect(await as(staff, (tx) => new LearnerReads().stages(tx, scope(staff, 'learner'), ids))).toEqual([...cohort.stages.values(), null]);
    const given = await as(staff, (tx) => new LearnerPreferenceReads().inRound(tx, scope(staff, 'learnerPreference'), world.round.id, ids));
    expect(given.map((row) => row !== null)).toEqual([...ids.keys()].map((n) => n < 30 && n % 6 >= 3));
  });

  it('the other nouns answer too', async () => {
    const { operator } = world;
    await as(operator, async (tx) => {
      expect(await new RoundReads().byIds(tx, scope(operator, 'round'), [world.round.id])).toEqual([world.round]);
      expect(await new RoundReads().count(tx, scope(operator, 'round'), { state: 'OPEN' })).toBe(0);
      expect(await new ScoringRunReads().byIds(tx, scope(operator, 'scoringRun'), [world.run.id])).toEqual([world.run]);
      expect((await new AuditReads().page(tx, { scope: scope(operator, 'auditEntry'), first: 50, filter: { verb: 'sign in' } })).rows).toHaveLength(6);
      expect(await new OrganisationReads().count(tx, scope(operator, 'organisation'), { role: 'EMPLOYER', nameContains: 'AN emp' })).toBe(2);
      expect(await new OutcomeReads().count(tx, scope(operator, 'outcome'), { roundId: world.round.id, matched: true, withheld: false })).toBe(2);
      expect(await new EmployerPreferenceReads().count(tx, scope(operator, 'employerPreference'), { organisationId: world.a.employer.id })).toBe(1);
    });
    const history = (actor: Actor) =>
      as(actor, (tx) => new LearnerPreferenceReads().history(tx, scope(actor, 'learnerPreference'), world.a.learnerPreference.id));
    expect(await history(world.a.student)).toMatchObject([{ version: 1, receipt: world.a.learnerPreference.receipt }]);
    expect(await history(world.b.student)).toEqual([]);
  });

  it('candidates come as views without the learner’s id', async () => {
    const { host } = world.a;
    const candidates = new CandidateReads();
    const [page, byIds] = await as(host, async (tx) => [
      await candidates.page(tx, { scope: scope(host, 'candidate'), first: 10 }),
      await candidates.byIds(tx, scope(host, 'candidate'), [world.b.candidate.id, world.a.candidate.id]),
    ]);
    expect(page.rows).toEqual([
      {
        id: world.a.candidate.id,
        organisationId: world.a.employer.id,
        pseudonym: world.a.candidate.pseudonym,
        qualificationId: 'tl-61005162',
        level: 3,
        entryPointId: 'school-leaver-t-level',
        skills: world.a.learner.skills,
      },
    ]);
    expect(byIds).toEqual([null, page.rows[0]]);
    expect(JSON.stringify(page)).not.toContain(world.a.learner.id);
    const { student } = world.a;
    expect((await as(student, (tx) => candidates.page(tx, { scope: 'ALL', first: 10 }))).rows).toEqual([]);
  });
});

describe('cohort', () => {
  const reads = new CohortReads();
  const ask = (actor: Actor) =>
    statements(actor, (tx) => reads.summary(tx, { scope: scope(actor, 'learner'), now: '2026-12-01T00:00:00.000Z', residentOutcodes: ['B29', 'B4'] }));

  it('counts what a count by hand gives, in at most eight statements', async () => {
    const { result, count } = await ask(world.a.staff);
    expect(count).toBeLessThanOrEqual(8);
    expect(result.learners).toBe(31);
    expect(result.stages).toEqual({ NO_PROFILE: 5, NO_SUGGESTION: 5, SUGGESTED: 5, RANKED: 5, PROPOSED: 5, PLACED: 6 });
    expect(result.byQualification.map(({ key, learners }) => [key, learners])).toEqual([
      ['htq-biomedical', 4],
      ['tl-61005162', 27],
    ]);
    expect(result.byQualification.map(({ stages, learners }) => Object.values(stages).reduce((a, b) => a + b) === learners)).toEqual([true, true]);
    expect(result.byFundingSource.map(({ key, learners }) => [key, learners])).toEqual([['investment-zone', 10]]);
    // Live proposals and placements: n % 6 of 4 (even: arden-cross) and 5 (odd: bhic), and the one of world.a at bhic.
    expect(result.byCampus.map(({ key, stages }) => [key, stages.PROPOSED, stages.PLACED])).toEqual([
      ['arden-cross', 5, 0],
      ['bhic', 0, 6],
    ]);
    // n of 4 and 10 are open and due by the 5th of December.
    expect(result.expiring.map((row) => row.learnerId).sort()).toEqual([4, 10].map((n) => cohort.learners[n]?.id).sort());
    const gaps = [...cohort.learners.keys()]
      .filter((n) => n % 6 >= 4 && n % 3 !== 1)
      .map((n) => [cohort.learners[n]?.id, n % 3 === 0 ? 'MISSING' : 'EXPIRES_BEFORE_START']);
    expect(result.checkGaps.map((gap) => [gap.learnerId, gap.problem]).sort()).toEqual(gaps.sort());
    expect(result.checkGaps[0]).toMatchObject({ kind: 'DBS_BASIC', startsOn: '2027-02-08', expiresOn: '2027-01-31' });
    const homes = [...cohort.learners.keys()].filter((n) => n % 6 === 5).map((n) => n % 4);
    expect(result.homes).toEqual({
      placements: 6,
      residents: homes.filter((home) => home === 0).length + 1,
      elsewhere: homes.filter((home) => home === 1).length,
      unknown: homes.filter((home) => home > 1).length,
    });
  });

  it('shows the other college only its own', async () => {
    const { result } = await ask(world.b.staff);
    expect(result).toMatchObject({ learners: 1, stages: { PLACED: 1 }, expiring: [], checkGaps: [], homes: { placements: 1, residents: 1 } });
    const employer = await ask(world.a.host);
    expect(employer.result).toMatchObject({ learners: 0, byCampus: [], expiring: [], homes: { placements: 0 } });
  });
});

describe('region', () => {
  // What most of these learners have both of, in one group, and what a test gives to some.
  const SKILLS = [...['cad', 'prototyping'].map((key) => ({ key, cluster: 'common' })), ...['nobodys', 'few-have-it', 'few-lack-it', 'told'].map((key) => ({ key, cluster: key }))];
  const reads = new RegionReads();
  const ask = (actor: Actor) => statements(actor, (tx) => reads.summary(tx, ['B29'], SKILLS));

  it('hides small counts and what would tell them, inside the database, exactly as the rule for small numbers says', async () => {
    const { result, count } = await ask(world.region);
    expect(count).toBeLessThanOrEqual(8);
    expect(result.learners).toEqual({ count: 32, fewerThan5: false });
    expect(result.placements).toEqual({ count: 7, fewerThan5: false });
    const raw = async (sql: string) => (await database.sql<{ key: string; count: number }>(sql)).sort((a, b) => (a.key < b.key ? -1 : 1));
    const cells = (counts: { key: string; count: number }[]) => discloseTable(counts).cells;
    const measures = {
      byStage: 'select stage as key, count(*) as count from learner_progress group by 1',
      byQualification: 'select qualification_id as key, count(*) as count from learner group by 1',
      byProvider: 'select organisation_id::text as key, count(*) as count from learner group by 1',
      placementsByCampus: 'select v.campus_id as key, count(*) as count from placement p join vacancy v on v.id = p.vacancy_id group by 1',
      placementsByHome: `select case when l.outcode is null then 'UNKNOWN' when l.outcode = 'B29' then 'RESIDENT' else 'ELSEWHERE' end as key, count(*) as count
        from placement p join learner l on l.id = p.learner_id group by 1`,
    } as const;
    for (const [measure, sql] of Object.entries(measures)) {
      const shown = result[measure as keyof typeof measures].map(({ key, count: amount, fewerThan5 }) => ({ key, count: amount, fewerThan5 }));
      expect([measure, shown]).toEqual([measure, cells(await raw(sql))]);
    }
    expect(result.byQualification).toEqual([
      { key: 'htq-biomedical', count: null, fewerThan5: true },
      { key: 'tl-61005162', count: null, fewerThan5: false },
    ]);
    expect(result.byStage.every((row) => row.count !== null)).toBe(true);
    expect(result.openingsByCampus).toEqual([
      { campusId: 'arden-cross', vacancies: 1, openings: 20 },
      { campusId: 'bhic', vacancies: 3, openings: 24 },
    ]);
  });

  it('counts those who have a skill of each group once, and hides who are few, and of whom few are left over', async () => {
    const give = (skill: string, learners: number) =>
      database.sql(`update learner set skills = skills || jsonb_build_object('skillId', $1::text, 'evidence', '', 'source', 'STATED') where id in (select id from learner order by id limit $2)`, [skill, learners]);
    await give('few-have-it', 4);
    await give('few-lack-it', 28);
    await give('told', 27);
    const { result } = await ask(world.region);
    expect(result.bySkillGroup).toEqual([
      { key: 'common', count: 27, fewerThan5: false },
      { key: 'few-have-it', count: null, fewerThan5: true },
      { key: 'few-lack-it', count: null, fewerThan5: false },
      { key: 'nobodys', count: 0, fewerThan5: false },
      { key: 'told', count: 27, fewerThan5: false },
    ]);
  });

  it('tells nobody else anything', async () => {
    for (const actor of [world.a.staff, world.a.host, world.a.student]) {
      const { result } = await ask(actor);
      expect(result).toMatchObject({ learners: { count: null }, placements: { count: null }, byStage: [], byQualification: [], byProvider: [], byFundingSource: [], bySkillGroup: [] });
    }
    expect((await ask(world.operator)).result.learners.count).toBe(32);
  });
});
