import { parse } from 'graphql';
import { documentHash, isOperation } from './document-hash.js';

const hash = (text: string): string => documentHash(parse(text));

describe('the hash of a document', () => {
  it('does not depend on spaces, comments, order of definitions and the __typename that clients add', () => {
    const plain = hash('query A { me { id ...F } } fragment F on Learner { name }');
    expect(hash('# said\nfragment F on Learner { name __typename }\nquery A {\n  me { __typename id ...F }\n}')).toBe(plain);
  });

  it('tells every other difference', () => {
    const plain = hash('query A($n: Int!) { learners(first: $n) { nodes { id } } }');
    const others = [
      'query B($n: Int!) { learners(first: $n) { nodes { id } } }',
      'query A($n: Int! = 5) { learners(first: $n) { nodes { id } } }',
      'query A($n: Int!) { learners(first: 100) { nodes { id } } }',
      'query A($n: Int!) { learners(first: $n) { nodes { id name } } }',
      'query A($n: Int!) { learners(first: $n) { nodes { a: __typename id } } }',
      'query A($n: Int!) { learners(first: $n) { nodes { id } } } query B { me { id } }',
    ];
    expect(others.filter((text) => hash(text) === plain)).toEqual([]);
  });
});

it('a fragment alone is no operation', () => {
  expect(isOperation(parse('fragment F on Learner { id }'))).toBe(false);
  expect(isOperation(parse('query { me { id } }'))).toBe(true);
});
