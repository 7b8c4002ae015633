import { randomUUID } from 'node:crypto';
import type { Actor, SubjectRequest } from '@meriden/domain';
import { PERSONAL_DATA } from '@meriden/persistence';
import { PersonalDataService, RetentionService } from '@meriden/services';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { rowsWith } from '../support/database-scan.js';
import { startServices, type TestServices } from '../support/services.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
let world: TwoColleges;
let services: TestServices;
let people: PersonalDataService;

beforeAll(async () => {
  database = await startTestDatabase();
  services = await startServices(database);
  people = services.get(PersonalDataService);
});
beforeEach(async () => {
  world = await database.asOwner(twoColleges);
});
afterAll(async () => {
  await services.end();
  await database.end();
});

const key = () => ({ idempotencyKey: randomUUID() });
/** As the worker does when the queue rings. */
async function answered(request: SubjectRequest): Promise<SubjectRequest> {
  const [command] = await database.sql<{ id: string }>(`select id from command where payload ->> 'requestId' = $1`, [request.id]);
  await people.answer({ commandId: command?.id as string, requestId: request.id });
  const [row] = await database.sql<Record<string, unknown>>('select * from subject_request where id = $1', [request.id]);
  return { ...request, state: row?.['state'], proof: row?.['proof'], proofDigest: row?.['proof_digest'], refusal: row?.['refusal'] } as SubjectRequest;
}

const canary = (): string => `canary${randomUUID().replaceAll('-', '')}`;

/** A canary in every text of the learner of side A, and the same learner's account. */
async function plant(text: string): Promise<void> {
  const { learner, student, proposal, outcome, learnerPreference } = world.a;
  await database.sql(`update learner set given_name = $2, family_name = $2, entry_point_id = $2, interests = array[$2], skills = jsonb_build_array(jsonb_build_object('skillId', 'cad', 'evidence', $2::text, 'source', 'STATED')), person_id = $3 where id = $1`, [learner.id, text, student.personId]);
  await database.sql(`update person set name = $2, email = $3 where id = $1`, [student.personId, text, `${text}@example.org`]);
  await database.sql(`update learner_equality set answers = jsonb_build_object('support', $2::text) where learner_id = $1`, [learner.id, text]);
  await database.sql(`update proposal set decline_reason = $2 where id = $1`, [proposal.id, text]);
  await database.sql(`update outcome set reasons = jsonb_build_array(jsonb_build_object('message', $2::text)) where id = $1`, [outcome.id, text]);
  await database.sql(`update suggestion set terms = jsonb_build_array(jsonb_build_object('evidence', $2::text)) where learner_id = $1`, [learner.id, text]);
  await database.sql(`update candidate set pseudonym = $2 where learner_id = $1`, [learner.id, text]);
  await database.sql(`update learner_preference set receipt = $2 where id = $1`, [learnerPreference.id, text]);
  // What staff were answered when they enrolled somebody holds that somebody.
  await database.sql(`update idempotent_answer set answer = jsonb_build_object('id', $2::text, 'givenName', $3::text) where person_id = $1`, [world.a.staff.personId, learner.id, text]);
}

