import { PhraseFinder } from './phrase-finder.js';

const finder = (...skills: (readonly string[])[]): PhraseFinder => new PhraseFinder({ skills: skills.map(([label = '', ...aliases], at) => ({ id: `S${at}`, uuid: '', label, aliases })) });
const first = (of: PhraseFinder, phrase: string): number | undefined => of.find(phrase, 1)[0]?.[0];

describe('the skill that a phrase means', () => {
  it('is the one whose names together have its words, though another shares one word in fewer', () => {
    expect(first(finder(['repair looms'], ['repair wet old iron water pumps by hand indoors before noon', 'inspect large noisy machines every single working day after lunch'], ['sew seams']), 'repair machines')).toBe(1);
  });

  it('is the one that says no more than its words, before one spelt more alike', () => {
    expect(first(finder(['organisational meetings rooms'], ['organise meetings'], ['sew seams']), 'organisational meetings')).toBe(1);
  });

  it('is found by letters where no word is known', () => {
    expect(first(finder(['sew seams'], ['oscilloscope']), 'oscilloscopes2')).toBe(1);
  });

  it('is found by a word that replaces another in names of other skills', () => {
    // "sell" is as frequent as "repair", and shorter.
    const of = finder(['sell pumps'], ['repair pumps'], ['repair looms', 'mend looms'], ['repair boats', 'mend boats'], ['sell looms'], ['sell boats'], ['sell ropes']);
    expect(first(of, 'mend pumps')).toBe(1);
  });

  it('is not turned by what adverts put around it', () => {
    const of = finder(['gather experience'], ['weld steel']);
    expect(first(of, 'proven experience of welding')).toBe(1);
    // Unless there is nothing else.
    expect(first(of, 'experience')).toBe(0);
  });

  it('is none for no word', () => {
    expect(finder(['weld steel']).find('???', 3)).toEqual([]);
  });
});
