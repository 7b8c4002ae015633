import { PointBudgets } from './point-budgets.js';

describe('a budget of points', () => {
  it('is spent, refused whole when too little is left, and comes back evenly within a minute', () => {
    let now = 0;
    const budgets = new PointBudgets(600, () => now);
    expect(budgets.charge('a', 500)).toEqual({ limit: 600, remaining: 100, resetSeconds: 50, spent: false });
    expect(budgets.charge('a', 101)).toEqual({ limit: 600, remaining: 100, resetSeconds: 1, spent: true });
    expect(budgets.charge('b', 600)).toMatchObject({ remaining: 0, spent: false });
    now = 1;
    expect(budgets.charge('a', 110)).toMatchObject({ remaining: 0, spent: false });
    now = 1_000;
    expect(budgets.charge('a', 600)).toMatchObject({ remaining: 0, spent: false });
  });

  it('remembers a bounded number of accounts, and never lets a spent one off while it counts', () => {
    const budgets = new PointBudgets(60, () => 0);
    budgets.charge('spent', 60);
    for (let n = 0; n < 9_000; n += 1) budgets.charge(`account ${n}`, 1);
    expect(budgets.charge('spent', 1).spent).toBe(true);
  });
});
