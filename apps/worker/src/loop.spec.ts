import { Logger } from '@meriden/platform';
import { Loop, type LoopWish } from './loop.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function loopOf(turn: () => Promise<number>, wish: Partial<LoopWish> = {}): { loop: Loop; said: string[] } {
  const said: string[] = [];
  const logger = Logger.create('test', 'info', { write: (line) => void said.push((JSON.parse(line) as { msg: string }).msg) });
  return { loop: new Loop({ name: 'test', idleMs: 10_000, longestMs: 20_000, turn, ...wish }, logger), said };
}

describe('a loop', () => {
  it('goes on at once while there is work, and rests when there is none', async () => {
    let left = 5;
    let turns = 0;
    const { loop } = loopOf(async () => {
      turns++;
      return left > 0 ? left-- : 0;
    });
    loop.start();
    await pause(50);
    expect(turns).toBe(6);
    await loop.stop();
  });

  it('rests longer the longer there is nothing, up to its calm, and is awake again when something was found', async () => {
    const at: number[] = [];
    let found = 0;
    const { loop } = loopOf(
      async () => {
        at.push(performance.now());
        return at.length === 6 ? ++found : 0;
      },
      { idleMs: 10, calmMs: 40 },
    );
    loop.start();
    for (let i = 0; at.length < 8 && i < 100; i++) await pause(10);
    await loop.stop();
    const pauses = at.slice(1, 8).map((time, i) => time - (at[i] as number));
    [10, 20, 40, 40, 40, 0, 10].forEach((least, i) => expect(pauses[i]).toBeGreaterThan(least - 3));
    expect(found).toBe(1);
  });

  it('does not rest when nudged, not even when nudged in the middle of a turn', async () => {
    let turns = 0;
    const { loop } = loopOf(async () => {
      turns++;
      await pause(10);
      return 0;
    });
    loop.start();
    loop.nudge();
    await pause(60);
    expect(turns).toBe(2);
    loop.nudge();
    await pause(30);
    expect(turns).toBe(3);
    await loop.stop();
  });

  it('fails ever more slowly, says so once, and says when it works again', async () => {
    const at: number[] = [];
    const { loop, said } = loopOf(
      async () => {
        at.push(performance.now());
        if (at.length < 5) throw new Error('away');
        return 0;
      },
      { idleMs: 10, longestMs: 40 },
    );
    loop.start();
    for (let i = 0; at.length < 6 && i < 100; i++) {
      loop.nudge();
      await pause(10);
    }
    await loop.stop();
    const pauses = at.slice(1, 5).map((time, i) => time - (at[i] as number));
    [20, 40, 40, 40].forEach((least, i) => expect(pauses[i]).toBeGreaterThan(least - 3));
    expect(said).toEqual(['loop failed', 'loop works again']);
  });

  it('ends when its turn is over, at once when it rests', async () => {
    let ended = false;
    const { loop } = loopOf(async () => {
      await pause(30);
      ended = true;
      return 1;
    });
    loop.start();
    await pause(5);
    await loop.stop();
    expect(ended).toBe(true);
  });
});
