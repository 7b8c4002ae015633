import { countOr } from '../../../test/enumerator/digest.js';
import { mulberry32, randomInstance } from '../../../test/enumerator/random-instance.js';
import { parseWithLists } from './parse-lists.js';

/** Both ways end alike: with the same value, or with the same words. */
function alike(text: string): void {
  const outcome = (parse: (text: string) => unknown): unknown => {
    try {
      return { value: parse(text) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };
  expect({ text, ...(outcome(parseWithLists) as object) }).toEqual({ text, ...(outcome(JSON.parse) as object) });
}

describe('reading the lists of a file', () => {
  it('gives what JSON.parse gives, of whole texts however they are laid out and of texts that were cut or spoiled', () => {
    for (let seed = 0; seed < countOr(300); seed++) {
      const dice = mulberry32(seed);
      const instance = { ...randomInstance(seed, { tie: 0.4 }), notes: seed % 5 === 0 ? { preferences: [['a']] } : 'none' };
      const text = JSON.stringify(seed % 7 === 0 ? { format: 'round', instance } : instance, null, [0, 1, '\t', '\r\n'][seed % 4]);
      alike(text);
      const at = Math.floor(dice() * text.length);
      alike(text.slice(0, at));
      alike(`${text.slice(0, at)}${'"[]{},:\\\n\u0001x1'[Math.floor(dice() * 12)]}${text.slice(at + (seed % 2))}`);
    }
  });

  it.each([
    '', '[]', '"preferences"', '{"preferences":[["a"]]}', '{"learners":[{"preferences":[["a"],["b","c"]],"preferences":[]}]}', '{"learners":{"preferences":[["a"]]}}',
    '{"learners":[{"id":"preferences","preferences":[["a" , "b","a"],\n[ "a" ] ] , "x":1}]}', '{"learners":[{"preferences":[["\\u0001"]]},{"preferences":"\\u00010"}]}',
    '{"learners":[{"preferences":[["a\u0001"]]}]}', '{"learners":[{"preferences":[["a"],]}]}', '{"learners":[{"preferences":[[]]},{"preferences":[["a",7]]},{"preferences":[["a"]]}]}',
    '{"links":[{"preferences":[[["a","b"]]]}],"learners":[null,7,{"preferences":[["a"]]}],"instance":{"employers":[{"preferences":[["b"]]}]}}',
  ])('also of %j', alike);

  it('makes each tie group of one once', () => {
    const { learners } = parseWithLists('{"learners":[{"preferences":[["a"],["b"]]},{"preferences":[["b"]]}]}') as { learners: { preferences: string[][] }[] };
    expect(learners[0]!.preferences[1]).toBe(learners[1]!.preferences[0]);
  });
});
