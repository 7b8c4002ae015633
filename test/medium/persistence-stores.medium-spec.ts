import { randomUUID } from 'node:crypto';
import {
  AuditStore,
  CandidateStore,
  EmployerPreferenceStore,
  LearnerPreferenceStore,
  LearnerStore,
  MembershipStore,
  OrganisationStore,
  OutcomeStore,
  PersonStore,
  PlacementStore,
  ProposalStore,
  RoundStore,
  ScoringInputStore,
  ScoringRunStore,
  SessionStore,
  SuggestionStore,
  Tx,
  VacancyStore,
} from '@meriden/persistence';
import { aLearner, anOrganisation, aVacancy } from '../support/builders.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { aPerson, aPlacement, aProposal, aRound, aSuggestion, twoColleges, type TwoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
let world: TwoColleges;

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
});
afterAll(() => database.end());

/** Past the policies: what a store does to rows, not who may. Runs in the unit of work's own way for its errors: as the operator. */
const owner = <T>(work: (tx: Tx) => Promise<T>) => database.asOwner(work);
const operator = <T>(work: (tx: Tx) => Promise<T>) => database.uow.as(world.operator, work);

/** The world as it was written, each row by its store. */
it('every noun comes back as the domain value it went in as', async () => {
  const { a, round, run } = world;
  await owner(async (tx) => {
    expect({ ...(await new OrganisationStore().byId(tx, a.provider.id)) }).toEqual(a.provider);
    expect({ ...(await new LearnerStore().byId(tx, a.learner.id)) }).toEqual(a.learner);
    expect({ ...(await new VacancyStore().byId(tx, a.vacancy.id)) }).toEqual(a.vacancy);
    expect({ ...(await new SuggestionStore().forPair(tx, a.learner.id, a.vacancy.id)) }).toEqual(a.suggestion);
    expect({ ...(await new CandidateStore().byIds(tx, [a.candidate.id]))[0] }).toEqual(a.candidate);
    expect({ ...(await new LearnerPreferenceStore().ofLearner(tx, round.id, a.learner.id)) }).toEqual(a.learnerPreference);
    expect({ ...(await new EmployerPreferenceStore().ofEmployer(tx, round.id, a.employer.id)) }).toEqual(a.employerPreference);
    expect({ ...(await new RoundStore().byId(tx, round.id)) }).toEqual(round);
    expect({ ...(await new OutcomeStore().ofLearner(tx, round.id, a.learner.id)) }).toEqual(a.outcome);
    expect({ ...(await new ProposalStore().byId(tx, a.proposal.id)) }).toEqual(a.proposal);
    expect({ ...(await new PlacementStore().byId(tx, a.placement.id)) }).toEqual(a.placement);
    expect({ ...(await new ScoringRunStore().byId(tx, run.id)) }).toEqual(run);
    expect({ ...(await new MembershipStore().byId(tx, a.student.membershipId)) }).toMatchObject({ learnerId: a.learner.id, role: 'LEARNER' });
  });
});

