import { randomUUID } from 'node:crypto';
import { CommandStore, IdempotencyStore, OutboxStore, type AcceptedCommand, type Tx } from '@meriden/persistence';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { twoColleges, type TwoColleges } from '../support/two-colleges.js';

// Nothing lost, nothing doubled: command, outbox, inbox and kept answers, as the roles that use them.

let database: TestDatabase;
let world: TwoColleges;
const commands = new CommandStore();
const outbox = new OutboxStore();
const answers = new IdempotencyStore();

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
});
beforeEach(() => database.sql('delete from inbox; delete from outbox; delete from command'));
afterAll(() => database.end());

const staff = <T>(work: (tx: Tx) => Promise<T>) => database.uow.as(world.a.staff, work);
const worker = <T>(work: (tx: Tx) => Promise<T>) => database.uow.asSystem({ name: 'test' }, work);

function aCommand(with_: Partial<AcceptedCommand> = {}): AcceptedCommand {
  const id = randomUUID();
  return {
    id,
    kind: 'score-learner',
    payload: { commandId: id, learnerId: world.a.learner.id, version: 1 },
    organisationId: world.a.staff.organisationId,
    personId: world.a.staff.personId,
    queue: 'scoring',
    name: 'score-learner',
    jobId: `score-learner-${world.a.learner.id}-v1`,
    ...with_,
  };
}
const accepted = (count: number) => {
  const rows = Array.from({ length: count }, () => aCommand());
  return staff((tx) => commands.acceptMany(tx, rows)).then(() => rows);
};

describe('commands', () => {
  it('are written with the row that rings for them, or not at all', async () => {
    const command = aCommand();
    await staff(async (tx) => {
      await commands.accept(tx, command);
      throw new Error('afterwards something broke');
    }).catch(() => undefined);
    expect(await worker((tx) => outbox.claim(tx, 10))).toEqual([]);
    await staff((tx) => commands.accept(tx, command));
    const { id: commandId, queue, name, jobId, payload } = command;
    expect(await worker((tx) => outbox.claim(tx, 10))).toEqual([{ id: expect.any(Number), commandId, queue, name, jobId, payload, ofItself: false, sends: 0 }]);
    expect(await staff((tx) => commands.byId(tx, commandId))).toMatchObject({ state: 'ACCEPTED', attempts: 0, doneAt: null });
  });

  it('are accepted in one’s own name only', async () => {
    await expect(staff((tx) => commands.accept(tx, aCommand({ personId: world.b.staff.personId })))).rejects.toThrow('row-level security');
    await expect(staff((tx) => commands.accept(tx, aCommand({ organisationId: world.b.provider.id })))).rejects.toThrow('row-level security');
    await worker((tx) => commands.accept(tx, aCommand({ organisationId: null, personId: null })));
    await database.uow.atTerminal({ name: 'seed' }, (tx) => commands.accept(tx, aCommand({ organisationId: null, personId: null })));
  });

  it('have their effect once, however often and by however many they are delivered', async () => {
    const [command] = await accepted(1);
    let effects = 0;
    const deliver = () =>
      worker(async (tx) => {
        const first = await commands.done(tx, command?.id as string, 'scoring');
        if (first) effects++;
        return first;
      });
    const results = await Promise.all(Array.from({ length: 5 }, deliver));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await deliver()).toBe(false);
    expect(effects).toBe(1);
    expect(await worker((tx) => commands.byId(tx, command?.id as string))).toMatchObject({ state: 'DONE', doneAt: expect.any(String) });
  });

  it('are undone again when the effect that came with them was rolled back', async () => {
    const [command] = await accepted(1);
    const id = command?.id as string;
    await worker(async (tx) => {
      expect(await commands.done(tx, id, 'scoring')).toBe(true);
      throw new Error('killed in the midst');
    }).catch(() => undefined);
    expect(await worker((tx) => commands.byId(tx, id))).toMatchObject({ state: 'ACCEPTED' });
    expect(await worker((tx) => commands.done(tx, id, 'scoring'))).toBe(true);
  });

  it('count their tries and are parked with a reason, once', async () => {
    const [command] = await accepted(1);
    const id = command?.id as string;
    expect(await worker((tx) => commands.bumpAttempt(tx, id))).toBe(1);
    expect(await worker((tx) => commands.bumpAttempt(tx, id))).toBe(2);
    expect(await worker((tx) => commands.interrupted(tx, id))).toBe(1);
    expect(await worker((tx) => commands.bumpAttempt(tx, id))).toBe(2);
    expect(await worker((tx) => commands.dead(tx, id, 'five tries'))).toBe(true);
    expect(await worker((tx) => commands.dead(tx, id, 'again'))).toBe(false);
    expect(await worker((tx) => commands.byId(tx, id))).toMatchObject({ state: 'DEAD', deadReason: 'five tries', attempts: 2, interruptions: 1 });
    expect(await worker((tx) => commands.interrupted(tx, id))).toBe(0);
    expect(await worker((tx) => commands.counts(tx))).toEqual({ accepted: 0, dead: 1 });
  });
});

