import { randomUUID } from 'node:crypto';
import type { Actor, ImportKind, ImportReport } from '@meriden/domain';
import { PersistenceModule } from '@meriden/persistence';
import { PlatformModule, loadConfig } from '@meriden/platform';
import { ulnCheckDigit } from '@meriden/reference';
import { ImportsService, ServicesModule } from '@meriden/services';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { redisPrefix, startTestDatabase, type TestDatabase } from '../support/database.js';
import { aPerson, twoColleges, type TwoColleges } from '../support/two-colleges.js';

@Module({})
class Root {}

let database: TestDatabase;
let world: TwoColleges;
let app: INestApplicationContext;
let imports: ImportsService;

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
  const config = { ...loadConfig({ DATABASE_URL: database.ownerUrl, REDIS_URL: process.env['REDIS_URL'], MERIDEN_REDIS_PREFIX: redisPrefix(), MERIDEN_DATA_DIR: '/nowhere' }), logLevel: 'silent' } as const;
  app = await NestFactory.createApplicationContext(
    { module: Root, imports: [PlatformModule.forRoot(config, 'cli'), PersistenceModule.forRoot({ role: 'app', url: database.appUrl }), ServicesModule.forRoot()] },
    { logger: false, abortOnError: false },
  );
  imports = app.get(ImportsService);
});
afterAll(async () => {
  await app.close();
  await database.end();
});

const HEADER = 'givenName,familyName,uln,dateOfBirth,academicYear,qualification,entryPoint,outcode,email,skills,consentToMatching';
let next = 1;
function uln(): string {
  for (;;) {
    const first = String(200_000_000 + next++);
    const digit = ulnCheckDigit(first);
    if (digit !== null) return `${first}${digit}`;
  }
}
const learner = (number = uln(), with_: Readonly<{ name?: string; outcode?: string; email?: string; skills?: string }> = {}): string =>
  `${with_.name ?? 'Wren'},Tallowmere,${number},2008-05-06,2031/32,60358324,school-leaver-t-level,${with_.outcode ?? 'B15'},${with_.email ?? ''},${with_.skills ?? ''},yes`;

