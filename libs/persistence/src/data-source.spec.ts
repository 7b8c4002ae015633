import { StatementNames } from './data-source.js';

const asked = (names: StatementNames, text: string, times: number): (string | undefined)[] => Array.from({ length: times }, () => names.of(text));

describe('names of statements', () => {
  it('are given to texts that come again, one each, and stay', () => {
    const names = new StatementNames();
    expect(asked(names, 'select $1', 4)).toEqual([undefined, undefined, undefined, undefined]);
    const [name] = asked(names, 'select $1', 1);
    expect(name).toMatch(/^meriden_\d+$/);
    const [other] = asked(names, 'select $2', 5).slice(-1);
    expect(other).toBeDefined();
    expect(other).not.toBe(name);
    expect(asked(names, 'select $1', 3)).toEqual([name, name, name]);
  });

  it('are at most 250, whatever is asked', () => {
    const names = new StatementNames();
    const given = Array.from({ length: 1_000 }, (_, i) => asked(names, `select ${i}`, 5)[4]).filter((name) => name !== undefined);
    expect([given.length, new Set(given).size]).toEqual([250, 250]);
  });

  it('are not spent on texts that come once', () => {
    const names = new StatementNames();
    for (let i = 0; i < 10_000; i++) names.of(`select ${i}`);
    expect(asked(names, 'select often', 5)[4]).toBe('meriden_1');
  });
});