describe('the outbox', () => {
  it('is known to wait until it is sent, be it in another relay’s hand', async () => {
    const waits = (): Promise<boolean> => database.uow.glance((tx) => outbox.anyUnsent(tx));
    expect(await waits()).toBe(false);
    await accepted(2);
    await worker(async (tx) => {
      const rows = await outbox.claim(tx, 10);
      expect(await waits()).toBe(true);
      await outbox.markSent(tx, rows.map((row) => row.id));
    });
    expect(await waits()).toBe(false);
  });

  it('is claimed by two relays at once without one row in both hands', async () => {
    await accepted(10);
    await worker(async (one) => {
      const first = await outbox.claim(one, 6);
      const second = await worker(async (two) => {
        const rows = await outbox.claim(two, 6);
        await outbox.markSent(two, rows.map((row) => row.id));
        return rows;
      });
      expect([first.length, second.length]).toEqual([6, 4]);
      expect(new Set([...first, ...second].map((row) => row.id)).size).toBe(10);
      await outbox.markSent(one, first.map((row) => row.id));
    });
    expect(await worker((tx) => outbox.claim(tx, 10))).toEqual([]);
  });

  it('gives a row back when its relay dies before it could mark it', async () => {
    await accepted(1);
    await worker(async (tx) => {
      expect(await outbox.claim(tx, 10)).toHaveLength(1);
      throw new Error('killed');
    }).catch(() => undefined);
    expect(await worker((tx) => outbox.claim(tx, 10))).toHaveLength(1);
  });

  it('rings again for what is not done, with growing pauses, and never for what is done or dead', async () => {
    const [waits, done, dead] = await accepted(3);
    const relay = () =>
      worker(async (tx) => {
        const rows = await outbox.claim(tx, 10);
        await outbox.markSent(tx, rows.map((row) => row.id));
      });
    const sweep = () =>
      worker(async (tx) => {
        const rows = await outbox.undoneOlderThan(tx, 30, 10);
        await outbox.markSent(tx, rows.map((row) => row.id));
        return rows.map((row) => row.commandId);
      });
    const later = (seconds: number) =>
      database.sql(`update command set created_at = created_at - $1 * interval '1 second'`, [seconds]).then(() =>
        database.sql(`update outbox set next_send_at = next_send_at - $1 * interval '1 second'`, [seconds]),
      );
    await relay();
    await worker((tx) => commands.done(tx, done?.id as string, 'scoring'));
    await worker((tx) => commands.dead(tx, dead?.id as string, 'x'));
    expect(await sweep()).toEqual([]);
    await later(31);
    expect(await sweep()).toEqual([waits?.id]);
    expect(await sweep()).toEqual([]);
    // Sent twice: the next pause is 10 seconds.
    await later(9);
    expect(await sweep()).toEqual([]);
    await later(2);
    expect(await sweep()).toEqual([waits?.id]);
    const [row] = await database.sql<{ sends: number; pause: number }>(
      'select sends, extract(epoch from next_send_at - now())::float8 as pause from outbox where command_id = $1',
      [waits?.id],
    );
    expect(row?.sends).toBe(3);
    expect(row?.pause).toBeGreaterThan(15);
    expect(row?.pause).toBeLessThanOrEqual(20);
    expect(await worker((tx) => outbox.oldestUndoneAge(tx))).toBeGreaterThan(41);
    await worker((tx) => commands.done(tx, waits?.id as string, 'scoring'));
    expect(await worker((tx) => outbox.oldestUndoneAge(tx))).toBeNull();
  });

  it('cannot be read by the app’s role', async () => {
    await expect(staff((tx) => outbox.claim(tx, 1))).rejects.toThrow('permission denied');
  });
});

