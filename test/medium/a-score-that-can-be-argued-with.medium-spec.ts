import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Actor, Learner, Suggestion, Vacancy } from '@meriden/domain';
import { ScoringEditionStore, VacancyStore } from '@meriden/persistence';
import { ChallengeService, DoorsService, EligibilityService, LearnerService, PersonalDataService, ReplayService, ScoringService, ScoringSettingsService, VacancyService } from '@meriden/services';
import { cohort } from '../support/cohort.js';
import { referenceData } from '../support/reference-data.js';
import { runCli } from '../support/built-program.js';
import { redisPrefix, startTestDatabase, type TestDatabase } from '../support/database.js';
import { startScoring, type ScoringWorker } from '../support/scoring-worker.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
let services: ScoringWorker;
let world: TwoColleges;
let operator2: Actor;
let learners: readonly Learner[];

const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const today = (): string => new Date().toISOString().slice(0, 10);

/** A learner of the college as the person themself. */
const asLearner = (learner: Learner): Actor => ({ ...world.a.student, learnerId: learner.id });
const listOf = (learnerId: string) => database.sql<Suggestion>(`select * from suggestion where learner_id = $1 order by rank`, [learnerId]);
const current = async (id: string): Promise<Learner> => database.uow.as(world.a.staff, async (tx) => (await tx.manager.query('select id, version from learner where id = $1', [id]))[0]);
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'accepted', (error: { code?: string }) => error.code ?? String(error));

/** Replays every stored suggestion and every earlier one, or each so many'th of them, as the operator. */
async function replays(each = 1): Promise<Record<string, number>> {
  const service = services.get(ReplayService);
  const rows = await database.sql<{ l: string; v: string; h: string }>(
    `select learner_id as l, vacancy_id as v, input_hash as h from suggestion where learner_hash <> 'learner-1'
     union select learner_id, vacancy_id, input_hash from suggestion_past where learner_hash not like 'learner-%' order by 3`,
  );
  const outcomes: Record<string, number> = {};
  for (const { l, v, h } of rows.filter((_, at) => at % each === 0)) {
    const { outcome, differences } = await service.replay(world.operator, { learnerId: l, vacancyId: v, inputHash: h });
    const name = [outcome, ...differences].join(' ');
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  return outcomes;
}

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
  operator2 = { ...world.operator, personId: world.b.staff.personId };
  services = await startScoring(database);
  const { region } = cohort({ learners: 40, vacancies: 24 }, today());
  const enrolments = region.learners.map(({ ukprn: _ukprn, ...enrolment }) => ({ ...enrolment, email: null }));
  learners = await services.get(LearnerService).enrolMany(world.a.staff, enrolments, 'LATER');
  for (const { vacancies } of region.hosts) await services.get(VacancyService).postMany(world.a.host, vacancies, true, 'LATER');
  await services.get(ScoringService).scoreRegion(world.operator, key());
  await services.work();
});
afterAll(async () => {
  await services.end();
  await database.end();
});

describe('a run over the region', () => {
  it('keeps what each score was made from: every one replays to the same bytes', async () => {
    const outcomes = await replays();
    expect(Object.keys(outcomes)).toEqual(['SAME']);
    expect(outcomes['SAME']).toBeGreaterThan(100);
  });

  it('moves down what more learners are shown than it has openings for, and nothing else, and says how evenly vacancies are shown', async () => {
    type Row = { learner_id: string; order_key: number; fit_key: number; tie: string; congestion: number; shown: number; openings: number };
    const rows = await database.sql<Row>(
      `select s.learner_id, s.order_key, s.fit_key, s.tie, s.congestion, v.openings, coalesce(e.shown, 0) as shown
       from suggestion s join vacancy v on v.id = s.vacancy_id left join vacancy_exposure e on e.vacancy_id = v.id order by s.learner_id, s.rank`,
    );
    rows.forEach((row, at) => {
      const before = rows[at - 1];
      expect(row.order_key).toBe(Math.floor((row.fit_key * row.congestion) / 10_000));
      if (before?.learner_id !== row.learner_id) return;
      expect(before.order_key > row.order_key || (before.order_key === row.order_key && before.fit_key >= row.fit_key)).toBe(true);
    });
    for (const row of rows) expect(row.congestion >= 5_000 && row.congestion <= 10_000).toBe(true);
    const [run] = await database.sql<{ state: string; exposure: { giniByFit: number; giniShown: number } }>('select state, exposure from scoring_run where exposure is not null');
    expect(run?.state).toBe('DONE');
    expect(run?.exposure.giniShown).toBeLessThanOrEqual(run?.exposure.giniByFit ?? 0);
  });

  it('done twice leaves the very same rows', async () => {
    const rows = () => database.sql('select * from suggestion order by learner_id, vacancy_id');
    const before = await rows();
    await services.get(ScoringService).scoreRegion(world.operator, key());
    await services.work();
    expect(await rows()).toEqual(before);
  });
});

