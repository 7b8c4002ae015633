import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@meriden/domain';
import { CandidateStore, LearnerStore, PersonStore, SessionStore, UnitOfWork, VacancyStore, createDataSource } from '@meriden/persistence';
import pg from 'pg';
import { aVacancy } from '../support/builders.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

// The second wall alone: plain SQL in the app's role, no scope, no policy of the services in the way.

let database: TestDatabase;
let world: TwoColleges;

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
});
afterAll(() => database.end());

type Owned = Readonly<{ key: string; own: string; other: string }>;

/** One row of either side in each table, by a column that names it. */
function ownRows(): Record<string, Owned> {
  const pick = (key: string, of: (side: TwoColleges['a']) => string): Owned => ({ key, own: of(world.a), other: of(world.b) });
  return {
    learner: pick('id', (side) => side.learner.id),
    learner_equality: pick('learner_id', (side) => side.learner.id),
    vacancy: pick('id', (side) => side.draft.id),
    suggestion: pick('learner_id', (side) => side.learner.id),
    suggestion_past: pick('learner_id', (side) => side.learner.id),
    scoring_input: pick('learner_id', (side) => side.learner.id),
    score_challenge: pick('id', (side) => side.challenge.id),
    challenge_note: pick('challenge_id', (side) => side.challenge.id),
    eligibility_question: pick('id', (side) => side.employer.id),
    candidate: pick('id', (side) => side.candidate.id),
    vacancy_choice: pick('learner_id', (side) => side.learner.id),
    candidate_decision: pick('candidate_id', (side) => side.candidate.id),
    learner_preference: pick('id', (side) => side.learnerPreference.id),
    employer_preference: pick('id', (side) => side.employerPreference.id),
    preference_receipt: pick('preference_id', (side) => side.learnerPreference.id),
    outcome: pick('id', (side) => side.outcome.id),
    proposal: pick('id', (side) => side.proposal.id),
    placement: pick('id', (side) => side.placement.id),
    person: pick('id', (side) => side.staff.personId),
    membership: pick('id', (side) => side.staff.membershipId),
    session: pick('id', (side) => side.staff.sessionId),
    refresh_token: pick('session_id', (side) => side.staff.sessionId),
    recovery_code: pick('person_id', (side) => side.staff.personId),
    passkey: pick('person_id', (side) => side.staff.personId),
    federated_identity: pick('person_id', (side) => side.staff.personId),
    password_reset: pick('person_id', (side) => side.staff.personId),
    invitation: pick('id', (side) => side.invitation.id),
    command: pick('id', (side) => side.staff.sessionId),
    idempotent_answer: pick('person_id', (side) => side.staff.personId),
    subject_request: pick('id', (side) => side.student.sessionId),
    legal_hold: pick('id', (side) => side.staff.sessionId),
    audit_entry: pick('object_id', (side) => side.staff.sessionId),
  };
}

/** Who sees the rows of side A: of side B's rows, nobody of side A may see one. */
const SEES: Record<string, readonly ('staff' | 'host' | 'student')[]> = {
  learner: ['staff', 'student'],
  learner_equality: ['staff', 'student'],
  vacancy: ['host'],
  suggestion: ['staff', 'student'],
  suggestion_past: ['staff', 'student'],
  scoring_input: ['staff', 'student'],
  score_challenge: ['staff', 'student'],
  challenge_note: ['staff', 'student'],
  eligibility_question: ['host'],
  candidate: ['host', 'student'],
  vacancy_choice: ['staff', 'student'],
  candidate_decision: ['staff', 'host', 'student'],
  learner_preference: ['staff', 'student'],
  employer_preference: ['host'],
  preference_receipt: ['staff', 'student'],
  outcome: ['staff', 'student'],
  proposal: ['staff', 'host', 'student'],
  placement: ['staff', 'host', 'student'],
  person: ['staff'],
  membership: ['staff'],
  session: ['staff'],
  refresh_token: ['staff'],
  recovery_code: ['staff'],
  passkey: ['staff'],
  federated_identity: ['staff'],
  password_reset: ['staff'],
  invitation: ['staff'],
  command: ['staff'],
  idempotent_answer: ['staff'],
  audit_entry: ['staff'],
  subject_request: ['staff', 'student'],
  legal_hold: ['staff'],
};
const TENANT_TABLES = Object.keys(SEES);