describe('kept answers', () => {
  const key = () => ({ organisationId: world.a.staff.organisationId, personId: world.a.staff.personId, key: randomUUID() });

  it('come back byte for byte, to the same person only', async () => {
    const mine = key();
    const answer = { vacancyId: randomUUID(), version: 1 };
    expect(await staff((tx) => answers.find(tx, mine))).toBeNull();
    await staff((tx) => answers.save(tx, { ...mine, requestHash: 'abc', answer }));
    expect(await staff((tx) => answers.find(tx, mine))).toEqual({ requestHash: 'abc', answer });
    expect(await database.uow.as(world.a.student, (tx) => answers.find(tx, mine))).toBeNull();
    expect(await database.uow.as(world.b.staff, (tx) => answers.find(tx, mine))).toBeNull();
  });

  it('two requests at once are done once and answered alike: the second waits for the first', async () => {
    const mine = key();
    let effects = 0;
    const request = (meanwhile: () => Promise<void>) =>
      staff(async (tx) => {
        const kept = await answers.find(tx, mine);
        if (kept !== null) return kept.answer;
        const answer = { effect: ++effects };
        await meanwhile();
        await answers.save(tx, { ...mine, requestHash: 'abc', answer });
        return answer;
      });
    let second: Promise<unknown> = Promise.resolve();
    const first = await request(() => {
      second = request(async () => undefined);
      return database.eventuallyWaiting();
    });
    expect([first, await second]).toEqual([{ effect: 1 }, { effect: 1 }]);
    expect(effects).toBe(1);
  });

  it('even one that never asked first begins again and finds the other’s answer', async () => {
    const mine = key();
    await staff((tx) => answers.save(tx, { ...mine, requestHash: 'abc', answer: 1 }));
    let tries = 0;
    const blind = staff(async (tx) => {
      if (++tries > 1) return (await answers.find(tx, mine))?.answer;
      await answers.save(tx, { ...mine, requestHash: 'abc', answer: 2 });
      return 2;
    });
    expect(await blind).toBe(1);
  });

  it('are forgotten after a day, by the worker, who cannot read them', async () => {
    const mine = key();
    await staff((tx) => answers.save(tx, { ...mine, requestHash: 'abc', answer: 1 }));
    expect(await worker((tx) => answers.purge(tx))).toBe(0);
    await database.sql(`update idempotent_answer set created_at = created_at - interval '25 hours' where key = $1`, [mine.key]);
    expect(await worker((tx) => answers.purge(tx))).toBe(1);
    expect(await staff((tx) => answers.find(tx, mine))).toBeNull();
    await expect(worker((tx) => tx.manager.query('select answer from idempotent_answer'))).rejects.toThrow('permission denied');
  });
});