describe('who a learner is', () => {
  const BEFORE = { name: 'Sarah Whitfield', she: 'she', her: 'her', school: 'St Mary’s Girls’ School', town: 'Solihull' };
  const AFTER = { name: 'Mohammed Iqbal Hussain', she: 'he', her: 'his', school: 'Small Heath Academy', town: 'Bordesley Green' };
  const words = (who: typeof BEFORE, evidence: string): string => `${who.name} says ${who.she} learnt it at ${who.school} in ${who.town}, in ${who.her} own time. ${evidence}`.slice(0, 500);

  /** Two outcodes from which every journey takes as long. */
  const twins = (): readonly [string, string] => {
    const outcodes = [...referenceData().geography.outcodes.values()];
    for (const one of outcodes) {
      const other = outcodes.find((o) => o.outcode !== one.outcode && o.lat === one.lat && o.lon === one.lon);
      if (other !== undefined) return [one.outcode, other.outcode];
    }
    throw new Error('no two outcodes lie in one place');
  };

  it('leaves no trace: names, pronouns, school, town, postcode at equal travel and numbers are swapped in the stored profile, and every stored byte stays', async () => {
    const [here, there] = twins();
    const rewrite = async (who: typeof BEFORE): Promise<void> => {
      for (const learner of learners.slice(0, 15)) {
        const { version } = await current(learner.id);
        const skills = learner.skills.map((skill) => ({ ...skill, evidence: words(who, skill.evidence) }));
        await services.get(LearnerService).reviseProfile(world.a.staff, { learnerId: learner.id, version, profile: { skills, outcode: who === BEFORE ? here : there } });
        const [given, ...family] = who.name.split(' ');
        await database.sql('update learner set given_name = $2, family_name = $3, uln = null, person_id = null, academic_year = $4 where id = $1', [learner.id, given, family.join(' '), who === BEFORE ? '2026/27' : '2025/26']);
      }
      await services.work();
    };
    const ids = learners.slice(0, 15).map((learner) => learner.id);
    const rows = () => database.sql('select * from suggestion where learner_id = any ($1) order by learner_id, vacancy_id', [ids]);
    await rewrite(BEFORE);
    const before = await rows();
    await rewrite(AFTER);
    // Times and digests of the inputs included: the scorer was given the same input to the byte.
    expect(await rows()).toEqual(before);
    expect(before.length).toBeGreaterThan(50);
    // The control: words that name another skill do reach the input.
    const learner = learners[0] as Learner;
    const { version } = await current(learner.id);
    await services.get(LearnerService).reviseProfile(world.a.staff, { learnerId: learner.id, version, profile: { maxTravelMinutes: learner.maxTravelMinutes - 1 } });
    await services.work();
    expect(await rows()).not.toEqual(before);
  });
});

