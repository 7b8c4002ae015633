import { buildSchema, parse, type GraphQLObjectType } from 'graphql';
import { LIMITS, checkCost, checkShape, costOf, depthOf } from './limits.js';

const schema = buildSchema(`
  type Query { learners(first: Int!): LearnerConnection  me: Learner  nodes(ids: [ID!]!): [Learner] }
  type Mutation { rank(n: Int!): Learner }
  type LearnerConnection { nodes: [Learner!]!  edges: [Edge!]!  total: Int }
  type Edge { node: Learner! }
  type Learner { id: ID  name: String  friends(first: Int!): LearnerConnection  skills: [Skill!]!  top(first: Int!): [Skill!]!  deals: [Deal!]!  best: Learner }
  type Skill { label: String }
  type Deal { skill: Skill }
`);
const cost = (text: string, variables: Record<string, unknown> = {}): number => costOf(schema, parse(text), null, variables);

describe('cost', () => {
  it('prices objects, not scalars, and multiplies by the page', () => {
    expect(cost('{ me { id name } }')).toBe(1);
    expect(cost('{ learners(first: 10) { nodes { id name } } }')).toBe(11);
    expect(cost('{ learners(first: 10) { nodes { friends(first: 10) { nodes { id } } } } }')).toBe(1 + 10 * (1 + 1 + 10 * 1));
  });

  it('is the same for a variable and a literal, and for a default value', () => {
    const literal = cost('{ learners(first: 100) { nodes { friends(first: 100) { nodes { id } } } } }');
    expect(cost('query ($n: Int!) { learners(first: $n) { nodes { friends(first: $n) { nodes { id } } } } }', { n: 100 })).toBe(literal);
    expect(cost('query ($n: Int! = 100) { learners(first: $n) { nodes { friends(first: $n) { nodes { id } } } } }')).toBe(literal);
    expect(() => checkCost(literal, LIMITS)).toThrow(/costs/);
  });

  it('counts aliased repetitions, fragments and lists of ids', () => {
    expect(cost('{ a: learners(first: 10) { nodes { id } } b: learners(first: 10) { nodes { id } } }')).toBe(22);
    expect(cost('query { ...F } fragment F on Query { learners(first: 10) { nodes { id } } }')).toBe(11);
    expect(cost('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b', 'c'] })).toBe(4);
    expect(cost('{ me { skills { label } } }')).toBe(1 + 1);
    expect(cost('{ me { top(first: 20) { label } } }')).toBe(1 + 1 + 20);
    expect(cost('mutation { rank(n: 1) { id } }')).toBe(10);
  });

  it('refuses any page that is not 1 to 100, wherever it is asked and however it is given', () => {
    for (const first of [-1, 0, 101, 2_000_000]) {
      expect(() => cost(`{ me { top(first: ${first}) { label } } }`)).toThrow(expect.objectContaining({ extensions: expect.objectContaining({ code: 'PAGE_TOO_LARGE' }) }));
      expect(() => cost('query ($n: Int!) { me { friends(first: $n) { nodes { id } } } }', { n: first })).toThrow(/page/);
    }
    expect(cost('{ me { top(first: 100) { label } } }')).toBe(102);
  });

  it('refuses variables that do not fit with the places, without their values', () => {
    try {
      cost('query ($n: Int!) { learners(first: $n) { nodes { id } } }', { n: 'secret' });
      throw new Error('not refused');
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', refusals: [{ path: ['n'] }] } });
      expect((error as Error).message).not.toContain('secret');
    }
  });

  it('prices only the operation that runs', () => {
    const text = 'query A { me { id } } query B { learners(first: 100) { nodes { id } } }';
    expect(costOf(schema, parse(text), 'A', {})).toBe(1);
    expect(costOf(schema, parse(text), 'B', {})).toBe(101);
    expect(() => costOf(schema, parse(text), null, {})).toThrow(/which operation/);
  });
});

describe('a whole list', () => {
  it('is priced by the entries its field says, five unless told', () => {
    const deals = (schema.getType('Learner') as GraphQLObjectType).getFields()['deals'];
    if (deals === undefined) throw new Error('no field');
    expect(cost('{ me { deals { skill { label } } } }')).toBe(1 + 1 + 5);
    deals.extensions = { entries: 500 };
    expect(cost('{ me { deals { skill { label } } } }')).toBe(1 + 1 + 500);
  });
});

describe('shape', () => {
  it('measures depth through fragments and leaves introspection out', () => {
    expect(depthOf(parse('{ me { best { ...F } } } fragment F on Learner { best { id } }'))).toBe(4);
    expect(depthOf(parse('{ __schema { types { fields { type { name } } } } me { id } }'))).toBe(2);
    expect(depthOf(parse('{ me { ... on Learner { ... on Learner { id } } } }'))).toBe(2);
  });

  it('refuses what is too deep, and fragments packed into each other cost no time', () => {
    const deep = `{ me { ${'best { '.repeat(8)} id ${'}'.repeat(8)} } }`;
    expect(() => checkShape(parse(deep), LIMITS)).toThrow(/fields deep/);
    // Each fragment spreads the next twice: 2^40 paths, 40 fragments.
    const packed = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Learner { ...F${i + 1} ...F${i + 1} }`).join(' ');
    expect(depthOf(parse(`{ me { ...F0 } } ${packed} fragment F40 on Learner { id }`))).toBe(2);
  });

  it('counts every alias, also of __typename, and every directive', () => {
    const aliases = Array.from({ length: 11 }, (_, i) => `a${i}: __typename`).join(' ');
    expect(() => checkShape(parse(`{ ${aliases} }`), LIMITS)).toThrow(/11 aliases/);
    const directives = '@skip(if: false) @include(if: true) '.repeat(3);
    expect(() => checkShape(parse(`{ me ${directives} { id } }`), LIMITS)).toThrow(/6 directives/);
    expect(() => checkShape(parse('{ a: me { id } b: me { id } }'), LIMITS)).not.toThrow();
  });
});
