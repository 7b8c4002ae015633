import { setImmediate as turn } from 'node:timers/promises';

/** Bytes and rows between two turns of everybody else: some tens of milliseconds of work. */
const PIECE = 65_536;
const STRETCH = 500;

/** A file in memory as if it streamed in. A generator alone lets nobody have a turn: its steps come before everything that waits outside. */
export async function* inPieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += PIECE) {
    if (at > 0) await turn();
    yield content.subarray(at, at + PIECE);
  }
}

/** Rows one after another; a process that compares fifty thousand of them answers others meanwhile. */
export async function* inStretches<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  for (const [at, row] of rows.entries()) {
    if (at % STRETCH === STRETCH - 1) await turn();
    yield row;
  }
}