const seen = (actor: Actor, table: string, key: string, value: string): Promise<number> =>
  database.uow.readAs(actor, async (tx) => {
    const rows = await tx.manager.query<unknown[]>(`select * from ${table} where ${key}::text = $1`, [value]);
    return rows.length;
  });

async function tables(): Promise<string[]> {
  const rows = await database.sql<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration'`,
  );
  return rows.map((row) => row.name);
}

describe('every table', () => {
  it('has row-level security enabled and forced, and is not owned by a role that logs in for the product', async () => {
    const open = await database.sql(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migration'
         and (not relrowsecurity or not relforcerowsecurity or pg_get_userbyid(relowner) in ('meriden_app', 'meriden_worker', 'meriden_definer'))`,
    );
    expect(open).toEqual([]);
  });

  it('is looked at by views of the asker only, never by one of its maker', async () => {
    const views = await database.sql<{ name: string; kind: string; options: string[] | null }>(
      `select relname as name, relkind as kind, reloptions as options from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`,
    );
    expect(views).toEqual([{ name: 'learner_progress', kind: 'v', options: ['security_invoker=true'] }]);
    const seenBy = (actor: Actor) => database.uow.readAs(actor, (tx) => tx.manager.query('select learner_id from learner_progress'));
    expect(await seenBy(world.a.staff)).toEqual([{ learner_id: world.a.learner.id }]);
    expect(await seenBy(world.a.host)).toEqual([]);
    expect(await seenBy(world.operator)).toHaveLength(2);
  });

  it('is never granted more than the policies speak of: no grant without a policy for that command', async () => {
    const bare = await database.sql(
      `select g.table_name, g.privilege_type, g.grantee from information_schema.role_table_grants g
       where g.grantee in ('meriden_app', 'meriden_worker', 'meriden_definer', 'meriden_privacy')
         and exists (select 1 from pg_tables t where t.schemaname = 'public' and t.tablename = g.table_name) and not exists (
         select 1 from pg_policies p where p.tablename = g.table_name and g.grantee = any (p.roles::text[]) and p.cmd in ('ALL', g.privilege_type))`,
    );
    expect(bare).toEqual([]);
  });

  it('shows no row when no tenant is set', async () => {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      for (const table of await tables()) {
        const allowed = await database.sql<{ may: boolean }>(`select has_any_column_privilege('meriden_app', $1, 'select') as may`, [table]);
        const count = client.query<{ n: string }>(`select count(*) as n from ${table}`);
        if (allowed[0]?.may) expect([table, (await count).rows[0]?.n]).toEqual([table, '0']);
        else await expect(count).rejects.toThrow('permission denied');
      }
    } finally {
      await client.end();
    }
  });

  it('has rows for the tests to miss: as the owner none is empty', async () => {
    const filled = ['organisation', 'round', 'round_secret', 'round_snapshot', 'round_file', 'scoring_run', 'audit_chain', 'audit_link', ...TENANT_TABLES];
    for (const table of filled) {
      const [row] = await database.sql<{ n: number }>(`select count(*) as n from ${table}`);
      expect([table, row?.n]).not.toEqual([table, 0]);
    }
  });
});

describe.each(TENANT_TABLES)('%s', (table) => {
  it.each(['staff', 'host', 'student'] as const)('%s of side A sees the own row where it may, and never one of side B', async (who) => {
    const { key, own, other } = ownRows()[table] as Owned;
    expect(await seen(world.a[who], table, key, other)).toBe(0);
    // 'preference_receipt' of a learner, 'session' of the staff member: the positive control of the same question.
    const may = SEES[table]?.includes(who) ?? false;
    expect((await seen(world.a[who], table, key, own)) > 0).toBe(may);
  });

  it('shows the region nothing', async () => {
    const { key, own } = ownRows()[table] as Owned;
    expect(await seen(world.region, table, key, own)).toBe(0);
  });

  it('shows nothing to a learner of one college that names the other college, or to a role that names none', async () => {
    const { key, own, other } = ownRows()[table] as Owned;
    const crossed = { ...world.a.student, organisationId: world.b.provider.id };
    // Tables of persons hang on the person alone.
    if (!['person', 'membership', 'session', 'idempotent_answer', 'command', 'audit_entry', 'subject_request'].includes(table)) {
      expect(await seen(crossed, table, key, own)).toBe(0);
      expect(await seen(crossed, table, key, other)).toBe(0);
    }
    expect(await seen({ ...world.a.staff, role: '' as 'LEARNER', personId: randomUUID() }, table, key, own)).toBe(0);
  });
});

describe('special cases', () => {
  it('outcomes stay hidden from provider and learner until they are published', async () => {
    await database.sql('update outcome set published = false where id = $1', [world.a.outcome.id]);
    expect(await seen(world.a.staff, 'outcome', 'id', world.a.outcome.id)).toBe(0);
    expect(await seen(world.a.student, 'outcome', 'id', world.a.outcome.id)).toBe(0);
    expect(await seen(world.operator, 'outcome', 'id', world.a.outcome.id)).toBe(1);
    await database.sql('update outcome set published = true where id = $1', [world.a.outcome.id]);
  });

  it('the secret of the lottery: the operator alone, and only once the round is published; the worker always', async () => {
    const secret = () => seen(world.operator, 'round_secret', 'round_id', world.round.id);
    expect(await secret()).toBe(1);
    expect(await seen(world.a.staff, 'round_secret', 'round_id', world.round.id)).toBe(0);
    await database.sql(`update round set state = 'SOLVED', published_at = null where id = $1`, [world.round.id]);
    expect(await secret()).toBe(0);
    const worker = await database.uow.asSystem({ name: 'solve' }, (tx) => tx.manager.query<unknown[]>('select * from round_secret'));
    expect(worker).toHaveLength(1);
    await database.sql(`update round set state = 'PUBLISHED', published_at = now() where id = $1`, [world.round.id]);
  });

  it('memberships are ended by one’s own kind, a learner’s by the college too, and none begins again', async () => {
    const ended = async (actor: Actor, of: Actor, to = 'now()') => {
      const [, rows] = await database.uow
        .as(actor, (tx) => tx.manager.query<[unknown[], number]>(`update membership set ended_at = ${to} where id = $1`, [of.membershipId]))
        .catch((): [unknown[], number] => [[], 0]);
      return rows;
    };
    const { a, b, operator, region } = world;
    // A college that also employs: its employing staff are not the teaching staff's to end.
    const [both] = await database.sql<{ id: string }>(`insert into membership (id, person_id, organisation_id, role) values (gen_random_uuid(), $1, $2, 'EMPLOYER') returning id`, [b.host.personId, a.provider.id]);
    const employing = { ...b.host, membershipId: both?.id ?? '', organisationId: a.provider.id };
    for (const actor of [a.student, a.host, b.staff, b.host, region]) expect([actor.role, await ended(actor, a.staff), await ended(actor, a.student)]).toEqual([actor.role, 0, 0]);
    expect([await ended(a.staff, employing), await ended(employing, a.student), await ended(employing, a.staff)]).toEqual([0, 0, 0]);
    expect([await ended(a.staff, a.student), await ended(a.host, a.host), await ended(operator, b.student)]).toEqual([1, 1, 1]);
    for (const actor of [a.staff, operator]) expect([await ended(actor, a.student, 'null'), await ended(actor, a.student)]).toEqual([0, 0]);
    await database.sql('update membership set ended_at = null where id = any ($1)', [[a.student, a.host, b.student].map(({ membershipId }) => membershipId)]);
    await database.sql('delete from membership where id = $1', [employing.membershipId]);
  });

  it('live vacancies are everyone’s, drafts their employer’s', async () => {
    for (const actor of [world.b.staff, world.b.student, world.b.host, world.region]) {
      expect(await seen(actor, 'vacancy', 'id', world.a.vacancy.id)).toBe(1);
      expect(await seen(actor, 'vacancy', 'id', world.a.draft.id)).toBe(0);
    }
  });

  it.each(['person', 'membership', 'session', 'learner_equality'])('the worker may not even ask for %s', async (table) => {
    await expect(database.uow.asSystem({ name: 'pry' }, (tx) => tx.manager.query(`select * from ${table}`))).rejects.toThrow('permission denied');
  });

  it.each(['update', 'delete'])('the app’s role may not %s the audit or a receipt', async (verb) => {
    for (const table of ['audit_entry', 'preference_receipt']) {
      const sql = verb === 'update' ? `update ${table} set organisation_id = organisation_id` : `delete from ${table}`;
      await expect(database.uow.as(world.operator, (tx) => tx.manager.query(sql))).rejects.toThrow('permission denied');
    }
  });

  it('a writer cannot sign the audit in another name', async () => {
    const entry = (organisationId: string, personId: string | null) =>
      database.uow.as(world.a.staff, (tx) =>
        tx.manager.query(`insert into audit_entry values ($1, now(), $2, $3, 'v', 'n', 'o', '{}')`, [randomUUID(), personId, organisationId]),
      );
    await expect(entry(world.a.provider.id, world.a.staff.personId)).resolves.toBeDefined();
    await expect(entry(world.b.provider.id, world.a.staff.personId)).rejects.toThrow('row-level security');
    await expect(entry(world.a.provider.id, world.b.staff.personId)).rejects.toThrow('row-level security');
  });
});

describe('writes across the wall', () => {
  it('an employer posts and changes its own vacancy and no other’s', async () => {
    const vacancies = new VacancyStore();
    const post = (organisationId: string) => database.uow.as(world.a.host, (tx) => vacancies.insert(tx, aVacancy({ id: randomUUID(), organisationId })));
    await expect(post(world.a.employer.id)).resolves.toBeUndefined();
    await expect(post(world.b.employer.id)).rejects.toThrow('row-level security');
    const change = (vacancy: typeof world.a.vacancy) => database.uow.as(world.a.host, (tx) => vacancies.save(tx, { ...vacancy, title: 'New title', version: 2 }));
    await expect(change(world.a.vacancy)).resolves.toBeUndefined();
    await expect(change(world.b.vacancy)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [other] = await database.sql<{ title: string }>('select title from vacancy where id = $1', [world.b.vacancy.id]);
    expect(other?.title).toBe(world.b.vacancy.title);
  });

  it('staff cannot move a learner to another college, and cannot touch another college’s learner', async () => {
    const learners = new LearnerStore();
    const save = (learner: typeof world.a.learner) => database.uow.as(world.a.staff, (tx) => learners.save(tx, learner));
    await expect(save({ ...world.a.learner, organisationId: world.b.provider.id, version: 2 })).rejects.toThrow('a row of learner stays whose it is');
    await expect(save({ ...world.b.learner, version: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(save({ ...world.a.learner, version: 2 })).resolves.toBeUndefined();
  });

  it('a learner makes itself a candidate, and nobody else', async () => {
    const candidates = new CandidateStore();
    const ensure = (learnerId: string, providerId: string) =>
      database.uow.as(world.a.student, (tx) => candidates.ensure(tx, { organisationId: world.b.employer.id, learnerId, providerId }));
    const mine = await ensure(world.a.learner.id, world.a.provider.id);
    expect(mine.pseudonym).not.toBe(world.a.candidate.pseudonym);
    expect(await ensure(world.a.learner.id, world.a.provider.id)).toEqual(mine);
    await expect(ensure(world.b.learner.id, world.b.provider.id)).rejects.toThrow('row-level security');
  });

  it('a person changes itself, not another; a disabled one not even itself', async () => {
    const people = new PersonStore();
    const step = (personId: string) => database.uow.as(world.a.staff, (tx) => people.useTotpStep(tx, personId, 2));
    expect(await step(world.a.staff.personId)).toBe(true);
    expect(await step(world.a.staff.personId)).toBe(false);
    expect(await step(world.b.staff.personId)).toBe(false);
    await database.sql('update person set disabled = true where id = $1', [world.a.staff.personId]);
    expect(await step(world.a.staff.personId)).toBe(false);
    await database.sql('update person set disabled = false, totp_last_step = null where id = $1', [world.a.staff.personId]);
    const ended = await database.uow.as(world.a.staff, (tx) => new SessionStore().revokeAllOf(tx, world.b.staff.personId, '2026-11-22T09:00:00.000Z'));
    expect(ended).toEqual([]);
  });
});

describe('the settings', () => {
  it('are gone after commit and after rollback: the connection goes back knowing nobody', async () => {
    const one = new pg.Pool({ connectionString: database.appUrl, max: 1 });
    const count = async () => Number((await one.query('select count(*) from learner')).rows[0].count);
    const settle = async (end: 'commit' | 'rollback') => {
      await one.query('begin');
      await one.query(`select set_config('meriden.organisation', $1, true), set_config('meriden.role', 'PROVIDER_STAFF', true)`, [world.a.provider.id]);
      expect(await count()).toBe(1);
      await one.query(end);
      expect(await count()).toBe(0);
    };
    await settle('commit');
    await settle('rollback');
    // The control: set for the session instead, it stays on the connection for whoever borrows it next.
    await one.query(`select set_config('meriden.organisation', $1, false), set_config('meriden.role', 'PROVIDER_STAFF', false)`, [world.a.provider.id]);
    expect(await count()).toBe(1);
    await one.end();
  });

  it('as set by the unit of work are gone as well, whoever asks next on the same connection', async () => {
    const app = await createDataSource({ url: database.appUrl, role: 'app', poolSize: 1 }).initialize();
    const uow = new UnitOfWork({ app });
    const next = () =>
      app.query<unknown[]>(
        `select (select count(*) from learner) as learners, current_setting('meriden.role', true) as role,
           current_setting('meriden.organisation', true) as organisation, current_setting('transaction_read_only') as locked`,
      );
    const nobody = [{ learners: 0, role: '', organisation: '', locked: 'off' }];
    await uow.readAs(world.operator, async (tx) => expect(await tx.manager.query('select id from learner')).toHaveLength(2));
    expect(await next()).toEqual(nobody);
    await uow.as(world.operator, () => Promise.reject(new Error('no'))).catch(() => undefined);
    expect(await next()).toEqual(nobody);
    await uow.as(world.operator, async () => undefined);
    expect(await next()).toEqual(nobody);
    await uow.anonymous(async (tx) => expect(await tx.manager.query('select id from learner')).toHaveLength(0));
    await app.destroy();
  });
});

describe('an owner that is no superuser', () => {
  it('sees nothing while security is forced, and everything without FORCE: that is why it is forced', async () => {
    const role = `probe_${randomBytes(4).toString('hex')}`;
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(`create role ${role} nologin`);
      await client.query(`grant usage, create on schema public to ${role}`);
      await client.query(`alter table learner owner to ${role}`);
      const count = async () => {
        await client.query(`set local role ${role}`);
        const { rows } = await client.query('select count(*) as n from learner');
        await client.query('reset role');
        return Number(rows[0].n);
      };
      expect(await count()).toBe(0);
      await client.query('alter table learner no force row level security');
      expect(await count()).toBe(2);
    } finally {
      await client.query('rollback');
      await client.end();
    }
  });
});

describe('the functions that look past the policies', () => {
  it('belong to a role that is no superuser, cannot log in, and pin their search path', async () => {
    const rows = await database.sql<{ name: string; owner: string; super: boolean; login: boolean; bypass: boolean; path: string[] | null }>(
      `select p.proname as name, r.rolname as owner, r.rolsuper as super, r.rolcanlogin as login, r.rolbypassrls as bypass, p.proconfig as path
       from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`,
    );
    expect(rows.map((row) => row.name)).toEqual(['accept_invitation', 'audit_chained', 'candidate_profile', 'federated_identity_lookup', 'invitation_lookup', 'organisation_members', 'passkey_lookup', 'proposal_within_openings', 'refresh_lookup', 'region_counts', 'region_skill_supply', 'reset_lookup', 'session_lookup', 'sign_in_lookup']);
    for (const row of rows) {
      expect(row).toMatchObject({ owner: 'meriden_definer', super: false, login: false, bypass: false, path: ['search_path=pg_catalog, public, pg_temp'] });
    }
  });

  it('find one person and one session before any tenant is known, and nothing else', async () => {
    await database.uow.anonymous(async (tx) => {
      const { person, memberships } = (await new PersonStore().byEmail(tx, `${world.a.staff.personId.toUpperCase()}@Example.org`)) ?? {};
      expect(person).toMatchObject({ id: world.a.staff.personId, disabled: false });
      expect(memberships).toEqual([
        { id: world.a.staff.membershipId, personId: world.a.staff.personId, organisationId: world.a.provider.id, role: 'PROVIDER_STAFF', learnerId: null, endedAt: null },
      ]);
      expect(await new PersonStore().byEmail(tx, 'nobody@example.org')).toBeNull();
      const hash = `${world.a.staff.sessionId}${world.a.staff.sessionId}`.replaceAll('-', '');
      expect(await new SessionStore().byTokenHash(tx, hash)).toMatchObject({
        session: { id: world.a.staff.sessionId, createdAt: '2026-11-22T08:00:00.000Z' },
        membership: { id: world.a.staff.membershipId },
        person: { id: world.a.staff.personId },
      });
      expect(await new SessionStore().byTokenHash(tx, 'f'.repeat(64))).toBeNull();
      expect(await tx.manager.query('select * from person')).toEqual([]);
    });
  });

  it('show an employer only skills that a vacancy of its own asks for, which is live or made a proposal', async () => {
    const skill = (skillId: string) => ({ skillId, source: 'STATED', evidence: `A term of ${skillId}.` });
    await database.sql('update learner set skills = $2 where id = $1', [world.a.learner.id, JSON.stringify(['cad', 'falconry', 'soldering'].map(skill))]);
    const shown = async (): Promise<readonly unknown[]> => {
      const [row] = await database.uow.readAs(world.a.host, (tx) => tx.manager.query<{ skills: { skillId: string }[] }[]>('select skills from candidate_profile($1::uuid[])', [[world.a.candidate.id]]));
      return (row?.skills ?? []).map(({ skillId }) => skillId);
    };
    const ask = (vacancyId: string, state: string, need: string, ...skillIds: string[]) =>
      database.sql('update vacancy set state = $2, skills = $3 where id = $1', [vacancyId, state, JSON.stringify(skillIds.map((skillId) => ({ skillId, need })))]);
    const own = world.a.draft.id;
    const before = await database.sql<{ state: string; skills: unknown }>('select state, skills from vacancy where id = $1', [own]);
    // The vacancy that made a proposal asks for CAD.
    await ask(own, 'LIVE', 'ESSENTIAL', 'soldering');
    expect(await shown()).toEqual(['cad', 'soldering']);
    await ask(own, 'LIVE', 'OPTIONAL', 'falconry');
    expect(await shown()).toEqual(['cad', 'falconry']);
    await ask(own, 'LIVE', 'WILL_TRAIN', 'falconry');
    expect(await shown()).toEqual(['cad']);
    // Closed without ever having been seen, as a draft may be.
    for (const state of ['DRAFT', 'CLOSED']) {
      await ask(own, state, 'ESSENTIAL', 'falconry');
      expect(await shown()).toEqual(['cad']);
    }
    await database.sql(`update vacancy set state = 'CLOSED' where id = $1`, [world.a.vacancy.id]);
    expect(await shown()).toEqual(['cad']);
    await database.sql(`update vacancy set state = 'LIVE' where id = $1`, [world.a.vacancy.id]);
    await database.sql('update vacancy set state = $2, skills = $3 where id = $1', [own, before[0]?.state, JSON.stringify(before[0]?.skills)]);
  });

  it('show an employer its own candidates without name, number, age or home, and others’ not at all', async () => {
    await database.sql(`update learner set skills = $2 where id = $1`, [
      world.a.learner.id,
      JSON.stringify([{ skillId: 'cad', source: 'STATED', evidence: 'I, maya QUILLMEREBY, number 9276308686, write to maya.q@example.org. Mayanism is no name.' }]),
    ]);
    const profile = (actor: Actor) =>
      database.uow.readAs(actor, (tx) =>
        tx.manager.query<Record<string, unknown>[]>('select * from candidate_profile($1::uuid[])', [[world.a.candidate.id, world.b.candidate.id]]),
      );
    const [row, ...others] = await profile(world.a.host);
    expect(others).toEqual([]);
    expect(Object.keys(row ?? {}).sort()).toEqual(['entry_point_id', 'id', 'level', 'organisation_id', 'pseudonym', 'qualification_id', 'skills']);
    expect(row?.['skills']).toEqual([
      { skillId: 'cad', source: 'STATED', evidence: 'I, [name] [name], number [number], write to [e-mail] Mayanism is no name.' },
    ]);
    for (const actor of [world.a.staff, world.a.student, world.region]) expect(await profile(actor)).toEqual([]);

    // Names that can be told to be absent, names in other letters, and names too short to be looked for.
    const told = async (givenName: string, familyName: string, evidence: string): Promise<unknown> => {
      await database.sql('update learner set given_name = $2, family_name = $3, skills = $4 where id = $1', [
        world.a.learner.id, givenName, familyName, JSON.stringify([{ skillId: 'cad', source: 'STATED', evidence }]),
      ]);
      return ((await profile(world.a.host))[0]?.['skills'] as { evidence: string }[])[0]?.evidence;
    };
    expect(await told('Maya', 'Quillmereby', 'Ask x@example.org or 07700 900123 about CAD.')).toBe('Ask [e-mail] or [number] about CAD.');
    expect(await told('Anne-Marie', 'Quill', 'MARIE and quill; anne. Annex.')).toBe('[name] and [name]; [name]. Annex.');
    expect(await told('Zoë', 'Ångström', 'ZOË ÅNGSTRÖM, or zoë.')).toBe('[name] [name], or [name].');
    expect(await told('Siân', "O'Neil", "Siân o'neil drew it.")).toBe('[name] [name] drew it.');
    expect(await told('Maya', 'Quill (demo)', 'A quill; a (DEMO) of it.')).toBe('A [name]; a [name] of it.');
    expect(await told('J.R.', 'Quill', 'By J.R. alone; JxRx.')).toBe('By [name] alone; [name].');
    expect(await told('A', 'B', 'A and B; 1234567.')).toBe('A and B; [number].');
  });
});
