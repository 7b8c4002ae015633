import { inPieces, inStretches } from './turns.js';

/** How often somebody else had a turn while `work` went on. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0;
  let waiting = setImmediate(function others() {
    turns += 1;
    waiting = setImmediate(others);
  });
  await work();
  clearImmediate(waiting);
  return turns;
}

it('a file in pieces is whole, and others have a turn between two of them', async () => {
  const content = Buffer.from('a line of text\n'.repeat(50_000));
  const read: Uint8Array[] = [];
  const turns = await turnsDuring(async () => {
    for await (const piece of inPieces(content)) read.push(piece);
  });
  expect(Buffer.concat(read).equals(content)).toBe(true);
  expect(read.length).toBeGreaterThan(10);
  expect(turns).toBeGreaterThanOrEqual(read.length - 2);
});

it('rows come in order, and others have a turn every five hundred', async () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => at);
  const read: number[] = [];
  const turns = await turnsDuring(async () => {
    for await (const row of inStretches(rows)) read.push(row);
  });
  expect(read).toEqual(rows);
  expect(turns).toBeGreaterThanOrEqual(9);
});
