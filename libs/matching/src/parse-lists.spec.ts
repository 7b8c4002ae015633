import { countOr } from '../../../test/enumerator/digest.js';
import { mulberry32, randomInstance } from '../../../test/enumerator/random-instance.js';
import { canonicalInstance } from './canonical-instance.js';
import { parseInstance } from './parse-instance.js';
import { parseWithLists, textOfList } from './parse-lists.js';

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

  it('leaves the hashed text of an instance as it is, however the file was laid out', () => {
    for (let seed = 0; seed < countOr(300); seed++) {
      const instance = randomInstance(seed, { tie: 0.4 });
      const unsorted = { ...instance, learners: instance.learners.map((l) => ({ ...l, preferences: l.preferences.map((group) => [...group].reverse()) })) };
      const canonical = canonicalInstance(unsorted);
      expect(canonicalInstance(instance)).toBe(canonical);
      for (const one of [instance, unsorted]) expect(canonicalInstance(parseInstance(JSON.stringify(one, null, [0, 1, '\t'][seed % 3])))).toBe(canonical);
    }
  });

  it.each([
    ['[["b"],["a","c"]]', true], ['[]', true], ['[["a"]]', true], ['[["c","a"]]', false], ['[["b"], ["a"]]', false], ['[ ]', false], ['[["\u007f\u2028"]]', true],
    // JSON.stringify writes half of a surrogate pair as an escape.
    ['[["\ud83d"]]', false],
  ])('knows whether %j is what it would write itself', (list, known) => {
    const { learners } = parseWithLists(`{"learners":[{"id":"Amy","preferences":${list}}]}`) as { learners: { preferences: string[][] }[] };
    expect(textOfList(learners[0]!.preferences)).toBe(known ? list : undefined);
  });
});