describe('a learner who finds a score wrong', () => {
  const held = async (): Promise<Readonly<{ learner: Learner; vacancyId: string }>> => {
    for (const learner of learners.slice(20)) {
      const [best] = (await listOf(learner.id)) as unknown as { vacancy_id: string }[];
      if (best !== undefined && learner.skills.length > 1) return { learner, vacancyId: best.vacancy_id };
    }
    throw new Error('nobody has a suggestion');
  };

  it('puts the own data right at once; the score is computed anew and both versions stay, readable and replayable', async () => {
    const { learner, vacancyId } = await held();
    const { version } = await current(learner.id);
    const contest = { ...key(), vacancyId, part: 'TERM' as const, code: 'SKILLS', words: 'One of these skills is not mine.', correction: { version, profile: { skills: learner.skills.slice(1) } } };
    const challenge = await services.get(ChallengeService).contest(asLearner(learner), contest);
    expect(challenge).toMatchObject({ state: 'CORRECTED', after: null, before: { policyVersion: 'fit-1' } });
    expect((await services.get(ChallengeService).contest(asLearner(learner), contest)).id).toBe(challenge.id);
    await services.work();
    const [row] = await database.sql<{ before: { score: number; inputHash: string }; after: { score: number; inputHash: string } }>('select before, after from score_challenge where id = $1', [challenge.id]);
    expect(row?.after.inputHash).not.toBe(row?.before.inputHash);
    const past = await database.sql('select superseded_because as because from suggestion_past where learner_id = $1 and input_hash = $2', [learner.id, row?.before.inputHash]);
    expect(past).toEqual([{ because: 'PROFILE' }]);
    expect(Object.keys(await replays(4))).toEqual(['SAME']);
  });

  it('asks a person, who takes it up, is answered, and decides by name and with a reason', async () => {
    const { learner, vacancyId } = await held();
    const service = services.get(ChallengeService);
    const question = { vacancyId, part: 'GATE' as const, code: 'LEVEL', words: 'My level is recorded wrongly.', correction: null };
    expect(await refusal(service.contest(asLearner(learner), { ...key(), ...question, code: 'NO_SUCH' }))).toBe('FIELD_INVALID');
    const raised = await service.contest(asLearner(learner), { ...key(), ...question });
    expect(Date.parse(raised.acknowledgeBy) - Date.parse(raised.raisedAt)).toBe(3 * 86_400_000);
    expect(await refusal(service.contest(asLearner(learner), { ...key(), ...question }))).toBe('ALREADY_EXISTS');
    expect(await refusal(service.acknowledge(world.b.staff, { challengeId: raised.id, version: 1 }))).toBe('NOT_FOUND');
    const taken = await service.acknowledge(world.a.staff, { challengeId: raised.id, version: 1 });
    expect(taken).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedName: 'Test Person' });
    await service.represent(asLearner(learner), { ...key(), challengeId: raised.id, words: 'Here is my certificate number.' });
    const { version } = await current(learner.id);
    const decision = { challengeId: raised.id, version: 2, decision: 'UPHELD' as const, reason: 'The certificate says level 3.', correction: { version, profile: { level: 3 } } };
    expect(await refusal(service.decide(world.a.staff, { ...decision, reason: 'ok' }))).toBe('REASON_REQUIRED');
    const decided = await service.decide(world.a.staff, decision);
    expect(decided).toMatchObject({ state: 'UPHELD', decidedName: 'Test Person', decidedBy: world.a.staff.personId, after: null });
    expect(await refusal(service.decide(world.a.staff, { ...decision, version: 3, correction: null }))).toBe('STATE_WRONG');
    await services.work();
    const [row] = await database.sql<{ after: object | null }>('select after from score_challenge where id = $1', [raised.id]);
    expect(row?.after).toMatchObject({ policyVersion: 'fit-1' });
  });

  it('sees what would open a door, for suggested and for shut vacancies, and nothing of another college', async () => {
    const learner = learners[5] as Learner;
    const [vacancy] = await database.sql<{ id: string }>(`select id from vacancy v where state = 'LIVE' and not exists (select 1 from suggestion s where s.vacancy_id = v.id and s.learner_id = $1) order by id limit 1`, [learner.id]);
    const ask = (actor: Actor) => database.uow.readAs(actor, (tx) => services.get(DoorsService).doors(tx, actor, { learnerId: learner.id, vacancyId: vacancy?.id ?? '' }));
    const doors = await ask(asLearner(learner));
    expect(doors.eligible).toBe(doors.gates.every((gate) => gate.state !== 'FAIL'));
    expect(doors.doors.length).toBeLessThanOrEqual(12);
    for (const door of doors.doors) expect(door.scoreChange > 0 || door.opens.length > 0 || door.newlyOpen.length > 0).toBe(true);
    expect(await refusal(ask(world.b.staff))).toBe('NOT_FOUND');
  });
});

