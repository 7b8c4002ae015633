import { live, type LiveState } from './live.js';
import type { Operation } from './operation.js';

function setUp(states: readonly (LiveState<string> | null)[], signedIn: () => boolean = () => true, stands: () => boolean = () => true) {
  let at = 0;
  let refreshed = 0;
  let open = 0;
  const operation = {
    stillSignedIn: () => Promise.resolve(signedIn()),
    stands: () => Promise.resolve(stands()),
    refresh: () => {
      refreshed += 1;
      open = 0;
      return Promise.resolve();
    },
    rest: () => {
      open = 0;
      return Promise.resolve();
    },
  } as unknown as Operation;
  const read = () => {
    open += 1;
    return Promise.resolve(states[at++] ?? null);
  };
  async function* bells() {
    for (let n = 0; n < states.length; n += 1) yield { kind: 'gap' };
  }
  return { operation, bells: bells(), read, refreshed: () => refreshed, stillOpen: () => open };
}

const state = (token: string): LiveState<string> => ({ token, value: `state ${token}` });

async function all(events: AsyncGenerator<string>): Promise<string[]> {
  const list: string[] = [];
  for await (const event of events) list.push(event);
  return list;
}

describe('a live subscription', () => {
  it('gives the present state, then each change once, however often the bell rings', async () => {
    const { operation, bells, read, refreshed } = setUp([state('1'), state('1'), state('2'), state('2'), state('1')]);
    expect(await all(live(operation, bells, read, null))).toEqual(['state 1', 'state 2', 'state 1']);
    expect(refreshed()).toBeGreaterThanOrEqual(5);
  });

  it('leaves out what the caller knows already', async () => {
    const { operation, bells, read } = setUp([state('1'), state('2')]);
    expect(await all(live(operation, bells, read, '1'))).toEqual(['state 2']);
  });

  it('gives no event after the session has ended, and ends', async () => {
    let bellsRung = 0;
    const { operation, bells, read } = setUp([state('1'), state('2'), state('3')], () => ++bellsRung < 2);
    expect(await all(live(operation, bells, read, null))).toEqual(['state 1']);
  });

  it('gives no event of a state in which the session had ended, though it stood when the bell rang', async () => {
    let events = 0;
    const { operation, bells, read, stillOpen } = setUp([state('1'), state('2'), state('3')], () => true, () => ++events < 2);
    expect(await all(live(operation, bells, read, null))).toEqual(['state 1']);
    expect(stillOpen()).toBe(0);
  });

  it('ends when the object is no longer the caller’s to see', async () => {
    const { operation, bells, read } = setUp([state('1'), null, state('3')]);
    expect(await all(live(operation, bells, read, null))).toEqual(['state 1']);
  });

  it('gives its connection back however it ends: refused, left while an event was out, or broken', async () => {
    const refused = setUp([null]);
    expect(await all(live(refused.operation, refused.bells, refused.read, null))).toEqual([]);
    expect(refused.stillOpen()).toBe(0);
    const left = setUp([state('1'), state('2')]);
    const events = live(left.operation, left.bells, left.read, null);
    await events.next();
    expect(left.stillOpen()).toBe(1);
    await events.return();
    expect(left.stillOpen()).toBe(0);
    const broken = setUp([]);
    const failing = live(broken.operation, setUp([state('1')]).bells, () => broken.read().then(() => Promise.reject(new Error('away'))), null);
    await expect(failing.next()).rejects.toThrow('away');
    expect(broken.stillOpen()).toBe(0);
  });
});
