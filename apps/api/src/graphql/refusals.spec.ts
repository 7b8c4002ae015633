import { GraphQLError, parse } from 'graphql';
import { Refusals } from './refusals.js';

const fault = (code: string): readonly GraphQLError[] => [new GraphQLError(`refused: ${code}`, { extensions: { code } })];

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
      refusals.refused('a', '{ x }', fault('TOO_DEEP'));
    }
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe('TOO_MANY_REFUSALS');
    expect(codeOf(() => refusals.check('b', '{ x }'))).toBe(null);
    now = 20;
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe(null);
  });

  it('come back before the session is looked up while its person is told to pause, no longer, and for nobody else', () => {
    let now = 0;
    const refusals = new Refusals(1, () => now);
    refusals.ran('{ good }');
    expect(codeOf(() => refusals.checkToken('t', '{ x }'))).toBe(null);
    refusals.refused('a', '{ x }', fault('TOO_DEEP'));
    // Not yet told: the session is looked up once more.
    expect(codeOf(() => refusals.checkToken('t', '{ x }'))).toBe(null);
    expect(codeOf(() => refusals.check('a', '{ x }', 't'))).toBe('TOO_MANY_REFUSALS');
    expect([codeOf(() => refusals.checkToken('t', '{ x }')), codeOf(() => refusals.checkToken('t', '{ good }')), codeOf(() => refusals.checkToken('u', '{ x }'))]).toEqual(['TOO_MANY_REFUSALS', null, null]);
    now = 60;
    expect(codeOf(() => refusals.checkToken('t', '{ x }'))).toBe(null);
  });

  it('do not shut out what ran before, which has a count of its own', () => {
    const refusals = new Refusals(1, () => 0);
    refusals.refused('a', '{ x }', []);
    refusals.ran('{ good }');
    expect(codeOf(() => refusals.check('a', '{ good }'))).toBe(null);
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe('TOO_MANY_REFUSALS');
    expect(codeOf(() => refusals.check('a', undefined))).toBe('TOO_MANY_REFUSALS');
    for (let n = 0; n < 50; n++) refusals.refused('a', '{ good }', fault('BAD_USER_INPUT'));
    expect(codeOf(() => refusals.check('a', '{ good }'))).toBe('TOO_MANY_REFUSALS');
  });

  it('count a tenth where nobody is signed in, and count', () => {
    const refusals = new Refusals(2, () => 0);
    for (let n = 0; n < 10; n++) refusals.refused('a', `{ a${n} }`, fault('UNAUTHENTICATED'));
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe(null);
    for (let n = 10; n < 20; n++) refusals.refused('a', `{ a${n} }`, fault('SESSION_ENDED'));
    expect(codeOf(() => refusals.check('a', '{ x }'))).toBe('TOO_MANY_REFUSALS');
  });

  it('remember a bounded number of documents', () => {
    const refusals = new Refusals(1, () => 0);
    refusals.refused('a', '{ x }', fault('TOO_DEEP'));
    for (let n = 0; n <= 2_000; n++) refusals.ran(`{ a${n} }`);
    expect(codeOf(() => refusals.check('a', '{ a0 }'))).toBe('TOO_MANY_REFUSALS');
    expect(codeOf(() => refusals.check('a', '{ a2000 }'))).toBe(null);
  });

  it('come back unread with the same fault and place, for anybody, where the text alone is at fault; and still count', () => {
    const refusals = new Refusals(3, () => 0);
    const broken = '{ viewer { role ';
    let fault: GraphQLError | undefined;
    try {
      parse(broken);
    } catch (error) {
      fault = new GraphQLError((error as GraphQLError).message, { source: (error as GraphQLError).source, positions: (error as GraphQLError).positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    }
    refusals.again('a', broken);
    refusals.refused('a', broken, [fault as GraphQLError]);
    try {
      refusals.again('b', broken);
      throw new Error('it was read again');
    } catch (error) {
      expect(error).toMatchObject({ message: fault?.message, locations: fault?.locations, extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400 } } });
    }
    for (let n = 0; n < 2; n++) expect(codeOf(() => refusals.again('b', broken))).toBe('GRAPHQL_PARSE_FAILED');
    expect(codeOf(() => refusals.check('b', broken))).toBe('TOO_MANY_REFUSALS');
  });

  it('come back with the first of their faults where the text has many', () => {
    const refusals = new Refusals(100, () => 0);
    refusals.refused('a', '{ x }', Array.from({ length: 20 }, () => fault('GRAPHQL_VALIDATION_FAILED')).flat());
    expect(codeOf(() => refusals.again('a', '{ x }'))).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('are read anew where variables or the sender were at fault', () => {
    const refusals = new Refusals(100, () => 0);
    refusals.refused('a', '{ x }', fault('TOO_COSTLY'));
    refusals.refused('a', '{ x }', fault('UNAUTHENTICATED'));
    expect(codeOf(() => refusals.again('a', '{ x }'))).toBe(null);
  });

  it('are remembered in a bounded number', () => {
    const refusals = new Refusals(1_000, () => 0);
    for (let n = 0; n <= 200; n++) refusals.refused('a', `{ a${n} }`, fault('TOO_DEEP'));
    expect(codeOf(() => refusals.again('a', '{ a0 }'))).toBe(null);
    expect(codeOf(() => refusals.again('a', '{ a200 }'))).toBe('TOO_DEEP');
  });
});