describe('an employer who is writing a vacancy', () => {
  it('is told how many it would reach and what each must-have keeps away: counts in fives, small ones hidden', async () => {
    const [row] = await database.uow.readAs(world.a.host, (tx) => new VacancyStore().ofOrganisation(tx, world.a.employer.id));
    const { id: _id, organisationId: _organisation, state: _state, version: _version, ...details } = row as Vacancy;
    const service = services.get(EligibilityService);
    const asked = service.ask(world.a.host, { ...key(), details: { ...details, programmeKinds: ['T_LEVEL', 'HTQ', 'HNC_HND', 'APPRENTICESHIP', 'DEGREE', 'OTHER'], levelFrom: 1, levelTo: 8, entryPointIds: [] } });
    let question = await services.untilWorked(asked);
    if (question.answer === null) question = (await database.uow.readAs(world.a.host, (tx) => service.look(tx, world.a.host, question.id))) ?? question;
    expect(question.answer?.ifTrained.map((entry) => entry.skillId)).toEqual(details.skills.filter((skill) => skill.need === 'ESSENTIAL').map((skill) => skill.skillId));
    const told = [question.answer?.eligible, question.answer?.wellSuited, ...(question.answer?.ifTrained ?? []).map((entry) => entry.adds), ...(question.answer?.shutOutBy ?? []).map((entry) => entry.learners)];
    for (const n of told) expect(n === null || (n ?? -1) % 5 === 0).toBe(true);
    expect(await database.uow.readAs(world.b.host, (tx) => service.look(tx, world.b.host, question.id))).toBeNull();
    expect(await refusal(service.ask(world.a.student, { ...key(), details }))).toBe('FORBIDDEN');
  });
});

