import { Gate } from './gate.js';

const NEVER = new AbortController().signal;
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Works that end when they are told to. */
class Bench {
  readonly inside = new Set<string>();
  readonly #ends = new Map<string, () => void>();

  constructor(private readonly gate: Gate) {}

  send(name: string, alone = false, signal = NEVER): Promise<void> {
    return this.gate.pass(alone, signal, async () => {
      this.inside.add(name);
      await new Promise<void>((resolve) => this.#ends.set(name, resolve));
      this.inside.delete(name);
    });
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await soon();
  }

  now(): string {
    return [...this.inside].sort().join(' ');
  }
}

it('lets many in at once, one alone when they have left, and the others after it, in the order of their coming', async () => {
  const bench = new Bench(new Gate());
  const all = [bench.send('a'), bench.send('b'), bench.send('suspect', true), bench.send('c'), bench.send('d')];
  await soon();
  expect(bench.now()).toBe('a b');
  await bench.end('a');
  expect(bench.now()).toBe('b');
  await bench.end('b');
  expect(bench.now()).toBe('suspect');
  await bench.end('suspect');
  expect(bench.now()).toBe('c d');
  await bench.end('c');
  await bench.end('d');
  await Promise.all(all);
});

it('two suspects are never inside together', async () => {
  const bench = new Bench(new Gate());
  const all = [bench.send('one', true), bench.send('two', true)];
  await soon();
  expect(bench.now()).toBe('one');
  await bench.end('one');
  expect(bench.now()).toBe('two');
  await bench.end('two');
  await Promise.all(all);
});

it('opens after a work that fails', async () => {
  const gate = new Gate();
  await expect(gate.pass(true, NEVER, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.pass(false, NEVER, () => Promise.resolve(1))).toBe(1);
});

it('one that is told to stop before its turn is not begun, and holds up nobody', async () => {
  const bench = new Bench(new Gate());
  const stopping = new AbortController();
  const a = bench.send('a');
  const suspect = bench.send('suspect', true, stopping.signal);
  const b = bench.send('b');
  await soon();
  stopping.abort(new Error('stop'));
  await expect(suspect).rejects.toThrow('stop');
  expect(bench.now()).toBe('a b');
  await expect(bench.send('late', true, stopping.signal)).rejects.toThrow('stop');
  await bench.end('a');
  await bench.end('b');
  await Promise.all([a, b]);
});

it('of several that are told to stop, one after the other, none is begun', async () => {
  const bench = new Bench(new Gate());
  const stops = [1, 2, 3].map(() => new AbortController());
  const a = bench.send('a');
  const all = stops.map(({ signal }, i) => bench.send(`after ${i}`, i === 0, signal));
  await soon();
  for (const stop of stops) stop.abort(new Error('stop'));
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(bench.now()).toBe('a');
  await bench.end('a');
  await a;
  const last = bench.send('last', true);
  await soon();
  expect(bench.now()).toBe('last');
  await bench.end('last');
  await last;
});

it('neither waits for ever for one that never leaves, nor keeps others out for ever', async () => {
  const gate = new Gate(20);
  const bench = new Bench(gate);
  const hung = bench.send('hung');
  const suspect = bench.send('suspect', true);
  const other = bench.send('other');
  await soon();
  expect(bench.now()).toBe('hung');
  while (!bench.inside.has('suspect')) await soon();
  while (!bench.inside.has('other')) await soon();
  expect(bench.now()).toBe('hung other suspect');
  for (const name of ['hung', 'suspect', 'other']) await bench.end(name);
  await Promise.all([hung, suspect, other]);
});
