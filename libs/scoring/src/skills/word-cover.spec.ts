import { WordCover } from './word-cover.js';

describe('how much of a question a text covers', () => {
  const cover = new WordCover([['repair', 'shoe', 'leather'], ['mend', 'sock'], ['repair', 'clock']]);
  const standins = (word: string) => (word === 'mend' ? [{ word: 'repair', strength: 0.5 }, { word: 'clock', strength: 0.2 }] : []);
  const of = (...words: string[]): number[] => [...cover.of(new Map(words.map((word) => [word, 1])), standins)];

  it('is 1 where all its words are, whatever else is there', () => {
    expect(of('repair', 'shoe')[0]).toBeCloseTo(1);
  });

  it('counts rare words more, and unknown ones as missing', () => {
    expect(of('repair', 'shoe')[2]).toBeLessThan(0.5);
    expect(of('repair', 'hovercraft')[0]).toBeLessThan(0.5);
  });

  it('counts the strongest stand-in of a word once', () => {
    expect(of('mend')).toEqual([0.5, 1, 0.5]);
  });

  it('is 0 for no question', () => {
    expect(of()).toEqual([0, 0, 0]);
  });
});