describe('an operator', () => {
  const linked = (text: string) => database.uow.readAs(world.a.student, async (tx) => (await services.get(DoorsService).link(tx, text)).map((found) => found.skillId));

  it('adds a name of a skill with effect on the next text and score, and retires it', async () => {
    const settings = services.get(ScoringSettingsService);
    expect(await linked('two years of boardgraving')).toEqual([]);
    const alias = { skillId: 'cad', alias: 'boardgraving', reason: 'Said so in two workshops.' };
    expect(await refusal(settings.addAlias(world.a.staff, { ...key(), ...alias }))).toBe('FORBIDDEN');
    const added = await settings.addAlias(world.operator, { ...key(), ...alias });
    expect(added.since).toBe(1);
    expect(await linked('two years of boardgraving')).toEqual(['cad']);
    expect(await refusal(settings.addAlias(world.operator, { ...key(), ...alias, alias: 'BoardGraving' }))).toBe('ALREADY_EXISTS');
    await services.work();
    const [touched] = await database.sql<{ n: number }>(`select count(*)::int as n from suggestion where reference_version like '%aliases-1%'`);
    expect(touched?.n).toBeGreaterThan(0);
    await settings.retireAlias(world.operator, { aliasId: added.id });
    expect(await linked('two years of boardgraving')).toEqual([]);
    expect(await refusal(settings.retireAlias(world.operator, { aliasId: added.id }))).toBe('STATE_WRONG');
  });

  it('replaces estimated journeys; a start far from its outcode is refused and nothing is stored', async () => {
    const settings = services.get(ScoringSettingsService);
    const row = { outcode: 'CV1', campusId: 'bhic', mode: 'RAIL', minutes: 77, latitude: null, longitude: null };
    // Milton Keynes, where one register puts Coventry.
    expect(await refusal(settings.importTravel(world.operator, { ...key(), source: 'a test', rows: [{ ...row, latitude: 52.04, longitude: -0.76 }] }))).toBe('FIELD_INVALID');
    expect(await database.uow.as(world.operator, (tx) => new ScoringEditionStore().read(tx))).toMatchObject({ travel: 0 });
    const { imported } = await settings.importTravel(world.operator, { ...key(), source: 'timetable of a test', rows: [{ ...row, latitude: 52.41, longitude: -1.51 }] });
    expect(imported).toMatchObject({ edition: 1, cells: 1 });
    await services.work();
    const { referenceVersion } = await database.uow.readAs(world.operator, (tx) => settings.inForce(tx));
    expect(referenceVersion).toContain('travel-1');
  });

  it('takes real minutes from a file at the terminal: the next score reads them, and the one before replays at the terminal to the same bytes', async () => {
    type Row = { l: string; v: string; hash: string; outcode: string; campus: string; modes: string[] };
    const [held] = await database.sql<Row>(
      `select s.learner_id as l, s.vacancy_id as v, s.input_hash as hash, l.outcode, v.campus_id as campus, l.travel_modes as modes
       from suggestion s join learner l on l.id = s.learner_id join vacancy v on v.id = s.vacancy_id, jsonb_array_elements(s.terms) t
       where t ->> 'code' = 'TRAVEL' and (t ->> 'value')::int between 1 and 9000 and v.remote_share < 10000 and s.learner_hash <> 'learner-1' order by s.learner_id, s.rank limit 1`,
    );
    const { l, v, hash, outcode, campus, modes } = held as Row;
    const folder = mkdtempSync(join(tmpdir(), 'meriden-travel-'));
    try {
      const file = join(folder, 'journeys.csv');
      writeFileSync(file, `outcode;campus;mode;minutes;source\n${outcode};${campus};${modes[0]};11;a stopwatch of a test\n`);
      const environment = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, DATABASE_WORKER_URL: database.workerUrl, REDIS_URL: process.env['REDIS_URL'], MERIDEN_REDIS_PREFIX: redisPrefix(), MERIDEN_DATA_DIR: folder };
      const imported = await runCli(['import', 'travel', file], environment);
      expect([imported.code, JSON.parse(imported.stdout)]).toMatchObject([0, { rows: 1, created: 1, stored: 1, errors: [] }]);
      await services.work();
      const [now] = await database.sql<{ hash: string; version: string; value: number; why: string }>(
        `select input_hash as hash, reference_version as version, (t ->> 'value')::int as value, t ->> 'evidence' as why from suggestion s, jsonb_array_elements(s.terms) t where learner_id = $1 and vacancy_id = $2 and t ->> 'code' = 'TRAVEL'`,
        [l, v],
      );
      expect(now).toMatchObject({ value: 10_000, version: expect.stringContaining('travel-2'), why: expect.stringMatching(/about 11 minutes \(\w+, imported time\)/) });
      for (const [input, version] of [[hash, 'travel-1'], [now?.hash as string, 'travel-2']] as const) {
        const replayed = await runCli(['score', '--replay', input], environment);
        const answer = JSON.parse(replayed.stdout) as { storedDigest: string; replayedDigest: string };
        expect([replayed.code, answer]).toMatchObject([0, { outcome: 'SAME', learnerId: l, vacancyId: v, inputHash: input, referenceVersion: expect.stringContaining(version), differences: [] }]);
        expect(answer.replayedDigest).toBe(answer.storedDigest);
      }
      // A score that was tampered with does not pass, nor does a hash that nothing was stored with.
      await database.sql('update suggestion set score = score + 1 where input_hash = $1', [now?.hash]);
      const tampered = await runCli(['score', '--replay', now?.hash as string], environment);
      expect([tampered.code, JSON.parse(tampered.stdout)]).toMatchObject([1, { outcome: 'DIFFERENT', differences: ['score'] }]);
      await database.sql('update suggestion set score = score - 1 where input_hash = $1', [now?.hash]);
      expect(await runCli(['score', '--replay', '0'.repeat(64)], environment)).toMatchObject({ code: 1, stdout: '' });
      expect(await runCli(['score', '--replay', 'nonsense'], environment)).toMatchObject({ code: 2, stdout: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('proposes weights that a second person approves after a shadow report; old scores still replay', async () => {
    const settings = services.get(ScoringSettingsService);
    const weights = { SKILLS: 3800, TRAVEL: 2500, PATHWAY: 1000, INTERESTS: 900, AVAILABILITY: 1000, LEVEL: 400, TEXT: 400 };
    const employerWeights = { ESSENTIALS: 6000, OPTIONALS: 1000, EVIDENCE: 1000, HOURS: 1500, READINESS: 500 };
    const propose = (w: Record<string, number>) => settings.proposeWeights(world.operator, { ...key(), weights: w, employerWeights, reason: 'Journeys weigh more than we thought.' });
    expect(await refusal(propose({ ...weights, SKILLS: 4800 }))).toBe('OUT_OF_RANGE');
    const { number } = await propose(weights);
    const decide = (actor: Actor) => settings.decideWeights(actor, { number, approve: true, reason: 'The report shows few who move.' });
    expect(await refusal(decide(world.operator))).toBe('FORBIDDEN');
    expect(await refusal(decide(operator2))).toBe('STATE_WRONG');
    await services.work();
    const [row] = await database.sql<{ report: { learners: number; rankCorrelation: number; topTenKept: number } }>('select report from weight_version where number = $1', [number]);
    expect(row?.report.learners).toBeGreaterThan(10);
    expect(row?.report.rankCorrelation).toBeGreaterThan(0);
    await decide(operator2);
    await services.work();
    expect(await database.sql('select distinct policy_version as v from suggestion where learner_id = any ($1)', [learners.map((learner) => learner.id)])).toEqual([{ v: `fit-1.w${number}` }]);
    expect(Object.keys(await replays(4))).toEqual(['SAME']);
  });
});

describe('a list that others write meanwhile', () => {
  type Inside = {
    effectOnce(job: object, work: (tx: unknown) => Promise<unknown>): Promise<unknown>;
    dispatch(tx: unknown, doer: null, name: string, payload: object): Promise<unknown>;
  };
  const desk = (): Inside => (services.get(ScoringService) as unknown as { desk: Inside }).desk;
  type Held = Readonly<{ vacancy_id: string; learner_hash: string; reference_version: string }>;
  const rowsOf = (learnerId: string) => database.sql<Held>('select vacancy_id, rank, score, order_key, learner_hash, reference_version, scored_at from suggestion where learner_id = $1 order by vacancy_id', [learnerId]);
  const due = (kind: string, of: string) => database.sql<{ id: string; payload: { version: number } }>(`select id, payload from command where state = 'ACCEPTED' and kind = $1 and $2 in (payload ->> 'learnerId', payload ->> 'vacancyId')`, [kind, of]);
  const revise = async (learner: Learner): Promise<void> => {
    const [held] = await database.sql<{ version: number; max: number }>('select version, max_travel_minutes as max from learner where id = $1', [learner.id]);
    await services.get(LearnerService).reviseProfile(world.a.staff, { learnerId: learner.id, version: held?.version ?? 0, profile: { maxTravelMinutes: (held?.max ?? 60) - 1 } });
  };
  /** Scores a learner by the newest command that waits for it. */
  const score = async (learner: Learner): Promise<void> => {
    const newest = (await due('score-learner', learner.id)).sort((a, b) => b.payload.version - a.payload.version)[0];
    await services.get(ScoringService).scoreLearner({ commandId: newest?.id ?? '', learnerId: learner.id, version: newest?.payload.version ?? 0 });
  };
  /** Does these things, each once, between what the next jobs read and what they write. */
  const between = (...meanwhile: (() => Promise<unknown>)[]): void => {
    jest.restoreAllMocks();
    let meantime = false;
    for (const writes of ['effectOnce', 'effectPart'] as const) {
      const both = desk() as unknown as Record<typeof writes, (...given: readonly unknown[]) => Promise<unknown>>;
      const write = both[writes].bind(desk());
      jest.spyOn(both, writes).mockImplementation(async (...given) => {
        // What happens meanwhile are jobs too: they write at once.
        const happens = meantime ? undefined : meanwhile.shift();
        meantime = true;
        await happens?.();
        meantime = false;
        return write(...given);
      });
    }
  };
  const held = async (): Promise<Learner> => {
    for (const learner of learners) if ((await rowsOf(learner.id)).length > 3) return learner;
    throw new Error('nobody has a list');
  };
  afterEach(() => jest.restoreAllMocks());

  it('keeps what was computed from a newer profile, and the learner is scored anew', async () => {
    const learner = await held();
    await revise(learner);
    const [first] = await due('score-learner', learner.id);
    let newest: readonly Held[] = [];
    const again = async (): Promise<void> => {
      await revise(learner);
      await score(learner);
      newest = await rowsOf(learner.id);
    };
    between(again, again);
    await services.get(ScoringService).scoreLearner({ commandId: first?.id ?? '', learnerId: learner.id, version: first?.payload.version ?? 0 });
    expect(newest.length).toBeGreaterThan(0);
    expect(await rowsOf(learner.id)).toEqual(newest);
    const { version } = await current(learner.id);
    expect((await due('score-learner', learner.id)).map(({ payload }) => payload.version)).toEqual([version]);
    await services.work();
    expect(await rowsOf(learner.id)).toEqual(newest);
  });

  it('keeps its places of a newer profile when a vacancy is slotted in that was computed from the older one', async () => {
    const learner = await held();
    const [row] = await rowsOf(learner.id);
    const vacancyId = row?.vacancy_id ?? '';
    const [vacancy] = await database.sql<Vacancy>('select id, version from vacancy where id = $1', [vacancyId]);
    await database.uow.asSystem({ name: 'test' }, (tx) => desk().dispatch(tx, null, 'score-vacancy', { vacancyId, version: vacancy?.version ?? 0 }));
    const [command] = await due('score-vacancy', vacancyId);
    let newest: readonly Held[] = [];
    between(async () => {
      await revise(learner);
      await score(learner);
      newest = await rowsOf(learner.id);
    });
    await services.get(ScoringService).scoreVacancy({ commandId: command?.id ?? '', vacancyId, version: vacancy?.version ?? 0 });
    expect(newest.map((held) => held.learner_hash)).not.toContain(row?.learner_hash);
    expect(await rowsOf(learner.id)).toEqual(newest);
    expect(await due('score-learner', learner.id)).toHaveLength(1);
    await services.work();
    expect(await rowsOf(learner.id)).toEqual(newest);
  });

  it('leaves to the newer version what was computed from an older one of the vacancy, and is done', async () => {
    const learner = await held();
    const [row] = await rowsOf(learner.id);
    const vacancyId = row?.vacancy_id ?? '';
    const version = async (): Promise<number> => (await database.sql<{ version: number }>('select version from vacancy where id = $1', [vacancyId]))[0]?.version ?? 0;
    const dispatch = async (): Promise<void> => void (await database.uow.asSystem({ name: 'test' }, async (tx) => desk().dispatch(tx, null, 'score-vacancy', { vacancyId, version: await version() })));
    await dispatch();
    const [older] = await due('score-vacancy', vacancyId);
    const before = await rowsOf(learner.id);
    between(async () => {
      await database.sql(`update vacancy set version = version + 1, description = description || ' Told anew.' where id = $1`, [vacancyId]);
      await dispatch();
    });
    await services.get(ScoringService).scoreVacancy({ commandId: older?.id ?? '', vacancyId, version: older?.payload.version ?? 0 });
    expect(await rowsOf(learner.id)).toEqual(before);
    expect((await due('score-vacancy', vacancyId)).map(({ payload }) => payload.version)).toEqual([await version()]);
    const hashes = () => database.sql<{ hash: string }>('select distinct vacancy_hash as hash from suggestion where vacancy_id = $1', [vacancyId]);
    const [old] = await hashes();
    await services.work();
    const now = await hashes();
    expect(now).toHaveLength(1);
    expect(now).not.toContainEqual(old);
  });

  it('has one effect and one entry of it when a job is delivered four times at one moment', async () => {
    const learner = await held();
    await revise(learner);
    const [command] = await due('score-learner', learner.id);
    // Between looking for an inbox row and writing one lies as long as this index takes: all four have looked when the first one writes.
    await database.sql(`create function in_a_while(uuid) returns uuid immutable language plpgsql as 'begin perform pg_sleep(0.1); return $1; end'`);
    const job = { name: 'score-learner', commandId: command?.id ?? '' };
    await database.sql(`create unique index slow_key on inbox (consumer, in_a_while(command_id)) where command_id = '${job.commandId}'`);
    let effects = 0;
    const ends = await Promise.all(Array.from({ length: 4 }, () => desk().effectOnce(job, async () => (effects += 1))));
    await database.sql('drop index slow_key; drop function in_a_while(uuid)');
    expect({ effects, ends: ends.toSorted() }).toEqual({ effects: 1, ends: [1, null, null, null] });
    const [entries] = await database.sql<{ n: number }>(`select count(*)::int as n from audit_entry where noun = 'job' and object_id = $1`, [job.commandId]);
    expect(entries?.n).toBe(1);
    await services.work();
  });

  it('keeps the newer edition of the scoring, whichever job comes last', async () => {
    const learner = await held();
    const raise = async (): Promise<void> => void (await database.sql('update scoring_edition set aliases = aliases + 1'));
    const edition = async (): Promise<string> => `aliases-${(await database.uow.readAs(world.operator, (tx) => new ScoringEditionStore().read(tx))).aliases}`;
    await revise(learner);
    between(raise);
    await score(learner);
    for (const row of await rowsOf(learner.id)) expect(row.reference_version).toContain(await edition());
    const [row] = await rowsOf(learner.id);
    const vacancyId = row?.vacancy_id ?? '';
    await database.uow.asSystem({ name: 'test' }, (tx) => desk().dispatch(tx, null, 'score-vacancy', { vacancyId, version: 1 }));
    const [command] = await due('score-vacancy', vacancyId);
    between(raise);
    await services.get(ScoringService).scoreVacancy({ commandId: command?.id ?? '', vacancyId, version: 1 });
    const slotted = (await rowsOf(learner.id)).find((held) => held.vacancy_id === vacancyId);
    expect(slotted?.reference_version).toContain(await edition());
  });

  it('writes nothing back of a learner who is erased meanwhile', async () => {
    const kept = async (learner: Learner): Promise<number> => {
      const [row] = await database.sql<{ n: number }>(`select (select count(*) from suggestion where learner_id = $1)::int + (select count(*) from scoring_input where learner_id = $1)::int as n`, [learner.id]);
      return row?.n ?? -1;
    };
    for (const how of ['score-vacancy', 'score-learner'] as const) {
      const learner = await held();
      await revise(learner);
      await score(learner);
      const [row] = await rowsOf(learner.id);
      const vacancyId = row?.vacancy_id ?? '';
      expect(await kept(learner)).toBeGreaterThan(3);
      const subject = how === 'score-vacancy' ? { vacancyId, version: 1 } : { learnerId: learner.id, version: 1 };
      await database.uow.asSystem({ name: 'test' }, (tx) => desk().dispatch(tx, null, how, subject));
      const [command] = await due(how, how === 'score-vacancy' ? vacancyId : learner.id);
      between(() => services.get(PersonalDataService).atTerminal('ERASURE', { personId: null, learnerId: learner.id }));
      if (how === 'score-vacancy') await services.get(ScoringService).scoreVacancy({ commandId: command?.id ?? '', vacancyId, version: 1 });
      else await services.get(ScoringService).scoreLearner({ commandId: command?.id ?? '', learnerId: learner.id, version: 1 });
      expect(await kept(learner)).toBe(0);
    }
  });
});

it('an edition that was rolled back is nobody’s: the next one of its number has content of its own', async () => {
  const { editions } = services.get(ScoringService) as unknown as { editions: { current(tx: unknown): Promise<object> } };
  const store = new ScoringEditionStore();
  let lost: object | null = null;
  const rolledBack = database.uow.as(world.operator, async (tx) => {
    await store.next(tx, 'aliases');
    lost = await editions.current(tx);
    expect((await editions.current(tx)) === lost).toBe(true);
    throw new Error('not this time');
  });
  await expect(rolledBack).rejects.toThrow('not this time');
  await database.uow.as(world.operator, (tx) => store.next(tx, 'aliases'));
  const now = await database.uow.readAs(world.operator, (tx) => editions.current(tx));
  expect(now === lost).toBe(false);
  expect((await database.uow.readAs(world.operator, (tx) => editions.current(tx))) === now).toBe(true);
});
