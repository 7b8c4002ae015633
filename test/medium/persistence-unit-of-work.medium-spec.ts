import { randomUUID } from 'node:crypto';
import { LearnerStore, OrganisationStore, UnitOfWork, createDataSource, type Tx } from '@meriden/persistence';
import type pg from 'pg';
import { anOrganisation } from '../support/builders.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
let world: TwoColleges;
const organisations = new OrganisationStore();
const learners = new LearnerStore();

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
});
afterAll(() => database.end());

const insert = (tx: Tx, id = randomUUID()) => organisations.insert(tx, anOrganisation({ id }));
const exists = async (id: string) => (await database.sql('select 1 from organisation where id = $1', [id])).length === 1;

describe('as', () => {
  it('commits what the work wrote and gives what it returned', async () => {
    const id = randomUUID();
    expect(await database.uow.as(world.operator, async (tx) => (await insert(tx, id), 'done'))).toBe('done');
    expect(await exists(id)).toBe(true);
  });

  it('rolls back when the work throws, and when it swallowed the failure of a statement', async () => {
    const [thrown, swallowed] = [randomUUID(), randomUUID()];
    await expect(
      database.uow.as(world.operator, async (tx) => {
        await insert(tx, thrown);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(
      database.uow.as(world.operator, async (tx) => {
        await insert(tx, swallowed);
        await tx.manager.query('select 1 / 0').catch(() => undefined);
      }),
    ).rejects.toThrow('division by zero');
    expect([await exists(thrown), await exists(swallowed)]).toEqual([false, false]);
  });

  it('calls afterCommit once the change is there, never after a rollback, and survives a call that fails', async () => {
    const id = randomUUID();
    const seen: boolean[] = [];
    const faults: unknown[] = [];
    const source = await createDataSource({ url: database.appUrl, role: 'app', poolSize: 2 }).initialize();
    const uow = new UnitOfWork({ app: source }, (fault) => faults.push(fault));
    await uow.as(world.operator, async (tx) => {
      tx.afterCommit(async () => void seen.push(await exists(id)));
      tx.afterCommit(() => {
        throw new Error('the bell is broken');
      });
      await insert(tx, id);
    });
    expect(seen).toEqual([true]);
    expect(faults).toEqual([new Error('the bell is broken')]);
    await uow
      .as(world.operator, async (tx) => {
        tx.afterCommit(() => void seen.push(false));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(seen).toEqual([true]);
    await source.destroy();
  });
});

describe('readAs until a signal', () => {
  it('gives up the statement that runs, begins none after it, and hands its connection on unharmed', async () => {
    const source = await createDataSource({ url: database.appUrl, role: 'app', poolSize: 1 }).initialize();
    const uow = new UnitOfWork({ app: source });
    const given = new AbortController();
    let next: Promise<unknown> = Promise.resolve();
    const read = uow.readAs(
      world.operator,
      async (tx) => {
        await tx.manager.query('set local statement_timeout = 0');
        const running = tx.manager.query('select pg_sleep(600)');
        next = tx.manager.query('select 1').catch((fault: unknown) => fault);
        await running;
      },
      given.signal,
    );
    const ended = read.catch((fault: unknown) => String(fault));
    const running = () => database.sql(`select 1 from pg_stat_activity where datname = current_database() and state = 'active' and query = 'select pg_sleep(600)'`);
    while ((await running()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    given.abort();
    expect(await ended).toContain('canceling statement due to user request');
    expect(await next).toMatchObject({ name: 'AbortError' });
    expect(await running()).toEqual([]);
    expect(await uow.readAs(world.operator, (tx) => tx.manager.query('select 1 as one'))).toEqual([{ one: 1 }]);
    await expect(uow.readAs(world.operator, (tx) => tx.manager.query('select 1'), given.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await source.destroy();
  });

  it('ends a read session between two statements too', async () => {
    const given = new AbortController();
    const session = database.uow.openRead(world.operator, given.signal);
    const tx = await session.tx();
    expect(await tx.manager.query('select 1 as one')).toEqual([{ one: 1 }]);
    given.abort();
    await expect(tx.manager.query('select 1')).rejects.toMatchObject({ name: 'AbortError' });
    await session.close();
  });
});

describe('retry', () => {
  it('begins the work again when two serializable transactions crossed, and both changes stand', async () => {
    const ids = [randomUUID(), randomUUID()];
    let tries = 0;
    let waiting = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (open = resolve));
    // Each counts the organisations and adds one named by the count: one of two that counted at once must count again.
    await Promise.all(
      ids.map((id) =>
        database.uow.as(
          world.operator,
          async (tx) => {
            tries++;
            const [row] = await tx.manager.query<{ n: number }[]>('select count(*) as n from organisation');
            if (++waiting === 2) open();
            await both;
            await organisations.insert(tx, anOrganisation({ id, name: `number ${row?.n}` }));
          },
          { isolation: 'SERIALIZABLE' },
        ),
      ),
    );
    expect(tries).toBeGreaterThan(2);
    const names = await database.sql<{ name: string }>('select name from organisation where id = any ($1)', [ids]);
    expect(new Set(names.map((row) => row.name)).size).toBe(2);
  });

  it('resolves a deadlock by beginning one of the two again', async () => {
    const ids = [randomUUID(), randomUUID()];
    await database.uow.as(world.operator, (tx) => organisations.insertMany(tx, ids.map((id) => anOrganisation({ id }))));
    let waiting = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (open = resolve));
    const touch = (tx: Tx, id: string) => tx.manager.query(`update organisation set name = name || '!' where id = $1`, [id]);
    await Promise.all(
      [ids, [...ids].reverse()].map(([first, second]) =>
        database.uow.as(world.operator, async (tx) => {
          await touch(tx, first as string);
          if (++waiting === 2) open();
          await both;
          await touch(tx, second as string);
        }),
      ),
    );
    const names = await database.sql<{ name: string }>('select name from organisation where id = any ($1)', [ids]);
    expect(names.map((row) => row.name.endsWith('!!'))).toEqual([true, true]);
  });

  it('gives up after three more tries, and never tries again what is no crossing', async () => {
    let tries = 0;
    const fail = (code: string) =>
      database.uow.as(world.operator, async (tx) => {
        tries++;
        await tx.manager.query(`do $$ begin raise exception 'crossed' using errcode = '${code}'; end $$`);
      });
    await expect(fail('40001')).rejects.toThrow('crossed');
    expect(tries).toBe(4);
    tries = 0;
    await expect(fail('P0001')).rejects.toThrow('crossed');
    expect(tries).toBe(1);
  });
});

describe('readAs', () => {
  it('refuses writes', async () => {
    await expect(database.uow.readAs(world.operator, (tx) => insert(tx))).rejects.toThrow('read-only transaction');
  });

  it('sees one state of the data from its first look to its last', async () => {
    const id = randomUUID();
    await database.uow.readAs(world.operator, async (tx) => {
      const count = async () => (await tx.manager.query<{ n: number }[]>('select count(*) as n from organisation'))[0]?.n;
      const before = await count();
      await database.uow.as(world.operator, (other) => insert(other, id));
      expect(await count()).toBe(before);
    });
    expect(await exists(id)).toBe(true);
  });

  it('lets loaders ask at once', async () => {
    const rows = await database.uow.readAs(world.operator, (tx) => Promise.all(Array.from({ length: 20 }, () => learners.byId(tx, world.a.learner.id))));
    expect(rows.every((row) => row?.id === world.a.learner.id)).toBe(true);
  });
});

describe('openRead', () => {
  const busy = async () =>
    (await database.sql<{ n: number }>(`select count(*) as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`))[0]?.n;

  it('begins with the first question, shares one transaction, and ends with close', async () => {
    const session = database.uow.openRead(world.a.staff);
    expect(await busy()).toBe(0);
    const [one, two] = await Promise.all([session.tx(), session.tx()]);
    expect(one).toBe(two);
    expect(await learners.byId(one, world.a.learner.id)).toMatchObject({ id: world.a.learner.id });
    expect(await learners.byId(one, world.b.learner.id)).toBeNull();
    expect(await busy()).toBe(1);
    await session.close();
    await session.close();
    expect(await busy()).toBe(0);
    await expect(session.tx()).rejects.toThrow('closed');
  });

  it('that was never asked costs nothing to close', async () => {
    await expect(database.uow.openRead(world.a.staff).close()).resolves.toBeUndefined();
  });
});

describe('asSystem and atTerminal', () => {
  const entries = () => database.sql<{ verb: string; noun: string; object_id: string }>(`select verb, noun, object_id from audit_entry where noun in ('job', 'terminal')`);

  it('leave one audit entry when they wrote, none when they only looked', async () => {
    await database.uow.asSystem({ name: 'look' }, (tx) => tx.manager.query('select * from round'));
    expect(await entries()).toEqual([]);
    await database.uow.asSystem({ name: 'stage', objectId: world.round.id }, (tx) => tx.manager.query('update round set stage = stage'));
    await database.uow.atTerminal({ name: 'create organisation' }, (tx) => insert(tx));
    expect(await entries()).toEqual([
      { verb: 'stage', noun: 'job', object_id: world.round.id },
      { verb: 'create organisation', noun: 'terminal', object_id: 'create organisation' },
    ]);
  });

  it('are named in the audit letter by letter, and where the entry cannot be made nothing stands', async () => {
    const job = { name: `it's "done"; drop table round; --`, objectId: "o'clock" };
    await database.uow.atTerminalFor(job, world.a.staff, (tx) => tx.manager.query('update learner set version = version where organisation_id = $1', [world.a.provider.id]));
    expect((await entries()).at(-1)).toEqual({ verb: job.name, noun: 'terminal', object_id: job.objectId });
    const id = randomUUID();
    await expect(database.uow.atTerminal({ name: 'no text holds \0' }, (tx) => insert(tx, id))).rejects.toThrow();
    expect(await exists(id)).toBe(false);
  });

  it('a glance is the worker’s, and no transaction: each statement has its own time', async () => {
    const [one, two] = await database.uow.glance(async (tx) => {
      const look = (): Promise<{ name: string; at: string }[]> => tx.manager.query(`select current_user::text as name, now()::text as at, pg_sleep(0.002)::text`);
      return [...(await look()), ...(await look())];
    });
    expect([one?.name, two?.name]).toEqual(['meriden_worker', 'meriden_worker']);
    expect(one?.at).not.toBe(two?.at);
  });

  it('need a connection of their role', async () => {
    await expect(new UnitOfWork({}).asSystem({ name: 'x' }, async () => 1)).rejects.toThrow('role of the worker');
    await expect(new UnitOfWork({}).as(world.operator, async () => 1)).rejects.toThrow('role of the app');
  });
});

describe('faults', () => {
  it('a connection cut while idle, or in the midst of work, ends neither the process nor the pool', async () => {
    const faults: Error[] = [];
    const source = await createDataSource({ url: database.appUrl, role: 'app', poolSize: 2, onFault: (fault) => faults.push(fault) }).initialize();
    const uow = new UnitOfWork({ app: source });
    const pid = (tx: Tx) => tx.manager.query<{ pid: number }[]>('select pg_backend_pid() as pid').then(([row]) => row?.pid);
    const idle = await uow.as(world.operator, pid);
    await database.sql('select pg_terminate_backend($1)', [idle]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(faults.length).toBeGreaterThan(0);
    expect(await uow.as(world.operator, pid)).not.toBe(idle);
    // The failure is a fault, not a refusal, and is not tried again: whether its commit arrived cannot be known.
    const cut = uow.as(world.operator, async (tx) => {
      await database.sql('select pg_terminate_backend($1)', [await pid(tx)]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await pid(tx);
    });
    await expect(cut).rejects.not.toMatchObject({ name: 'Rejection' });
    expect(await uow.as(world.operator, pid)).toEqual(expect.any(Number));
    await source.destroy();
  });

  it('each client listens for its own errors, whoever borrowed it', async () => {
    const source = await createDataSource({ url: database.appUrl, role: 'app', poolSize: 1 }).initialize();
    const { master } = source.driver as unknown as { master: pg.Pool };
    const client = await master.connect();
    expect(client.listenerCount('error')).toBe(1);
    client.release();
    await source.destroy();
  });

  it('limits are set: 5 s a statement for the app, 60 s for the worker, and idle transactions end', async () => {
    const show = async (tx: Tx) => {
      const [row] = await tx.manager.query<Record<string, string>[]>(
        `select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle,
           current_setting('lock_timeout') as lock, current_setting('TimeZone') as zone`,
      );
      return row;
    };
    expect(await database.uow.anonymous(show)).toEqual({ statement: '5s', idle: '15s', lock: '4s', zone: 'UTC' });
    expect(await database.uow.asSystem({ name: 'show' }, show)).toEqual({ statement: '1min', idle: '25s', lock: '10s', zone: 'UTC' });
  });
});