describe('versions', () => {
  it('the next version is written; an old one is refused with both numbers; an unknown row is not found', async () => {
    const organisations = new OrganisationStore();
    const organisation = anOrganisation({ id: randomUUID() });
    await operator((tx) => organisations.insert(tx, organisation));
    await operator((tx) => organisations.save(tx, { ...organisation, name: 'Second', version: 2 }));
    const stale = operator((tx) => organisations.save(tx, { ...organisation, name: 'Lost', version: 2 }));
    await expect(stale).rejects.toMatchObject({ code: 'VERSION_CONFLICT', message: expect.stringContaining('you saw version 1, it is now version 2') });
    await expect(operator((tx) => organisations.save(tx, { ...organisation, id: randomUUID(), version: 2 }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await owner((tx) => organisations.byId(tx, organisation.id))).toMatchObject({ name: 'Second', version: 2 });
  });

  it('of many writers at once on one version exactly one wins', async () => {
    const organisations = new OrganisationStore();
    const organisation = anOrganisation({ id: randomUUID() });
    await operator((tx) => organisations.insert(tx, organisation));
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => operator((tx) => organisations.save(tx, { ...organisation, name: `writer ${n}`, version: 2 }))),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(results.filter((result) => result.status === 'rejected' && result.reason.code === 'VERSION_CONFLICT')).toHaveLength(7);
  });
});

describe('a learner and the person they are', () => {
  it('are tied once, by the operator, only in their own organisation, and without a new version', async () => {
    const store = new LearnerStore();
    const learner = aLearner({ id: randomUUID(), organisationId: world.a.provider.id, uln: null, personId: null });
    const [first, second] = [aPerson(), aPerson()];
    await owner(async (tx) => {
      await store.insert(tx, learner);
      for (const person of [first, second]) await new PersonStore().insert(tx, person);
    });
    const tie = (personId: string, organisationId: string) => operator((tx) => store.tie(tx, { learnerId: learner.id, organisationId, personId }));
    expect(await tie(first.id, world.b.provider.id)).toBe(false);
    expect(await tie(first.id, world.a.provider.id)).toBe(true);
    expect(await tie(second.id, world.a.provider.id)).toBe(false);
    expect({ ...(await owner((tx) => store.byId(tx, learner.id))) }).toEqual({ ...learner, personId: first.id });
  });
});

describe('duplicates that people meet are refusals', () => {
  it('a learner number twice in one college, but not in two', async () => {
    const learners = new LearnerStore();
    const enrol = (side: typeof world.a, uln: string) =>
      database.uow.as(side.staff, (tx) => learners.insert(tx, aLearner({ id: randomUUID(), organisationId: side.provider.id, uln })));
    await expect(enrol(world.a, world.a.learner.uln as string)).rejects.toMatchObject({ code: 'ALREADY_EXISTS', refusals: [{ path: ['input', 'uln'] }] });
    await expect(enrol(world.b, world.a.learner.uln as string)).resolves.toBeUndefined();
  });

  it('an e-mail address, in capitals too', async () => {
    const people = new PersonStore();
    const insert = (email: string) => operator((tx) => people.insert(tx, aPerson({ email })));
    await insert('Twice@example.org');
    await expect(insert('tWICE@example.org')).rejects.toMatchObject({ code: 'ALREADY_EXISTS', refusals: [{ path: ['input', 'email'] }] });
  });

  it('a UKPRN', async () => {
    const organisations = new OrganisationStore();
    const insert = () => operator((tx) => organisations.insert(tx, anOrganisation({ id: randomUUID(), ukprn: '10000001' })));
    await insert();
    await expect(insert()).rejects.toMatchObject({ code: 'ALREADY_EXISTS', refusals: [{ path: ['input', 'ukprn'] }] });
    expect(await operator((tx) => organisations.byUkprn(tx, '10000001'))).toMatchObject({ name: 'Test College (fictional)' });
  });

  it('a broken invariant is not a refusal', async () => {
    const insert = operator((tx) => new OrganisationStore().insert(tx, anOrganisation({ id: randomUUID(), name: '' })));
    await expect(insert).rejects.not.toMatchObject({ name: 'Rejection' });
  });
});

describe('openings', () => {
  const vacancies = new VacancyStore();
  const proposals = new ProposalStore();

  /** A fresh vacancy of two openings and learners enough, in a round of its own. */
  async function setting(openings = 2, count = 4) {
    const { provider, employer } = world.a;
    const round = aRound(world.operator.organisationId);
    const vacancy = aVacancy({ id: randomUUID(), organisationId: employer.id, openings });
    const learners = Array.from({ length: count }, () => aLearner({ id: randomUUID(), organisationId: provider.id, uln: null }));
    await owner(async (tx) => {
      await new RoundStore().insert(tx, round, 's');
      await vacancies.insert(tx, vacancy);
      await new LearnerStore().insertMany(tx, learners);
    });
    return { vacancy, proposals: learners.map((learner) => aProposal(round, learner, vacancy)) };
  }

  it('are never overfilled, and the whole transaction is refused', async () => {
    const { proposals: rows, vacancy } = await setting();
    await expect(operator((tx) => proposals.insertMany(tx, rows))).rejects.toMatchObject({ code: 'OPENINGS_TAKEN' });
    await operator((tx) => proposals.insertMany(tx, rows.slice(0, 2)));
    await expect(operator((tx) => proposals.insertMany(tx, rows.slice(2, 3)))).rejects.toMatchObject({ code: 'OPENINGS_TAKEN' });
    // Declined and expired ones do not count, and within one transaction the order does not matter.
    await owner(async (tx) => {
      await proposals.insertMany(tx, rows.slice(2, 3));
      await proposals.save(tx, { ...(rows[0] as (typeof rows)[0]), state: 'DECLINED', version: 2 });
    });
    const [count] = await database.sql<{ n: number }>(`select count(*) as n from proposal where vacancy_id = $1 and state = 'PROPOSED'`, [vacancy.id]);
    expect(count?.n).toBe(2);
  });

  it('are not overfilled by two transactions at once either: the second waits for the first before it counts', async () => {
    const { proposals: rows, vacancy } = await setting(1, 2);
    const [mine, yours] = rows as [(typeof rows)[0], (typeof rows)[0]];
    const insert = (tx: Tx, row: typeof mine) => proposals.insertMany(tx, [row]).then(() => tx.manager.query('set constraints all immediate'));
    let second: Promise<unknown> = Promise.resolve();
    await operator(async (tx) => {
      await insert(tx, mine);
      second = operator((other) => insert(other, yours)).catch((refusal: unknown) => refusal);
      await database.eventuallyWaiting();
    });
    expect(await second).toMatchObject({ code: 'OPENINGS_TAKEN' });
    const [count] = await database.sql<{ n: number }>('select count(*) as n from proposal where vacancy_id = $1', [vacancy.id]);
    expect(count?.n).toBe(1);
  });

  it('cannot be cut below what is taken', async () => {
    const { vacancy, proposals: rows } = await setting();
    await operator((tx) => proposals.insertMany(tx, rows.slice(0, 2)));
    const cut = (openings: number, version: number) => database.uow.as(world.a.host, (tx) => vacancies.save(tx, { ...vacancy, openings, version }));
    await expect(cut(1, 2)).rejects.toMatchObject({ code: 'OPENINGS_TAKEN' });
    await expect(cut(3, 2)).resolves.toBeUndefined();
  });

  it('a learner holds one proposal a round and one active placement', async () => {
    const { proposals: rows } = await setting(3);
    const [first] = rows as [(typeof rows)[0]];
    await operator((tx) => proposals.insertMany(tx, [first]));
    await expect(operator((tx) => proposals.insertMany(tx, [{ ...first, id: randomUUID() }]))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    const placements = new PlacementStore();
    await owner((tx) => placements.insert(tx, aPlacement(first)));
    const second = { ...first, id: randomUUID(), roundId: world.round.id };
    await owner((tx) => proposals.insertMany(tx, [second]));
    const student = { ...world.a.student, learnerId: first.learnerId };
    await expect(database.uow.as(student, (tx) => placements.insert(tx, aPlacement(second)))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  it('proposals past their time are taken up by one sweep only', async () => {
    const { proposals: rows } = await setting();
    await operator((tx) => proposals.insertMany(tx, rows.slice(0, 2).map((row) => ({ ...row, replyBy: '2026-01-01T00:00:00.000Z' }))));
    const sweep = (after: (found: number) => Promise<void>) =>
      database.uow.asSystem({ name: 'expire' }, async (tx) => {
        const due = await proposals.dueBefore(tx, '2026-06-01T00:00:00.000Z', 100);
        await after(due.length);
        for (const proposal of due) await proposals.save(tx, { ...proposal, state: 'EXPIRED', version: proposal.version + 1 });
        return due.length;
      });
    let second = -1;
    const first = await sweep(async () => {
      second = await sweep(async () => undefined);
    });
    expect([first, second, await sweep(async () => undefined)]).toEqual([2, 0, 0]);
  });
});

describe('preferences', () => {
  it('each version leaves its receipt; a first list given twice, or a stale one, is refused', async () => {
    const preferences = new LearnerPreferenceStore();
    const give = (version: number, groups: string[][]) =>
      database.uow.as(world.b.student, (tx) => preferences.upsert(tx, { ...world.b.learnerPreference, version, groups, receipt: `receipt ${version}` }));
    await give(2, [[world.b.vacancy.id], [world.a.vacancy.id]]);
    await expect(give(2, [])).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    await expect(
      database.uow.as(world.b.student, (tx) => preferences.upsert(tx, { ...world.b.learnerPreference, id: randomUUID() })),
    ).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    const receipts = await database.sql<{ version: number; receipt: string }>('select version, receipt from preference_receipt where preference_id = $1 order by 1', [
      world.b.learnerPreference.id,
    ]);
    expect(receipts.map((row) => row.version)).toEqual([1, 2]);
    expect(await owner((tx) => preferences.ofRound(tx, world.round.id))).toHaveLength(2);
  });

  it('the history cannot be changed, deleted or emptied, by the owner neither', async () => {
    for (const table of ['preference_receipt', 'audit_entry']) {
      for (const statement of [`update ${table} set organisation_id = null`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(database.sql(statement)).rejects.toThrow('append-only');
      }
    }
  });
});

describe('rounds', () => {
  const rounds = new RoundStore();

  it('an attempt that is overtaken can neither write nor show progress', async () => {
    const round = aRound(world.operator.organisationId, { state: 'SOLVING', stage: 'SNAPSHOT', attempt: 1 });
    await owner((tx) => rounds.insert(tx, round, 'secret'));
    const asWorker = <T>(work: (tx: Tx) => Promise<T>) => database.uow.asSystem({ name: 'solve', objectId: round.id }, work);
    expect(await asWorker((tx) => rounds.progress(tx, round.id, 1, 'SOLVE'))).toBe(true);
    // A second worker takes over: attempt 2.
    expect(await asWorker((tx) => rounds.compareAndSet(tx, { ...round, attempt: 2, version: 2 }, 1))).toBe(true);
    expect(await asWorker((tx) => rounds.progress(tx, round.id, 1, 'SAVE'))).toBe(false);
    for (const version of [2, 3]) expect(await asWorker((tx) => rounds.compareAndSet(tx, { ...round, state: 'SOLVED', version }, 1))).toBe(false);
    expect(await asWorker((tx) => rounds.compareAndSet(tx, { ...round, attempt: 2, state: 'SOLVED', stage: 'DONE', matched: 1, version: 3 }, 2))).toBe(true);
    expect(await owner((tx) => rounds.byId(tx, round.id))).toMatchObject({ state: 'SOLVED', attempt: 2, version: 3, matched: 1 });
  });

  it('keep the snapshot of an attempt as it was first taken, byte for byte, and the newest file', async () => {
    const round = aRound(world.operator.organisationId);
    const input = '{"b":1,"a":"\\u00e9 – ü"}';
    await owner(async (tx) => {
      await rounds.insert(tx, round, 'secret');
      await rounds.saveSnapshot(tx, { roundId: round.id, attempt: 1, input, inputHash: 'h1', seed: '42' });
      await rounds.saveSnapshot(tx, { roundId: round.id, attempt: 1, input: '{}', inputHash: 'h2', seed: '43' });
      expect(await rounds.snapshot(tx, round.id)).toEqual({ roundId: round.id, attempt: 1, input, inputHash: 'h1', seed: '42' });
      expect(await rounds.snapshot(tx, round.id, 2)).toBeNull();
      expect(await rounds.secret(tx, round.id)).toBe('secret');
      expect(await rounds.file(tx, round.id)).toBeNull();
      await rounds.saveFile(tx, round.id, 'one');
      await rounds.saveFile(tx, round.id, 'two');
      expect(await rounds.file(tx, round.id)).toBe('two');
    });
  });

  it('publishing lets outcomes be seen once', async () => {
    const round = aRound(world.operator.organisationId);
    const outcomes = new OutcomeStore();
    const outcome = { ...world.a.outcome, id: randomUUID(), roundId: round.id, published: false };
    await owner(async (tx) => {
      await rounds.insert(tx, round, 'secret');
      await outcomes.insertMany(tx, [outcome]);
    });
    expect(await database.uow.readAs(world.a.student, (tx) => outcomes.byId(tx, outcome.id))).toBeNull();
    await operator((tx) => outcomes.save(tx, { ...outcome, withheld: true, withheldReason: 'Asked to wait.' }));
    expect(await operator((tx) => outcomes.publish(tx, round.id))).toBe(1);
    expect(await operator((tx) => outcomes.publish(tx, round.id))).toBe(0);
    expect(await database.uow.readAs(world.a.student, (tx) => outcomes.byId(tx, outcome.id))).toMatchObject({ withheld: true, published: true });
    await expect(database.uow.as(world.a.staff, (tx) => outcomes.save(tx, { ...outcome, withheld: false }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('sessions', () => {
  it('are made by the person, revoked once, and all at once', async () => {
    const sessions = new SessionStore();
    const session = {
      id: randomUUID(),
      tokenHash: 'ab'.repeat(32),
      membershipId: world.b.host.membershipId,
      kind: 'BEARER',
      createdAt: '2026-11-22T08:00:00.000Z',
      expiresAt: '2026-11-22T20:00:00.000Z',
      revokedAt: null,
    } as const;
    const host = <T>(work: (tx: Tx) => Promise<T>) => database.uow.as(world.b.host, work);
    await host((tx) => sessions.insert(tx, session));
    await expect(host((tx) => sessions.insert(tx, { ...session, id: randomUUID(), tokenHash: 'cd'.repeat(32), membershipId: world.a.host.membershipId }))).rejects.toThrow(
      'row-level security',
    );
    expect((await database.uow.anonymous((tx) => sessions.byTokenHash(tx, session.tokenHash)))?.session).toEqual(session);
    expect(await host((tx) => sessions.revoke(tx, session.id, '2026-11-22T09:00:00.000Z'))).toBe(true);
    expect(await host((tx) => sessions.revoke(tx, session.id, '2026-11-22T10:00:00.000Z'))).toBe(false);
    expect((await database.uow.anonymous((tx) => sessions.byTokenHash(tx, session.tokenHash)))?.session.revokedAt).toBe('2026-11-22T09:00:00.000Z');
    expect(await operator((tx) => sessions.revokeAllOf(tx, world.b.host.personId, '2026-11-22T11:00:00.000Z'))).toEqual([world.b.host.sessionId]);
  });

  it('a person is saved and found by its memberships', async () => {
    const people = new PersonStore();
    const person = (await database.uow.as(world.b.staff, (tx) => people.byId(tx, world.b.staff.personId))) as ReturnType<typeof aPerson>;
    await database.uow.as(world.b.staff, (tx) => people.setPassword(tx, person.id, '$argon2id$...'));
    expect(await database.uow.anonymous((tx) => people.byEmail(tx, person.email))).toMatchObject({ person: { passwordHash: '$argon2id$...' } });
    await expect(database.uow.as(world.a.staff, (tx) => people.setPassword(tx, person.id, 'of another'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const still = (with_: object) => database.uow.as(world.b.staff, (tx) => people.stillAs(tx, { ...person, passwordHash: '$argon2id$...', ...with_ }));
    expect([await still({}), await still({ passwordHash: null }), await still({ totpSecret: 'another' })]).toEqual([true, false, false]);
    expect(await operator((tx) => new MembershipStore().ofPerson(tx, person.id))).toHaveLength(1);
  });
});

describe('scoring runs', () => {
  it('count each chunk once, however often it is delivered and by however many', async () => {
    const runs = new ScoringRunStore();
    const asWorker = <T>(work: (tx: Tx) => Promise<T>) => database.uow.asSystem({ name: 'score' }, work);
    const run = { ...world.run, id: randomUUID(), startedAt: '2026-11-22T09:00:00.000Z', chunks: 0, chunksDone: 0, pairs: 0 };
    await operator((tx) => runs.insert(tx, run));
    await asWorker((tx) => runs.plan(tx, { ...run, learners: 1200, vacancies: 160, chunks: 5 }));
    const progress = await Promise.all([0, 1, 2, 3, 4, 0, 1, 2, 3, 4].map((chunk) => asWorker((tx) => runs.chunkDone(tx, run.id, chunk, 38_400))));
    expect(Math.max(...progress.map((step) => step?.done ?? 0))).toBe(5);
    expect(await asWorker((tx) => runs.chunkDone(tx, run.id, 4, 38_400))).toEqual({ done: 5, chunks: 5 });
    await expect(asWorker((tx) => runs.chunkDone(tx, randomUUID(), 4, 38_400))).rejects.toThrow('foreign key');
    expect(await asWorker((tx) => runs.finish(tx, run.id, 'DONE', '2026-11-22T09:01:00.000Z'))).toBe(true);
    expect(await asWorker((tx) => runs.finish(tx, run.id, 'FAILED', '2026-11-22T09:02:00.000Z'))).toBe(false);
    expect(await operator((tx) => runs.latest(tx))).toMatchObject({ id: run.id, state: 'DONE', pairs: 192_000, chunksDone: 5 });
  });
});

it('candidates of two employers share neither id nor pseudonym, and stay what they are', async () => {
  const candidates = new CandidateStore();
  const pairs = [world.a.employer.id, world.b.employer.id].map((organisationId) => ({ organisationId, learnerId: world.a.learner.id, providerId: world.a.provider.id }));
  const first = await owner((tx) => candidates.ensureMany(tx, pairs));
  expect(new Set(first.flatMap((row) => [row.id, row.pseudonym])).size).toBe(4);
  expect(await owner((tx) => candidates.ensureMany(tx, pairs))).toEqual(first);
  expect(first.every((row) => /^Candidate [A-Z3-9]{4}-[A-Z3-9]{4}$/.test(row.pseudonym))).toBe(true);
  expect(await owner((tx) => candidates.ofLearner(tx, world.a.learner.id))).toHaveLength(2);
});

it('the audit keeps what was appended', async () => {
  const entry = { id: randomUUID(), at: '2026-11-22T10:00:00.001Z', personId: world.operator.personId, organisationId: world.operator.organisationId, verb: 'open', noun: 'round', objectId: 'x', detail: { version: 1, ok: true, note: null } };
  await operator((tx) => new AuditStore().append(tx, entry));
  expect(await database.sql('select at, detail from audit_entry where id = $1', [entry.id])).toEqual([{ at: entry.at, detail: entry.detail }]);
});

it('a region of the demonstration’s size goes in by a few statements', async () => {
  const side = world.a;
  const learners = Array.from({ length: 1_200 }, () => aLearner({ id: randomUUID(), organisationId: side.provider.id, uln: null }));
  const vacancies = Array.from({ length: 160 }, () => aVacancy({ id: randomUUID(), organisationId: side.employer.id }));
  const rows = learners.flatMap((learner, n) =>
    Array.from({ length: 20 }, (_, k) => aSuggestion(learner, vacancies[(n + k) % 160] as (typeof vacancies)[0], { rank: k + 1, orderKey: 9_000 - k })),
  );
  const counted = { learners: 0, vacancies: 0, suggestions: 0 };
  const count = (tx: Tx, noun: keyof typeof counted): Tx => {
    const query = tx.manager.query.bind(tx.manager);
    tx.manager.query = ((...given: Parameters<typeof query>) => (counted[noun]++, query(...given))) as typeof tx.manager.query;
    return tx;
  };
  await database.uow.as(side.staff, (tx) => new LearnerStore().insertMany(count(tx, 'learners'), learners));
  await database.uow.as(side.host, (tx) => new VacancyStore().insertMany(count(tx, 'vacancies'), vacancies));
  await database.uow.asSystem({ name: 'score' }, (tx) => new SuggestionStore().replaceForLearners(count(tx, 'suggestions'), learners.map((l) => l.id), rows, 'REGION'));
  expect(counted).toEqual({ learners: 1, vacancies: 1, suggestions: 2 });
  const [stored] = await database.sql<{ n: number }>('select count(*) as n from suggestion where learner_id = any ($1)', [learners.map((l) => l.id)]);
  expect(stored?.n).toBe(24_000);
  // The pages by which scoring goes through all learners meet each of them once.
  const store = new LearnerStore();
  const met: string[] = [];
  await database.uow.asSystem({ name: 'page' }, async (tx) => {
    for (let after: string | null = null, page = await store.page(tx, after, 500); page.length > 0; page = await store.page(tx, after, 500)) {
      met.push(...page.map((learner) => learner.id));
      after = met.at(-1) as string;
    }
    expect(met).toHaveLength(await store.count(tx));
  });
  expect(new Set(met).size).toBe(met.length);
});

it('inputs of scores are kept in one order, whoever keeps them: two that keep the same never wait for one another in a circle', async () => {
  const input = (hash: string) => ({ hash: hash.repeat(64), kind: 'POLICY' as const, learnerId: null, organisationId: null, body: '{}' });
  const keep = (tx: Tx, ...hashes: string[]) => new ScoringInputStore().keep(tx, hashes.map(input));
  const holder = database.owner.createQueryRunner();
  await holder.startTransaction();
  await keep(new Tx(holder.manager), 'd');
  const waiting = owner((tx) => keep(tx, 'e', 'd', 'c'));
  await database.eventuallyWaiting();
  // What comes after the one it waits for is not taken yet, what comes before it is.
  await owner(async (tx) => {
    await tx.manager.query(`set local lock_timeout = '300ms'`);
    await keep(tx, 'e');
    await expect(keep(tx, 'c')).rejects.toThrow('lock timeout');
  });
  await holder.commitTransaction();
  await holder.release();
  await waiting;
  expect(await database.sql(`select left(hash, 1) as h from scoring_input where hash in ($1, $2, $3) order by 1`, ['c', 'd', 'e'].map((h) => h.repeat(64)))).toEqual([{ h: 'c' }, { h: 'd' }, { h: 'e' }]);
});