async function* source(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
const wish = (rows: readonly string[], with_: Partial<{ kind: ImportKind; dryRun: boolean; partial: boolean; header: string }> = {}) => ({
  kind: with_.kind ?? 'LEARNERS',
  source: source([with_.header ?? HEADER, ...rows].join('\n')),
  dryRun: with_.dryRun ?? false,
  partial: with_.partial ?? false,
});
const bring = (actor: Actor, ...given: Parameters<typeof wish>): Promise<ImportReport> => imports.run(actor, wish(...given));
const counted = async (table: string): Promise<number> => (await database.sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? -1;
const picture = async (): Promise<unknown> => database.sql(`select (select md5(string_agg(l::text, '' order by id)) from learner l) l, (select md5(string_agg(v::text, '' order by id)) from vacancy v) v,
  (select count(*) from person) p, (select count(*) from membership) m, (select count(*) from command) c, (select count(*) from outbox) o, (select count(*) from audit_entry) a`);

describe('an import of learners', () => {
  it('stores all rows with their accounts, audit and commands; the same file again changes nothing', async () => {
    const { staff } = world.a;
    const rows = [learner(), learner(undefined, { email: 'wren-1@learners.example', skills: 'CAD|soldering' }), 'Ivo,Marl,,2008-01-02,2031/32,60358324,school-leaver-t-level,,,,no'];
    expect(await bring(staff, rows, { dryRun: true })).toMatchObject({ rows: 3, accepted: 3, refused: 0, created: 3, stored: 0, errors: [] });
    const before = await counted('audit_entry');
    expect(await bring(staff, rows)).toMatchObject({ rows: 3, accepted: 3, refused: 0, errors: [], created: 3, changed: 0, stored: 3 });
    expect(await database.sql(`select l.given_name, p.email from learner l join membership m on m.learner_id = l.id and m.role = 'LEARNER' join person p on p.id = m.person_id and p.id = l.person_id where l.academic_year = '2031/32'`)).toEqual([{ given_name: 'Wren', email: 'wren-1@learners.example' }]);
    expect((await counted('audit_entry')) - before).toBe(3);
    expect(await database.sql(`select count(*)::int as n from command c join learner l on c.payload ->> 'learnerId' = l.id::text where l.academic_year = '2031/32' and c.person_id = $1`, [staff.personId])).toEqual([{ n: 3 }]);
    const after = await picture();
    expect(await bring(staff, rows)).toMatchObject({ rows: 3, accepted: 3, created: 0, changed: 0, unchanged: 3, stored: 0 });
    expect(await picture()).toEqual(after);
  });

  it('stores nothing when one row is refused, the good rows when asked for, and says in the dry run what changed and what is gone', async () => {
    const { staff } = world.b;
    const [known, gone] = [uln(), uln()];
    await bring(staff, [learner(known), learner(gone)]);
    const before = await picture();
    const rows = [learner(known, { outcode: 'B29', name: 'Wrenna' }), learner('1234567890'), learner()];
    const dry = await bring(staff, rows, { dryRun: true });
    expect(dry).toMatchObject({ rows: 3, accepted: 2, refused: 1, created: 1, changed: 1, dropped: 1, stored: 0 });
    expect(dry.errors).toMatchObject([{ row: 3, column: 'uln', code: 'ULN_INVALID' }]);
    expect(dry.notices.map(({ row, column, code }) => [row, column, code])).toEqual([[2, 'givenName', 'CHANGED'], [2, 'outcode', 'CHANGED'], [null, null, 'DROPPED']]);
    expect(JSON.stringify(dry.notices)).not.toMatch(/Wren|B29|B15/);
    expect(await bring(staff, rows)).toMatchObject({ accepted: 2, refused: 1, stored: 0 });
    expect(await picture()).toEqual(before);
    expect(await bring(staff, rows, { partial: true })).toMatchObject({ accepted: 2, refused: 1, stored: 2 });
    expect(await database.sql('select given_name, outcode, version from learner where uln = $1', [known])).toEqual([{ given_name: 'Wrenna', outcode: 'B29', version: 2 }]);
    expect(await database.sql('select count(*)::int as n from learner where uln = $1', [gone])).toEqual([{ n: 1 }]);
  });

  it('adds skills beside what the learner wrote, and an empty cell takes nothing away', async () => {
    const { staff } = world.a;
    const number = uln();
    await bring(staff, [learner(number, { skills: 'CAD' })]);
    await database.sql(`update learner set skills = '[{"skillId": "cad", "evidence": "My own words.", "source": "STATED"}]' where uln = $1`, [number]);
    await bring(staff, [learner(number, { skills: 'CAD|soldering', outcode: '' })]);
    const [row] = await database.sql<{ skills: { skillId: string; evidence: string }[]; outcode: string }>('select skills, outcode from learner where uln = $1', [number]);
    expect(row?.outcode).toBe('B15');
    expect(row?.skills.map(({ skillId, evidence }) => [skillId, evidence])).toEqual([['cad', 'My own words.'], ['soldering', 'In the record of the provider.']]);
  });

  it('finds a number twice in the file, and a learner who had no number yet', async () => {
    const { staff } = world.a;
    const number = uln();
    const twice = await bring(staff, [learner(number), learner(number, { name: 'Other' })], { dryRun: true });
    expect(twice.errors).toMatchObject([{ row: 3, column: 'uln', code: 'DUPLICATE_ENTRY' }]);
    await bring(staff, ['Ada,Coppice,,2007-02-03,2031/32,60358324,school-leaver-t-level,B15,,,yes']);
    expect(await bring(staff, [`Ada,Coppice,${number},2007-02-03,2031/32,60358324,school-leaver-t-level,B15,,,yes`])).toMatchObject({ created: 0, changed: 1, stored: 1 });
  });

  it('tells nothing of another college: its learner’s number and its learner’s address are taken like any other', async () => {
    const [a, b] = [world.a.staff, world.b.staff];
    const number = uln();
    await bring(b, [learner(number, { name: 'Theirs', email: 'taken@learners.example' })]);
    const theirs = await database.sql('select l::text from learner l where organisation_id = $1', [b.organisationId]);
    const mine = await bring(a, [learner(number, { name: 'Mine', email: 'taken@learners.example' })]);
    const fresh = await bring(a, [learner(undefined, { name: 'Mine', email: 'fresh@learners.example' })]);
    const told = ({ dropped: _dropped, notices: _notices, ...report }: ImportReport): unknown => report;
    expect(told(mine)).toEqual(told(fresh));
    expect(await database.sql('select l::text from learner l where organisation_id = $1', [b.organisationId])).toEqual(theirs);
    expect(await database.sql(`select count(*)::int as n from membership m join person p on p.id = m.person_id where p.email = 'taken@learners.example' and m.organisation_id = $1`, [a.organisationId])).toEqual([{ n: 0 }]);
  });

  it('is refused to everybody but staff of the provider, and of two at once the second finds the first one’s work', async () => {
    const before = await picture();
    for (const actor of [world.a.student, world.a.host, world.region, world.operator]) await expect(bring(actor, [learner()])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await picture()).toEqual(before);
    const rows = Array.from({ length: 20 }, () => learner());
    const reports = await Promise.all([bring(world.a.staff, rows), bring(world.a.staff, rows)]);
    expect(reports.map(({ created }) => created).sort()).toEqual([0, 20]);
  });
});

describe('an import of vacancies and organisations', () => {
  const VACANCIES = 'title,description,campus,levelFrom,levelTo,programmeKinds,startsOn,endsOn,weekdays,hoursPerWeek,totalHours,openings,pay,hourlyPence,state';
  const vacancy = (title: string, with_: Readonly<{ openings?: number; state?: string; campus?: string }> = {}): string =>
    `${title},Plain work.,${with_.campus ?? 'bhic'},3,5,T_LEVEL|HTQ,2031-01-06,2031-06-27,MON|TUE|WED,21,315,${with_.openings ?? 2},PAID,1300,${with_.state ?? 'LIVE'}`;
  const options = { kind: 'VACANCIES', header: VACANCIES } as const;

  it('stores, changes and closes nothing of itself; a closed vacancy stays closed', async () => {
    const { host } = world.a;
    expect(await bring(host, [vacancy('Bench assistant'), vacancy('Archive assistant', { state: 'DRAFT' })], options)).toMatchObject({ created: 2, stored: 2, dropped: 2 });
    expect(await bring(host, [vacancy('bench  ASSISTANT', { openings: 3 }), vacancy('Archive assistant', { state: 'LIVE' })], options)).toMatchObject({ created: 0, changed: 2 });
    expect(await database.sql(`select title, state, openings, version from vacancy where organisation_id = $1 and starts_on = '2031-01-06' order by openings`, [host.organisationId])).toEqual([
      { title: 'Archive assistant', state: 'LIVE', openings: 2, version: 2 },
      { title: 'bench  ASSISTANT', state: 'LIVE', openings: 3, version: 2 },
    ]);
    await database.sql(`update vacancy set state = 'CLOSED' where title = 'Archive assistant'`);
    expect((await bring(host, [vacancy('Archive assistant')], options)).errors).toMatchObject([{ row: 2, column: 'title', code: 'STATE_WRONG' }]);
    const bad = await bring(host, [vacancy('X', { openings: 0 }), vacancy('Y', { campus: 'atlantis' })], options);
    expect(bad.errors).toMatchObject([{ row: 2, column: 'openings', code: 'OUT_OF_RANGE' }, { row: 3, column: 'campus', code: 'REFERENCE_UNKNOWN' }]);
  });

  it('at the terminal acts in the name of the organisation, by id or UKPRN, and of no other kind', async () => {
    const { provider } = world.a;
    const number = uln();
    expect(await imports.runAtTerminal(provider.id, wish([learner(number)]))).toMatchObject({ created: 1, stored: 1 });
    expect(await database.sql('select organisation_id from learner where uln = $1', [number])).toEqual([{ organisation_id: provider.id }]);
    expect(await database.sql(`select person_id, organisation_id, noun from audit_entry where verb in ('imported learners', 'imported') and person_id is null order by noun`)).toEqual([
      { person_id: null, organisation_id: provider.id, noun: 'learner' },
      { person_id: null, organisation_id: provider.id, noun: 'terminal' },
    ]);
    await expect(imports.runAtTerminal(world.a.employer.id, wish([learner()]))).rejects.toMatchObject({ code: 'STATE_WRONG' });
    for (const unknown of ['10009999', randomUUID(), 'nonsense']) await expect(imports.runAtTerminal(unknown, wish([learner()]))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const header = 'name,roles,ukprn,fictional';
    const list = ['Brindle College (fictional),PROVIDER,10091234,yes', 'Oakley Instruments (fictional),EMPLOYER,,yes'];
    const organisations = { kind: 'ORGANISATIONS', header } as const;
    expect(await imports.runAtTerminal(null, wish(list, organisations))).toMatchObject({ created: 2, stored: 2 });
    expect(await imports.runAtTerminal(null, wish(list, organisations))).toMatchObject({ created: 0, unchanged: 2, stored: 0 });
    expect(await imports.runAtTerminal(null, wish(['Brindle College (fictional),PROVIDER|EMPLOYER,10091234,yes', 'New owner (fictional),OPERATOR,,yes'], organisations))).toMatchObject({ errors: [{ row: 3, column: 'roles' }, { row: 2, column: 'roles', code: 'ALREADY_EXISTS' }], stored: 0 });
    expect(await imports.runAtTerminal('10091234', wish([learner()]))).toMatchObject({ created: 1 });
  });

  it('leaves a person alone whose address is in another’s list', async () => {
    const person = aPerson({ email: 'someone@example.org', name: 'Somebody else' });
    await database.sql(`insert into person (id, email, name, disabled) values ($1, $2, $3, false)`, [person.id, person.email, person.name]);
    await bring(world.b.staff, [learner(undefined, { email: 'SOMEONE@example.org' })]);
    expect(await database.sql('select name from person where email = $1', [person.email])).toEqual([{ name: 'Somebody else' }]);
  });
});

describe('an import of journey times', () => {
  const header = 'outcode,campus,mode,minutes,source,latitude,longitude';
  const SOURCE = 'Timetable of a test 2026-11-02 arriving by 08:45';
  const journey = (minutes: number | string, with_: Readonly<{ outcode?: string; campus?: string; mode?: string; source?: string; at?: string }> = {}): string =>
    `${with_.outcode ?? 'CV1'},${with_.campus ?? 'bhic'},${with_.mode ?? 'rail'},${minutes},${with_.source ?? SOURCE},${with_.at ?? ','}`;
  const travel = (rows: readonly string[], more: Partial<{ dryRun: boolean; partial: boolean }> = {}) => wish(rows, { kind: 'TRAVEL', header, ...more });
  const editions = () => database.sql<{ edition: number }>('select i.edition, i.source, i.imported_by as by, (select count(*)::int from travel_cell c where c.edition = i.edition) as cells from travel_import i order by 1');
  const runs = () => counted('scoring_run');

  it('replaces the cells of the file as one edition with its source, has everybody scored anew, and a second time changes nothing', async () => {
    const before = [await picture(), await editions(), await runs()] as const;
    const [, , ran] = before;
    const rows = [journey(77, { at: '52.41,-1.51' }), journey(64, { mode: 'CAR' }), journey(95, { outcode: 'b15', campus: 'BHIC', mode: 'Bus' })];
    expect(await imports.runAtTerminal(null, travel(rows, { dryRun: true }))).toMatchObject({ rows: 3, accepted: 3, created: 3, stored: 0, errors: [] });
    expect([await picture(), await editions(), await runs()]).toEqual(before);
    expect(await imports.runAtTerminal(null, travel(rows))).toMatchObject({ rows: 3, created: 3, stored: 3, errors: [] });
    expect(await editions()).toEqual([{ edition: 1, source: SOURCE, by: null, cells: 3 }]);
    expect(await runs()).toBe(ran + 1);
    expect(await imports.runAtTerminal(null, travel(rows))).toMatchObject({ created: 0, unchanged: 3, stored: 0 });
    expect([(await editions()).length, await runs()]).toEqual([1, ran + 1]);
    expect(await imports.run(world.operator, travel([journey(70), journey(64, { mode: 'CAR' })]))).toMatchObject({ created: 0, changed: 1, unchanged: 1, stored: 1, notices: [{ row: 2, column: 'minutes', code: 'CHANGED' }] });
    expect((await editions())[1]).toEqual({ edition: 2, source: SOURCE, by: world.operator.personId, cells: 1 });
    expect(await database.sql(`select person_id, object_id, detail from audit_entry where noun = 'travel' and verb = 'imported' order by object_id`)).toEqual([
      { person_id: null, object_id: '1', detail: { cells: 3 } },
      { person_id: world.operator.personId, object_id: '2', detail: { cells: 1 } },
    ]);
  });

  it('names row and column of every fault, stores nothing of such a file, and is the operator’s alone', async () => {
    const before = [await editions(), await runs()];
    const bad = [
      journey(30, { outcode: 'ZZ9' }),
      journey(30, { campus: 'atlantis' }),
      journey(30, { mode: 'TELEPORT' }),
      journey(0),
      journey('4.5'),
      // Milton Keynes, where one register puts Coventry.
      journey(31, { mode: 'BUS', at: '52.04,-0.76' }),
      journey(32, { mode: 'WALK', at: '52.41,' }),
      journey(33, { mode: 'WALK', at: 'north,-1.51' }),
      journey(34, { mode: 'CYCLE' }),
      journey(35, { mode: 'CYCLE' }),
      journey(36, { mode: 'CAR', source: 'Another timetable' }),
    ];
    const report = await imports.runAtTerminal(null, travel(bad));
    expect(report.errors.map(({ row, column, code }) => `${row} ${column} ${code}`).sort()).toEqual(
      [
        '2 outcode OUTCODE_UNKNOWN',
        '3 campus REFERENCE_UNKNOWN',
        '4 mode FIELD_INVALID',
        '5 minutes OUT_OF_RANGE',
        '6 minutes FIELD_INVALID',
        '7 latitude FIELD_INVALID',
        '8 latitude FIELD_REQUIRED',
        '9 latitude FIELD_INVALID',
        '11 outcode DUPLICATE_ENTRY',
        '12 source FIELD_INVALID',
      ].sort(),
    );
    expect(report).toMatchObject({ rows: 11, accepted: 1, refused: 10, stored: 0 });
    for (const actor of [world.a.staff, world.a.host]) await expect(imports.run(actor, travel([journey(30)]))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect([await editions(), await runs()]).toEqual(before);
  });
});
