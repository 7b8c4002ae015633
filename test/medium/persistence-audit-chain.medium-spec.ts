import { randomUUID } from 'node:crypto';
import { AuditChainStore, AuditStore, createDataSource, runMigrations, withScratchDatabase, Tx } from '@meriden/persistence';
import { loadConfig } from '@meriden/platform';
import { AuditService } from '@meriden/services';
import type { Actor } from '@meriden/domain';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { tamperings } from '../support/audit-tampering.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
let world: TwoColleges;
let audit: AuditService;

const entry = (actor: Actor | null, detail = {}) => ({
  id: randomUUID(),
  at: '2026-11-24T20:00:00.123Z',
  personId: actor?.personId ?? null,
  organisationId: actor?.organisationId ?? null,
  verb: 'changed the profile of',
  noun: 'learner',
  objectId: randomUUID(),
  detail,
});

const CLOCK = { now: () => '2026-11-24T20:00:00.000Z', today: () => '2026-11-24' };

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
  audit = new AuditService({ uow: database.uow, clock: CLOCK } as never, new AuditChainStore(), loadConfig());
});
afterAll(() => database.end());

const append = (actor: Actor, entries: number) =>
  database.uow.as(actor, async (tx) => {
    for (let i = 0; i < entries; i++) await new AuditStore().append(tx, entry(actor, { version: i, words: 'Müller, 2:x' }));
  });

it('every entry has its place in the chain of its tenant, and the whole is found whole', async () => {
  await append(world.a.staff, 3);
  await append(world.b.host, 2);
  await database.uow.asSystem({ name: 'a job that writes' }, (tx) => tx.manager.query(`update round set version = version`));
  const check = await audit.check();
  const [count] = await database.sql<{ n: number }>('select count(*) as n from audit_entry');
  expect(check).toMatchObject({ breaches: [], entries: count?.n });
  const [link] = await database.sql<{ seq: number }>('select seq from audit_chain where chain = $1', [world.a.provider.id]);
  expect(link?.seq).toBe(5);
});

it('many writers of one tenant at once make one chain without a gap, and none of them fails', async () => {
  await Promise.all(Array.from({ length: 40 }, () => append(world.a.staff, 2)));
  expect((await audit.check()).breaches).toEqual([]);
});

it('whoever says where the chain ends is not believed: the place is a hint, and a wrong one leads to the same chain', async () => {
  const before = (await audit.check()).entries;
  const [other] = await database.sql<{ place: string }>('select ctid::text as place from audit_chain where chain = $1', [world.b.provider.id]);
  const [stale] = await database.sql<{ place: string }>('select ctid::text as place from audit_chain where chain = $1', [world.a.provider.id]);
  await append(world.a.staff, 1);
  for (const place of [other?.place, stale?.place, '(4000000,1)', '']) {
    await database.uow.as(world.a.staff, async (tx) => {
      await tx.manager.query(`select set_config('meriden.audit_place', $1, true)`, [place]);
      await new AuditStore().append(tx, entry(world.a.staff), entry(world.a.staff));
    });
  }
  await Promise.all(Array.from({ length: 10 }, () => append(world.b.staff, 20)));
  expect(await audit.check()).toMatchObject({ breaches: [], entries: before + 9 + 200 });
});

it('a change that is rolled back leaves no place behind', async () => {
  const before = (await audit.check()).entries;
  await expect(
    database.uow.as(world.a.staff, async (tx) => {
      await new AuditStore().append(tx, entry(world.a.staff));
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await audit.check()).toMatchObject({ breaches: [], entries: before });
});

it('a client that froze in mid-transaction holds up no other writer of its tenant', async () => {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  const frozen = database.uow.as(world.a.staff, async (tx) => {
    await new AuditStore().append(tx, entry(world.a.staff));
    await left;
  });
  await append(world.a.staff, 1);
  leave();
  await frozen;
  expect((await audit.check()).breaches).toEqual([]);
});

it('nobody in the product’s roles can write a link, an end or a signature of the app’s own', async () => {
  for (const sql of [`insert into audit_link values ('x', 1, gen_random_uuid(), 'h')`, `update audit_chain set seq = 0`, `insert into audit_head values ('x', now(), 1, 'h', now(), 's')`]) {
    await expect(database.uow.as(world.operator, (tx) => tx.manager.query(sql))).rejects.toThrow('permission denied');
  }
  await expect(database.sql(`delete from audit_link`)).rejects.toThrow('append-only');
});

it('ends are signed once a day', async () => {
  expect(await audit.signHeads()).toBeGreaterThan(0);
  // The signing wrote an entry of its own, whose turn is tomorrow.
  expect(await audit.signHeads()).toBe(0);
  const { heads, publicKey } = await audit.heads();
  expect(publicKey).toContain('BEGIN PUBLIC KEY');
  expect(heads.map((head) => head.chain)).toContain(world.a.provider.id);
});

describe('changed by a superuser past every trigger', () => {
  it('every variant is found, and the place is named', async () => {
    const owner = database.owner.createQueryRunner();
    const tx = new Tx(owner.manager);
    try {
      const missed: string[] = [];
      const variants = tamperings(world.a.provider.id, 17);
      expect(variants.length).toBeGreaterThan(60);
      for (const { name, statements } of variants) {
        await owner.query('begin');
        await owner.query('set local session_replication_role = replica');
        for (const sql of statements) await owner.query(sql);
        const { breaches } = await audit.checkIn(tx);
        if (breaches.length === 0) missed.push(name);
        await owner.query('rollback');
      }
      expect(missed).toEqual([]);
      // The control: looked at in the same way and not changed, it is whole.
      expect((await audit.checkIn(tx)).breaches).toEqual([]);
    } finally {
      await owner.release();
    }
  });
});

it('the history of a database that was there before is chained by the migration, by an owner that is no superuser', async () => {
  await withScratchDatabase(database.ownerUrl, async (url) => {
    await runMigrations(url);
    const owner = await createDataSource({ url, role: 'owner' }).initialize();
    await owner.query(`insert into audit_entry select gen_random_uuid(), now() - i * interval '1 hour', null, case when i % 3 = 0 then null else md5((i % 2)::text)::uuid end, 'v', 'n', i::text, '{"a": 1}' from generate_series(1, 50) i`);
    while ((await owner.query<unknown[]>(`select to_regclass('audit_chain') is not null as there where to_regclass('audit_chain') is not null`)).length > 0) await owner.undoLastMigration();
    await owner.runMigrations();
    const check = await owner.transaction((manager) => audit.checkIn(new Tx(manager)));
    expect(check).toMatchObject({ breaches: [], entries: 50, chains: 3 });
    await owner.destroy();
  });
});
