import type { GraphQLError } from 'graphql';
import { Refusals } from './refusals.js';

function codeOf(work: () => void): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return (error as GraphQLError).extensions['code'];
  }
}

describe('refused documents', () => {
  it('are read no more after too many in a minute, for whoever sent them, and again when the minute has gone by', () => {
    let now = 0;
    const refusals = new Refusals(3, () => now);
    for (let n = 0; n < 3; n++) {
      expect(codeOf(() => refusals.check('a', '{ x }'))).toBe(null);
      refusals.refused('a', '{ x }', 'TOO_DEEP');
    }
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe('TOO_MANY_REFUSALS');
    expect(codeOf(() => refusals.check('b', '{ x }'))).toBe(null);
    now = 20;
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe(null);
  });

  it('do not shut out what ran before, which has a count of its own', () => {
    const refusals = new Refusals(1, () => 0);
    refusals.refused('a', '{ x }', undefined);
    refusals.ran('{ good }');
    expect(codeOf(() => refusals.check('a', '{ good }'))).toBe(null);
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe('TOO_MANY_REFUSALS');
    expect(codeOf(() => refusals.check('a', undefined))).toBe('TOO_MANY_REFUSALS');
    for (let n = 0; n < 50; n++) refusals.refused('a', '{ good }', 'BAD_USER_INPUT');
    expect(codeOf(() => refusals.check('a', '{ good }'))).toBe('TOO_MANY_REFUSALS');
  });

  it('count a tenth where nobody is signed in, and count', () => {
    const refusals = new Refusals(2, () => 0);
    for (let n = 0; n < 10; n++) refusals.refused('a', `{ a${n} }`, 'UNAUTHENTICATED');
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe(null);
    for (let n = 10; n < 20; n++) refusals.refused('a', `{ a${n} }`, 'SESSION_ENDED');
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe('TOO_MANY_REFUSALS');
  });

  it('remember a bounded number of documents', () => {
    const refusals = new Refusals(1, () => 0);
    refusals.refused('a', '{ x }', 'TOO_DEEP');
    for (let n = 0; n <= 2_000; n++) refusals.ran(`{ a${n} }`);
    expect(codeOf(() => refusals.check('a', '{ a0 }'))).toBe('TOO_MANY_REFUSALS');
    expect(codeOf(() => refusals.check('a', '{ a2000 }'))).toBe(null);
  });
});