describe('a copy', () => {
  it('has every registered column that is not a secret, of every table with rows, and can be fetched once by whoever asked', async () => {
    const text = canary();
    await plant(text);
    const done = await answered(await people.askForOwn(world.a.student, { ...key(), kind: 'ACCESS' }));
    expect(done.state).toBe('DONE');
    await expect(people.fetch(world.a.staff, done.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const file = Buffer.from(await people.fetch(world.a.student, done.id)).toString('utf8');
    await expect(people.fetch(world.a.student, done.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(file.startsWith('PK\u0003\u0004')).toBe(true);
    const json = JSON.parse(file.slice(file.indexOf('{\n  "format"'), file.indexOf('\n}\n', file.indexOf('{\n  "format"')) + 2)) as { data: { table: string; rows: Record<string, unknown>[] }[] };
    expect(json.data.map(({ table }) => table)).toEqual(Object.keys(PERSONAL_DATA));
    const empty: string[] = [];
    for (const { table, rows } of json.data) {
      if (rows.length === 0) empty.push(table);
      const columns = Object.entries(PERSONAL_DATA[table]?.columns ?? {}).flatMap(([column, { withheld }]) => (withheld === null ? [column] : []));
      for (const row of rows) expect(Object.keys(row)).toEqual(columns);
    }
    expect(empty).toEqual(expect.not.arrayContaining(['learner', 'learner_equality', 'suggestion', 'candidate', 'learner_preference', 'preference_receipt', 'outcome', 'proposal', 'placement', 'person', 'membership', 'session', 'command', 'audit_entry']));
    expect(file.split(text).length).toBeGreaterThan(10);
    expect(file).not.toContain(world.b.learner.id);
    const [person] = await database.sql<{ token_hash: string }>('select token_hash from session where id = $1', [world.a.student.sessionId]);
    expect(file).not.toContain(person?.token_hash);
  });

  it('is the asker’s alone: other tenants, other roles and unknown ids get the same answer', async () => {
    const done = await answered(await people.askForOwn(world.a.student, { ...key(), kind: 'ACCESS' }));
    for (const actor of [world.a.host, world.b.staff, world.b.student, world.operator, world.region]) {
      await expect(people.fetch(actor, done.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(people.fetch(world.a.student, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(people.askForLearner(world.b.staff, { ...key(), kind: 'ACCESS', learnerId: world.a.learner.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const actor of [world.a.host, world.operator, world.a.student]) {
      await expect(people.askForLearner(actor, { ...key(), kind: 'ACCESS', learnerId: world.a.learner.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('an erasure', () => {
  it('leaves no byte of the person in any column of any table, and proves what it did', async () => {
    const text = canary();
    await plant(text);
    expect((await rowsWith(database, text)).length).toBeGreaterThan(8);
    await database.sql(`update placement set state = 'AGREED' where id = $1`, [world.a.placement.id]);
    const done = await answered(await people.askForOwn(world.a.student, { ...key(), kind: 'ERASURE' }));
    expect(done).toMatchObject({ state: 'DONE', proofDigest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await rowsWith(database, text)).toEqual([]);
    const of = (table: string) => done.proof?.find((line) => line.table === table);
    expect(of('person')).toMatchObject({ before: 1, after: 0, done: 'DELETED' });
    expect(of('learner')).toMatchObject({ before: 1, after: 1, done: 'BLANKED', because: expect.stringContaining('random number') });
    expect(of('audit_entry')).toMatchObject({ done: 'KEPT' });
    // Deletion withdraws: the place is free again.
    const [proposal] = await database.sql('select p.state, l.state as placed from proposal p join placement l on l.proposal_id = p.id where p.id = $1', [world.a.proposal.id]);
    expect(proposal).toEqual({ state: 'DECLINED', placed: 'WITHDRAWN' });
    // Side B is as it was.
    const [other] = await database.sql<{ n: number }>('select count(*) as n from person where id = $1', [world.b.student.personId]);
    expect(other?.n).toBe(1);
  });

  it('is refused while a hold stands or a placement runs, in words, and nothing is changed', async () => {
    const text = canary();
    await plant(text);
    const before = (await rowsWith(database, text)).length;
    await database.sql(`update placement set state = 'STARTED' where id = $1`, [world.a.placement.id]);
    const running = await answered(await people.askForOwn(world.a.student, { ...key(), kind: 'ERASURE' }));
    expect(running).toMatchObject({ state: 'REFUSED', refusal: expect.stringContaining('on a placement') });
    await database.sql(`update placement set state = 'COMPLETED' where id = $1`, [world.a.placement.id]);
    await people.hold(world.a.staff, { ...key(), learnerId: world.a.learner.id, reason: 'An insurer asked for it.' });
    await expect(people.hold(world.a.staff, { ...key(), learnerId: world.a.learner.id, reason: 'An insurer asked for it.' })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await expect(people.hold(world.b.staff, { ...key(), learnerId: world.a.learner.id, reason: 'It is not theirs to hold.' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const held = await answered(await people.askForLearner(world.a.staff, { ...key(), kind: 'ERASURE', learnerId: world.a.learner.id }));
    expect(held).toMatchObject({ state: 'REFUSED', refusal: expect.stringContaining('legal matter') });
    expect((await rowsWith(database, text)).length).toBe(before);
    await people.lift(world.a.staff, { learnerId: world.a.learner.id });
    expect(await answered(await people.askForLearner(world.a.staff, { ...key(), kind: 'ERASURE', learnerId: world.a.learner.id }))).toMatchObject({ state: 'DONE' });
    expect(await rowsWith(database, text)).toEqual([]);
  });

  it('asked by the college leaves the account alone that the person has elsewhere too', async () => {
    await plant(canary());
    await database.sql(`insert into membership (id, person_id, organisation_id, role) values ($1, $2, $3, 'EMPLOYER')`, [randomUUID(), world.a.student.personId, world.b.employer.id]);
    await answered(await people.askForLearner(world.a.staff, { ...key(), kind: 'ERASURE', learnerId: world.a.learner.id }));
    const roles = await database.sql<{ role: string }>('select role from membership where person_id = $1', [world.a.student.personId]);
    expect(roles).toEqual([{ role: 'EMPLOYER' }]);
  });

  it('of a learner in a round that is solved already: nothing is proposed in their name', async () => {
    const done = await answered(await people.askForOwn(world.a.student, { ...key(), kind: 'ERASURE' }));
    expect(done.state).toBe('DONE');
    const [outcome] = await database.sql('select withheld, withheld_reason from outcome where id = $1', [world.a.outcome.id]);
    expect(outcome).toMatchObject({ withheld: true });
  });

  it('staff cannot erase their own account by themselves, and the same command twice is one', async () => {
    await expect(people.askForOwn(world.a.staff, { ...key(), kind: 'ERASURE' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const once = key();
    const first = await people.askForOwn(world.a.student, { ...once, kind: 'ACCESS' });
    expect((await people.askForOwn(world.a.student, { ...once, kind: 'ACCESS' })).id).toBe(first.id);
  });
});

it('the worker still may not ask for people by itself, and the audit is closed to the role that erases', async () => {
  const asPrivacy = (sql: string) => database.uow.asSystem({ name: 'pry' }, async (tx) => {
    await tx.manager.query('set local role meriden_privacy');
    await tx.manager.query(sql);
  });
  await expect(database.uow.asSystem({ name: 'pry' }, (tx) => tx.manager.query('select * from person'))).rejects.toThrow('permission denied');
  for (const sql of ['delete from audit_entry', 'update audit_entry set verb = verb', 'delete from vacancy', 'select * from round_secret', 'insert into person default values', 'insert into session default values', 'insert into learner default values']) await expect(asPrivacy(sql)).rejects.toThrow('permission denied');
});

describe('the schedule', () => {
  it('says beforehand what it would delete, deletes that and no more, and is audited', async () => {
    const retention = services.get(RetentionService);
    await database.sql(`insert into session (id, token_hash, membership_id, kind, created_at, expires_at) select gen_random_uuid(), md5(i::text) || md5((i + 7)::text), $1, 'COOKIE', now() - interval '40 days', now() - interval '31 days' from generate_series(1, 3) i`, [world.a.staff.membershipId]);
    // A program's session leaves a key behind, which goes with it.
    await database.sql(`insert into refresh_token (token_hash, session_id, expires_at) select md5('k') || md5('l'), id, now() - interval '31 days' from session where expires_at < now() - interval '30 days' limit 1`);
    await database.sql(`update idempotent_answer set created_at = now() - interval '25 hours' where person_id = $1`, [world.a.host.personId]);
    await database.sql(`update round set published_at = now() - interval '85 days' where id = $1`, [world.round.id]);
    await database.sql(`update learner set academic_year = '2019/20' where id = any ($1)`, [[world.a.learner.id, world.b.learner.id]]);
    await database.sql(`update placement set state = 'COMPLETED' where id = $1`, [world.a.placement.id]);
    const said = await retention.dryRun();
    expect(said).toMatchObject({ SESSION: 4, ANSWER: 1, LEARNER_RECORD: 1 });
    expect(said['INTEREST']).toBeGreaterThanOrEqual(4);
    expect(await retention.dryRun()).toEqual(said);
    const counts = await retention.runToday();
    // Lists that went with the records of their learners are counted once.
    expect(counts).toMatchObject({ SESSION: 4, ANSWER: 1, LEARNER_RECORD: 1, INTEREST: said['INTEREST'] });
    expect(await retention.runToday()).toBeNull();
    const [kept] = await database.sql<{ given_name: string }>('select given_name from learner where id = $1', [world.b.learner.id]);
    expect(kept?.given_name).not.toBe('Erased');
    const [erased] = await database.sql<{ given_name: string }>('select given_name from learner where id = $1', [world.a.learner.id]);
    expect(erased?.given_name).toBe('Erased');
    const audited = await database.sql<{ object_id: string; rows: number }>(`select object_id, (detail ->> 'rows')::integer as rows from audit_entry where verb = 'deleted by schedule' order by 1`);
    expect(audited).toEqual(expect.arrayContaining([{ object_id: 'SESSION', rows: 4 }]));
    expect(await retention.dryRun()).toMatchObject({ SESSION: 0, ANSWER: 0, INTEREST: 0, LEARNER_RECORD: 0 });
  });
});

it('the register tells a learner everything by purpose, and an employer only what is about accounts', () => {
  const told = people.held({ ...world.a.student } as Actor);
  const says = told.flatMap((purpose) => purpose.things.map((thing) => thing.says));
  expect(says).toEqual(expect.arrayContaining(['Your date of birth, for the rules about young workers alone', 'Your name']));
  expect(told.some((purpose) => purpose.things.some((thing) => thing.special))).toBe(true);
  expect(people.held(world.a.host).flatMap((purpose) => purpose.things.map((thing) => thing.says))).not.toContain('Your unique learner number');
});