describe('commands overtaken by newer ones of the same learner', () => {
  const ofLearner = (learnerId: string, version: number): AcceptedCommand => {
    const command = aCommand();
    return { ...command, payload: { commandId: command.id, learnerId, version } };
  };

  it('are closed once each, with inbox and audit rows; the newest of each learner and every other kind are left', async () => {
    const [one, other] = [world.a.learner.id, world.b.learner.id];
    const rows = [ofLearner(one, 1), ofLearner(one, 2), ofLearner(other, 1), ofLearner(one, 3), aCommand({ kind: 'score-vacancy' })];
    await staff((tx) => commands.acceptMany(tx, rows));
    const ids = rows.map((row) => row.id);
    const closed = await worker((tx) => commands.closeOvertaken(tx, ids));
    expect(closed.sort()).toEqual([ids[0], ids[1]].sort());
    expect(await worker((tx) => commands.closeOvertaken(tx, ids))).toEqual([]);
    const states = await database.sql<{ id: string; state: string; effects: number; audited: number }>(
      `select c.id, c.state, (select count(*)::int from inbox i where i.command_id = c.id) as effects,
         (select count(*)::int from audit_entry e where e.noun = 'job' and e.verb = c.kind and e.object_id = c.id::text) as audited from command c`,
    );
    expect(Object.fromEntries(states.map(({ id, state, effects, audited }) => [id, [state, effects, audited]]))).toEqual({
      ...Object.fromEntries(ids.slice(0, 2).map((id) => [id, ['DONE', 1, 1]])),
      ...Object.fromEntries(ids.slice(2).map((id) => [id, ['ACCEPTED', 0, 0]])),
    });
  });

  it('are left to a worker that has one in hand: whoever is first does it', async () => {
    const rows = [ofLearner(world.a.learner.id, 1), ofLearner(world.a.learner.id, 2)];
    await staff((tx) => commands.acceptMany(tx, rows));
    expect(await worker((tx) => commands.done(tx, rows[0]?.id as string, 'score-learner'))).toBe(true);
    expect(await worker((tx) => commands.closeOvertaken(tx, rows.map((row) => row.id)))).toEqual([]);
  });
});

describe('parked commands', () => {
  const parked = async (): Promise<string> => {
    const [command] = await accepted(1);
    const id = command?.id as string;
    await worker(async (tx) => {
      await outbox.markSent(tx, (await outbox.claim(tx, 10)).map((row) => row.id));
      await commands.bumpAttempt(tx, id);
      await commands.interrupted(tx, id);
      await commands.bumpAttempt(tx, id);
      await commands.dead(tx, id, 'five tries');
    });
    return id;
  };
  const operator = <T>(work: (tx: Tx) => Promise<T>) => database.uow.as(world.operator, work);

  it('are taken up again by an operator: accepted, untried, and rung for anew', async () => {
    const id = await parked();
    expect(await operator((tx) => commands.revive(tx, id))).toBe(true);
    expect(await operator((tx) => commands.byId(tx, id))).toMatchObject({ state: 'ACCEPTED', attempts: 0, interruptions: 0, deadReason: null, doneAt: null });
    expect(await worker((tx) => outbox.claim(tx, 10))).toMatchObject([{ commandId: id, sends: 0 }]);
    expect(await operator((tx) => commands.revive(tx, id))).toBe(false);
    expect(await worker((tx) => commands.done(tx, id, 'scoring'))).toBe(true);
    expect(await operator((tx) => commands.revive(tx, id))).toBe(false);
  });

  it('by nobody else, and in no other way', async () => {
    const id = await parked();
    expect(await staff((tx) => commands.revive(tx, id))).toBe(false);
    await expect(operator((tx) => tx.manager.query(`update command set state = 'DONE' where id = $1`, [id]))).rejects.toThrow('row-level security');
    await expect(operator((tx) => tx.manager.query(`update command set kind = 'other' where id = $1`, [id]))).rejects.toThrow('permission denied');
    await expect(operator((tx) => tx.manager.query('update outbox set sent_at = now() where command_id = $1', [id]))).rejects.toThrow('row-level security');
    expect(await worker((tx) => commands.byId(tx, id))).toMatchObject({ state: 'DEAD', kind: 'score-learner' });
  });
});
