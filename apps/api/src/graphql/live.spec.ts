import { live, type LiveState } from './live.js';
import type { Operation } from './operation.js';

function setUp(states: readonly (LiveState<string> | null)[], signedIn: () => boolean = () => true) {
  let at = 0;
  let refreshed = 0;
  const operation = {
    stillSignedIn: () => Promise.resolve(signedIn()),
    refresh: () => {
      refreshed += 1;
      return Promise.resolve();
    },
  } as unknown as Operation;
  async function* bells() {
    for (let n = 0; n < states.length; n += 1) yield { kind: 'gap' };
  }
  const read = () => Promise.resolve(states[at++] ?? null);
  return { operation, bells: bells(), read, refreshed: () => refreshed };
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

  it('ends when the object is no longer the caller’s to see', async () => {
    const { operation, bells, read } = setUp([state('1'), null, state('3')]);
    expect(await all(live(operation, bells, read, null))).toEqual(['state 1']);
  });
});
