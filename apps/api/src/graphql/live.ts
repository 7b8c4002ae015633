import type { Operation } from './operation.js';

export type LiveState<T> = Readonly<{
  /** Changes exactly when the state does: what a caller gives back as `after`. */
  token: string;
  value: T;
}>;

/**
 * A subscription as a sequence of states. Each bell (also the one that says bells may have been missed) leads to a fresh look
 * at the session and, in a new read transaction under the caller's own scope, at the object; an event goes out only when the
 * state differs from the last one given, so a missed or doubled bell neither loses nor repeats anything. What goes out is asked for in
 * one state of the database with whether the session stands: nobody is told what came about after their session had ended.
 *
 * The first bell rings when the subscription stands: the first event is the present state, unless `after` shows it is known.
 * Ends when the session ends or the object is no longer the caller's to see; however it ends, its read transaction does too: left
 * open, ten looks at other people's objects would take every connection there is.
 */
export async function* live<T>(
  operation: Operation,
  bells: AsyncIterable<unknown>,
  read: () => Promise<LiveState<T> | null>,
  after: string | null,
): AsyncGenerator<T, void, undefined> {
  let seen = after;
  try {
    for await (const _bell of bells) {
      if (!(await operation.stillSignedIn())) return;
      await operation.refresh();
      const state = await read();
      if (state === null) return;
      if (state.token === seen) {
        await operation.refresh();
        continue;
      }
      if (!(await operation.stands())) return;
      seen = state.token;
      yield state.value;
    }
  } finally {
    await operation.rest();
  }
}
